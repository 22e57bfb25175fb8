package web_test

import (
	"testing"

	"mend/internal/hub"
	"mend/internal/hub/logtest"
	"mend/internal/web"
)

// The rooms' log and drafts, as the program wires them, keep the contract that the
// hub's own tests rest on.
func TestTheStoreKeepsTheRoomsContract(t *testing.T) {
	logtest.Run(t, func(t *testing.T) (hub.Log, hub.Drafts, string, string) {
		s := newSofa(t, web.LiveOptions{})
		return s.store, s.store, s.unopened(), s.unopened()
	})
}
