package web

import (
	"cmp"
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"mend/internal/account"
	"mend/internal/exercise"
	"mend/internal/fault"
	"mend/internal/private"
	"mend/internal/protocol"
	"mend/internal/record"
)

// shareRoutes are the pages that a counselor shares of a session: for one partner, or for
// both. A page is made from the log each time that it is looked at, by the counselor
// beforehand and by its reader alike.
func (a *api) shareRoutes(h huma.API) {
	counselors(a, h, op("share-offer", "GET", "/sessions/{session}/shares/offer", "What may be shared of a session that is over, with one partner or with both"), a.shareOffer)
	counselors(a, h, op("preview-share", "POST", "/sessions/{session}/shares/preview", "A page exactly as its reader would see it; nothing is kept"), a.previewShare)
	counselors(a, h, op("create-share", "POST", "/sessions/{session}/shares", "Share a page behind a link of its own", created), a.createShare)
	counselors(a, h, op("shares", "GET", "/sessions/{session}/shares", "The pages that were shared of a session"), a.shares)
	counselors(a, h, op("share", "GET", "/sessions/{session}/shares/{share}", "A page that was shared, as its reader sees it"), a.share)
	counselors(a, h, op("revoke-share", "DELETE", "/sessions/{session}/shares/{share}", "End a page: its link leads nowhere any more"), a.revokeShare)
	anyone(a, h, op("open-share", "POST", "/shares/open", "Open a page by its link's token; nobody is told that it was opened", unchecked), a.openShare)
}

// How long a page can be read, in days.
const (
	shareUsually = 14
	shareMost    = 90
)

var (
	errSessionNotOver = fault.New(fault.Conflict, "session_not_over", "This session is not over yet. Its pages can be shared once it is.")
	errUnknownItem    = fault.New(fault.Invalid, "unknown_item", "This is not among what can be shared. Load the list again.")
	errNothingChosen  = fault.New(fault.Invalid, "nothing_included", "There is nothing on this page yet. Choose something, or write a line.").At("include")
	errNotChecked     = fault.New(fault.Invalid, "not_checked", "Something on this page asks to be looked at once more. Look at it, then name it in checked.").At("checked")
	errExpiresOn      = fault.New(fault.Invalid, "bad_last_day", "This is not a day on which it can end.").At("expires_on")
)

// lastDay is when a day is over everywhere on earth, as far from today as is allowed.
func (a *api) lastDay(on string, usual, most int) (time.Time, error) {
	today := a.now().UTC().Truncate(24 * time.Hour)
	day := today.AddDate(0, 0, usual)
	if on != "" {
		var err error
		if day, err = time.Parse(time.DateOnly, on); err != nil || day.Before(today) || day.After(today.AddDate(0, 0, most)) {
			return day, errExpiresOn
		}
	}
	return day.Add(overEverywhere), nil
}

// overEverywhere is when a day has ended everywhere, from its beginning in UTC.
const overEverywhere = 36 * time.Hour

func lastDayOf(expires time.Time) string {
	return expires.Add(-overEverywhere).UTC().Format(time.DateOnly)
}

// copied is the copy of a session that a page for the reader is chosen from.
func (a *api) copied(ctx context.Context, sessionID string, reader record.Reader) (record.Copy, error) {
	log, err := a.store.Read(ctx, sessionID, 0)
	if err != nil {
		return record.Copy{}, err
	}
	if seat, one := reader.Seat(); one {
		return record.CopyFor(log, seat)
	}
	return record.CopyForBoth(log)
}

func (a *api) shareOffer(ctx context.Context, who person, in *whichOffer) (*body[protocol.ShareOffer], error) {
	items, err := a.offered(ctx, who, in.Session, in.For)
	if err != nil {
		return nil, err
	}
	return &body[protocol.ShareOffer]{protocol.ShareOffer{For: in.For, Items: items}}, nil
}

// offered is what may be shared of the counselor's own session, in the counselor's language.
func (a *api) offered(ctx context.Context, who person, sessionID string, reader record.Reader) ([]record.Shareable, error) {
	s, err := a.store.Session(ctx, who.id, sessionID)
	if err != nil {
		return nil, err
	}
	if s.State != protocol.SessionEnded || s.Imported {
		return nil, errSessionNotOver
	}
	me, err := a.store.Me(ctx, who.id)
	if err != nil {
		return nil, err
	}
	c, err := a.copied(ctx, sessionID, reader)
	return record.Offer(c, reader, me.Language), err
}

func (a *api) previewShare(ctx context.Context, who person, in *ofSession[protocol.DraftShare]) (*body[protocol.SharePage], error) {
	row, _, err := a.laidOut(ctx, who, in.Session, in.Body)
	if err != nil {
		return nil, err
	}
	page, err := a.sharePage(ctx, row)
	return &body[protocol.SharePage]{page}, err
}

