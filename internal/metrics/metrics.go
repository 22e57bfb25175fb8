package metrics

import (
	"net/http"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// Metrics are one server's numbers. It is safe for concurrent use.
type Metrics struct {
	registry *prometheus.Registry

	turns    prometheus.Histogram
	batches  prometheus.Histogram
	refused  *prometheus.CounterVec
	slow     prometheus.Counter
	lag      prometheus.Histogram // registered where there is a bus
	requests *prometheus.CounterVec
	answers  *prometheus.HistogramVec
}

// New makes them, all at nothing; version is the program's.
func New(version string) *Metrics {
	m := &Metrics{
		registry: prometheus.NewRegistry(),
		turns: prometheus.NewHistogram(prometheus.HistogramOpts{
			Name: "mend_turn_seconds", Help: "From a command's arrival in its room until its record is on disk.",
			Buckets: []float64{.0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10},
		}),
		batches: prometheus.NewHistogram(prometheus.HistogramOpts{
			Name: "mend_log_batch_records", Help: "Records that one commit of the log carried.",
			Buckets: []float64{1, 2, 4, 8, 16, 32, 64, 128, 256, 512},
		}),
		refused: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "mend_commands_refused_total", Help: "Commands of a live session that were refused, by the code told to the sender.",
		}, []string{"code"}),
		slow: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "mend_slow_sockets_closed_total", Help: "Sockets closed because their reader did not keep up.",
		}),
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "mend_http_requests_total", Help: "HTTP requests by method, route template and class of status.",
		}, []string{"method", "route", "class"}),
		answers: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "mend_http_request_seconds", Help: "How long HTTP requests took, by class of status.",
			Buckets: prometheus.DefBuckets,
		}, []string{"class"}),
	}
	m.lag = prometheus.NewHistogram(prometheus.HistogramOpts{
		Name: "mend_bus_lag_seconds", Help: "From a notice's publishing until this node heard it back from the broker.",
		Buckets: []float64{.0001, .00025, .0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5},
	})
	built := prometheus.NewGauge(prometheus.GaugeOpts{
		Name: "mend_build_info", Help: "1, with the program's version.", ConstLabels: prometheus.Labels{"version": version},
	})
	built.Set(1)
	m.registry.MustRegister(built, m.turns, m.batches, m.refused, m.slow, m.requests, m.answers,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// Log is what the log has done since it was opened.
type Log struct{ Appends, Commits, Conflicts, Refused uint64 }

// Sources are asked whenever the numbers are read.
type Sources struct {
	Sessions func() int
	Sockets  map[string]func() int // by role
	Log      func() Log
	Bus      func() Bus // nil: there is no broker
}

// Bus is how the broker between the nodes does.
type Bus struct {
	Connected bool
	Lost      uint64 // notices
}

// Watch adds what is asked for rather than told. Call it once.
func (m *Metrics) Watch(s Sources) {
	m.registry.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{
		Name: "mend_live_sessions", Help: "Sessions that are held in memory because somebody is, or just was, in them.",
	}, func() float64 { return float64(s.Sessions()) }))
	for role, count := range s.Sockets {
		m.registry.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{
			Name: "mend_sockets", Help: "Open sockets of live sessions, by role.", ConstLabels: prometheus.Labels{"role": role},
		}, func() float64 { return float64(count()) }))
	}
	if s.Bus != nil {
		m.watchBus(s.Bus)
	}
	for _, total := range []struct {
		name, help string
		of         func(Log) uint64
	}{
		{"mend_log_appends_total", "Records acknowledged.", func(l Log) uint64 { return l.Appends }},
		{"mend_log_commits_total", "Transactions that carried them.", func(l Log) uint64 { return l.Commits }},
		{"mend_log_conflicts_total", "Records that were not the next of their session; decided again.", func(l Log) uint64 { return l.Conflicts }},
		{"mend_log_refused_total", "Records that could not be stored.", func(l Log) uint64 { return l.Refused }},
	} {
		m.registry.MustRegister(prometheus.NewCounterFunc(prometheus.CounterOpts{Name: total.name, Help: total.help},
			func() float64 { return float64(total.of(s.Log())) }))
	}
}

// watchBus adds what there is where there is a broker.
func (m *Metrics) watchBus(bus func() Bus) {
	m.registry.MustRegister(m.lag,
		prometheus.NewGaugeFunc(prometheus.GaugeOpts{
			Name: "mend_bus_connected", Help: "1 while the broker between the nodes is there.",
		}, func() float64 {
			if bus().Connected {
				return 1
			}
			return 0
		}),
		prometheus.NewCounterFunc(prometheus.CounterOpts{
			Name: "mend_bus_lost_total", Help: "Notices to other nodes that no broker took; each costs a delay.",
		}, func() float64 { return float64(bus().Lost) }))
}

// BusLag counts a notice that came back from the broker.
func (m *Metrics) BusLag(took time.Duration) { m.lag.Observe(took.Seconds()) }

// TurnStored counts a command whose record is on disk.
func (m *Metrics) TurnStored(took time.Duration) { m.turns.Observe(took.Seconds()) }

// Committed counts a commit of the log by its records.
func (m *Metrics) Committed(records int) { m.batches.Observe(float64(records)) }

// Refused counts a refused command. Codes are written in the program, never sent in.
func (m *Metrics) Refused(code string) { m.refused.WithLabelValues(code).Inc() }

// SlowClosed counts a socket that did not keep up.
func (m *Metrics) SlowClosed() { m.slow.Inc() }

// Served counts a request by its route's template, never by its path.
func (m *Metrics) Served(method, route string, status int, took time.Duration) {
	class := strconv.Itoa(status/100) + "xx"
	m.requests.WithLabelValues(method, route, class).Inc()
	m.answers.WithLabelValues(class).Observe(took.Seconds())
}

// Handler gives the numbers in Prometheus' text form.
func (m *Metrics) Handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{})
}
