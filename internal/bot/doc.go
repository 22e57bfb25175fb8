// Package bot is a client in Go that plays one role over the public protocol and
// knows nothing else of Mend: stories, fault tests and load are made of it. It sees
// what a browser sees. A Line is one connection; a Bot keeps one open, comes back
// when it breaks and sends again what was not answered. Start with Sit.
package bot
