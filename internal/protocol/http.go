package protocol

import (
	"time"

	"mend/internal/exercise"
	"mend/internal/private"
	"mend/internal/record"
	"mend/internal/session"
)

// The bodies of the HTTP calls, snake_case, ids UUIDv7, times RFC 3339 in UTC.
// Limits and formats are in the tags: the server checks them and publishes them.

// Setup makes the first account; only while there is none.
type Setup struct {
	Name     private.Text      `json:"name" minLength:"1" maxLength:"80"`
	Email    string            `json:"email" format:"email" maxLength:"254"`
	Password string            `json:"password" minLength:"12" maxLength:"128"`
	Practice private.Text      `json:"practice" minLength:"1" maxLength:"120"`
	Secrets  session.Secrets   `json:"secrets" enum:"no_secrets,limited_secrets"`
	Language exercise.Language `json:"language,omitempty" enum:"en,es" doc:"Of the desk; en where left out"`
	Code     string            `json:"code,omitempty" maxLength:"64" doc:"The one-time code printed at first start; needed when not on loopback"`
}

// SetupState tells whether the first account is still to be made.
type SetupState struct {
	Needed    bool `json:"needed"`
	NeedsCode bool `json:"needs_code"`
}

type SignIn struct {
	Email    string `json:"email" maxLength:"254"`
	Password string `json:"password" maxLength:"128"`
	Code     string `json:"code,omitempty" maxLength:"64" doc:"A one-time or recovery code; with code_needed it is asked for"`
}

// Me is who is signed in.
type Me struct {
	ID       string            `json:"id"`
	Name     private.Text      `json:"name"`
	Email    string            `json:"email"`
	Role     PracticeRole      `json:"role" enum:"owner,counselor"`
	Language exercise.Language `json:"language" enum:"en,es" doc:"Of the desk, of notes drafted for it, and of what all three in a session share"`
	Practice Practice          `json:"practice"`
	// ShelfKey belongs to the counselor, is the same at every sign-in, and is told only
	// to whoever is signed in.
	ShelfKey []byte `json:"shelf_key" doc:"32 bytes: seals words that wait on the counselor's computer for the network; never to be kept there itself"`
}

// PatchMe changes what is given.
type PatchMe struct {
	Name     *private.Text      `json:"name,omitempty" minLength:"1" maxLength:"80"`
	Email    *string            `json:"email,omitempty" format:"email" maxLength:"254" doc:"Needs a fresh proof of who one is"`
	Language *exercise.Language `json:"language,omitempty" enum:"en,es"`
}

type Practice struct {
	ID     string         `json:"id"`
	Name   private.Text   `json:"name"`
	Policy session.Policy `json:"policy"`
	Help   string         `json:"help" doc:"Markdown of the help page: crisis lines, set by the practice"`
	Leave  string         `json:"leave_to" doc:"Where Leave this page leads"`
}

// PatchPractice changes what is given. A change of the policy's words or its
// secrets makes a new version, which partners are asked to accept anew.
type PatchPractice struct {
	Name    *private.Text    `json:"name,omitempty" minLength:"1" maxLength:"120"`
	Secrets *session.Secrets `json:"secrets,omitempty" enum:"no_secrets,limited_secrets"`
	Policy  *string          `json:"policy,omitempty" maxLength:"8000" doc:"The policy in the practice's own words, Markdown"`
	Help    *string          `json:"help,omitempty" maxLength:"16000" doc:"Markdown"`
	Leave   *string          `json:"leave_to,omitempty" maxLength:"500" doc:"An https address without a fragment"`
}

// HelpPage is what anyone may read, joined or not.
type HelpPage struct {
	Help    string `json:"help" doc:"The practice's help page as sanitised HTML"`
	LeaveTo string `json:"leave_to"`
}

type Partner struct {
	Name     private.Text `json:"name" minLength:"1" maxLength:"40"`
	Pronouns private.Text `json:"pronouns,omitempty" maxLength:"40"`
}

type NewCouple struct {
	Label private.Text `json:"label" minLength:"1" maxLength:"80"`
	One   Partner      `json:"one"`
	Two   Partner      `json:"two"`
}

// PatchCouple changes what is given.
type PatchCouple struct {
	Label *private.Text `json:"label,omitempty" minLength:"1" maxLength:"80"`
	One   *Partner      `json:"one,omitempty"`
	Two   *Partner      `json:"two,omitempty"`
}

