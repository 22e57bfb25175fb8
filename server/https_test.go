package main

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/fasthttp/websocket"
	"github.com/letsencrypt/pebble/v2/ca"
	"github.com/letsencrypt/pebble/v2/db"
	"github.com/letsencrypt/pebble/v2/va"
	"github.com/letsencrypt/pebble/v2/wfe"
	"github.com/miekg/dns"

	"mend/internal/protocol"
)

const aDomain = "mend.example.org"

// authority is a whole ACME authority, Let's Encrypt's own for tests: it comes back to
// the house by name, and certifies nothing that does not answer.
type authority struct {
	*testing.T
	server *httptest.Server
	ready  chan struct{} // closed once it knows where the house is
	front  http.Handler
	names  string // where its name server listens
	roots  *x509.CertPool
	asked  chan struct{} // one for each name that was looked up, as far as there is room
}

func openAuthority(t *testing.T) *authority {
	t.Helper()
	t.Setenv("PEBBLE_VA_NOSLEEP", "1")
	a := &authority{T: t, ready: make(chan struct{}), asked: make(chan struct{}, 100)}
	a.server = httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		select {
		case <-a.ready:
			a.front.ServeHTTP(w, r)
		case <-r.Context().Done():
		}
	}))
	a.server.Config.ErrorLog = silent() // whoever stops listening is no news
	a.server.StartTLS()
	t.Cleanup(a.server.Close)

	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	names := &dns.Server{Listener: l, Handler: dns.HandlerFunc(a.name)}
	go names.ActivateAndServe() //nolint:errcheck // it is told to stop
	t.Cleanup(func() { _ = l.Close() })
	a.names = l.Addr().String()
	return a
}

// name answers that the domain is here, and nothing else is anywhere.
func (a *authority) name(w dns.ResponseWriter, q *dns.Msg) {
	m := new(dns.Msg)
	m.SetReply(q)
	for _, asked := range q.Question {
		switch {
		case asked.Name != aDomain+".":
			m.Rcode = dns.RcodeNameError
		case asked.Qtype == dns.TypeA:
			m.Answer = append(m.Answer, &dns.A{
				Hdr: dns.RR_Header{Name: asked.Name, Rrtype: dns.TypeA, Class: dns.ClassINET, Ttl: 1}, A: net.IPv4(127, 0, 0, 1),
			})
			select {
			case a.asked <- struct{}{}:
			default:
			}
		}
	}
	_ = w.WriteMsg(m)
}

// comesTo lets it begin, now that it is known where ports 443 and 80 of the name are.
func (a *authority) comesTo(app *app) {
	quiet := log.New(&bytes.Buffer{}, "", 0)
	kept := db.NewMemoryStore()
	issues := ca.New(quiet, kept, "", "ecdsa", 0, 1, map[string]ca.Profile{"default": {Description: "usual"}})
	validates := va.New(quiet, app.https.plain.Addr().(*net.TCPAddr).Port, app.listen.Addr().(*net.TCPAddr).Port, true, a.names, kept)
	front := wfe.New(quiet, kept, validates, issues, []string{"example.net"}, true, false, 1, 1)
	a.front = front.Handler()
	a.roots = x509.NewCertPool()
	a.roots.AppendCertsFromPEM(issues.GetRootCert(0).PEM())
	close(a.ready)
}

// rootFile is what the house believes the authority by.
func (a *authority) rootFile() string {
	file := filepath.Join(a.TempDir(), "root.pem")
	text := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: a.server.Certificate().Raw})
	if err := os.WriteFile(file, text, 0o600); err != nil {
		a.Fatal(err)
	}
	return file
}

// named is a house that has a name of its own.
type named struct {
	*house
	authority *authority
}

func openNamed(t *testing.T) *named {
	t.Helper()
	a := openAuthority(t)
	h := &house{T: t, data: t.TempDir(), log: &transcript{}}
	h.settings = func(c *config) {
		c.PerAddress = 20
		c.domain = domain{
			Domain: aDomain, ListenHTTPS: "127.0.0.1:0", ListenHTTP: "127.0.0.1:0",
			ACMECA: a.server.URL + wfe.DirectoryPath, ACMERoot: a.rootFile(), ACMEEmail: "ops@example.net",
		}
	}
	h.start()
	t.Cleanup(func() {
		h.stop()
		h.checkLog()
	})
	a.comesTo(h.app)
	return &named{h, a}
}

// dial leads ports 443 and 80 of the name to where the house listens.
func (n *named) dial(ctx context.Context, network, address string) (net.Conn, error) {
	var to net.Addr
	switch address {
	case aDomain + ":443":
		to = n.app.listen.Addr()
	case aDomain + ":80":
		to = n.app.https.plain.Addr()
	default:
		return nil, fmt.Errorf("%s is nowhere", address)
	}
	return (&net.Dialer{}).DialContext(ctx, network, to.String())
}

// comes has somebody come by the name, believing the authority alone.
func (n *named) comes(c *caller) *caller {
	c.Transport = &http.Transport{DialContext: n.dial, TLSClientConfig: &tls.Config{RootCAs: n.authority.roots}}
	c.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	n.Cleanup(c.CloseIdleConnections)
	return c
}

