package session

import (
	"encoding/json"
	"fmt"
)

// EncodeEvent gives an event's stored name and its JSON.
func EncodeEvent(e Event) (typ string, payload []byte, err error) {
	payload, err = json.Marshal(e)
	if err != nil {
		return "", nil, fmt.Errorf("encode %s: %w", e.Type(), err)
	}
	return e.Type(), payload, nil
}

// DecodeEvent is the way back. Every name that was ever stored decodes for ever;
// a name it does not know is an error, and so is JSON of another shape. Neither
// error repeats a word of the payload.
func DecodeEvent(typ string, payload []byte) (Event, error) {
	decode, ok := decoders[typ]
	if !ok {
		return nil, fmt.Errorf("decode event: unknown type %q", typ)
	}
	return decode(payload)
}

func decodeAs[E Event](payload []byte) (Event, error) {
	var e E
	if err := json.Unmarshal(payload, &e); err != nil {
		return nil, fmt.Errorf("decode %s: not the JSON of this event", e.Type())
	}
	return e, nil
}

var decoders = map[string]func([]byte) (Event, error){
	Opened{}.Type():          decodeAs[Opened],
	Invited{}.Type():         decodeAs[Invited],
	AgendaSet{}.Type():       decodeAs[AgendaSet],
	CounselorsNamed{}.Type(): decodeAs[CounselorsNamed],
	Consented{}.Type():       decodeAs[Consented],
	LanguageSet{}.Type():     decodeAs[LanguageSet],
	Admitted{}.Type():        decodeAs[Admitted],
	SteppedOut{}.Type():      decodeAs[SteppedOut],
	Removed{}.Type():         decodeAs[Removed],
	Left{}.Type():            decodeAs[Left],
	ExerciseStarted{}.Type(): decodeAs[ExerciseStarted],
	ExerciseStopped{}.Type(): decodeAs[ExerciseStopped],
	Moved{}.Type():           decodeAs[Moved],
	Heard{}.Type():           decodeAs[Heard],
	Readied{}.Type():         decodeAs[Readied],
	Submitted{}.Type():       decodeAs[Submitted],
	Declined{}.Type():        decodeAs[Declined],
	TakenBack{}.Type():       decodeAs[TakenBack],
	Revealed{}.Type():        decodeAs[Revealed],
	Erased{}.Type():          decodeAs[Erased],
	Asked{}.Type():           decodeAs[Asked],
	Dealt{}.Type():           decodeAs[Dealt],
	Replied{}.Type():         decodeAs[Replied],
	GateAnswered{}.Type():    decodeAs[GateAnswered],
	WordingEdited{}.Type():   decodeAs[WordingEdited],
	Signed{}.Type():          decodeAs[Signed],
	PutOff{}.Type():          decodeAs[PutOff],
	Withdrawn{}.Type():       decodeAs[Withdrawn],
	Extended{}.Type():        decodeAs[Extended],
	MirrorSet{}.Type():       decodeAs[MirrorSet],
	Paused{}.Type():          decodeAs[Paused],
	Neutralised{}.Type():     decodeAs[Neutralised],
	ReturnSet{}.Type():       decodeAs[ReturnSet],
	Resumed{}.Type():         decodeAs[Resumed],
	Whispered{}.Type():       decodeAs[Whispered],
	Marked{}.Type():          decodeAs[Marked],
	DialSet{}.Type():         decodeAs[DialSet],
	Ended{}.Type():           decodeAs[Ended],
}
