package main

import (
	"testing"
	"time"

	"mend/internal/protocol"
)

func (c *caller) proves() answer {
	c.Helper()
	return c.post("/account/proof", map[string]any{"password": password})
}

// What changes a way in, or ends others' sign-ins, is open to a fresh proof alone.
func TestWhatChangesAWayInAsksWhoIsThere(t *testing.T) {
	h := openHouse(t)
	c := h.counselor()
	other := h.stranger()
	other.post("/sign-in", map[string]any{"email": "vega@example.org", "password": password}).want(204)
	list := read[protocol.Account](c.get("/account").want(200)).SignIns
	if len(list) != 2 || list[0].This || !list[1].This {
		t.Fatalf("%+v", list)
	}
	h.later(6 * time.Minute)
	nobodys := "01999999-9999-7999-8999-999999999999"
	asks := []struct {
		method, path string
		body         any
	}{
		{"PUT", "/account/password", map[string]any{"password": "another walk by the lake"}},
		{"DELETE", "/account/password", nil},
		{"POST", "/account/passkeys/challenge", nil},
		{"DELETE", "/account/passkeys/" + nobodys, nil},
		{"POST", "/account/codes", nil},
		{"DELETE", "/account/codes", nil},
		{"POST", "/account/recovery-codes", nil},
		{"DELETE", "/account/sign-ins/" + list[0].ID, nil},
		{"DELETE", "/account/sign-ins", nil},
		{"PATCH", "/me", map[string]any{"email": "vega@example.com"}},
	}
	for _, ask := range asks {
		c.call(ask.method, "/api/v1"+ask.path, ask.body).refused(409, "step_up_needed")
	}
	if p := c.post("/account/proof", map[string]any{"password": "not " + password}).refused(422, "wrong_password"); p.Field != "password" {
		t.Errorf("which field? %+v", p)
	}
	c.proves().want(204)
	for _, ask := range asks {
		if a := c.call(ask.method, "/api/v1"+ask.path, ask.body); a.status == 409 && read[protocol.Problem](a).Code == "step_up_needed" {
			t.Errorf("%s: a proof was not enough", a.what)
		}
	}
	other.get("/me").refused(401, "signed_out")
	// The proof was one sign-in's, and its email is another now.
	c.get("/me").want(200).contains("vega@example.com")
	other.post("/sign-in", map[string]any{"email": "vega@example.org", "password": "another walk by the lake"}).refused(401, "wrong_sign_in")
	other.post("/sign-in", map[string]any{"email": "Vega@example.com", "password": "another walk by the lake"}).want(204)
	// Three sign-ins, a password, codes off, all others ended, and an email: what was over already is no deed.
	if deeds, err := h.app.store.VerifyDeeds(t.Context()); err != nil || deeds != 7 {
		t.Errorf("%d deeds are written down, %v", deeds, err)
	}
}

func TestADeviceIsToldByTwoWords(t *testing.T) {
	h := openHouse(t)
	h.counselor()
	const agent = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1 " + marker
	c := h.stranger().with("User-Agent", agent)
	c.post("/sign-in", map[string]any{"email": "vega@example.org", "password": password}).want(204)
	a := c.get("/account").want(200).lacks(marker, "18_1", "127.0.0.1")
	if s := read[protocol.Account](a).SignIns[0]; s.Browser != "safari" || s.System != "ios" || !s.This {
		t.Errorf("%+v", s)
	}
}

func TestWhatIsNoPasskeyIsToldApart(t *testing.T) {
	h := openHouse(t)
	c := h.counselor()
	asked := read[protocol.PasskeyChallenge](h.stranger().post("/sign-in/challenge", nil).want(200))
	if asked.Domain != "localhost" || asked.User != nil || len(asked.Known) > 0 {
		t.Errorf("a stranger is told %+v", asked)
	}
	shown := map[string]any{"id": "AQ", "client_data": "e30", "authenticator_data": "AQ", "signature": "AQ", "user_handle": "AQ"}
	h.stranger().post("/sign-in/passkey", shown).refused(401, "passkey_refused")
	c.post("/account/proof", map[string]any{"passkey": shown}).refused(422, "passkey_refused")
	shown["signature"] = "not base64url!"
	h.stranger().post("/sign-in/passkey", shown).refused(422, "not_a_passkey")
	made := map[string]any{"id": "AQ", "client_data": "e30", "attestation": "AQ"}
	c.post("/account/passkeys", map[string]any{"name": "Phone", "passkey": made}).refused(422, "passkey_refused")
	c.post("/account/passkeys", map[string]any{"name": " ", "passkey": made}).refused(422, "blank")
}
