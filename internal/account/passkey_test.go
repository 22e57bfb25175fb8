package account_test

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"mend/internal/account"
	"mend/internal/private"
)

const (
	domain = "mend.example.org"
	origin = "https://mend.example.org"
)

// device makes passkeys and shows them, as a phone does.
type device struct {
	t       *testing.T
	id      []byte
	key     *ecdsa.PrivateKey
	account string
	uses    uint32
	origin  string
	flags   byte
}

const (
	present, verified, attested = 0x01, 0x04, 0x40
)

func newDevice(t *testing.T) *device {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	id := make([]byte, 32)
	_, _ = rand.Read(id)
	return &device{t: t, id: id, key: key, origin: origin, flags: present | verified}
}

func (d *device) clientData(kind string, challenge []byte) []byte {
	raw, err := json.Marshal(map[string]any{
		"type": "webauthn." + kind, "challenge": base64.RawURLEncoding.EncodeToString(challenge), "origin": d.origin, "crossOrigin": false,
	})
	if err != nil {
		d.t.Fatal(err)
	}
	return raw
}

func (d *device) authenticatorData(flags byte, more ...byte) []byte {
	name := sha256.Sum256([]byte(domain))
	data := append(name[:], flags)
	return append(binary.BigEndian.AppendUint32(data, d.uses), more...)
}

// text and octets are written in CBOR, for lengths from 24 to 255 the latter.
func text(s string) []byte   { return append([]byte{0x60 | byte(len(s))}, s...) }
func octets(b []byte) []byte { return append([]byte{0x58, byte(len(b))}, b...) }
func all(b ...[]byte) []byte { return bytes.Join(b, nil) }
func bare(b ...byte) []byte  { return b }

func (d *device) makes(a account.Asked) account.MadePasskey {
	d.account = a.Account.ID
	public, err := d.key.PublicKey.Bytes() // 04, x, y
	if err != nil {
		d.t.Fatal(err)
	}
	cose := all(bare(0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21), octets(public[1:33]), bare(0x22), octets(public[33:]))
	data := d.authenticatorData(d.flags|attested, all(make([]byte, 16), bare(0, byte(len(d.id))), d.id, cose)...)
	return account.MadePasskey{
		ID: d.id, ClientData: d.clientData("create", a.Challenge),
		Attestation: all(bare(0xa3), text("fmt"), text("none"), text("attStmt"), bare(0xa0), text("authData"), octets(data)),
	}
}

func (d *device) shows(a account.Asked) account.ShownPasskey {
	d.uses++
	s := account.ShownPasskey{
		ID: d.id, ClientData: d.clientData("get", a.Challenge), AuthenticatorData: d.authenticatorData(d.flags), UserHandle: []byte(d.account),
	}
	of := sha256.Sum256(s.ClientData)
	signed := sha256.Sum256(append(bytes.Clone(s.AuthenticatorData), of[:]...))
	var err error
	if s.Signature, err = ecdsa.SignASN1(rand.Reader, d.key, signed[:]); err != nil {
		d.t.Fatal(err)
	}
	return s
}

// withPasskey is an account that has one, on a device.
func (h *house) withPasskey() (account.SignIn, *device) {
	h.t.Helper()
	_, s := h.setUp()
	d := newDevice(h.t)
	h.adds(s, d)
	return s, d
}

func (h *house) adds(s account.SignIn, d *device) account.Passkey {
	h.t.Helper()
	asked, err := h.AskForPasskey(h.t.Context(), s)
	if err != nil {
		h.t.Fatal(err)
	}
	p, err := h.AddPasskey(h.t.Context(), s, private.Text("My phone"), d.makes(asked))
	if err != nil {
		h.t.Fatal(err)
	}
	return p
}

func (h *house) byPasskey(d *device) error {
	h.t.Helper()
	asked, err := h.AskToSignIn(h.t.Context(), "192.0.2.7")
	if err != nil {
		h.t.Fatal(err)
	}
	_, _, err = h.SignInByPasskey(h.t.Context(), d.shows(asked), "192.0.2.7", account.Device{})
	return err
}

func TestAPasskeyAloneOpens(t *testing.T) {
	h := newHouse(t)
	s, d := h.withPasskey()
	asked, err := h.AskToSignIn(t.Context(), "192.0.2.7")
	wants(t, err, "")
	if len(asked.Challenge) < 16 || asked.Domain != domain || len(asked.Known) > 0 || asked.Account.ID != "" {
		t.Errorf("a stranger is told %+v", asked)
	}
	shown := d.shows(asked)
	token, in, err := h.SignInByPasskey(t.Context(), shown, "192.0.2.7", account.Device{Browser: "firefox", System: "linux"})
	wants(t, err, "")
	if who, err := h.Who(t.Context(), token); err != nil || who.Counselor != s.Counselor || in.Device.Browser != "firefox" {
		t.Errorf("%+v, %v", who, err)
	}
	keys, err := h.book.Passkeys(t.Context(), s.Counselor)
	if err != nil || len(keys) != 1 || keys[0].Name != "My phone" || keys[0].UsedAt == nil {
		t.Errorf("%+v, %v", keys, err)
	}
	// What was signed once opens nothing again.
	_, _, err = h.SignInByPasskey(t.Context(), shown, "192.0.2.7", account.Device{})
	wants(t, err, "passkey_refused")
}

