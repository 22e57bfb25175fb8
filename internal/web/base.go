package web

import (
	"errors"
	"net"
	"net/url"
	"strings"
)

// Base is the address under which people reach Mend: scheme, host and port. The zero
// Base is nowhere.
type Base struct{ url *url.URL }

// ParseBase reads an address such as https://mend.example.org.
func ParseBase(text string) (Base, error) {
	u, err := url.Parse(strings.TrimSuffix(text, "/"))
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" ||
		u.Path != "" || u.RawQuery != "" || u.Fragment != "" || u.User != nil {
		return Base{}, errors.New("the base URL is a scheme and a host, like https://mend.example.org, and nothing after them")
	}
	u.Host = strings.ToLower(u.Host)
	return Base{u}, nil
}

func (b Base) String() string {
	if b.url == nil {
		return ""
	}
	return b.url.String()
}

// Secure tells whether people come by HTTPS.
func (b Base) Secure() bool { return b.url.Scheme == "https" }

// Loopback tells whether it can be reached from this machine alone.
func (b Base) Loopback() bool { return b.url != nil && loopback(b.url.Hostname()) }

func loopback(host string) bool {
	if host == "localhost" {
		return true
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}

// Name is the host by its name, as passkeys are bound to it; a loopback base is called
// localhost, and a bare address has none.
func (b Base) Name() string {
	if b.Loopback() {
		return "localhost"
	}
	if net.ParseIP(b.url.Hostname()) != nil {
		return ""
	}
	return b.url.Hostname()
}

// Origins lists what a browser may call itself: the base, and on a loopback base
// its other names.
func (b Base) Origins() []string {
	all := []string{b.String()}
	if !b.Loopback() {
		return all
	}
	for _, host := range []string{"localhost", "127.0.0.1", "[::1]"} {
		origin := b.url.Scheme + "://" + host
		if port := b.url.Port(); port != "" {
			origin += ":" + port
		}
		if origin != all[0] {
			all = append(all, origin)
		}
	}
	return all
}

// sockets is where the pages' sockets go. Older Safari does not take 'self' for them.
// An address in brackets is no source that a policy may name.
func (b Base) sockets() string {
	var all []string
	for _, origin := range b.Origins() {
		if strings.Contains(origin, "[") {
			continue
		}
		all = append(all, "ws"+strings.TrimPrefix(origin, "http"))
	}
	return strings.Join(all, " ")
}

// cookie is the name of the one cookie. A browser takes the __Host- prefix only
// over HTTPS, and then binds the cookie to exactly this host.
func (b Base) cookie() string {
	if b.Secure() {
		return "__Host-mend"
	}
	return "mend"
}