type Couple struct {
	ID          string               `json:"id"`
	Label       private.Text         `json:"label"`
	One         Partner              `json:"one"`
	Two         Partner              `json:"two"`
	CreatedAt   time.Time            `json:"created_at"`
	Suitability *session.Suitability `json:"suitability,omitempty"`
	Sessions    []SessionHead        `json:"sessions"`
	Agreements  []session.Agreement  `json:"agreements" doc:"In force, from earlier sessions"`
	TakenOver   *TakenOver           `json:"taken_over,omitempty" doc:"From whom it came, where another counselor had it before"`

	Erased map[session.Seat]time.Time `json:"erased,omitempty" doc:"Who was erased at their request, and when; their name is empty"`
}

type CoupleList struct {
	Items      []CoupleHead `json:"items"`
	NextCursor string       `json:"next_cursor,omitempty"`
}

type CoupleHead struct {
	ID            string       `json:"id"`
	Label         private.Text `json:"label"`
	One           private.Text `json:"one"`
	Two           private.Text `json:"two"`
	LastSessionAt *time.Time   `json:"last_session_at,omitempty"`
	Sessions      int          `json:"sessions"`
}

// NewSuitability records the gate.
type NewSuitability struct {
	Statement string       `json:"statement" enum:"seen_apart,override"`
	Reason    private.Text `json:"reason,omitempty" maxLength:"2000" doc:"Required with override"`
}

type NewSession struct {
	Agenda   []string   `json:"agenda" maxItems:"20" doc:"Exercise ids, in order; the frames opening and closing are added where missing"`
	StartsAt *time.Time `json:"starts_at,omitempty"`
	Minutes  int        `json:"minutes,omitempty" minimum:"10" maximum:"480" doc:"How long it is meant to be; 50 where nothing is said"`
}

// PatchSession changes what is given, until the session has ended.
type PatchSession struct {
	Agenda   *[]string  `json:"agenda,omitempty" maxItems:"20" doc:"Exercise ids, in order"`
	StartsAt *time.Time `json:"starts_at,omitempty" doc:"0001-01-01T00:00:00Z takes the time away again"`
	Minutes  *int       `json:"minutes,omitempty" minimum:"10" maximum:"480"`
}

type SessionState string

const (
	SessionPlanned SessionState = "planned"
	SessionOpen    SessionState = "open" // links were made, partners may arrive
	SessionLive    SessionState = "live" // somebody was admitted
	SessionEnded   SessionState = "ended"
)

type SessionHead struct {
	ID        string       `json:"id"`
	Couple    string       `json:"couple"`
	Label     private.Text `json:"label" doc:"The couple's"`
	State     SessionState `json:"state"`
	StartsAt  *time.Time   `json:"starts_at,omitempty"`
	StartedAt *time.Time   `json:"started_at,omitempty"`
	EndedAt   *time.Time   `json:"ended_at,omitempty"`
	Note      NoteState    `json:"note"`

	CoTherapist bool `json:"co_therapist,omitempty" doc:"A colleague leads it, and you share this one session with them"`
	Imported    bool `json:"imported,omitempty" doc:"It was held before Mend was used: the day alone was brought in"`
}

type NoteState string

const (
	NoteNone   NoteState = "none"
	NoteDraft  NoteState = "draft"
	NoteSigned NoteState = "signed"
)

type Session struct {
	SessionHead
	Minutes int               `json:"minutes" doc:"How long it is meant to be"`
	Agenda  []session.Planned `json:"agenda"`
	People  session.People    `json:"people"`
	Links   []Link            `json:"links"`

	Colleagues []Colleague `json:"colleagues" doc:"Co-therapists in this session"`
	Suitable   bool        `json:"suitable" doc:"It was stated that joint work is suitable for the couple"`
}

type SessionList struct {
	Items      []SessionHead `json:"items"`
	NextCursor string        `json:"next_cursor,omitempty"`
}

type NewLink struct {
	For session.Seat `json:"for" enum:"one,two"`
}

// Link is a partner's way in. URL and Code are told only when it is made.
type Link struct {
	ID        string       `json:"id"`
	For       session.Seat `json:"for"`
	State     string       `json:"state" enum:"open,claimed,expired,revoked"`
	ExpiresAt time.Time    `json:"expires_at"`
	ClaimedAt *time.Time   `json:"claimed_at,omitempty"`
	URL       string       `json:"url,omitempty" doc:"The token stands in the fragment; only in the answer that makes the link"`
	Code      string       `json:"code,omitempty" doc:"Six characters to be spoken in the room; only in the answer that makes the link"`
	QR        string       `json:"qr,omitempty" doc:"The URL as an SVG document, black on white; only in the answer that makes the link"`
}

// Join claims a link. One of the two is given.
type Join struct {
	Token string `json:"token,omitempty" maxLength:"64"`
	Code  string `json:"code,omitempty" maxLength:"16"`
}

