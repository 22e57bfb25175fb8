// Package metrics keeps the numbers an operator asks for at night, as Prometheus
// reads them. It knows no session and no person: whoever counts hands it counts,
// kinds of a closed list and durations, and it has no place for an id or a word.
//
// Start with Metrics.
package metrics
