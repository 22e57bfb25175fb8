package web

import (
	"cmp"
	"context"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"mend/internal/account"
	"mend/internal/exercise"
	"mend/internal/fault"
	"mend/internal/private"
	"mend/internal/protocol"
	"mend/internal/record"
	"mend/internal/session"
	"mend/internal/store"
)

// releaseRoutes let something of a couple's record go to somebody outside, by both
// partners' word or by a reason in law.
func (a *api) releaseRoutes(h huma.API) {
	counselors(a, h, op("ask-release", "POST", "/couples/{couple}/releases", "Ask both partners whether something of their record may go to somebody", created), a.askRelease)
	counselors(a, h, op("releases", "GET", "/couples/{couple}/releases", "What was asked for, and what came of it"), a.releases)
	counselors(a, h, op("release", "GET", "/releases/{release}", "A release, with each partner's word"), a.release)
	counselors(a, h, op("withdraw-release", "DELETE", "/releases/{release}", "Withdraw it: nothing goes any more"), a.withdrawRelease)
	counselors(a, h, op("create-release-link", "POST", "/releases/{release}/links", "Make a partner's link to it; an earlier one is revoked", created), a.createReleaseLink)
	counselors(a, h, op("override-release", "POST", "/releases/{release}/override", "Let it go without both partners' word, for a reason in law; asks for a fresh proof of who is there"), a.overrideRelease)
	counselors(a, h, op("export-release", "GET", "/releases/{release}/export", "What was released, to hand on; written down each time",
		gives(map[string]*huma.Schema{zipType: {
			Type: huma.TypeString, Format: "binary", Description: "manifest.json (a Manifest), record.json and record.md",
		}})), a.exportRelease)
	anyone(a, h, op("open-release", "POST", "/releases/open", "What a partner is asked, by their link's token", unchecked), a.openRelease)
	anyone(a, h, op("answer-release", "POST", "/releases/answer", "Agree, or decline, or take an earlier word back"), a.answerRelease)
}

// releaseMost is how many days ahead a release may last.
const releaseMost = 365

var errNoRecipient = fault.New(fault.Invalid, "missing", "Say who would get it.").At("recipient")

func (a *api) askRelease(ctx context.Context, who person, in *makesForCouple[protocol.NewRelease]) (*body[protocol.Release], error) {
	n := in.Body
	n.Recipient, n.Purpose = trimmed(n.Recipient), trimmed(n.Purpose)
	if n.Recipient == "" {
		return nil, errNoRecipient
	}
	expires, err := a.lastDay(n.ExpiresOn, 0, releaseMost)
	if err != nil {
		return nil, err
	}
	once, err := again(in.Key, "release "+in.Couple, in.Body)
	if err != nil {
		return nil, err
	}
	id, err := a.store.AskRelease(ctx, who.id, in.Couple, n, expires, once)
	if err != nil {
		return nil, err
	}
	return a.release(ctx, who, &ReleaseID{id})
}

func trimmed(t private.Text) private.Text { return private.Text(strings.TrimSpace(string(t))) }

func (a *api) releases(ctx context.Context, who person, in *CoupleID) (*body[protocol.ReleaseList], error) {
	rows, err := a.store.Releases(ctx, who.id, in.Couple)
	if err != nil {
		return nil, err
	}
	l := protocol.ReleaseList{Items: make([]protocol.Release, len(rows))}
	for i, row := range rows {
		l.Items[i] = a.releaseTold(row)
	}
	return &body[protocol.ReleaseList]{l}, nil
}

