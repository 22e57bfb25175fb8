//go:build race

package main

// raced tells that the race detector is on, under which a server takes seconds to start.
const raced = true
