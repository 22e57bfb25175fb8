package record

import (
	"mend/internal/exercise"
	"mend/internal/session"
)

// wording is every sentence of a draft in one language. Each takes its values in the
// order told; another language may take them in another, by their numbers.
type wording struct {
	months [12]string
	date   string // day, month, year
	quotes string // words

	minute, minutes, step, steps, judgement, judgements, mirror, mirrors, time, times string // how many

	people map[session.Role]string // who has no name

	nobody   string // no session took place
	joint    string // date, hour
	until    string // hour, minutes
	notEnded string
	pauses   string // minutes
	present  string // names
	cutAt    string // exercise, step, of

	absent map[session.SeatState]string // name, hour
	away   string                       // name, hour
	back   string                       // hour
	gone   string

	standing string // words
	planned  string // titles
	voice    string // name, question, exercise, words

	begun      string // exercise, version, hour
	fates      map[Fate]string
	after      string // minutes
	notReached string // steps, of

	unheard string // exercise, listener, speaker, judgements
	heard   string // exercise, listener, speaker, mirrors

	rated        string // name, measure, value
	ends         string // low, high
	toldAlone    string
	notValidated string // exercise, hour
	measures     map[string]string

	pause   string // hour
	pauseTo string // hour
	returns map[Return]string

	signed, from, review, expires, withdrawn string // words; a date each; words
	putOff                                   string // times
	questions                                string // how many
	notRun, stopped                          string // exercise
}

// in gives the words of a language, or the English ones.
func in(language exercise.Language) wording {
	if language == exercise.Spanish {
		return spanish
	}
	return english
}

var english = wording{
	months: [12]string{
		"January", "February", "March", "April", "May", "June",
		"July", "August", "September", "October", "November", "December",
	},
	date:   "%d %s %d",
	quotes: "“%s”",
	minute: "1 minute", minutes: "%d minutes", step: "1 step", steps: "%d steps",
	judgement: "1 judgement", judgements: "%d judgements", mirror: "1 mirror", mirrors: "%d mirrors",
	time: "1 time", times: "%d times",

	people: map[session.Role]string{
		session.Counselor: "The counselor", session.One: "Partner one", session.Two: "Partner two",
	},

	nobody:   "Nobody was admitted: the session did not take place.",
	joint:    "Joint session on %s, from %s UTC",
	until:    " to %s UTC, %s",
	notEnded: ", not ended yet",
	pauses:   ", of which pauses %s",
	present:  "Present: %s.",
	cutAt:    "The session ended during “%s”, at step %d of %d.",

	absent: map[session.SeatState]string{
		session.Outside:    "%s was asked to wait outside at %s UTC",
		session.Gone:       "%s left at %s UTC",
		session.RemovedOut: "%s was removed at %s UTC",
	},
	away: "%s was not in the room at %s UTC",
	back: " and was back at %s UTC.",
	gone: " and did not come back.",

	standing: "Agreement in force at the start: %s.",
	planned:  "Planned: %s.",
	voice:    "%s, asked “%s” (%s): %s",

	begun: "Exercise “%s” (version %d), begun at %s UTC, ",
	fates: map[Fate]string{
		Done: "completed", Stopped: "stopped by the counselor", CutOff: "cut short by the session's end", Running: "still running",
	},
	after:      " after %s",
	notReached: " Not reached: %s of %d.",

	unheard: "“%s”: %s listened to %s; after %s it went on without a “yes”.",
	heard:   "“%[1]s”: %[2]s gave back what %[3]s said; %[3]s said “yes” after %[4]s.",

	rated:        "%s rated %s %d of 10",
	ends:         " (0: %s; 10: %s)",
	toldAlone:    ", told to the counselor alone",
	notValidated: ", “%s”, %s UTC. Not a validated measure.",

	pause:   "Pause from %s UTC",
	pauseTo: " to %s UTC",
	returns: map[Return]string{
		ReturnKept: "; the return was kept", ReturnEarly: "; back before the time set",
		ReturnLate: "; back after the time set", NotReturned: "; the session ended out of it",
	},

	signed: "Both signed: %s", from: ", from %s", review: ", reviewed on %s", expires: ", expires on %s",
	withdrawn: "Withdrawn agreement: %s.",
	putOff:    "“Not today” was said to an agreement %s.",
	questions: "Questions to be prepared or worded again together: %d.",
	notRun:    "Planned and not run: “%s”.",
	stopped:   "Begun and stopped: “%s”.",
}

