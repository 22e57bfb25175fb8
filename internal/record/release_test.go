package record_test

import (
	"testing"
	"time"

	"mend/internal/exercise"
	"mend/internal/private"
	"mend/internal/record"
	"mend/internal/session"
)

func TestAReleaseTakesBothKeysOrTheLaw(t *testing.T) {
	now := time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)
	yes, no := record.ReleaseAnswer{Answer: record.ReleaseAgree, At: now}, record.ReleaseAnswer{Answer: record.ReleaseDecline, At: now}
	said := func(one, two record.ReleaseAnswer) map[session.Seat]record.ReleaseAnswer {
		return map[session.Seat]record.ReleaseAnswer{session.SeatOne: one, session.SeatTwo: two}
	}
	law := &record.ReleaseOverride{Reason: record.OverrideCourt}
	gone := map[session.Seat]time.Time{session.SeatTwo: now}
	for name, c := range map[string]struct {
		record.Consent
		want record.ReleaseState
	}{
		"nobody has answered":           {record.Consent{}, record.ReleaseWaiting},
		"one has":                       {record.Consent{Answers: map[session.Seat]record.ReleaseAnswer{session.SeatOne: yes}}, record.ReleaseWaiting},
		"both agree":                    {record.Consent{Answers: said(yes, yes)}, record.ReleaseAgreed},
		"one declines":                  {record.Consent{Answers: said(yes, no)}, record.ReleaseDeclined},
		"the law":                       {record.Consent{Answers: said(no, no), Override: law}, record.ReleaseOverridden},
		"withdrawn":                     {record.Consent{Answers: said(yes, yes), Withdrawn: true, Override: law}, record.ReleaseWithdrawn},
		"who agreed was erased":         {record.Consent{Answers: said(yes, yes), Erased: gone}, record.ReleaseWaiting},
		"who declined was erased":       {record.Consent{Answers: said(yes, no), Erased: gone}, record.ReleaseWaiting},
		"one was erased, and the law":   {record.Consent{Answers: said(yes, no), Erased: gone, Override: law}, record.ReleaseOverridden},
		"its last day is over":          {record.Consent{Answers: said(yes, yes), ExpiresAt: now}, record.ReleaseExpired},
		"over, whatever the law allows": {record.Consent{Override: law, ExpiresAt: now.Add(-time.Hour)}, record.ReleaseExpired},
	} {
		if c.ExpiresAt.IsZero() {
			c.ExpiresAt = now.Add(time.Hour)
		}
		got := c.State(now)
		if got != c.want || got.MayGo() != (c.want == record.ReleaseAgreed || c.want == record.ReleaseOverridden) {
			t.Errorf("%s: %s", name, got)
		}
	}
}

func TestAReleaseIsWrittenToBeRead(t *testing.T) {
	at := time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)
	joint := copyFor(t, lived(t).log, record.ForBoth)
	out := record.Released{
		Release: "0193b1c4-0000-7000-8000-00000000000a", MadeAt: copied, Language: exercise.English,
		Recipient: "The family court", Purpose: "Case 12", Parts: []record.ReleasePart{record.ReleaseJoint, record.ReleaseProgress},
		Agreed: map[session.Seat]record.ReleaseAnswer{session.SeatOne: {Answer: record.ReleaseAgree, At: at}, session.SeatTwo: {Answer: record.ReleaseAgree, At: at}},
		People: joint.People,
		Sessions: []record.ReleasedRecord{{
			Session: "0193b1c4-0000-7000-8000-000000000001", At: joint.StartedAt, Joint: &joint,
			Progress: &record.ExportedNote{Format: record.Free, SignedAt: &at, SignedBy: "Mara", Hash: "ab", Sections: map[string]private.Text{"text": "They spoke in turns."}},
		}},
	}
	golden(t, "release.both.en.md", record.Markdown(record.ReleaseDocument(out, record.DeclaredRelease(record.Manifest{Language: out.Language}, out.Parts))))
	out.Language, out.Agreed, out.Parts = exercise.Spanish, nil, out.Parts[1:]
	out.Override = &record.ReleaseOverride{Reason: record.OverrideCourt, Text: "not for the document", By: "Mara", At: at}
	out.Sessions[0].Joint = nil
	golden(t, "release.override.es.md", record.Markdown(record.ReleaseDocument(out, record.DeclaredRelease(record.Manifest{Language: out.Language}, out.Parts))))
}
