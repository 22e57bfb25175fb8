package exercise

// Program is a compiled exercise: a flat list that a session walks by index.
// It holds everything that running, showing and recording the exercise needs, so
// that a log replays without the content folder and old records keep their words.
type Program struct {
	ID        string          `json:"id"`
	Version   int             `json:"version"`
	Title     string          `json:"title"`
	Phase     Phase           `json:"phase"`
	Intensity Intensity       `json:"intensity"`
	Minutes   int             `json:"minutes"`
	Frame     bool            `json:"frame,omitempty"`
	Roles     map[Role]string `json:"roles"`
	Summary   string          `json:"summary"`
	Guidance  Guidance        `json:"guidance"`
	Steps     []Instruction   `json:"steps"`

	// Translations hold the words in other languages: each partner reads their own.
	Translations map[Language]Translation `json:"translations,omitempty"`
}

// Instruction is a step of a program. Block and Switch never occur; in a switched
// round Who, Prompts and jump targets are already exchanged.
type Instruction struct {
	Step
	Round    int   `json:"round"`               // 1, or 2 in the switched copy of a block, and so on
	AlmostTo int   `json:"almost_to,omitempty"` // confirm: index for "almost"; -1 where not offered
	MoreTo   int   `json:"more_to,omitempty"`   // confirm: index for "more"; -1 where not offered
	OfSteps  []int `json:"of_steps,omitempty"`  // reveal (Of), agree, speak, say (WordsFrom), sort (CardsFrom): indexes referred to
	Asked    []int `json:"asked,omitempty"`     // speak, mirror, say, confirm (About): likewise
}
