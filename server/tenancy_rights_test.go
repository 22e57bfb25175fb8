package main

import "slices"

// Who may make which call. What is not in this table fails the test, and so does what
// is in it and not published.
var (
	anybody = slices.Concat(counselors, seats, atHome, byLink, who{nobody, deactivated, signedOut})

	counselors = who{owner, theirs, coTherapist, former, other, elsewhere}
	owners     = who{owner, elsewhere}
	theOwner   = who{owner}
	theirOwn   = who{theirs}
	both       = who{theirs, coTherapist}
	seats      = who{seatOne, seatTwo, anothers}
	atHome     = who{homeOne, homeTwo}
	byLink     = who{pageReader, askedOne}
)

// In the order in which they are made by those who may, so that what ends something
// comes last.
var rights = []right{
	// Who one is, and the way in.
	{call: "GET /setup", may: anybody},
	{call: "POST /setup", body: `{"name": "Eve", "email": "eve@example.org", "password": "a walk by night", "practice": "Mine", "secrets": "no_secrets"}`, may: anybody, code: "already_set_up"},
	{call: "GET /sign-in", may: anybody},
	{call: "POST /sign-in", body: `{"email": "{eve}@example.org", "password": "a walk by night"}`, may: anybody, code: "wrong_sign_in"},
	{call: "POST /sign-in/challenge", may: anybody},
	{call: "POST /sign-in/passkey", body: `{"id": "AQ", "client_data": "e30", "authenticator_data": "AQ", "signature": "AQ", "user_handle": "AQ"}`, may: anybody, code: "passkey_refused"},
	{call: "POST /reset", body: `{"code": "AAAA-AAAA-AAAA", "password": "a walk by night"}`, may: anybody, code: "reset_over"},
	{call: "GET /me", may: counselors},
	{call: "PATCH /me", body: `{"language": "en"}`, may: counselors},

	// The account: everybody's own. What has an id is one counselor's.
	{call: "GET /account", may: counselors},
	{call: "POST /account/proof/challenge", may: counselors},
	{call: "POST /account/proof", body: `{"password": "a long walk by the lake"}`, may: counselors},
	{call: "POST /account/passkeys/challenge", may: counselors},
	{call: "POST /account/passkeys", body: `{"name": "Phone", "passkey": {"id": "AQ", "client_data": "e30", "attestation": "AQ"}}`, may: counselors, code: "passkey_refused"},
	{call: "PATCH /account/passkeys/{passkey}", body: `{"name": "Tablet"}`, may: theirOwn},
	{call: "DELETE /account/passkeys/{passkey}", may: theirOwn},
	{call: "DELETE /account/password", may: counselors, code: "last_way_in"},
	{call: "POST /account/codes", may: counselors},
	{call: "POST /account/codes/confirm", body: `{"code": "000000"}`, may: counselors, code: "wrong_code"},
	{call: "POST /account/recovery-codes", may: counselors, code: "codes_off"},
	{call: "DELETE /account/codes", may: counselors},
	{call: "DELETE /account/sign-ins/{sign_in}", may: theirOwn},
	{call: "DELETE /account/sign-ins", may: counselors},
	{call: "PUT /account/password", body: `{"password": "another walk by the lake"}`, may: counselors},

	// The practice: its owner decides, and reads no couple.
	{call: "GET /practice", may: counselors},
	{call: "PATCH /practice", body: `{"leave_to": "https://www.example.org/weather"}`, may: owners},
	{call: "GET /help", may: anybody},
	{call: "GET /colleagues", may: counselors},
	{call: "GET /practice/counselors", may: owners},
	{call: "GET /practice/counselors/{counselor}/couples", may: theOwner},
	{call: "GET /practice/counselors/{counselor=self}/couples", may: theOwner},
	{call: "PATCH /practice/counselors/{counselor}", body: `{"role": "counselor"}`, may: theOwner},
	{call: "GET /practice/invitations", may: owners},
	{call: "POST /practice/invitations", body: `{"label": "Kim"}`, may: owners},
	{call: "POST /invitations/open", body: `{"token": "{invited}"}`, may: anybody, tells: who{"practice"}},
	{call: "POST /invitations/accept", body: `{"token": "{invited}", "name": "Jon", "email": "jon@example.org", "password": "a walk by night"}`, may: anybody, code: "invitation_over", tells: who{"practice"}},
	{call: "DELETE /practice/invitations/{invitation}", may: theOwner},
	{call: "GET /audit", may: owners},
	{call: "GET /audit?counselor={counselor=self}", may: owners},
	{call: "GET /handed-over", may: counselors},

	// A couple is its counselor's, and nobody else's.
	{call: "GET /couples", may: counselors},
	{call: "POST /couples", body: `{"label": "New", "one": {"name": "Ana"}, "two": {"name": "Ben"}}`, may: counselors},
	{call: "POST /couples/search", body: `{"words": ""}`, may: counselors},
	{call: "GET /couples/{couple}", may: theirOwn},
	{call: "PATCH /couples/{couple}", body: `{"two": {"name": "Two"}}`, may: theirOwn},
	{call: "GET /couples/{couple}/suitability", may: theirOwn},
	{call: "POST /couples/{couple}/suitability", body: `{"statement": "seen_apart"}`, may: theirOwn},
	{call: "GET /couples/{couple}/trends", may: theirOwn},
	{call: "GET /couples/{couple}/agreements", may: theirOwn},
	{call: "POST /couples/{couple}/agreements/{agreement}/reviews", body: `{"how": "kept", "on": "{today}"}`, may: theirOwn},
	{call: "GET /couples/{couple}/consents", may: theirOwn},
	{call: "POST /couples/{couple}/hand-over", body: `{"to": "{counselor}", "reason": "For the test"}`, may: who{owner, theirs}, code: "hand_over_live"},

	// A session is its counselor's, and a co-therapist's where it was shared with them.
	{call: "GET /sessions", may: counselors},
	{call: "POST /couples/{couple}/sessions", body: `{"agenda": []}`, may: theirOwn},
	{call: "GET /sessions/{session}", may: both},
	{call: "GET /sessions/{session=planned}", may: theirOwn},
	{call: "GET /sessions/{session=early}", may: theirOwn},
	{call: "PATCH /sessions/{session}", body: `{"agenda": ["floor-and-echo"]}`, may: both},
	{call: "PATCH /sessions/{session=planned}", body: `{"agenda": ["floor-and-echo"], "starts_at": "{soon}"}`, may: theirOwn},
	{call: "PUT /sessions/{session=planned}/colleagues/{counselor}", may: theirOwn},
	{call: "DELETE /sessions/{session=planned}/colleagues/{counselor}", may: theirOwn},
	{call: "PUT /sessions/{session}/colleagues/{counselor}", may: theirOwn, code: "session_begun"},
	{call: "DELETE /sessions/{session}/colleagues/{counselor=self}", may: theirOwn, code: "not_found"},
	{call: "POST /sessions/{session=planned}/links", body: `{"for": "one"}`, may: theirOwn},

	// Notes: the progress note is the session's, a process note its writer's.
	{call: "GET /sessions/{session=ended}/note?kind=progress", may: both},
	{call: "GET /sessions/{session=ended}/note?kind=process", may: both},
	{call: "GET /sessions/{session=early}/note?kind=progress", may: theirOwn},
	{call: "GET /sessions/{session=early}/note?kind=process", may: who{theirs, former}},
	{call: "PUT /sessions/{session}/note", body: `{"kind": "process", "format": "free", "sections": {"text": "Mine"}, "version": 0}`, may: both},
	{call: "PUT /sessions/{session=early}/note", body: `{"kind": "process", "format": "free", "sections": {"text": "Mine"}, "version": 1}`, may: theirOwn, code: "stale_version"},
	{call: "GET /sessions/{session=ended}/note/versions/{version}?kind=progress", may: both},
	{call: "GET /sessions/{session=ended}/note/versions/{version}?kind=process", may: both},
	{call: "GET /sessions/{session=early}/note/versions/{version}?kind=process", may: who{former}},
	{call: "GET /sessions/{session=ended}/note/draft?format=soap", may: both},
	{call: "POST /sessions/{session=ended}/note/sign", body: `{"kind": "progress", "version": 1}`, may: both, code: "note_signed"},
	{call: "POST /sessions/{session=ended}/note/addenda", body: `{"kind": "progress", "text": "More"}`, may: both},
	{call: "GET /sessions/{session=ended}/summary", may: both},

	// What is taken along.
	{call: "GET /sessions/{session=ended}/export?as=md&include=process", may: both},
	{call: "GET /sessions/{session=ended}/export?as=csv&include=process", may: both},
	{call: "GET /sessions/{session=ended}/export?as=json&include=process", may: both},
	{call: "GET /sessions/{session=ended}/export?as=html&include=process", may: both},
	{call: "GET /couples/{couple}/export?for=one", may: theirOwn},
	{call: "GET /couples/{couple}/export?for=two", may: theirOwn},
	{call: "GET /couples/{couple}/export?for=both", may: theirOwn},
	{call: "GET /couples/{couple}/export?for=practice&include=process", may: theirOwn},
	{call: "GET /sessions/{session=planned}/calendar", may: theirOwn},
	{call: "GET /couples/{couple}/calendar", may: theirOwn},
	{call: "GET /calendar", may: counselors},

	// A page is shared by who leads the session; whoever holds its link reads it.
	{call: "GET /sessions/{session=ended}/shares/offer?for=one", may: both},
	{call: "GET /sessions/{session=ended}/shares/offer?for=two", may: both},
	{call: "GET /sessions/{session=ended}/shares/offer?for=both", may: both},
	{call: "POST /sessions/{session=ended}/shares/preview", body: `{"for": "two", "include": ["{agreed}"], "message": "Read it slowly"}`, may: both},
	{call: "POST /sessions/{session=ended}/shares", body: `{"for": "both", "include": ["{agreed}"], "checked": []}`, may: both},
	{call: "GET /sessions/{session=ended}/shares", may: both},
	{call: "GET /sessions/{session=ended}/shares/{share}", may: both},
	{call: "POST /shares/open", body: `{"token": "{shared}"}`, may: anybody, tells: who{"couple", "practice"}},
	{call: "DELETE /sessions/{session=ended}/shares/{share}", may: both},

	// A release is the couple's counselor's; a partner's link asks that partner alone.
	{call: "POST /couples/{couple}/releases", body: `{"recipient": "A court", "sessions": ["{ended}"], "parts": ["joint"], "expires_on": "{today}"}`, may: theirOwn},
	{call: "GET /couples/{couple}/releases", may: theirOwn},
	{call: "GET /releases/{release}", may: theirOwn},
	{call: "POST /releases/{release}/links", body: `{"for": "two"}`, may: theirOwn},
	{call: "POST /releases/open", body: `{"token": "{asked}"}`, may: anybody, tells: who{"couple", "practice"}},
	{call: "POST /releases/answer", body: `{"token": "{asked}", "answer": "agree"}`, may: anybody, tells: who{"couple", "practice"}},
	{call: "POST /releases/{release}/override", body: `{"reason": "court_order", "text": "By order of the court"}`, may: theirOwn},
	{call: "GET /releases/{release}/export", may: theirOwn},
	{call: "DELETE /releases/{release}", may: theirOwn},

	// What was set between sessions is the couple's counselor's; a visit at home is one
	// partner's, and the seat in the session opens it to nobody.
	{call: "GET /couples/{couple}/homework", may: theirOwn},
	{call: "POST /couples/{couple}/homework", body: `{"exercise": "before-next-time", "for": ["one", "two"]}`, may: theirOwn},
	{call: "GET /homework/{homework}", may: theirOwn},
	{call: "GET /homework/{homework=before}", may: theirOwn},
	{call: "POST /homework/{homework=before}/links", body: `{"for": "two"}`, may: theirOwn},
	{call: "POST /homework/{homework=before}/close", may: theirOwn},
	{call: "POST /homework/{homework}/reveal", body: `{"step": 6}`, may: theirOwn, code: "not_ready"},
	{call: "GET /between", may: atHome},
	{call: "POST /between", body: `{"id": "01999999-9999-7999-8999-999999999999", "do": "submit", "step": 1, "answer": {"value": 3}}`, may: atHome},
	{call: "PUT /between/draft", body: `{"step": 5, "text": "Half of it"}`, may: atHome},
	{call: "POST /between/visit", body: `{"token": "{visiting}"}`, may: anybody, tells: who{"practice", "line", "couple"}},

	// What is kept, and for how long.
	{call: "GET /couples/{couple}/keeping", may: theirOwn},
	{call: "PUT /couples/{couple}/hold", body: `{"reason": "A court asked"}`, may: theirOwn},
	{call: "POST /couples/{couple}/erasures", body: `{"seat": "one", "label": "Two"}`, may: theirOwn, code: "session_live"},
	{call: "DELETE /couples/{couple}/hold", may: theirOwn},
	{call: "GET /practice/keeping", may: counselors},
	{call: "PUT /practice/keeping", body: `{"progress_years": 10, "process_years": 10}`, may: owners},
	{call: "GET /retention", may: counselors},
	{call: "POST /retention", body: `{"items": [{"couple": "{couple}", "what": "record"}]}`, may: counselors, says: `"refused":`},
	{call: "POST /imports", body: `{"csv": "label,one,two,sessions\nThe Hills,Mia,Tom,2025-03-04\n", "apply": true}`, may: counselors},

	// What ships is everybody's at a desk; what one wrote for oneself is one's own.
	{call: "GET /exercises", may: counselors},
	{call: "GET /exercises?couple={couple}", may: theirOwn},
	{call: "GET /exercises/{exercise=shipped}", may: counselors},
	{call: "GET /exercises/{exercise=shipped}?couple={couple}", may: theirOwn},
	{call: "GET /exercises/{exercise}", may: theirOwn},
	{call: "GET /exercises/{exercise=shipped}/source", may: counselors},
	{call: "GET /exercises/{exercise}/source", may: theirOwn},
	{call: "PUT /exercises/{exercise}", body: `{"source": "{written}", "scope": "private"}`, match: `"1"`, may: theirOwn},
	{call: "PUT /exercises/{exercise}/favourite", may: theirOwn},
	{call: "DELETE /exercises/{exercise}/favourite", may: counselors},
	{call: "POST /exercises", body: `{"source": "{unsaved}", "scope": "private"}`, may: counselors},
	{call: "POST /exercises/lint", body: `{"source": "{unsaved}"}`, may: counselors},
	{call: "GET /exercise-schema", may: counselors},
	{call: "GET /agendas", may: counselors},
	{call: "GET /guide", may: anybody},
	{call: "GET /guide/{page}", may: anybody},
	{call: "POST /rehearsals", body: `{"agenda": ["opening"]}`, may: counselors},
	{call: "GET /rehearsals/{rehearsal}", may: theirOwn},
	{call: "POST /rehearsals", body: `{"again": "{rehearsal}"}`, may: theirOwn},
	{call: "DELETE /rehearsals/{rehearsal}", may: theirOwn, code: "not_found"},
	{call: "DELETE /exercises/{exercise}", may: theirOwn},

	// A phone.
	{call: "POST /join", body: `{"token": "{token}"}`, may: anybody, code: "link_over"},
	{call: "GET /seat", may: seats},

	// What ends something.
	{call: "DELETE /couples/{couple}", may: theirOwn, code: "session_live"},
	{call: "DELETE /sessions/{session}/links/{link}", may: both},
	{call: "POST /sessions/{session}/links", body: `{"for": "one"}`, may: both},
	{call: "DELETE /homework/{homework}/links/{link=homelink}", may: theirOwn},
	{call: "POST /homework/{homework}/links", body: `{"for": "one"}`, may: theirOwn},
	{call: "POST /homework/{homework}/close", may: theirOwn},
	{call: "DELETE /between", may: anybody},
	{call: "DELETE /seat", may: anybody},
	{call: "POST /sign-out", may: anybody},
}