var spanish = wording{
	months: [12]string{
		"enero", "febrero", "marzo", "abril", "mayo", "junio",
		"julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre",
	},
	date:   "%d de %s de %d",
	quotes: "«%s»",
	minute: "1 minuto", minutes: "%d minutos", step: "1 paso", steps: "%d pasos",
	judgement: "1 respuesta", judgements: "%d respuestas", mirror: "1 eco", mirrors: "%d ecos",
	time: "1 vez", times: "%d veces",

	people: map[session.Role]string{
		session.Counselor: "Terapeuta", session.One: "Persona uno", session.Two: "Persona dos",
	},

	nobody:   "No entró nadie: la sesión no tuvo lugar.",
	joint:    "Sesión conjunta del %s, de las %s UTC",
	until:    " a las %s UTC, %s",
	notEnded: ", sin terminar todavía",
	pauses:   ", de los cuales en pausa %s",
	present:  "Presentes: %s.",
	cutAt:    "La sesión terminó durante «%s», en el paso %d de %d.",

	absent: map[session.SeatState]string{
		session.Outside:    "%s pasó a esperar fuera a las %s UTC",
		session.Gone:       "%s salió a las %s UTC",
		session.RemovedOut: "%s dejó de tener lugar en la sesión a las %s UTC",
	},
	away: "%s no estaba en la sala a las %s UTC",
	back: " y estuvo de vuelta a las %s UTC.",
	gone: " y no volvió.",

	standing: "Acuerdo vigente al comienzo: %s.",
	planned:  "Previsto: %s.",
	voice:    "%s, a la pregunta «%s» (%s): %s",

	begun: "Ejercicio «%s» (versión %d), comenzado a las %s UTC, ",
	fates: map[Fate]string{
		Done: "completado", Stopped: "detenido antes del final", CutOff: "cortado por el final de la sesión", Running: "todavía en curso",
	},
	after:      " después de %s",
	notReached: " Sin alcanzar: %s de %d.",

	unheard: "«%s»: %s escuchó a %s; después de %s se siguió sin un «sí».",
	heard:   "«%[1]s»: %[2]s devolvió lo que dijo %[3]s; %[3]s dijo «sí» después de %[4]s.",

	rated:        "%s dio a «%s» %d de 10",
	ends:         " (0: %s; 10: %s)",
	toldAlone:    ", dicho solo a su terapeuta",
	notValidated: ", «%s», %s UTC. No es una medida validada.",
	measures: map[string]string{
		"between-us": "entre las dos personas", "choosing-to-try": "elegir intentarlo", "closeness": "cercanía", "even-handed": "trato parejo", "fair-for-now": "justo por ahora",
		"fair-now": "justo ahora", "guessed-openness": "apertura supuesta", "has-me-in-mind": "me tiene presente",
		"heard": "sentir escucha", "heard-in-turns": "escucha por turnos", "hope": "esperanza", "in-or-out": "dentro o fuera",
		"keeps-word": "cumple lo que dice", "letting-go": "soltar", "relying": "apoyarse", "safe-enough": "seguridad suficiente",
		"safe-going-home": "seguridad al volver a casa", "safe-to-be-open": "seguridad para abrirse", "settled": "calma",
		"steadiness": "firmeza", "tells-truth": "dice la verdad", "willing": "disposición",
	},

	pause:   "Pausa de las %s UTC",
	pauseTo: " a las %s UTC",
	returns: map[Return]string{
		ReturnKept: "; se cumplió la hora de volver", ReturnEarly: "; de vuelta antes de la hora fijada",
		ReturnLate: "; de vuelta después de la hora fijada", NotReturned: "; la sesión terminó en la pausa",
	},

	signed: "Firmado por ambas partes: %s", from: ", desde el %s", review: ", revisión el %s", expires: ", vence el %s",
	withdrawn: "Acuerdo retirado: %s.",
	putOff:    "Ante un acuerdo se dijo «hoy no» %s.",
	questions: "Preguntas por preparar o por formular de nuevo en conjunto: %d.",
	notRun:    "Previsto y sin hacer: «%s».",
	stopped:   "Comenzado y detenido: «%s».",
}