// Joined says where the phone now belongs.
type Joined struct {
	Session string       `json:"session"`
	Role    session.Seat `json:"role"`
}

// Seated is what a phone with a cookie asks on load: where do I belong?
type Seated struct {
	Session string       `json:"session"`
	Role    session.Seat `json:"role"`
	Help    string       `json:"help" doc:"The practice's help page as sanitised HTML"`
	LeaveTo string       `json:"leave_to"`
}

// NoteKind: two stores, two editors, two ways out.
type NoteKind string

const (
	ProgressNote NoteKind = "progress"
	ProcessNote  NoteKind = "process"
)

// NoteFormat is record's: the shapes a note can have are those that can be drafted.
type NoteFormat = record.NoteFormat

const (
	SOAP = record.SOAP
	DAP  = record.DAP
	BIRP = record.BIRP
	GIRP = record.GIRP
	Free = record.Free
)

// Note is one of a session's two notes. A section is named by its format:
// soap: subjective objective assessment plan · dap: data assessment plan ·
// birp: behavior intervention response plan · girp: goal intervention response plan ·
// free: text. Unconfirmed lines of a drafted section begin with "[?] ".
type Note struct {
	Kind     NoteKind                `json:"kind"`
	Format   NoteFormat              `json:"format"`
	Sections map[string]private.Text `json:"sections"`
	Version  int                     `json:"version" doc:"0 where nothing was saved yet"`
	SavedAt  *time.Time              `json:"saved_at,omitempty"`
	SignedAt *time.Time              `json:"signed_at,omitempty"`
	SignedBy private.Text            `json:"signed_by,omitempty"`
	Hash     string                  `json:"hash,omitempty" doc:"SHA-256 of the signed text, hex"`
	Addenda  []Addendum              `json:"addenda"`
	Versions []NoteVersion           `json:"versions"`
}

// DraftedNote is a progress note laid out from the record, never from interpretation.
type DraftedNote struct {
	Format   NoteFormat              `json:"format"`
	Sections map[string]private.Text `json:"sections" doc:"Unconfirmed lines begin with \"[?] \""`
}

// PutNote replaces a note; Version is the one it was made from.
type PutNote struct {
	Kind     NoteKind                `json:"kind" enum:"progress,process"`
	Format   NoteFormat              `json:"format" enum:"soap,dap,birp,girp,free"`
	Sections map[string]private.Text `json:"sections"`
	Version  int                     `json:"version" minimum:"0"`
	Window   string                  `json:"window,omitempty" maxLength:"64" doc:"Names the window it is typed in: its saves that follow each other closely are kept as one version. Left out, each save is one"`
}

// NoteVersion is a note as it once stood, the last of them as it stands.
type NoteVersion struct {
	Version int       `json:"version"`
	At      time.Time `json:"at"`
}

type Addendum struct {
	At   time.Time    `json:"at"`
	By   private.Text `json:"by"`
	Text private.Text `json:"text"`
}

type NewAddendum struct {
	Kind NoteKind     `json:"kind" enum:"progress,process"`
	Text private.Text `json:"text" minLength:"1" maxLength:"8000"`
}

type SignNote struct {
	Kind    NoteKind `json:"kind" enum:"progress,process"`
	Version int      `json:"version"`
}

// NewRehearsal is made of exercises in the library, or of one that stands in an
// editor, or of what was rehearsed before: one of the three is given.
type NewRehearsal struct {
	Agenda []string `json:"agenda,omitempty" maxItems:"20" doc:"Exercise ids, in order; nothing is added"`
	Source string   `json:"source,omitempty" maxLength:"65536" doc:"An exercise in YAML, which need not be saved"`
	Again  string   `json:"again,omitempty" maxLength:"64" doc:"An earlier rehearsal, to begin anew; the earlier one is forgotten"`
	AtDoor bool     `json:"at_door,omitempty" doc:"The two are yet to consent and to be let in; otherwise both are in the room"`
}

// Rehearsal is a room with two pretend partners, which is kept in memory alone. Its
// socket is /live/{rehearsal}, with as= and a role.
type Rehearsal struct {
	ID        string            `json:"id"`
	Agenda    []session.Planned `json:"agenda"`
	Exercises []ExerciseHead    `json:"exercises" doc:"Those that only this rehearsal knows"`
	MadeAt    time.Time         `json:"made_at"`
	Preview   bool              `json:"preview,omitempty" doc:"It was made from a file on this machine"`
	Changed   bool              `json:"changed,omitempty" doc:"That file has changed since"`
}
