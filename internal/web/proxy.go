package web

import (
	"fmt"
	"net"
	"net/netip"
	"strings"

	"github.com/gofiber/fiber/v2"
)

// Proxies are those whose word is believed on where a request came from.
type Proxies []netip.Prefix

// ParseProxies reads addresses and ranges.
func ParseProxies(texts []string) (Proxies, error) {
	var all Proxies
	for _, text := range texts {
		if address, err := netip.ParseAddr(text); err == nil {
			all = append(all, netip.PrefixFrom(address.Unmap(), address.Unmap().BitLen()))
			continue
		}
		prefix, err := netip.ParsePrefix(text)
		if err != nil {
			return nil, fmt.Errorf("a trusted proxy is an address or a range, such as 10.0.0.0/8; %q is neither", text)
		}
		all = append(all, prefix.Masked())
	}
	return all, nil
}

func (p Proxies) trust(a netip.Addr) bool {
	for _, prefix := range p {
		if prefix.Contains(a.Unmap()) {
			return true
		}
	}
	return false
}

// client is the address that a request came from: the nearest one that is no proxy
// of ours. What stands further left in the header, the client may have made up.
func (p Proxies) client(c *fiber.Ctx) string {
	remote, ok := c.Context().RemoteAddr().(*net.TCPAddr)
	if !ok {
		return ""
	}
	nearest, _ := netip.AddrFromSlice(remote.IP)
	nearest = nearest.Unmap()
	passed := strings.Split(c.Get(fiber.HeaderXForwardedFor), ",")
	for len(passed) > 0 && p.trust(nearest) {
		before, err := netip.ParseAddr(strings.TrimSpace(passed[len(passed)-1]))
		if err != nil {
			break
		}
		nearest, passed = before.Unmap(), passed[:len(passed)-1]
	}
	return nearest.String()
}
