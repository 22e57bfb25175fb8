// Package protocol is the wire: the socket's messages and close codes (live.go,
// decode.go, close.go) and the bodies of the HTTP calls (http.go). It holds types,
// limits and decoding, and decides nothing. Session views are wire types
// themselves and stand in package session.
package protocol