// laidOut is a page as it would be kept, with what was on offer for it.
func (a *api) laidOut(ctx context.Context, who person, sessionID string, d protocol.DraftShare) (protocol.ShareRow, []record.Shareable, error) {
	row := protocol.ShareRow{
		Session: sessionID, Counselor: who.id, For: d.For, MadeAt: a.now(),
		Include: d.Include, Message: private.Text(strings.TrimSpace(string(d.Message))),
	}
	offer, err := a.offered(ctx, who, sessionID, d.For)
	if err != nil {
		return row, nil, err
	}
	known := map[string]bool{}
	for _, item := range offer {
		known[item.ID] = true
	}
	for i, id := range d.Include {
		if !known[id] {
			return row, nil, errUnknownItem.At(fmt.Sprintf("include[%d]", i))
		}
	}
	row.ExpiresAt, err = a.lastDay(d.ExpiresOn, shareUsually, shareMost)
	return row, offer, err
}

func (a *api) createShare(ctx context.Context, who person, in *ofSession[protocol.NewShare]) (*body[protocol.Share], error) {
	row, offer, err := a.laidOut(ctx, who, in.Session, in.Body.DraftShare)
	if err != nil {
		return nil, err
	}
	if len(row.Include) == 0 && row.Message == "" {
		return nil, errNothingChosen
	}
	if record.Unchecked(offer, row.Include, in.Body.Checked, row.Message) != "" {
		return nil, errNotChecked
	}
	id, token := account.NewLink()
	row.ID = id
	if err := a.store.PutShare(ctx, who.id, row, account.HashToken(token)); err != nil {
		return nil, err
	}
	made, err := a.shareTold(ctx, row)
	if err != nil {
		return nil, err
	}
	made.URL = a.base.String() + "/copy#" + token
	made.QR, err = qrCode(made.URL)
	return &body[protocol.Share]{made}, err
}

func (a *api) shareTold(ctx context.Context, row protocol.ShareRow) (protocol.Share, error) {
	by, err := a.store.Me(ctx, row.Counselor)
	s := protocol.Share{
		ID: row.ID, Session: row.Session, For: row.For, MadeAt: row.MadeAt, MadeBy: by.Name, ExpiresAt: row.ExpiresAt,
		LastDay: lastDayOf(row.ExpiresAt), State: "open",
		Items: len(row.Include), Message: row.Message != "",
	}
	switch {
	case row.RevokedAt != nil:
		s.State = "revoked"
	case !a.now().Before(row.ExpiresAt):
		s.State = "expired"
	}
	return s, err
}

func (a *api) shares(ctx context.Context, who person, in *SessionID) (*body[protocol.ShareList], error) {
	rows, err := a.store.Shares(ctx, who.id, in.Session)
	if err != nil {
		return nil, err
	}
	l := protocol.ShareList{Items: make([]protocol.Share, len(rows))}
	for i, row := range rows {
		if l.Items[i], err = a.shareTold(ctx, row); err != nil {
			return nil, err
		}
	}
	return &body[protocol.ShareList]{l}, nil
}

func (a *api) share(ctx context.Context, who person, in *shareID) (*body[protocol.ShownShare], error) {
	row, err := a.store.Share(ctx, who.id, in.Session, in.Share)
	if err != nil {
		return nil, err
	}
	told, err := a.shareTold(ctx, row)
	if err != nil {
		return nil, err
	}
	page, err := a.sharePage(ctx, row)
	return &body[protocol.ShownShare]{protocol.ShownShare{Share: told, Page: page}}, err
}

func (a *api) revokeShare(ctx context.Context, who person, in *shareID) (*nothing, error) {
	return nil, a.store.RevokeShare(ctx, who.id, in.Session, in.Share)
}

func (a *api) openShare(ctx context.Context, in *given[protocol.OpenPage]) (*body[protocol.SharePage], error) {
	var row protocol.ShareRow
	err := a.door.Look(ctx, in.Body.Token, visitorOf(ctx).from, func(ctx context.Context, token account.Hash) (err error) {
		row, err = a.store.OpenShare(ctx, token, a.now())
		return err
	})
	if err != nil {
		return nil, err
	}
	page, err := a.sharePage(ctx, row)
	return &body[protocol.SharePage]{page}, err
}

// sharePage is all that the reader sees: what was chosen of the copy for them, from the
// log as it can be read now.
func (a *api) sharePage(ctx context.Context, row protocol.ShareRow) (protocol.SharePage, error) {
	whole, err := a.copied(ctx, row.Session, row.For)
	if err != nil {
		return protocol.SharePage{}, err
	}
	practice, erased, err := a.store.SharedBy(ctx, row.Session)
	if err != nil {
		return protocol.SharePage{}, err
	}
	// What was there when the page was made and is not now was erased; the rest stays.
	c, _ := whole.Only(row.Include)
	help := helpOf(practice)
	page := protocol.SharePage{
		For: row.For, Language: c.Language, People: c.People, StartedAt: c.StartedAt, EndedAt: c.EndedAt,
		LastDay: lastDayOf(row.ExpiresAt), Message: row.Message, Exercises: c.Exercises, Agreements: c.Agreements,
		Help: help.Help, LeaveTo: help.LeaveTo,
	}
	for seat := range erased {
		*nameIn(&page.People, seat) = record.NameOfErased(cmp.Or(page.Language, exercise.English))
	}
	return page, nil
}
