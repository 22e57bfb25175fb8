package web

import (
	"cmp"
	"context"
	"slices"

	"mend/internal/exercise"
	"mend/internal/homework"
	"mend/internal/protocol"
	"mend/internal/record"
	"mend/internal/session"
	"mend/internal/store"
)

// homeworkLogs are all that was ever set for a couple, oldest first.
func (a *api) homeworkLogs(ctx context.Context, who person, couple string) ([]protocol.HomeworkRow, error) {
	var all []protocol.HomeworkRow
	p := store.Page{Limit: 100}
	for {
		rows, next, err := a.store.HomeworkOf(ctx, who.id, couple, p)
		if err != nil {
			return nil, err
		}
		all = append(all, rows...)
		if p.Cursor = next; next == "" {
			slices.Reverse(all)
			return all, nil
		}
	}
}

// homeworkRecord is one of them as its counselor sees it.
func homeworkRecord(row protocol.HomeworkRow, in exercise.Language) record.HomeworkRecord {
	d := homework.DeskFor(homework.Replay(row.Log))
	r := record.HomeworkRecord{
		Homework: row.ID, Exercise: d.Exercise, Version: d.Version, Title: d.Title, For: d.For, SetAt: d.SetAt, Due: d.Due, Line: d.Line,
		ReadAt: d.ReadAt, ClosedAt: d.ClosedAt, Answers: []record.HomeworkAnswer{},
	}
	for _, step := range d.Steps {
		for _, seat := range session.Seats() {
			if given := step.Answers[seat]; given != nil {
				r.Answers = append(r.Answers, record.HomeworkAnswer{
					Who: seat, Asked: step.Prompts[seat], Audience: step.Audience,
					Answer: given.Worded(step.Options, step.Cards, step.Buckets, in),
				})
			}
		}
	}
	return r
}

// homeworkCopy is one of them as a partner, or both, may have it: what both know, and
// with it the reader's own words.
func homeworkCopy(row protocol.HomeworkRow, reader record.Reader, in exercise.Language) record.CopiedRun {
	s := homework.Replay(row.Log)
	seat, one := reader.Seat()
	if one {
		in = cmp.Or(s.Languages.Of(seat), in)
	}
	program, back := s.Facts.Program, homework.Back(s)
	run := record.CopiedRun{
		Exercise: program.ID, Version: program.Version, Title: program.TitleIn(in), Intensity: program.Intensity, StartedAt: s.SetAt,
		Own: []record.OwnAnswer{}, Shared: back.Pairs(in), Questions: []record.CopiedQuestion{},
	}
	if run.Shared == nil {
		run.Shared = []session.RevealedPair{}
	}
	if !one {
		return run
	}
	for _, step := range homework.Own(s, seat) {
		run.Own = append(run.Own, record.OwnAnswer{
			Step: program.Steps[step.Index].ID, Kind: step.Kind, Title: step.Title, Prompt: step.Prompt, Audience: step.Audience,
			Low: step.Low, High: step.High, Options: step.Options, Cards: step.Cards, Buckets: step.Buckets, Answer: *step.Mine,
		})
	}
	return run
}
