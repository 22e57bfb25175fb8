package account

import (
	"fmt"
	"testing"
	"time"
)

func TestFamiliarPlacesAreKeptInBounds(t *testing.T) {
	f := familiar{last: make(map[string]time.Time)}
	now := time.Unix(1_800_000_000, 0)
	for i := range keptPlaces + 1 {
		f.remember(place("somebody", fmt.Sprint(i)), now.Add(time.Duration(i)*time.Second))
	}
	if len(f.last) != keptPlaces || f.knows(place("somebody", "0"), now) || !f.knows(place("somebody", "1"), now) {
		t.Errorf("%d places are kept, or not the newest", len(f.last))
	}
}
