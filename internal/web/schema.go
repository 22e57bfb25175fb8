package web

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"mend/internal/exercise"
	"mend/internal/homework"
	"mend/internal/protocol"
	"mend/internal/record"
	"mend/internal/session"
)

const schemaPrefix = "#/components/schemas/"

// schemas turns Go types into JSON Schema for both published documents. Beyond
// huma's own registry it names closed sets and lists their values, spells out the
// keys of maps over seats and roles, tells types of one name apart by their
// package, and never calls an array null.
type schemas struct {
	named map[string]*huma.Schema
	types map[string]reflect.Type
	names map[reflect.Type]string
}

func newSchemas() *schemas {
	return &schemas{
		named: map[string]*huma.Schema{},
		types: map[string]reflect.Type{},
		names: map[reflect.Type]string{},
	}
}

// closed lists the types whose values are all known.
func closed(t reflect.Type) []any {
	switch t {
	case reflect.TypeFor[session.Role]():
		return values(session.Roles()...)
	case reflect.TypeFor[session.Seat]():
		return values(session.Seats()...)
	case reflect.TypeFor[session.Phase]():
		return values(session.InLobby, session.Between, session.InExercise, session.OnPause, session.HasEnded)
	case reflect.TypeFor[homework.Phase]():
		return values(homework.Phases()...)
	case reflect.TypeFor[session.SeatState]():
		return values(session.Invitee, session.AtDoor, session.Inside, session.Outside, session.Gone, session.RemovedOut)
	case reflect.TypeFor[session.Secrets]():
		return values(session.NoSecrets, session.LimitedSecrets)
	case reflect.TypeFor[session.Hearing]():
		return values(session.HeardYes, session.HeardAlmost, session.HeardMore)
	case reflect.TypeFor[session.Dealing]():
		return values(session.DealNow, session.DealPrepare, session.DealReshape, session.DealNotHelpful)
	case reflect.TypeFor[session.Replying]():
		return values(session.ReplyNow, session.ReplyBy, session.ReplyWillNot)
	case reflect.TypeFor[session.Marker]():
		return values(session.MarkBlame, session.MarkSidestep, session.MarkSoftening, session.MarkReach, session.MarkNote)
	case reflect.TypeFor[session.Cause]():
		return values(session.ByAdvance, session.BySkip, session.ByBack, session.ByRepeat, session.ByYield, session.ByPass)
	case reflect.TypeFor[exercise.Kind]():
		return values(append(exercise.Kinds(), session.Wait)...)
	case reflect.TypeFor[exercise.Audience]():
		return values(exercise.Device, exercise.ToCounselor, exercise.Sealed, exercise.Room)
	case reflect.TypeFor[exercise.NoSecrets]():
		return values(exercise.Warned, exercise.ToDevice)
	case reflect.TypeFor[exercise.Retention]():
		return values(exercise.KeepNone, exercise.KeepSession, exercise.KeepRecord)
	case reflect.TypeFor[exercise.Phase]():
		return values(exercise.Stabilise, exercise.Understand, exercise.Decide, exercise.Release, exercise.Guard, exercise.AnyPhase)
	case reflect.TypeFor[exercise.Intensity]():
		return values(exercise.Gentle, exercise.Steady, exercise.Deep)
	case reflect.TypeFor[exercise.Role]():
		return values(exercise.A, exercise.B, exercise.Hurt, exercise.Responsible)
	case reflect.TypeFor[protocol.Origin]():
		return values(protocol.Shipped, protocol.Mine, protocol.OfPractice)
	case reflect.TypeFor[protocol.Scope]():
		return values(protocol.JustMe, protocol.ForPractice)
	case reflect.TypeFor[protocol.SessionState]():
		return values(protocol.SessionPlanned, protocol.SessionOpen, protocol.SessionLive, protocol.SessionEnded)
	case reflect.TypeFor[protocol.NoteState]():
		return values(protocol.NoteNone, protocol.NoteDraft, protocol.NoteSigned)
	case reflect.TypeFor[protocol.NoteKind]():
		return values(protocol.ProgressNote, protocol.ProcessNote)
	case reflect.TypeFor[protocol.NoteFormat]():
		return values(protocol.SOAP, protocol.DAP, protocol.BIRP, protocol.GIRP, protocol.Free)
	case reflect.TypeFor[record.Went]():
		return values(record.WentKept, record.WentPartly, record.WentNot, record.WentChanged)
	case reflect.TypeFor[protocol.Standing]():
		return values(protocol.InForce, protocol.Expired, protocol.TakenOff)
	case reflect.TypeFor[record.Part]():
		return values(record.PartSummary, record.PartProgress, record.PartAddenda, record.PartProcess)
	case reflect.TypeFor[record.ReleasePart]():
		return values(record.ReleaseJoint, record.ReleaseProgress)
	case reflect.TypeFor[record.ReleaseAnswers]():
		return values(record.ReleaseAgree, record.ReleaseDecline)
	case reflect.TypeFor[record.ReleaseState]():
		return values(record.ReleaseWaiting, record.ReleaseAgreed, record.ReleaseDeclined, record.ReleaseOverridden,
			record.ReleaseWithdrawn, record.ReleaseExpired)
	case reflect.TypeFor[record.OverrideReason]():
		return values(record.OverrideCourt, record.OverrideLaw, record.OverrideDanger, record.OverrideCannot)
	case reflect.TypeFor[record.Caution]():
		return values(record.CautionCounselorOnly, record.CautionNeverRevealed, record.CautionOtherWords, record.CautionNumber,
			record.CautionDeep, record.CautionTakenBack)
	case reflect.TypeFor[record.ShareableKind]():
		return values(record.SharesAgreement, record.SharesOwn, record.SharesPair, record.SharesQuestion)
	case reflect.TypeFor[record.Reader]():
		return values(record.ForOne, record.ForTwo, record.ForBoth, record.ForPractice)
	case reflect.TypeFor[protocol.Presence]():
		return values(protocol.Away, protocol.Lobby, protocol.Here, protocol.Writing)
	}
	return nil
}