func TestWhatDoesNotFitIsNoPasskey(t *testing.T) {
	h := newHouse(t)
	s, d := h.withPasskey()
	for name, bend := range map[string]func(*device){
		"of a page elsewhere":    func(d *device) { d.origin = "https://mend.example.com" },
		"that nobody unlocked":   func(d *device) { d.flags = present },
		"with another key":       func(d *device) { d.key = newDevice(t).key },
		"of another account":     func(d *device) { d.account = "01999999-9999-7999-8999-999999999999" },
		"that is not known here": func(d *device) { d.id = newDevice(t).id },
		"whose counter ran back": func(d *device) { d.uses = 0 },
	} {
		wants(t, h.byPasskey(d), "") // so that there is a counter to run back from
		bent := *d
		bend(&bent)
		if err := h.byPasskey(&bent); err == nil {
			t.Errorf("a passkey %s opened", name)
		} else {
			wants(t, err, "passkey_refused")
		}
	}
	// A challenge is for one purpose, for one sign-in, and for five minutes.
	asked, err := h.AskToProve(t.Context(), s)
	wants(t, err, "")
	_, _, err = h.SignInByPasskey(t.Context(), d.shows(asked), "192.0.2.7", account.Device{})
	wants(t, err, "passkey_refused")
	_, other, err := h.SignIn(t.Context(), "quiet@example.org", goodPassword, "192.0.2.1")
	wants(t, err, "")
	wants(t, h.ProvePasskey(t.Context(), other, d.shows(asked)), "passkey_refused")
	wants(t, h.ProvePasskey(t.Context(), s, d.shows(asked)), "")
	asked, err = h.AskToProve(t.Context(), s)
	wants(t, err, "")
	h.pass(account.ChallengeMost)
	wants(t, h.ProvePasskey(t.Context(), s, d.shows(asked)), "passkey_refused")

	again, err := h.AskForPasskey(t.Context(), s)
	wants(t, err, "")
	if len(again.Known) != 1 || again.Account.Email != "quiet@example.org" {
		t.Errorf("a browser is not told which passkeys there are: %+v", again)
	}
	_, err = h.AddPasskey(t.Context(), s, "Again", d.makes(again))
	wants(t, err, "passkey_known")
}

// A stranger who tries passwords locks the owner out of nothing while there is a passkey.
func TestAPasskeyOpensWhilePasswordsAreTried(t *testing.T) {
	h := newHouse(t)
	_, d := h.withPasskey()
	for i := range 11 {
		_, _, _ = h.SignIn(t.Context(), "quiet@example.org", "wrong wrong wrong", fmt.Sprint("198.51.100.", i))
	}
	_, _, err := h.SignIn(t.Context(), "quiet@example.org", goodPassword, "192.0.2.7")
	wants(t, err, "too_many_tries")
	wants(t, h.byPasskey(d), "")
	// And where the passkey opened, the password does from now on.
	_, _, err = h.SignIn(t.Context(), "quiet@example.org", goodPassword, "192.0.2.7")
	wants(t, err, "")
}

func TestTheLastWayInStays(t *testing.T) {
	h := newHouse(t)
	_, s := h.setUp()
	wants(t, h.DropPassword(t.Context(), s), "last_way_in")
	d := newDevice(t)
	p := h.adds(s, d)
	wants(t, h.DropPassword(t.Context(), s), "")
	_, _, err := h.SignIn(t.Context(), "quiet@example.org", goodPassword, "192.0.2.1")
	wants(t, err, "wrong_sign_in")
	wants(t, h.ProvePassword(t.Context(), s, goodPassword), "no_password")
	wants(t, h.byPasskey(d), "")

	wants(t, h.book.RemovePasskey(t.Context(), s.Counselor, p.ID), "last_way_in")
	wants(t, h.byPasskey(d), "")
	second := newDevice(t)
	h.adds(s, second)
	wants(t, h.book.RemovePasskey(t.Context(), s.Counselor, p.ID), "")
	wants(t, h.byPasskey(d), "passkey_refused")
	wants(t, h.byPasskey(second), "")
	wants(t, h.book.RemovePasskey(t.Context(), "somebody else", p.ID), "not_found")
}

func TestWithoutANameThereAreNoPasskeys(t *testing.T) {
	h := newHouse(t)
	_, s := h.setUp()
	bare := account.NewDoor(h.book, account.Options{Now: h.now})
	_, err := bare.AskToSignIn(t.Context(), "192.0.2.1")
	wants(t, err, "no_passkeys")
	_, err = bare.AddPasskey(t.Context(), s, "Phone", account.MadePasskey{})
	wants(t, err, "no_passkeys")
	_, _, err = bare.SignInByPasskey(t.Context(), account.ShownPasskey{}, "192.0.2.1", account.Device{})
	wants(t, err, "no_passkeys")
}

func TestAProofIsFreshForFiveMinutes(t *testing.T) {
	h := newHouse(t)
	token, s := h.setUp()
	fresh := func() error {
		t.Helper()
		s, err := h.Who(t.Context(), token)
		wants(t, err, "")
		return h.Fresh(s)
	}
	wants(t, fresh(), "")
	h.pass(account.FreshFor)
	wants(t, fresh(), "step_up_needed")
	for range 9 {
		wants(t, h.ProvePassword(t.Context(), s, "wrong wrong wrong"), "wrong_password")
	}
	wants(t, h.ProvePassword(t.Context(), s, goodPassword), "")
	wants(t, fresh(), "")
	h.pass(account.FreshFor - time.Second)
	wants(t, fresh(), "")
	for range 10 {
		wants(t, h.ProvePassword(t.Context(), s, "wrong wrong wrong"), "wrong_password")
	}
	wants(t, h.ProvePassword(t.Context(), s, goodPassword), "too_many_tries")
}
