package session

import (
	"bytes"
	"encoding/json"
	"slices"
	"strconv"
	"time"
	"unicode/utf8"
)

// jot writes JSON by appending. It makes the bytes that encoding/json makes without its
// care for HTML, in a small part of the time: views are drawn for every command, and
// looking at their types anew each time was most of what that cost.
type jot struct {
	b   []byte
	err error // the first
}

func (j *jot) open()  { j.b = append(j.b, '{') }
func (j *jot) close() { j.b = append(j.b, '}') }

// comma goes before whatever is not the first.
func (j *jot) comma() {
	if last := j.b[len(j.b)-1]; last != '{' && last != '[' {
		j.b = append(j.b, ',')
	}
}

// key is one of ours and needs no escaping.
func (j *jot) key(k string) {
	j.comma()
	b := append(j.b, '"')
	b = append(b, k...)
	j.b = append(b, '"', ':')
}

func (j *jot) text(k, v string) {
	j.key(k)
	j.quote(v)
}

func (j *jot) number(k string, v int) {
	j.key(k)
	j.b = strconv.AppendInt(j.b, int64(v), 10)
}

func (j *jot) flag(k string, v bool) {
	j.key(k)
	j.b = strconv.AppendBool(j.b, v)
}

func (j *jot) time(k string, v time.Time) {
	j.key(k)
	j.b = append(j.b, '"')
	b, err := v.AppendText(j.b)
	if err != nil {
		j.fail(err)
		return
	}
	j.b = append(b, '"')
}

// The same, left out where there is nothing to be said.

func (j *jot) anyText(k, v string) {
	if v != "" {
		j.text(k, v)
	}
}

func (j *jot) anyNumber(k string, v int) {
	if v != 0 {
		j.number(k, v)
	}
}

func (j *jot) anyFlag(k string, v bool) {
	if v {
		j.flag(k, v)
	}
}

func (j *jot) anyTime(k string, v *time.Time) {
	if v != nil {
		j.time(k, *v)
	}
}

// rest leaves a value that stands in few views to encoding/json.
func (j *jot) rest(k string, v any) {
	j.key(k)
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		j.fail(err)
		return
	}
	j.b = append(j.b, bytes.TrimSuffix(out.Bytes(), []byte("\n"))...)
}

// anyRest is rest for a list that may be empty.
func anyRest[T any](j *jot, k string, list []T) {
	if len(list) > 0 {
		j.rest(k, list)
	}
}

// each writes a list of objects.
func each[T any](j *jot, k string, list []T, write func(*jot, *T)) {
	j.key(k)
	j.b = append(j.b, '[')
	for i := range list {
		j.comma()
		j.open()
		write(j, &list[i])
		j.close()
	}
	j.b = append(j.b, ']')
}

// words writes a list of strings, null where there is none.
func words[S ~string](j *jot, k string, list []S) {
	j.key(k)
	if list == nil {
		j.b = append(j.b, "null"...)
		return
	}
	j.b = append(j.b, '[')
	for _, s := range list {
		j.comma()
		j.quote(string(s))
	}
	j.b = append(j.b, ']')
}

// perSeat writes what is known of one seat or both, null where there is nothing at all.
func perSeat[T any](j *jot, k string, of map[Seat]T, write func(key string, v T)) {
	j.key(k)
	if of == nil {
		j.b = append(j.b, "null"...)
		return
	}
	j.open()
	for _, s := range [...]Seat{SeatOne, SeatTwo} {
		if v, known := of[s]; known {
			write(string(s), v)
		}
	}
	j.close()
}

// anyPerSeat is perSeat, left out where nothing is known.
func anyPerSeat[T any](j *jot, k string, of map[Seat]T, write func(key string, v T)) {
	if len(of) > 0 {
		perSeat(j, k, of, write)
	}
}

// named writes a map by its sorted keys, null where there is none.
func named[K, V ~string](j *jot, k string, of map[K]V) {
	j.key(k)
	if of == nil {
		j.b = append(j.b, "null"...)
		return
	}
	j.open()
	keys := make([]K, 0, 8)
	for key := range of {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	for _, key := range keys {
		j.comma()
		j.quote(string(key))
		j.b = append(j.b, ':')
		j.quote(string(of[key]))
	}
	j.close()
}

func (j *jot) fail(err error) {
	if j.err == nil {
		j.err = err
	}
}

// quote writes a string. Line separators of JavaScript's are escaped and what is no UTF-8
// is replaced, as encoding/json does.
func (j *jot) quote(s string) {
	b := append(j.b, '"')
	from := 0
	for i := 0; i < len(s); {
		c := s[i]
		if plain[c] {
			i++
			continue
		}
		size := 1
		if c >= utf8.RuneSelf {
			var r rune
			r, size = utf8.DecodeRuneInString(s[i:])
			if (r != utf8.RuneError || size > 1) && r != '\u2028' && r != '\u2029' {
				i += size
				continue
			}
		}
		b = append(b, s[from:i]...)
		b = appendEscaped(b, s[i:i+size])
		i += size
		from = i
	}
	b = append(b, s[from:]...)
	j.b = append(b, '"')
}

// plain are the bytes that stand in JSON as they are, of ASCII.
var plain = func() (is [256]bool) {
	for c := ' '; c < utf8.RuneSelf; c++ {
		is[c] = c != '"' && c != '\\'
	}
	return is
}()

// appendEscaped writes one character that may not stand as it is.
func appendEscaped(b []byte, s string) []byte {
	switch c := s[0]; c {
	case '"', '\\':
		return append(b, '\\', c)
	case '\n':
		return append(b, `\n`...)
	case '\r':
		return append(b, `\r`...)
	case '\t':
		return append(b, `\t`...)
	case '\b':
		return append(b, `\b`...)
	case '\f':
		return append(b, `\f`...)
	}
	const hex = "0123456789abcdef"
	switch {
	case s == "\u2028":
		return append(b, `\u2028`...)
	case s == "\u2029":
		return append(b, `\u2029`...)
	case s[0] < ' ':
		return append(b, '\\', 'u', '0', '0', hex[s[0]>>4], hex[s[0]&0xf])
	}
	return append(b, `\ufffd`...)
}