func values[T ~string](all ...T) []any {
	list := make([]any, len(all))
	for i, v := range all {
		list[i] = string(v)
	}
	return list
}

// Schema implements huma.Registry.
func (s *schemas) Schema(t reflect.Type, allowRef bool, hint string) *huma.Schema {
	base := t
	for base.Kind() == reflect.Pointer {
		base = base.Elem()
	}
	if base == reflect.TypeFor[huma.ErrorModel]() {
		base, t = reflect.TypeFor[protocol.Problem](), reflect.TypeFor[protocol.Problem]()
	}
	switch {
	case closed(base) != nil:
		return s.refer(base, allowRef, func() *huma.Schema {
			return &huma.Schema{Type: huma.TypeString, Enum: closed(base)}
		})
	case base.Kind() == reflect.Map && closed(base.Key()) != nil:
		return s.keyed(base)
	case base.Kind() == reflect.Struct && base.Name() != "" && base.PkgPath() != "time":
		return s.refer(base, allowRef, func() *huma.Schema { return huma.SchemaFromType(s, base) })
	case base.Kind() == reflect.Slice || base.Kind() == reflect.Array:
		schema := huma.SchemaFromType(s, base)
		schema.Nullable = false
		return schema
	}
	return huma.SchemaFromType(s, t)
}

// refer names a type's schema on its first use and points to it afterwards.
func (s *schemas) refer(t reflect.Type, allowRef bool, describe func() *huma.Schema) *huma.Schema {
	name, known := s.names[t]
	if !known {
		name = s.name(t)
		s.names[t], s.types[name], s.named[name] = name, t, &huma.Schema{}
		schema := describe()
		schema.PrecomputeMessages()
		s.named[name] = schema
	}
	if allowRef {
		return &huma.Schema{Ref: schemaPrefix + name}
	}
	return s.named[name]
}

// name is the type's own, but for the few that two packages call alike.
func (s *schemas) name(t reflect.Type) string {
	name := t.Name()
	switch t {
	case reflect.TypeFor[exercise.Phase]():
		name = "ExercisePhase"
	case reflect.TypeFor[exercise.Role]():
		name = "ExerciseRole"
	case reflect.TypeFor[exercise.Problem]():
		name = "ExerciseProblem"
	case reflect.TypeFor[session.ExerciseHead]():
		name = "RunningExercise"
	}
	if other, taken := s.types[name]; taken {
		panic(fmt.Sprintf("two types are called %s: %v and %v", name, t, other))
	}
	return name
}

// keyed spells out the keys of a map whose keys are all known.
func (s *schemas) keyed(t reflect.Type) *huma.Schema {
	schema := &huma.Schema{
		Type:                 huma.TypeObject,
		Properties:           map[string]*huma.Schema{},
		AdditionalProperties: false,
	}
	for _, key := range closed(t.Key()) {
		schema.Properties[key.(string)] = s.Schema(t.Elem(), true, t.Name()+"Value")
	}
	schema.PrecomputeMessages()
	return schema
}

// knows tells whether any published type has a field of this name.
func (s *schemas) knows(field string) bool {
	for _, schema := range s.named {
		if _, found := schema.Properties[field]; found {
			return true
		}
	}
	return false
}

// SchemaFromRef implements huma.Registry.
func (s *schemas) SchemaFromRef(ref string) *huma.Schema {
	return s.named[strings.TrimPrefix(ref, schemaPrefix)]
}

// TypeFromRef implements huma.Registry.
func (s *schemas) TypeFromRef(ref string) reflect.Type {
	return s.types[strings.TrimPrefix(ref, schemaPrefix)]
}

// Map implements huma.Registry.
func (s *schemas) Map() map[string]*huma.Schema { return s.named }

// RegisterTypeAlias implements huma.Registry. Nothing here needs one.
func (s *schemas) RegisterTypeAlias(t, alias reflect.Type) {
	panic(fmt.Sprintf("no alias is foreseen: %v for %v", alias, t))
}

// MarshalJSON writes the schemas by name.
func (s *schemas) MarshalJSON() ([]byte, error) { return json.Marshal(s.named) }
