package session

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"testing"
	"time"

	"pgregory.net/rapid"

	"mend/internal/exercise"
	"mend/internal/promise"
)

// What a socket is sent is the JSON that is published: each view, with its fields filled by
// chance, has the bytes that encoding/json makes of it.
func TestViewsAreWrittenAsTheirTypesSay(t *testing.T) {
	promise.Histories(t, 10_000)
	rapid.Check(t, func(t *rapid.T) {
		var phone PartnerView
		filled(t, reflect.ValueOf(&phone).Elem(), "phone")
		j := jot{}
		phone.jot(&j)
		sameJSON(t, phone, j)

		var desk CounselorView
		filled(t, reflect.ValueOf(&desk).Elem(), "desk")
		j = jot{}
		desk.jot(&j, func() { j.b = append(j.b, plainly(t, desk.Phones)...) })
		sameJSON(t, desk, j)
	})
}

func sameJSON(t *rapid.T, v any, j jot) {
	if want := plainly(t, v); j.err != nil || !bytes.Equal(j.b, want) {
		t.Fatalf("%v, written\n%s\ninstead of\n%s", j.err, j.b, want)
	}
}

func plainly(t *rapid.T, v any) []byte {
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		t.Fatal(err)
	}
	return bytes.TrimSuffix(out.Bytes(), []byte("\n"))
}

// filled gives a value and all below it something, or nothing, by chance.
func filled(t *rapid.T, v reflect.Value, path string) {
	chance := func(n int) int { return rapid.IntRange(0, n-1).Draw(t, path) }
	switch v.Interface().(type) {
	case time.Time:
		v.Set(reflect.ValueOf(time.UnixMilli(int64(chance(1 << 42))).UTC()))
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(rapid.OneOf(
			rapid.SampledFrom([]string{"", "plain", "\u2028 \u2029", "<b>&amp;</b>", "a\"b\\c/", "\x00\x1f\x7f\t\r\n\b\f", "\xff\xfeé\xc3", "🦢 ñ"}),
			rapid.String(),
		).Draw(t, path))
	case reflect.Int:
		v.SetInt(int64(chance(3) - 1))
	case reflect.Bool:
		v.SetBool(chance(2) == 0)
	case reflect.Pointer:
		if chance(3) > 0 {
			v.Set(reflect.New(v.Type().Elem()))
			filled(t, v.Elem(), path)
		}
	case reflect.Slice:
		if n := chance(4); n > 0 {
			v.Set(reflect.MakeSlice(v.Type(), n-1, n-1))
			for i := range n - 1 {
				filled(t, v.Index(i), path)
			}
		}
	case reflect.Map:
		if chance(4) == 0 {
			return
		}
		v.Set(reflect.MakeMap(v.Type()))
		for _, key := range keysFor(v.Type().Key()) {
			if chance(3) > 0 {
				value := reflect.New(v.Type().Elem()).Elem()
				filled(t, value, path)
				v.SetMapIndex(reflect.ValueOf(key).Convert(v.Type().Key()), value)
			}
		}
	case reflect.Struct:
		for i := range v.NumField() {
			filled(t, v.Field(i), v.Type().Field(i).Name)
		}
	default:
		panic(fmt.Sprintf("%s is a %s", path, v.Kind()))
	}
}

func keysFor(of reflect.Type) []string {
	switch of {
	case reflect.TypeFor[Seat]():
		return []string{"one", "two"}
	case reflect.TypeFor[exercise.Role]():
		return []string{"b", "a", "responsible", "hurt"}
	}
	return []string{"k2", "k1", "<\u2028>"}
}
