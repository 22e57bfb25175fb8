package main

import "slices"

// saying is one command of the socket and who may send it: whoever may is obeyed, or
// refused for a reason that has to do with the session.
type saying struct {
	do   string
	with string // the fields of a frame that would do
	may  who
}

var (
	atDesk   = who{theirs, coTherapist}
	onPhones = who{seatOne, seatTwo}
	inRoom   = slices.Concat(atDesk, onPhones)
)

// In the order in which they are sent by those who may, so that what ends something
// comes last.
var sayings = []saying{
	{do: "sync", may: inRoom},
	{do: "start_exercise", with: `"exercise": "floor-and-echo", "cast": {"a": "one", "b": "two"}`, may: atDesk},
	{do: "admit", with: `"who": "one"`, may: atDesk},
	{do: "advance", with: `"step": "{step}"`, may: atDesk},
	{do: "back", with: `"step": "{step}"`, may: atDesk},
	{do: "repeat", with: `"step": "{step}"`, may: atDesk},
	{do: "pass_turn", with: `"step": "{step}"`, may: atDesk},
	{do: "reveal", with: `"step": "{step}"`, may: atDesk},
	{do: "answer_gate", with: `"step": "{step}", "text": "yes"`, may: atDesk},
	{do: "set_mirror", with: `"step": "{step}", "writing": true`, may: atDesk},
	{do: "tray", with: `"step": "{step}", "question": 1, "to": "now"`, may: atDesk},
	{do: "whisper", with: `"to": "one", "text": "Slowly"`, may: atDesk},
	{do: "mark", with: `"kind": "softening"`, may: atDesk},
	{do: "extend", with: `"step": "{step}", "seconds": 30`, may: inRoom},
	{do: "skip", with: `"step": "{step}"`, may: inRoom},
	{do: "edit", with: `"step": "{step}", "wording": {"text": "We talk", "revision": 1}`, may: inRoom},

	{do: "consent", with: `"policy": 1`, may: onPhones},
	{do: "set_language", with: `"language": "en"`, may: onPhones},
	{do: "ready", with: `"step": "{step}"`, may: onPhones},
	{do: "yield", with: `"step": "{step}"`, may: onPhones},
	{do: "confirm", with: `"step": "{step}", "heard": "yes"`, may: onPhones},
	{do: "submit", with: `"step": "{step}", "text": "Heard"`, may: onPhones},
	{do: "take_back", with: `"step": "{step}"`, may: onPhones},
	{do: "ask", with: `"step": "{step}", "text": "Why"`, may: onPhones},
	{do: "reply", with: `"step": "{step}", "question": 1, "how": "now"`, may: onPhones},
	{do: "sign", with: `"step": "{step}", "wording": 1`, may: onPhones},
	{do: "not_today", with: `"step": "{step}"`, may: onPhones},
	{do: "withdraw", with: `"agreement": "{agreement}"`, may: onPhones},
	{do: "done_private", with: `"step": "{step}"`, may: onPhones},
	{do: "dial", with: `"value": 4`, may: onPhones},
	{do: "draft", with: `"step": "{step}", "text": "I think"`, may: onPhones},

	{do: "pause", may: inRoom},
	{do: "set_return", with: `"at": "{soon}"`, may: atDesk},
	{do: "resume", may: atDesk},
	{do: "neutral", may: atDesk},
	{do: "stop_exercise", may: atDesk},
	{do: "leave", may: onPhones},
	{do: "step_out", with: `"who": "two"`, may: atDesk},
	{do: "remove", with: `"who": "two"`, may: atDesk},
	{do: "end", may: atDesk},
}
