package account

import (
	"sync"
	"time"
)

const (
	familiarFor = 90 * 24 * time.Hour
	keptPlaces  = 1000 // of all accounts together; each was earned with the right password
)

// familiar remembers from where accounts were signed in to. There a wrong password
// counts apart: else a stranger anywhere could lock the owner out with ten of them.
// It is kept in memory alone, because where people are is nobody's to write down;
// after a restart a place is familiar again with the next sign-in.
type familiar struct {
	mu   sync.Mutex
	last map[string]time.Time // of the last sign-in, by place
}

// place is one neighbourhood as one account knows it.
func place(account, neighbourhood string) string { return account + "\x00" + neighbourhood }

func (f *familiar) knows(place string, now time.Time) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	last, known := f.last[place]
	return known && now.Sub(last) < familiarFor
}

func (f *familiar) remember(place string, now time.Time) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.last[place] = now
	if len(f.last) <= keptPlaces {
		return
	}
	longest := place
	for other, last := range f.last {
		if last.Before(f.last[longest]) {
			longest = other
		}
	}
	delete(f.last, longest)
}
