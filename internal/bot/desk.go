package bot

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"mend/internal/protocol"
	"mend/internal/session"
)

// Desk is a counselor over the HTTP calls.
type Desk struct {
	Server string
	Cookie string // as a Cookie header
	client *http.Client
}

// Account is who a desk belongs to.
type Account struct{ Email, Password, Code string }

// OpenDesk signs a counselor in, or makes the first account where there is none.
func OpenDesk(ctx context.Context, server string, a Account) (*Desk, error) {
	d := &Desk{Server: strings.TrimSuffix(server, "/"), client: &http.Client{
		Timeout:   30 * time.Second,
		Transport: &http.Transport{MaxIdleConnsPerHost: 64, IdleConnTimeout: time.Minute},
	}}
	var state protocol.SetupState
	if _, err := d.call(ctx, http.MethodGet, "/setup", nil, &state); err != nil {
		return nil, err
	}
	var cookie string
	var err error
	if state.Needed {
		cookie, err = d.call(ctx, http.MethodPost, "/setup", protocol.Setup{
			Name: "Load", Email: a.Email, Password: a.Password, Practice: "Load", Secrets: session.NoSecrets, Code: a.Code,
		}, nil)
	} else {
		cookie, err = d.call(ctx, http.MethodPost, "/sign-in", protocol.SignIn{Email: a.Email, Password: a.Password}, nil)
	}
	if err != nil {
		return nil, err
	}
	if cookie == "" {
		return nil, fmt.Errorf("signing in at %s gave no cookie", d.Server)
	}
	d.Cookie = cookie
	return d, nil
}

// Trio is a couple and their counselor with a session and a seat each.
type Trio struct {
	Couple, Session string
	Seats           map[session.Role]Place
}

// Invite makes a couple and a session, and joins by both links.
func (d *Desk) Invite(ctx context.Context) (Trio, error) {
	var couple protocol.Couple
	var made protocol.Session
	if _, err := d.call(ctx, http.MethodPost, "/couples", protocol.NewCouple{
		Label: "Load", One: protocol.Partner{Name: "One"}, Two: protocol.Partner{Name: "Two"},
	}, &couple); err != nil {
		return Trio{}, err
	}
	if _, err := d.call(ctx, http.MethodPost, "/couples/"+couple.ID+"/suitability",
		protocol.NewSuitability{Statement: "seen_apart"}, nil); err != nil {
		return Trio{}, err
	}
	if _, err := d.call(ctx, http.MethodPost, "/couples/"+couple.ID+"/sessions",
		protocol.NewSession{Agenda: []string{}}, &made); err != nil {
		return Trio{}, err
	}
	t := Trio{Couple: couple.ID, Session: made.ID, Seats: map[session.Role]Place{
		session.Counselor: {Server: d.Server, Session: made.ID, Cookie: d.Cookie},
	}}
	for _, seat := range session.Seats() {
		var link protocol.Link
		if _, err := d.call(ctx, http.MethodPost, "/sessions/"+made.ID+"/links", protocol.NewLink{For: seat}, &link); err != nil {
			return Trio{}, err
		}
		_, token, _ := strings.Cut(link.URL, "#")
		phone := &Desk{Server: d.Server, client: d.client}
		cookie, err := phone.call(ctx, http.MethodPost, "/join", protocol.Join{Token: token}, nil)
		if err != nil {
			return Trio{}, err
		}
		t.Seats[seat.Role()] = Place{Server: d.Server, Session: made.ID, Cookie: cookie}
	}
	return t, nil
}

// Couples reads the list of the counselor's couples.
func (d *Desk) Couples(ctx context.Context) (list protocol.CoupleList, err error) {
	_, err = d.call(ctx, http.MethodGet, "/couples", nil, &list)
	return list, err
}

// Erase deletes a couple with all that was said.
func (d *Desk) Erase(ctx context.Context, couple string) error {
	_, err := d.call(ctx, http.MethodDelete, "/couples/"+couple, nil, nil)
	return err
}

// Rehearse makes a rehearsal of an exercise of the library, and answers with its id.
func (d *Desk) Rehearse(ctx context.Context, exercise string) (string, error) {
	var made protocol.Rehearsal
	_, err := d.call(ctx, http.MethodPost, "/rehearsals", protocol.NewRehearsal{Agenda: []string{exercise}}, &made)
	return made.ID, err
}

// call is one HTTP call; it answers with the cookie that was set, if one was.
func (d *Desk) call(ctx context.Context, method, path string, body, into any) (cookie string, err error) {
	var raw []byte
	if body != nil {
		if raw, err = json.Marshal(body); err != nil {
			return "", err
		}
	}
	request, err := http.NewRequestWithContext(ctx, method, d.Server+"/api/v1"+path, bytes.NewReader(raw))
	if err != nil {
		return "", err
	}
	request.Header.Set("Origin", d.Server)
	if body != nil {
		request.Header.Set("Content-Type", "application/json")
	}
	if d.Cookie != "" {
		request.Header.Set("Cookie", d.Cookie)
	}
	answer, err := d.client.Do(request)
	if err != nil {
		return "", err
	}
	defer answer.Body.Close()
	got, err := io.ReadAll(io.LimitReader(answer.Body, 1<<20))
	if err != nil {
		return "", err
	}
	if answer.StatusCode >= 300 {
		var problem struct{ Code string }
		_ = json.Unmarshal(got, &problem)
		return "", fmt.Errorf("%s %s: %d %s", method, path, answer.StatusCode, problem.Code)
	}
	for _, c := range answer.Cookies() {
		if c.Value != "" {
			cookie = c.Name + "=" + c.Value
		}
	}
	if into == nil {
		return cookie, nil
	}
	return cookie, json.Unmarshal(got, into)
}