func (a *api) releaseTold(row protocol.ReleaseRow) protocol.Release {
	consent := record.Consent{
		Answers: row.Answers, Erased: row.Erased, Override: row.Override, Withdrawn: row.WithdrawnAt != nil, ExpiresAt: row.ExpiresAt,
	}
	return protocol.Release{
		ID: row.ID, Couple: row.Couple, Recipient: row.Recipient, Purpose: row.Purpose, Sessions: row.Sessions, Parts: row.Parts,
		MadeAt: row.MadeAt, MadeBy: row.MadeBy, ExpiresAt: row.ExpiresAt, LastDay: lastDayOf(row.ExpiresAt), State: consent.State(a.now()),
		Answers: row.Answers, Override: row.Override, Exports: row.Exports, Links: row.Links,
	}
}

func (a *api) release(ctx context.Context, who person, in *ReleaseID) (*body[protocol.Release], error) {
	row, err := a.store.Release(ctx, who.id, in.Release)
	if err != nil {
		return nil, err
	}
	return &body[protocol.Release]{a.releaseTold(row)}, nil
}

func (a *api) withdrawRelease(ctx context.Context, who person, in *ReleaseID) (*nothing, error) {
	return nil, a.store.WithdrawRelease(ctx, who.id, in.Release)
}

func (a *api) createReleaseLink(ctx context.Context, who person, in *ofRelease[protocol.NewLink]) (*body[protocol.Link], error) {
	id, token := account.NewLink()
	link, err := a.store.PutReleaseLink(ctx, who.id, in.Release, id, in.Body.For, account.HashToken(token))
	if err != nil {
		return nil, err
	}
	link.URL = a.base.String() + "/release#" + token
	link.QR, err = qrCode(link.URL)
	return &body[protocol.Link]{link}, err
}

func (a *api) overrideRelease(ctx context.Context, who person, in *ofRelease[protocol.OverrideRelease]) (*body[protocol.Release], error) {
	if _, err := a.store.Release(ctx, who.id, in.Release); err != nil {
		return nil, err // what is not one's own is not there, proof or not
	}
	if err := a.fresh(who); err != nil {
		return nil, err
	}
	if err := a.store.OverrideRelease(ctx, who.id, in.Release, in.Body); err != nil {
		return nil, err
	}
	return a.release(ctx, who, &in.ReleaseID)
}

// exportRelease gathers what both were shown and what was signed, and reads nothing else.
func (a *api) exportRelease(ctx context.Context, who person, in *ReleaseID) (*fileAnswer, error) {
	row, err := a.store.Release(ctx, who.id, in.Release)
	if err != nil {
		return nil, err
	}
	if !a.releaseTold(row).State.MayGo() {
		return nil, a.store.ReleaseTaken(ctx, who.id, in.Release) // says why not
	}
	me, err := a.store.Me(ctx, who.id)
	if err != nil {
		return nil, err
	}
	couple, err := a.store.Couple(ctx, who.id, row.Couple)
	if err != nil {
		return nil, err
	}
	out := record.Released{
		Release: row.ID, MadeAt: a.now().UTC(), Language: me.Language, Recipient: row.Recipient, Purpose: row.Purpose, Parts: row.Parts,
		Sessions: []record.ReleasedRecord{},
		People:   session.People{Counselor: me.Name, One: couple.One.Name, Two: couple.Two.Name},
	}
	if o := row.Override; o != nil {
		out.Override = &record.ReleaseOverride{Reason: o.Reason, By: o.By, At: o.At}
	} else {
		out.Agreed = row.Answers
	}
	for seat := range row.Erased {
		*nameIn(&out.People, seat) = record.NameOfErased(me.Language)
	}
	for _, s := range row.Sessions {
		released, err := a.released(ctx, who, s, row.Parts)
		if err != nil {
			return nil, err
		}
		out.Sessions = append(out.Sessions, released)
	}
	m := record.DeclaredRelease(record.Manifest{
		Couple: row.Couple, For: record.ForBoth, MadeAt: out.MadeAt, Language: me.Language, Sessions: len(out.Sessions),
	}, row.Parts)
	bundle, err := record.Bundle(m, out, record.ReleaseDocument(out, m))
	if err != nil {
		return nil, err
	}
	if err := a.store.ReleaseTaken(ctx, who.id, in.Release); err != nil {
		return nil, err
	}
	return attached("release-"+out.MadeAt.Format(time.DateOnly)+"-"+row.ID+".zip", zipType, bundle), nil
}

