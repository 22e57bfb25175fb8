package hub

import "sync"

// LocalBus joins hubs of one process.
type LocalBus struct {
	mu    sync.RWMutex
	heard map[int]func(Notice)
	next  int
}

// Publish gives the notice to every subscriber before it returns.
func (b *LocalBus) Publish(n Notice) error {
	b.mu.RLock()
	defer b.mu.RUnlock()
	for _, heard := range b.heard {
		heard(n)
	}
	return nil
}

// Subscribe adds a subscriber until stop is called.
func (b *LocalBus) Subscribe(heard func(Notice)) (stop func()) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.heard == nil {
		b.heard = map[int]func(Notice){}
	}
	id := b.next
	b.next++
	b.heard[id] = heard
	return func() {
		b.mu.Lock()
		defer b.mu.Unlock()
		delete(b.heard, id)
	}
}
