package web

import (
	"context"
	"net"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humafiber"
	"github.com/gofiber/fiber/v2"

	"mend/internal/account"
	"mend/internal/fault"
	"mend/internal/session"
)

// visitor is what is known of a request before anybody has said who they are.
type visitor struct {
	token   string // of the cookie; "" without one
	from    string // the client's address, for limits alone
	local   bool   // came straight from this machine to a Mend that only this machine reaches
	device  account.Device
	request string
}

type visitorKey struct{}

func visitorOf(ctx context.Context) visitor {
	v, _ := ctx.Value(visitorKey{}).(visitor)
	return v
}

// meet finds out who knocks.
func (a *api) meet(h huma.Context, next func(huma.Context)) {
	c := humafiber.Unwrap(h)
	next(huma.WithValue(h, visitorKey{}, visitor{
		token:   c.Cookies(a.base.cookie()),
		from:    a.proxies.client(c),
		local:   a.base.Loopback() && direct(c),
		device:  deviceOf(c.Get(fiber.HeaderUserAgent)),
		request: requestID(c),
	}))
}

// direct tells whether the request came from this machine and through no proxy.
func direct(c *fiber.Ctx) bool {
	remote, ok := c.Context().RemoteAddr().(*net.TCPAddr)
	return ok && remote.IP.IsLoopback() &&
		c.Get(fiber.HeaderXForwardedFor) == "" && c.Get("Forwarded") == "" && c.Get("X-Real-Ip") == ""
}

// person is a counselor who is signed in.
type person struct {
	visitor
	id string
	in account.SignIn
}

type personKey struct{}

// counselorOnly lets nobody pass who is not a counselor.
func (a *api) counselorOnly(h huma.Context, next func(huma.Context)) {
	v := visitorOf(h.Context())
	in, err := a.door.Who(h.Context(), v.token)
	if err == nil && in.Kind != account.CounselorKind {
		err = errNotSignedIn
	}
	if err != nil {
		a.answerWith(h, a.told(h.Context(), err))
		return
	}
	next(huma.WithValue(h, personKey{}, person{visitor: v, id: in.Counselor, in: in}))
}

var errNotSignedIn = fault.New(fault.Unsigned, "signed_out", "Please sign in.")

// seated is the partner's sign-in that the cookie stands for.
func (a *api) seated(ctx context.Context) (account.SignIn, error) {
	in, err := a.door.Who(ctx, visitorOf(ctx).token)
	if err == nil && in.Kind != account.SeatKind {
		err = errNoSeat
	}
	return in, err
}

var errNoSeat = fault.New(fault.Unsigned, "no_seat", "This device has no place in a session.")

// Seat tells the socket who a cookie is in a session. It counts as activity, for
// the socket asks again as long as it is open.
func (a *api) Seat(ctx context.Context, cookie, sessionID string) (role session.Role, who string, err error) {
	in, err := a.door.Who(ctx, cookie)
	if err != nil {
		return "", "", err
	}
	if in.Kind == account.SeatKind {
		if in.Session != sessionID {
			return "", "", errNotYours
		}
		return in.Role(), "", nil
	}
	if err := a.store.Owns(ctx, in.Counselor, sessionID); err != nil {
		return "", "", err
	}
	return session.Counselor, in.Counselor, nil
}

var errNotYours = fault.New(fault.NotFound, "not_found", "There is nothing here, or it is not yours.")

// baked is the cookie for a token: it dies with the browser's session, no script
// reads it, and a link followed from a mail still brings it along.
func (a *api) baked(token string) string { return a.cookie(token, 0) }

// crumbled takes the cookie away.
func (a *api) crumbled() string { return a.cookie("", -1) }

func (a *api) cookie(token string, maxAge int) string {
	c := http.Cookie{ //nolint:gosec // not Secure on a base without HTTPS: the browser would drop it
		Name: a.base.cookie(), Value: token, Path: "/", MaxAge: maxAge,
		Secure: a.base.Secure(), HttpOnly: true, SameSite: http.SameSiteLaxMode,
	}
	return c.String()
}
