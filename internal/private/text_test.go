package private_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"mend/internal/private"
)

func TestTextIsNeverPrinted(t *testing.T) {
	const secret = "MARKER-7f3k"
	text := private.Text(secret)
	answer := struct{ Text private.Text }{text}

	var log bytes.Buffer
	slog.New(slog.NewJSONHandler(&log, nil)).Info("x", "text", text)
	slog.New(slog.NewTextHandler(&log, nil)).Info("x", "text", text, "answer", answer)

	shown := strings.Join([]string{
		fmt.Sprint(text), fmt.Sprintf("%s %v %q %x %d %+v %#v", text, text, text, text, text, answer, answer),
		errors.Join(fmt.Errorf("bad %v", text)).Error(), log.String(),
	}, "\n")
	if strings.Contains(shown, secret) || strings.Contains(shown, fmt.Sprintf("%x", secret)) {
		t.Fatalf("the text was printed:\n%s", shown)
	}
}

func TestTextTravelsInJSON(t *testing.T) {
	raw, err := json.Marshal(map[string]private.Text{"text": "hello"})
	if err != nil || string(raw) != `{"text":"hello"}` {
		t.Fatalf("got %s, %v", raw, err)
	}
}