// certified waits until the house can be called by its name.
func (n *named) certified(who *caller) {
	n.Helper()
	patience := soon(n.T)
	for tick := time.NewTicker(20 * time.Millisecond); ; {
		_, err := who.try("GET", "/healthz", nil)
		if err == nil {
			tick.Stop()
			return
		}
		select {
		case <-tick.C:
		case <-patience.Done():
			n.Fatalf("no certificate came: %v\n%s", err, n.log)
		}
	}
}

// A Mend that is told its name gets a certificate for it and speaks HTTPS by itself:
// pages, cookies and links are of that name, a phone's socket joins, and whoever comes
// without HTTPS is sent there.
func TestADomainIsServedOverHTTPS(t *testing.T) {
	n := openNamed(t)
	n.certified(n.comes(n.stranger()))
	if n.base != "https://"+aDomain {
		t.Fatalf("people are told to come to %s", n.base)
	}
	select {
	case <-n.authority.asked:
	default:
		t.Error("the authority did not look up the name: nothing was proved to it")
	}

	desk := n.comes(n.stranger())
	first := setup()
	first["code"] = n.app.setupCode // asked for: it is not only this machine that may come
	answer := desk.post("/setup", first).want(201)
	if cookie := answer.header.Get("Set-Cookie"); !strings.HasPrefix(cookie, "__Host-mend=") || !strings.Contains(strings.ToLower(cookie), "; secure") {
		t.Errorf("the cookie is %s", strings.SplitN(cookie, "=", 2)[0])
	}
	if age := answer.header.Get("Strict-Transport-Security"); !strings.HasPrefix(age, "max-age=63072000") {
		t.Errorf("Strict-Transport-Security: %q", age)
	}
	desk.with("Origin", "http://"+aDomain).get("/me").want(200)
	desk.with("Origin", "http://"+aDomain).post("/couples", aCouple()).refused(403, "cross_site")

	s := desk.session()
	link := desk.link(s.ID, "one")
	if !strings.HasPrefix(link.URL, "https://"+aDomain+"/") {
		t.Errorf("a link leads to %s", strings.SplitN(link.URL, "#", 2)[0])
	}
	phone := n.comes(n.stranger())
	phone.post("/join", map[string]any{"token": tokenOf(link)}).want(200)

	line, status := n.socket(phone, s.ID, n.base)
	if line == nil {
		t.Fatalf("the socket was refused: %d", status)
	}
	defer line.Close()
	var welcome, view struct{ Is string }
	if err := errors.Join(line.ReadJSON(&welcome), line.ReadJSON(&view)); err != nil || welcome.Is != "welcome" || view.Is != "view" {
		t.Errorf("the phone was shown %q, %q, %v", welcome.Is, view.Is, err)
	}
	for _, origin := range []string{"http://" + aDomain, "https://" + aDomain + ":8443", "https://www." + aDomain} {
		if other, status := n.socket(phone, s.ID, origin); other != nil || status != http.StatusForbidden {
			t.Errorf("a page of %s was answered with %d", origin, status)
		}
	}

	n.plainly(t)
	n.crowded(t)
	n.oldOrUnknown(t)
	n.keptToItself(t)
	n.examined(t)

	// Told to stop, it says so to the phone, and both ports are closed.
	secure, plain := n.app.listen.Addr().String(), n.app.https.plain.Addr().String()
	n.stop()
	var over error
	for over == nil {
		_, _, over = line.ReadMessage()
	}
	if !websocket.IsCloseError(over, int(protocol.ServiceRestart)) {
		t.Errorf("the socket ended with %v", over)
	}
	for _, address := range []string{secure, plain} {
		if c, err := net.Dial("tcp", address); err == nil {
			c.Close()
			t.Errorf("%s is open still", address)
		}
	}

	// The certificate is kept: the next start needs nobody.
	n.authority.server.Close()
	n.start()
	n.certified(n.comes(n.stranger()))
}

// socket joins over wss.
func (n *named) socket(who *caller, session, origin string) (*websocket.Conn, int) {
	n.Helper()
	header := http.Header{"Origin": {origin}}
	request := httptest.NewRequest(http.MethodGet, n.base+"/", nil)
	for _, held := range who.Jar.Cookies(request.URL) {
		header.Add("Cookie", held.Name+"="+held.Value)
	}
	d := websocket.Dialer{
		NetDialContext: n.dial, TLSClientConfig: &tls.Config{RootCAs: n.authority.roots},
		Subprotocols: []string{protocol.Subprotocol},
	}
	line, answer, err := d.DialContext(n.Context(), "wss://"+aDomain+"/live/"+session, header)
	if err == nil {
		return line, 0
	}
	if answer == nil {
		n.Fatal(err)
	}
	return nil, answer.StatusCode
}

