package record

import "slices"

// Kept says of a kind of item whose it is: who wrote it, about whom, who may read it and
// how long it stays. What varies from item to item (the author of an answer, its
// audience) stands in the item itself, and is named here as its own.
type Kept struct {
	Item      string    `json:"item"` // as the database calls it
	Author    Party     `json:"author" enum:"counselor,partner,owner,operator,house,own"`
	Subjects  Party     `json:"subjects" enum:"both,partner,counselor,practice,nobody"`
	Audience  Party     `json:"audience" enum:"counselor,owner,partner,both,own,nobody"`
	Retention Retention `json:"retention" enum:"record,person,process_notes,account,practice,audit,passing,house"`
}

// Party is one of those whom an item concerns.
type Party string

const (
	ofCounselor Party = "counselor"
	ofOwner     Party = "owner" // of the practice
	ofOperator  Party = "operator"
	ofPartner   Party = "partner" // one of the two
	ofBoth      Party = "both"    // partners, and their counselor
	ofPractice  Party = "practice"
	ofHouse     Party = "house" // Mend itself
	ofItself    Party = "own"   // said in each item
	ofNobody    Party = "nobody"
)

// Retention says with what an item goes.
type Retention string

const (
	WithRecord   Retention = "record"        // with the couple, by the longer clock or when they are deleted
	WithPerson   Retention = "person"        // with one partner, whenever they are erased, or with the couple
	WithProcess  Retention = "process_notes" // by the shorter clock, or with the couple
	WithAccount  Retention = "account"       // with a counselor's account
	WithPractice Retention = "practice"
	WithAudit    Retention = "audit"   // outlives what it tells of; it has ids and no words
	Passing      Retention = "passing" // by itself, once it is of no more use
	WithHouse    Retention = "house"
)

var items = []Kept{
	{"couples", ofCounselor, ofBoth, ofCounselor, WithRecord},
	{"partners", ofCounselor, ofPartner, ofBoth, WithPerson},
	{"session_names", ofCounselor, ofPartner, ofBoth, WithPerson},
	{"suitability_statements", ofCounselor, ofBoth, ofCounselor, WithRecord},
	{"sessions", ofCounselor, ofBoth, ofCounselor, WithRecord},
	{"co_therapists", ofCounselor, ofCounselor, ofBoth, WithRecord},
	{"events", ofItself, ofBoth, ofItself, WithRecord}, // a partner's private ones are under their own key
	{"consents", ofPartner, ofPartner, ofCounselor, WithRecord},
	{"drafts", ofPartner, ofPartner, ofPartner, Passing},
	{"agreements", ofItself, ofBoth, ofBoth, WithRecord},
	{"agreement_reviews", ofCounselor, ofBoth, ofCounselor, WithRecord},
	{"progress_notes", ofCounselor, ofBoth, ofCounselor, WithRecord},
	{"progress_note_versions", ofCounselor, ofBoth, ofCounselor, WithRecord},
	{"progress_note_addenda", ofCounselor, ofBoth, ofCounselor, WithRecord},
	{"progress_note_drafts", ofCounselor, ofBoth, ofCounselor, Passing},
	{"process_notes", ofCounselor, ofBoth, ofItself, WithProcess}, // its writer alone
	{"process_note_versions", ofCounselor, ofBoth, ofItself, WithProcess},
	{"process_note_addenda", ofCounselor, ofBoth, ofItself, WithProcess},
	{"process_note_drafts", ofCounselor, ofBoth, ofItself, Passing},
	{"process_keys", ofHouse, ofNobody, ofNobody, WithProcess},
	{"homework", ofCounselor, ofBoth, ofCounselor, WithRecord},
	{"homework_events", ofItself, ofBoth, ofItself, WithRecord},
	{"homework_drafts", ofPartner, ofPartner, ofPartner, Passing},
	{"homework_links", ofCounselor, ofPartner, ofCounselor, Passing},
	{"homework_visits", ofPartner, ofPartner, ofNobody, Passing},
	{"links", ofCounselor, ofPartner, ofCounselor, Passing},
	{"shares", ofCounselor, ofItself, ofItself, WithPerson}, // of both, where it is for both
	{"releases", ofCounselor, ofBoth, ofBoth, WithRecord},
	{"release_links", ofCounselor, ofPartner, ofCounselor, Passing},
	{"release_answers", ofPartner, ofPartner, ofCounselor, WithRecord},
	{"release_overrides", ofCounselor, ofBoth, ofCounselor, WithRecord},
	{"release_exports", ofCounselor, ofBoth, ofCounselor, WithRecord},
	{"hand_overs", ofCounselor, ofBoth, ofCounselor, WithRecord},
	{"holds", ofCounselor, ofBoth, ofCounselor, WithRecord},

	{"practices", ofOwner, ofPractice, ofItself, WithPractice}, // its policy and help page are everybody's to read
	{"keeping_terms", ofOwner, ofPractice, ofCounselor, WithPractice},
	{"invitations", ofOwner, ofCounselor, ofOwner, Passing},
	{"counselors", ofCounselor, ofCounselor, ofItself, WithAccount},
	{"passkeys", ofCounselor, ofCounselor, ofCounselor, WithAccount},
	{"one_time_codes", ofHouse, ofCounselor, ofNobody, WithAccount},
	{"recovery_codes", ofHouse, ofCounselor, ofNobody, WithAccount},
	{"sign_ins", ofItself, ofItself, ofCounselor, Passing},
	{"challenges", ofHouse, ofCounselor, ofNobody, Passing},
	{"resets", ofOperator, ofCounselor, ofNobody, Passing},
	{"exercises", ofCounselor, ofNobody, ofItself, WithAccount},
	{"favourites", ofCounselor, ofCounselor, ofCounselor, WithAccount},
	{"exercise_uses", ofHouse, ofBoth, ofCounselor, WithRecord},

	{"deeds", ofHouse, ofItself, ofOwner, WithAudit},
	{"erasures", ofHouse, ofNobody, ofOperator, WithAudit},
	{"creates", ofHouse, ofNobody, ofNobody, Passing},
	{"keys", ofHouse, ofNobody, ofNobody, WithHouse}, // each with whose it is
}

// KeptItems lists every kind of item that there is.
func KeptItems() []Kept { return slices.Clone(items) }

// What an export is made of.
var (
	madeOfLogs = []string{"events", "homework_events", "agreements"}
	madeOfAll  = append([]string{
		"couples", "partners", "session_names", "suitability_statements", "consents", "progress_notes", "progress_note_addenda",
	}, madeOfLogs...)
)

// keptOf says whose the parts of an export are.
func keptOf(kinds ...string) []Kept {
	return slices.DeleteFunc(KeptItems(), func(k Kept) bool { return !slices.Contains(kinds, k.Item) })
}
