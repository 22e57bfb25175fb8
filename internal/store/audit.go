package store

import (
	"bytes"
	"context"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"

	"gorm.io/gorm"
)

// Action is what somebody did, of a closed list.
type Action string

// The actions, by what they are done to.
const (
	SignedIn     Action = "signed_in"
	SignedOut    Action = "signed_out"
	SignInFailed Action = "sign_in_failed"

	PracticeChanged       Action = "practice_changed"
	CounselorInvited      Action = "counselor_invited"
	InvitationRevoked     Action = "invitation_revoked"
	CounselorJoined       Action = "counselor_joined"
	OwnerMade             Action = "owner_made"
	OwnerUnmade           Action = "owner_unmade"
	CounselorDeactivated  Action = "counselor_deactivated"
	CounselorMadeActive   Action = "counselor_made_active"
	CoTherapistAdded      Action = "co_therapist_added"
	CoTherapistRemoved    Action = "co_therapist_removed"
	LinkMade              Action = "link_made"
	LinkRevoked           Action = "link_revoked"
	NoteWasSigned         Action = "note_signed"
	CoupleCreated         Action = "couple_created"
	CoupleChanged         Action = "couple_changed"
	CoupleHandedOver      Action = "couple_handed_over"
	CoupleDeleted         Action = "couple_deleted"
	SuitabilityOverridden Action = "suitability_overridden"
	AgreementReviewed     Action = "agreement_reviewed"

	SignInEnded     Action = "sign_in_ended"
	SignInsEnded    Action = "sign_ins_ended" // all but one's own
	EmailChanged    Action = "email_changed"
	PasswordChanged Action = "password_changed"
	PasswordRemoved Action = "password_removed"
	PasskeyAdded    Action = "passkey_added"
	PasskeyRemoved  Action = "passkey_removed"
	CodesTurnedOn   Action = "codes_turned_on"
	CodesTurnedOff  Action = "codes_turned_off"
	RecoveryRenewed Action = "recovery_codes_renewed"
	ResetOffered    Action = "reset_offered"
	ResetTaken      Action = "reset_taken"

	Exported            Action = "exported" // a session, or a couple's record, for its counselor
	ExportedWithProcess Action = "exported_with_process"
	ExportedForOne      Action = "exported_for_one"
	ExportedForTwo      Action = "exported_for_two"
	ExportedForBoth     Action = "exported_for_both"

	HomeworkSet         Action = "homework_set"
	HomeworkRevealed    Action = "homework_revealed" // sealed answers were opened to both
	HomeworkClosed      Action = "homework_closed"
	HomeworkLinkMade    Action = "homework_link_made"
	HomeworkLinkRevoked Action = "homework_link_revoked"

	ShareMade    Action = "share_made"
	ShareRevoked Action = "share_revoked"

	ReleaseAsked      Action = "release_asked"
	ReleaseAgreedTo   Action = "release_agreed" // by a partner
	ReleaseDeclined   Action = "release_declined"
	ReleaseWithdrawn  Action = "release_withdrawn"
	ReleaseOverridden Action = "release_overridden"
	ReleaseExported   Action = "release_exported"

	PartnerErased       Action = "partner_erased"
	HoldSet             Action = "hold_set"
	HoldLifted          Action = "hold_lifted"
	KeepingTermsSet     Action = "keeping_terms_set"
	RecordExpired       Action = "record_expired"        // deleted when its years were over
	ProcessNotesExpired Action = "process_notes_expired" // the same, of process notes alone
	CouplesImported     Action = "couples_imported"
	BackupMade          Action = "backup_made"
	MasterKeyRotated    Action = "master_key_rotated"
)

// Deed is who did what to what. It has room for ids and kinds alone.
type Deed struct {
	Practice string // the actor's own where empty
	Actor    string // a counselor's id, or Operator
	Action   Action
	Object   string // a kind and an id: "couple/0198…"
}

// Operator is who works on the machine itself, by the command line.
const Operator = "operator"

// APartner is one of a couple, by a link. Which of the two is told by the object.
const APartner = "partner"

// deedRow is a deed in its practice's chain.
type deedRow struct {
	ID       string
	Practice string
	Seq      uint64
	At       moment
	Actor    string
	Action   Action
	Object   string
	Mark     []byte
}

func (deedRow) TableName() string { return "deeds" }

// chained is the mark of a row that stands after the one with the mark before.
func (s *Store) chained(r *deedRow, before []byte) ([]byte, error) {
	return s.index.Mark("deeds", strings.Join([]string{
		r.ID, r.Practice, strconv.FormatUint(r.Seq, 10), strconv.FormatInt(int64(r.At), 10),
		r.Actor, string(r.Action), r.Object, hex.EncodeToString(before),
	}, "\x00"))
}

// audited writes down a deed in the transaction that does it: both happen, or neither.
func (s *Store) audited(tx *gorm.DB, d Deed) error {
	if d.Practice == "" {
		var of counselorRow
		if err := tx.Select("id", "practice").Where("id = ?", d.Actor).Take(&of).Error; err != nil {
			return err
		}
		d.Practice = of.Practice
	}
	var last []deedRow
	if err := tx.Where("practice = ?", d.Practice).Order("seq DESC").Limit(1).Find(&last).Error; err != nil {
		return err
	}
	row := deedRow{
		ID: newID(), Practice: d.Practice, Seq: 1, At: momentOf(s.now()),
		Actor: d.Actor, Action: d.Action, Object: d.Object,
	}
	var before []byte
	if len(last) == 1 {
		row.Seq, before = last[0].Seq+1, last[0].Mark
	}
	var err error
	if row.Mark, err = s.chained(&row, before); err != nil {
		return err
	}
	return tx.Create(&row).Error
}

// VerifyDeeds walks every practice's chain and answers with how many deeds stand in
// them, or with an error that names the first that is not as it was written. What was
// cut off at a chain's end leaves no trace in the chain itself: see AuditHeads.
func (s *Store) VerifyDeeds(ctx context.Context) (deeds int, err error) {
	var rows []deedRow
	if err := s.reading(ctx).Order("practice, seq").Find(&rows).Error; err != nil {
		return 0, s.understood(err)
	}
	var before deedRow
	for i := range rows {
		row := &rows[i]
		if row.Practice != before.Practice {
			before = deedRow{}
		}
		mark, err := s.chained(row, before.Mark)
		if err != nil {
			return i, err
		}
		if row.Seq != before.Seq+1 || !bytes.Equal(mark, row.Mark) {
			return i, fmt.Errorf("audit: deed %s (number %d of practice %s) is not as it was written", row.ID, row.Seq, row.Practice)
		}
		before = *row
	}
	return len(rows), nil
}
