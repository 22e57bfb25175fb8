// Package exercise is the language in which exercises are written: what one may
// say (Definition), what a counselor's ethics refuse (Lint), and the flat list a
// session runs (Compile). It is pure: no clock, no files, no YAML. Reading files
// is catalog's work; running a program is session's.
//
// Start with Definition, then Step, then Program.
package exercise
