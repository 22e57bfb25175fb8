package hub_test

import (
	"context"
	"slices"
	"sync"
	"testing"

	"github.com/google/uuid"

	"mend/internal/hub"
	"mend/internal/hub/logtest"
	"mend/internal/private"
	"mend/internal/session"
)

// memory is a log and drafts for tests of faults: it can be told to wait and to
// fail. The one that people use is package store's; both pass logtest.
type memory struct {
	mu      sync.Mutex
	logs    map[string][]session.Record
	drafts  map[string]draft
	appends int
	reads   int

	// before is asked ahead of each append and after once it is kept: an error of
	// either is what the caller gets. They are called without the lock held.
	before, after func(session.Record) error
	beforeRead    func() error
	beforeDraft   func() error
}

type draft struct {
	step string
	text private.Text
}

func newMemory() *memory {
	return &memory{logs: map[string][]session.Record{}, drafts: map[string]draft{}}
}

func (m *memory) Submit(_ context.Context, id string, r session.Record, answered func(error)) {
	go func() { answered(m.append(id, r)) }()
}

func (m *memory) append(id string, r session.Record) error {
	if m.before != nil {
		if err := m.before(r); err != nil {
			return err
		}
	}
	if err := m.keep(id, r); err != nil {
		return err
	}
	if m.after != nil {
		return m.after(r)
	}
	return nil
}

func (m *memory) keep(id string, r session.Record) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.appends++
	log := m.logs[id]
	if r.Seq != uint64(len(log))+1 ||
		slices.ContainsFunc(log, func(o session.Record) bool { return o.Command == r.Command }) {
		return session.ErrConflict
	}
	m.logs[id] = append(log, r)
	return nil
}

func (m *memory) Read(ctx context.Context, id string, after uint64) ([]session.Record, error) {
	if m.beforeRead != nil {
		if err := m.beforeRead(); err != nil {
			return nil, err
		}
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.reads++
	log := m.logs[id]
	return slices.Clone(log[min(after, uint64(len(log))):]), nil
}

func (m *memory) SaveDraft(ctx context.Context, id string, seat session.Seat, step string, text private.Text) error {
	if m.beforeDraft != nil {
		if err := m.beforeDraft(); err != nil {
			return err
		}
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.drafts[id+string(seat)] = draft{step, text}
	return nil
}

func (m *memory) Draft(ctx context.Context, id string, seat session.Seat) (string, private.Text, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	d := m.drafts[id+string(seat)]
	return d.step, d.text, nil
}

func (m *memory) DeleteDraft(ctx context.Context, id string, seat session.Seat) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.drafts, id+string(seat))
	return nil
}

func (m *memory) draft(id string, seat session.Seat) draft {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.drafts[id+string(seat)]
}

func (m *memory) records(id string) []session.Record {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.Clone(m.logs[id])
}

func TestTheMemoryKeepsTheContract(t *testing.T) {
	logtest.Run(t, func(t *testing.T) (hub.Log, hub.Drafts, string, string) {
		m := newMemory()
		return m, m, uuid.NewString(), uuid.NewString()
	})
}
