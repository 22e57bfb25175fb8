package main

import (
	"testing"

	"mend/internal/natsbus/natstest"
	"mend/internal/session"
	"mend/internal/store/pgtest"
)

// A node that is to hear of others tells whether the broker is there, and serves
// without it.
func TestMetricsTellOfTheBroker(t *testing.T) {
	h := &house{T: t, data: t.TempDir(), log: &transcript{}, url: pgtest.Database(t, nil)}
	broker := natstest.New(t)
	h.nats = "nats://" + broker.Address()
	h.start()
	defer func() { h.stop() }()
	until := func(what, name, want string) {
		t.Helper()
		for patience := soon(t); valueOf(h.scraped(), name) != want; {
			if patience.Err() != nil {
				t.Fatalf("%s: %s is %q", what, name, valueOf(h.scraped(), name))
			}
		}
	}
	until("the broker is found", "mend_bus_connected", "1")
	desk := h.counselor()
	r := h.room(desk, desk.session())
	if lag := valueOf(h.scraped(), "mend_bus_lag_seconds_count"); lag == "" {
		t.Error("no lag is told")
	}
	broker.Kill()
	until("the broker is gone", "mend_bus_connected", "0")
	if err := r.counselorBot.Ask(soon(t), session.Pause{}); err != nil {
		t.Errorf("without a broker: %v", err)
	}
	for patience := soon(t); valueOf(h.scraped(), "mend_bus_lost_total") == "0"; {
		if patience.Err() != nil {
			t.Fatal("a notice that nobody took was not counted")
		}
	}
}
