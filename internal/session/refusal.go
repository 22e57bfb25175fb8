package session

import (
	"errors"

	"mend/internal/fault"
)

// errAlready is how a guard says that nothing is left to do. It never leaves the package.
var errAlready = errors.New("already so")

// The refusals. Their codes are stable and listed in SPEC.md; their words never
// tell a partner anything of the other.
var (
	errNotOpened  = fault.New(fault.Conflict, "not_opened", "This session has not been opened yet.")
	errEnded      = fault.New(fault.Conflict, "ended", "This session has ended.")
	errNotStarted = fault.New(fault.Conflict, "not_started", "Nobody has been let in yet.")
	errNotYours   = fault.New(fault.Conflict, "not_yours", "That is for somebody else in the room to do.")
	errUnknown    = fault.New(fault.Invalid, "unknown_command", "That cannot be done in a session.")

	errSuitability = fault.New(fault.Conflict, "suitability_missing", "First record that joint work is suitable for this couple.")
	errReason      = fault.New(fault.Invalid, "reason_missing", "Going ahead without seeing both apart needs a written reason.")
	errFacts       = fault.New(fault.Invalid, "bad_facts", "What this session is to be opened with is not complete.")
	errAgenda      = fault.New(fault.Invalid, "bad_agenda", "An agenda holds at most forty exercises, each with a name.")

	errNoSeat      = fault.New(fault.Invalid, "no_such_seat", "Say which of the two partners is meant.")
	errDoor        = fault.New(fault.Conflict, "wrong_door", "That cannot be done for this partner just now.")
	errNotAdmitted = fault.New(fault.Conflict, "not_admitted", "Please wait until the counselor lets you in.")
	errRemoved     = fault.New(fault.Conflict, "removed", "This place is closed; the counselor can send a new link.")
	errLanguage    = fault.New(fault.Invalid, "no_such_language", "Choose one of the languages on offer.")
	errPolicy      = fault.New(fault.Conflict, "policy_changed", "The practice's words have changed; please read them again.")

	errPaused    = fault.New(fault.Conflict, "paused", "The session is paused.")
	errNotPaused = fault.New(fault.Conflict, "not_paused", "The session is not paused.")
	errReturn    = fault.New(fault.Invalid, "bad_time", "The return has to lie ahead, and within a month.")

	errNoExercise = fault.New(fault.Conflict, "no_exercise", "No exercise is running.")
	errRunning    = fault.New(fault.Conflict, "exercise_running", "An exercise is already running.")
	errProgram    = fault.New(fault.Invalid, "bad_program", "This exercise cannot be run.")
	errSteady     = fault.New(fault.Conflict, "steadiness_low", "Somebody is hardly steady just now, and this exercise goes deep. Say once more that it is to start.")
	errCast       = fault.New(fault.Invalid, "bad_cast", "Give every role of this exercise to one of the two partners.")
	errStale      = fault.New(fault.Conflict, "stale_step", "The session has moved on to another step.")
	errStep       = fault.New(fault.Conflict, "wrong_step", "This step does not ask for that.")
	errNotMine    = fault.New(fault.Conflict, "not_your_step", "This is not yours to do in this step.")
	errFirst      = fault.New(fault.Conflict, "nothing_before", "This is where the exercise began.")
	errGate       = fault.New(fault.Conflict, "gate_unanswered", "Answer this step's question first.")
	errNoSkip     = fault.New(fault.Conflict, "not_skippable", "This step cannot be skipped.")
	errNoTimer    = fault.New(fault.Conflict, "no_timer", "This step has no timer.")
	errSeconds    = fault.New(fault.Invalid, "bad_seconds", "A turn is extended by 1 to 600 seconds, or by 30 if it is your own.")
	errOffer      = fault.New(fault.Invalid, "not_offered", "Choose one of the answers on offer.")

	errDevice   = fault.New(fault.Conflict, "only_on_phone", "This answer stays on the phone it was written on.")
	errRevealed = fault.New(fault.Conflict, "revealed", "This answer has been shared and stays as it is.")
	errNotReady = fault.New(fault.Conflict, "not_ready", "There is nothing to reveal until both have answered and both are here.")
	errAnswer   = fault.New(fault.Invalid, "bad_answer", "This answer does not fit the step.")
	errNoText   = fault.New(fault.Invalid, "text_missing", "A few words are needed here.")
	errLong     = fault.New(fault.Invalid, "text_too_long", "This is longer than the step allows.")
	errText     = fault.New(fault.Invalid, "bad_text", "This text holds characters that cannot be kept.")
	errDial     = fault.New(fault.Invalid, "bad_value", "Choose a number from 0 to 10.")
	errMark     = fault.New(fault.Invalid, "bad_mark", "There is no such marker.")

	errTrayFull   = fault.New(fault.Conflict, "tray_full", "You have asked all the questions this step has room for.")
	errNoQuestion = fault.New(fault.NotFound, "no_such_question", "There is no such question here.")
	errReplied    = fault.New(fault.Conflict, "already_replied", "This question has its answer.")
	errDealing    = fault.New(fault.Invalid, "bad_dealing", "Choose now, prepare, reshape (with the new wording) or not helpful.")
	errReply      = fault.New(fault.Invalid, "bad_reply", "Choose now, by a date (and say which) or I will not.")

	errAgreed      = fault.New(fault.Conflict, "already_agreed", "Both have signed this.")
	errWording     = fault.New(fault.Conflict, "wording_changed", "The wording has changed; please read it again.")
	errEmpty       = fault.New(fault.Conflict, "wording_empty", "There are no words to sign yet.")
	errDates       = fault.New(fault.Invalid, "bad_date", "Dates are written like 2026-11-30, the review and the end not before the start.")
	errNoAgreement = fault.New(fault.NotFound, "no_such_agreement", "There is no such agreement in force.")
)