func (a *api) released(ctx context.Context, who person, s protocol.ReleasedSession, parts []record.ReleasePart) (record.ReleasedRecord, error) {
	r := record.ReleasedRecord{Session: s.ID, At: s.At}
	for _, part := range parts {
		switch part {
		case record.ReleaseJoint:
			joint, err := a.copied(ctx, s.ID, record.ForBoth)
			if err != nil {
				return r, err
			}
			r.Joint = &joint
		case record.ReleaseProgress:
			n, err := a.store.Note(ctx, who.id, s.ID, protocol.ProgressNote)
			if err != nil {
				return r, err
			}
			if n.SignedAt != nil {
				r.Progress = exportedNote(n, true, true)
			}
		}
	}
	return r, nil
}

func nameIn(p *session.People, seat session.Seat) *private.Text {
	if seat == session.SeatTwo {
		return &p.Two
	}
	return &p.One
}

func (a *api) openRelease(ctx context.Context, in *given[protocol.OpenPage]) (*body[protocol.ReleaseAsk], error) {
	return a.atRelease(ctx, in.Body.Token, func(ctx context.Context, token account.Hash) (store.ReleaseBehind, error) {
		return a.store.OpenRelease(ctx, token, a.now())
	})
}

func (a *api) answerRelease(ctx context.Context, in *given[protocol.AnswerRelease]) (*body[protocol.ReleaseAsk], error) {
	return a.atRelease(ctx, in.Body.Token, func(ctx context.Context, token account.Hash) (store.ReleaseBehind, error) {
		return a.store.AnswerRelease(ctx, token, in.Body.Answer, a.now())
	})
}

// atRelease tells a partner what they are asked and what they said. Of the other's word
// it tells nothing: nobody is to agree because the other did.
func (a *api) atRelease(ctx context.Context, token string, find func(context.Context, account.Hash) (store.ReleaseBehind, error)) (*body[protocol.ReleaseAsk], error) {
	var b store.ReleaseBehind
	err := a.door.Look(ctx, token, visitorOf(ctx).from, func(ctx context.Context, token account.Hash) (err error) {
		b, err = find(ctx, token)
		return err
	})
	if err != nil {
		return nil, err
	}
	language, err := a.spokenBy(ctx, b)
	if err != nil {
		return nil, err
	}
	help := helpOf(b.Practice)
	ask := protocol.ReleaseAsk{
		For: b.Seat, Language: language, People: b.People, Recipient: b.Recipient, Purpose: b.Purpose, Sessions: b.Sessions, Parts: b.Parts,
		MadeAt: b.MadeAt, LastDay: lastDayOf(b.ExpiresAt), Help: help.Help, LeaveTo: help.LeaveTo,
	}
	for seat := range b.Erased {
		*nameIn(&ask.People, seat) = record.NameOfErased(cmp.Or(language, exercise.English))
	}
	if mine, said := b.Answers[b.Seat]; said {
		ask.Mine = &mine
	}
	if len(b.Exports) > 0 {
		ask.GoneAt = &b.Exports[0].At
	}
	return &body[protocol.ReleaseAsk]{ask}, nil
}

// spokenBy is the language that a partner chose to read in, in the last of the sessions
// that a release names; "" where they chose none.
func (a *api) spokenBy(ctx context.Context, b store.ReleaseBehind) (exercise.Language, error) {
	if n := len(b.Sessions); n > 0 {
		log, err := a.store.Read(ctx, b.Sessions[n-1].ID, 0)
		if err != nil {
			return "", err
		}
		c, err := record.CopyFor(log, b.Seat)
		return c.Language, err
	}
	return "", nil
}
