package protocol

import (
	"bytes"
	"encoding/json"

	"mend/internal/session"
)

// survey walks over a frame once, without reading its values, and tells what
// encoding/json does not: whether it is one object and nothing after it, not too
// deep, in which no object has a key twice and every key that names a field is
// spelled as published (encoding/json would also take "DO" and "Do" for "do"). It
// brings the head along. Of what is no JSON it may say anything: decoding tells.
func survey(raw []byte) (h head, sound bool) {
	w := walk{rest: raw}
	w.blank()
	sound = w.object(1, true, &h)
	w.blank()
	return h, sound && len(w.rest) == 0
}

// walk is what is left of a frame.
type walk struct{ rest []byte }

func (w *walk) object(depth int, fields bool, h *head) bool {
	if depth > maxDepth || !w.take('{') {
		return false
	}
	var seen keys
	for w.blank(); !w.take('}'); w.blank() {
		if seen.n > 0 && !w.take(',') {
			return false
		}
		w.blank()
		key, plain, ok := w.text()
		if !ok || (fields && !plainKey(key)) || !seen.add(key, plain) {
			return false
		}
		w.blank()
		if !w.take(':') {
			return false
		}
		w.blank()
		switch {
		case h != nil && string(key) == "id":
			id, plain, ok := w.text()
			if !ok || !plain {
				return false
			}
			h.ID = session.CommandID(id)
		case h != nil && string(key) == "do":
			do, plain, ok := w.text()
			if !ok || !plain {
				return false
			}
			h.Do = string(do)
		case !w.value(depth, fields && string(key) != "sorted"): // a pile's keys are card ids
			return false
		}
	}
	return true
}

func (w *walk) value(depth int, fields bool) bool {
	switch {
	case len(w.rest) == 0:
		return false
	case w.rest[0] == '{':
		return w.object(depth+1, fields, nil)
	case w.rest[0] == '[':
		return w.array(depth+1, fields)
	case w.rest[0] == '"':
		_, _, ok := w.text()
		return ok
	}
	n := bytes.IndexAny(w.rest, ",]} \t\r\n")
	if n <= 0 {
		return false
	}
	w.rest = w.rest[n:]
	return true
}

func (w *walk) array(depth int, fields bool) bool {
	if depth > maxDepth || !w.take('[') {
		return false
	}
	n := 0
	for w.blank(); !w.take(']'); w.blank() {
		if n > 0 && !w.take(',') {
			return false
		}
		w.blank()
		if !w.value(depth, fields) {
			return false
		}
		n++
	}
	return true
}

// text takes a string and answers with what stands between its quotes; plain where
// nothing in it is escaped.
func (w *walk) text() (inside []byte, plain, ok bool) {
	if !w.take('"') {
		return nil, false, false
	}
	plain = true
	for i := 0; i < len(w.rest); i++ {
		switch w.rest[i] {
		case '\\':
			plain = false
			i++
		case '"':
			inside, w.rest = w.rest[:i], w.rest[i+1:]
			return inside, plain, true
		}
	}
	return nil, false, false
}

func (w *walk) blank() { w.rest = bytes.TrimLeft(w.rest, " \t\r\n") }

func (w *walk) take(c byte) bool {
	if len(w.rest) == 0 || w.rest[0] != c {
		return false
	}
	w.rest = w.rest[1:]
	return true
}

// keys are those of one object, as they read.
type keys struct {
	n    int
	few  [12]string // no command has more fields; a pile of cards may
	many map[string]bool
}

// add is false for a key that was there.
func (k *keys) add(raw []byte, plain bool) bool {
	key := string(raw)
	if !plain && json.Unmarshal(append(append([]byte{'"'}, raw...), '"'), &key) != nil {
		return false
	}
	for _, other := range k.few[:min(k.n, len(k.few))] {
		if other == key {
			return false
		}
	}
	if k.n < len(k.few) {
		k.few[k.n] = key
		k.n++
		return true
	}
	if k.many[key] {
		return false
	}
	if k.many == nil {
		k.many = map[string]bool{}
	}
	k.many[key] = true
	k.n++
	return true
}
