package account

import (
	"context"

	"mend/internal/fault"
)

var pageOver = fault.New(fault.NotFound, "link_over", "This link leads nowhere any more. Please ask your counselor.")

// NewLink makes the id and the token of a link to a page. The token stands in the link
// alone; what is kept is its hash.
func NewLink() (id, token string) { return newID(), NewJoinToken() }

// Look opens what a link leads to and uses nothing up: find is asked for it, with a fault
// of kind NotFound where nothing is there. Faults: link_over (one answer for wrong,
// expired and revoked), too_many_tries.
func (d *Door) Look(ctx context.Context, token, from string, find func(context.Context, Hash) error) error {
	address := neighbourhood(from)
	if err := d.claims.try(address, d.now()); err != nil {
		return err
	}
	err := find(ctx, HashToken(token))
	if isNotFound(err) {
		return pageOver.Because(err)
	}
	if err == nil {
		d.claims.takeBack(address)
	}
	return err
}