// plainly comes without HTTPS, by any name, and is sent to the right one.
func (n *named) plainly(t *testing.T) {
	t.Helper()
	who := n.comes(n.stranger())
	for _, method := range []string{"GET", "HEAD", "POST", "DELETE"} {
		for _, host := range []string{aDomain, "evil.example", "127.0.0.1"} {
			for _, path := range []string{"/", "/join?x=1", "//evil.example/", "/.well-known/acme-challenge/none", "/api/v1/me"} {
				request, err := http.NewRequestWithContext(t.Context(), method, "http://"+aDomain+path, nil)
				if err != nil {
					t.Fatal(err)
				}
				request.Host = host
				answer, err := who.Do(request)
				if err != nil {
					t.Fatal(err)
				}
				answer.Body.Close()
				if to := answer.Header.Get("Location"); answer.StatusCode != http.StatusPermanentRedirect || to != "https://"+aDomain+path {
					t.Errorf("%s %s of %s: %d, to %q", method, path, host, answer.StatusCode, to)
				}
			}
		}
	}
}

// crowded is neither port by one address alone.
func (n *named) crowded(t *testing.T) {
	t.Helper()
	if runtime.GOOS != "linux" {
		return // only Linux calls itself by all of 127.0.0.0/8
	}
	for _, port := range []net.Addr{n.app.listen.Addr(), n.app.https.plain.Addr()} {
		const come = 35
		var let atomic.Int32
		var all sync.WaitGroup
		for range come {
			w, err := n.wireTo(port, "127.0.0.2")
			if err != nil {
				continue
			}
			_ = w.SetReadDeadline(time.Now().Add(2 * time.Second)) // less than either waits for a request
			defer w.Close()
			all.Go(func() {
				_, err := w.in.ReadByte()
				var late net.Error
				if errors.As(err, &late) && late.Timeout() {
					let.Add(1)
				}
			})
		}
		all.Wait()
		if n := let.Load(); n != 20 {
			t.Errorf("%s let %d of %d in from one address", port, n, come)
		}
	}
}

// oldOrUnknown is refused: TLS before 1.2, and another name.
func (n *named) oldOrUnknown(t *testing.T) {
	t.Helper()
	for what, c := range map[string]*tls.Config{
		"TLS 1.1":      {ServerName: aDomain, RootCAs: n.authority.roots, MinVersion: tls.VersionTLS10, MaxVersion: tls.VersionTLS11},
		"another name": {ServerName: "other.example.org", InsecureSkipVerify: true},
		"no name":      {InsecureSkipVerify: true},
	} {
		if conn, err := tls.Dial("tcp", n.app.listen.Addr().String(), c); err == nil {
			conn.Close()
			t.Errorf("%s was welcome", what)
		}
	}
	conn, err := tls.Dial("tcp", n.app.listen.Addr().String(), &tls.Config{ServerName: aDomain, RootCAs: n.authority.roots, MaxVersion: tls.VersionTLS12})
	if err != nil {
		t.Fatalf("TLS 1.2: %v", err)
	}
	conn.Close()
}

// keptToItself are the keys, for nobody else on the machine to read.
func (n *named) keptToItself(t *testing.T) {
	t.Helper()
	keys := 0
	err := filepath.WalkDir(filepath.Join(n.data, "certificates"), func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := entry.Info()
		if err == nil && info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s is open to others: %o", path, info.Mode().Perm())
		}
		if strings.HasSuffix(path, ".key") {
			keys++
		}
		return err
	})
	if err != nil || keys < 2 {
		t.Errorf("%d keys are kept, %v: want the account's and the certificate's", keys, err)
	}
}

// examined by the doctor, and asked by whatever watches over it.
func (n *named) examined(t *testing.T) {
	t.Helper()
	here := func(c *config) {
		n.settings(c)
		c.Names = &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
			return (&net.Dialer{}).DialContext(ctx, "tcp", n.authority.names)
		}}
		c.ListenHTTPS, c.ListenHTTP = n.app.listen.Addr().String(), n.app.https.plain.Addr().String()
	}
	n.says(here, false, "ok         name      "+aDomain+" leads to 127.0.0.1", "attention  https     a Mend answers at",
		"by somebody whom this machine does not believe", "ok         http      a Mend at")
	n.says(func(c *config) { here(c); c.Domain = "nowhere.example.org" }, true, "broken     name", "broken     https")
	n.says(func(c *config) { here(c); c.Domain = aDomain + ":443" }, true, "broken     settings")
	n.says(func(c *config) { here(c); c.BaseURL = "https://other.example.org" }, true, "broken     settings", "leave --base-url out")
	n.says(func(c *config) { here(c); c.ListenHTTP = n.app.numbers.listen.Addr().String() }, true, "broken     http", "--listen-http")
	n.says(func(c *config) { here(c); c.ListenHTTPS, c.ListenHTTP = "127.0.0.1:0", "127.0.0.1:0" }, false, "is free")
	if err := (healthcheckCmd{Domain: aDomain, ListenHTTPS: n.app.listen.Addr().String()}).Run(t.Context()); err != nil {
		t.Errorf("it is well, and said to be ill: %v", err)
	}
	if err := (healthcheckCmd{Domain: "other.example.org", ListenHTTPS: n.app.listen.Addr().String()}).Run(t.Context()); err == nil {
		t.Error("it answers by a name that it has no certificate for")
	}
}
