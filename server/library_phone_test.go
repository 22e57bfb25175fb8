package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"slices"

	"mend/internal/bot"
	"mend/internal/fault"
	"mend/internal/private"
	"mend/internal/protocol"
	"mend/internal/session"
)

// chair is one of the three in an exercise that is played, at a socket. It reads only
// when it waits for something, so that what it was sent is looked at in the order in
// which it was sent, and before anything else happens in the room.
type chair struct {
	play *play
	role session.Role
	at   bot.Place

	line *bot.Line
	gone error // why it ended
	said int   // frames sent on this line

	raw       []byte // the newest view
	counselor *session.CounselorView
	partner   *session.PartnerView
	draft     private.Text

	version  int  // of the room, as far as this one has looked
	stirred  bool // something happened that may have changed the view
	offered  map[string]bool
	accepted map[string]bool
}

// breath is how much one says on one line: a socket takes a burst of 40 and then 20 a
// second. Rather than wait, one comes back, as phones do all the time.
const breath = protocol.CommandBurst - 4

// sits opens the socket and waits for the first view.
func (s *chair) sits(ctx context.Context) {
	s.play.Helper()
	s.at.Here = true
	line, err := bot.Dial(ctx, s.at)
	if err != nil {
		s.play.Fatalf("%s could not sit down: %v", s.role, err)
	}
	context.AfterFunc(ctx, line.Close)
	s.line, s.gone, s.said = line, nil, 0
	before := s.raw
	s.raw = nil
	for s.raw == nil {
		if s.hear(); s.gone != nil {
			s.play.Fatalf("%s was put out while sitting down: %v", s.role, s.gone)
		}
	}
	if !s.stirred && before != nil && !bytes.Equal(before, s.raw) {
		s.play.Errorf("%s came back to another screen:\n%s\n%s", s.role, before, s.raw)
	}
}

// drops loses the network.
func (s *chair) drops() {
	s.line.Close()
	s.line = nil
}

// comesBack drops the line and sits down again, to the same screen.
func (s *chair) comesBack() {
	s.play.Helper()
	s.looks()
	s.drops()
	s.sits(s.play.ctx)
}

// looks brings the screen up to what the room knows now.
func (s *chair) looks() {
	s.play.Helper()
	if s.said >= breath { // who sits down anew is shown the room
		s.drops()
		s.sits(s.play.ctx)
	} else if err := s.sends(protocol.Sync{}); err != nil {
		s.play.Fatalf("%s cannot look: %v", s.role, err)
	}
	s.version, s.stirred = s.play.version, false
}

// says sends one message and waits for its answer, which is a *fault.Error where it is no.
func (s *chair) says(body protocol.Body) error {
	s.play.Helper()
	if s.said >= breath {
		stirred := s.stirred
		s.comesBack()
		s.stirred = stirred
	}
	return s.sends(body)
}

func (s *chair) sends(body protocol.Body) error {
	s.play.Helper()
	id := bot.NewID()
	frame, err := protocol.Encode(protocol.Message{ID: id, Body: body})
	if err != nil {
		return err
	}
	s.said++
	if err := s.line.Write(frame); err != nil {
		return err
	}
	for {
		answered, no := s.hear()
		switch {
		case s.gone != nil:
			return s.gone
		case answered == id:
			return no
		}
	}
}

// hear takes one frame in; it answers with the command that the frame answers, if any.
func (s *chair) hear() (session.CommandID, error) {
	s.play.Helper()
	raw, ok := s.reads()
	if !ok {
		return "", nil
	}
	if s.raw != nil && bytes.HasSuffix(bytes.TrimSuffix(raw, []byte("}")), s.raw) {
		return "", nil // the same view once more
	}
	for _, complaint := range s.play.words.check(s.role, raw) {
		s.play.Errorf("%s, in %s", complaint, raw)
	}
	var f struct {
		Is      string
		ID      session.CommandID
		Code    string
		Message string
		View    json.RawMessage
	}
	if err := json.Unmarshal(raw, &f); err != nil {
		s.play.Fatalf("%s was sent %s: %v", s.role, raw, err)
	}
	switch f.Is {
	case "view":
		s.sees(f.View)
	case "done", "now":
		return f.ID, nil
	case "refused":
		return f.ID, fault.New(fault.Conflict, f.Code, f.Message)
	case "draft":
		var d protocol.Draft
		s.strictly(raw, &d)
		s.draft = d.Text
	case "here":
		if s.role == session.Counselor {
			s.strictly(raw, &protocol.HereCounselor{})
		} else {
			s.strictly(raw, &protocol.HerePartner{})
		}
	case "dial":
		if s.role != session.Counselor {
			s.play.Errorf("%s was shown the other's dial: %s", s.role, raw)
		}
	}
	return "", nil
}

// reads the next frame, while there is a line to read from.
func (s *chair) reads() (raw []byte, ok bool) {
	if raw, s.gone = s.line.Read(); s.gone != nil {
		s.line.Close()
	}
	return raw, s.gone == nil
}

// sees takes a view in, and holds it to what this one may have been told since.
func (s *chair) sees(view json.RawMessage) {
	if bytes.Equal(view, s.raw) {
		return
	}
	if s.raw != nil && !s.stirred {
		s.play.Errorf("%s's screen changed by what is not for them (%s):\n%s\n%s", s.role, s.play.last, s.raw, view)
	}
	s.raw = view
	s.counselor, s.partner = nil, nil
	if s.role == session.Counselor {
		s.strictly(view, &s.counselor)
	} else {
		s.strictly(view, &s.partner)
	}
	for _, name := range s.may() {
		if name == (session.NameCounselors{}).Name() { // no part of an exercise: said when a colleague comes in
			continue
		}
		s.offered[name] = true
	}
}

// strictly reads what has no field that its type does not have.
func (s *chair) strictly(raw []byte, into any) {
	s.play.Helper()
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		s.play.Fatalf("%s was sent what is not in the protocol: %v: %s", s.role, err, raw)
	}
}

// isPutOut waits for the room's goodbye.
func (s *chair) isPutOut(code protocol.CloseCode) {
	s.play.Helper()
	for s.gone == nil {
		s.hear()
	}
	var closed bot.Closed
	if !errors.As(s.gone, &closed) || closed.Code != code {
		s.play.Errorf("%s was put out with %v, want %d", s.role, s.gone, code)
	}
}

func (s *chair) may() []string {
	if s.counselor != nil {
		return s.counselor.YouMay
	}
	return s.partner.YouMay
}

func (s *chair) can(name string) bool { return slices.Contains(s.may(), name) }

// key is the step on the screen.
func (s *chair) key() string {
	switch {
	case s.counselor != nil && s.counselor.Step != nil:
		return s.counselor.Step.Key
	case s.partner != nil && s.partner.Step != nil:
		return s.partner.Step.Key
	}
	return ""
}

func (s *chair) phase() session.Phase {
	if s.counselor != nil {
		return s.counselor.Phase
	}
	return s.partner.Phase
}
