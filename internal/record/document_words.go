package record

import (
	"mend/internal/exercise"
	"mend/internal/session"
)

// pageWords are the words of documents in one language, beyond those of drafts.
type pageWords struct {
	wording

	session, reference, madeAt string
	sessionOf                  string // day

	progress, process, processApart, format, addenda string
	signedBy, notSigned, hash                        string
	byAt                                             string // name, moment

	frame, agreements, happened, ratings, pauses, marks, whispers string
	notMeasures, steadiness, scale, who, value, when, audience    string
	standingFact, concludedFact, withdrawnFact                    string
	question, reshaped                                            string

	to       string // name
	erased   string // how many
	policy   string // which, version
	consent  string // name, version, moment
	suitable string // moment
	calledBy string // name
	floor    string // name, minutes

	couple, contents, absent, own, shared, record string
	partners, suitability                         string

	formats    map[NoteFormat]string
	sections   map[string]string
	secrets    map[session.Secrets]string
	statements map[string]string
	audiences  map[exercise.Audience]string
	held       map[Held]string
	markers    map[session.Marker]string
	dealings   map[session.Dealing]string
	replies    map[session.Replying]string

	copyFor map[Reader]string

	// What an export holds and why something is absent, by whom it is for.
	holds, lacks map[Reader][]string
	noProcess    string
	withProcess  string

	between, setAt, readBack string

	release, recipient, purpose, agreed, overridden string
	reasons                                         map[OverrideReason]string
	withProgress, noProgress, unsigned, noJoint     string
	neverReleased                                   []string

	fileJSON, fileMarkdown string
	appointment            string
}

// pages gives the words of a language, or the English ones.
func pages(language exercise.Language) pageWords {
	if language == exercise.Spanish {
		return spanishPages
	}
	return englishPages
}

var englishPages = pageWords{
	wording: english,

	session: "Session record", reference: "Reference", madeAt: "Copied",
	sessionOf: "Session of %s",

	progress: "Progress note", process: "Process note", format: "Format", addenda: "Addenda",
	processApart: "The counselor's private thoughts, kept apart from the record and here because they were asked for by name.",
	signedBy:     "Signed", notSigned: "Not signed; saved", hash: "Fingerprint (SHA-256)", byAt: "%s, %s",

	frame: "Frame", agreements: "Agreements", happened: "What happened", ratings: "Ratings", pauses: "Pauses",
	marks: "Marks", whispers: "Lines to one partner",
	notMeasures: "None of these is a validated measure; times are UTC", steadiness: "Steadiness", scale: "Scale",
	who: "Who", value: "Value", when: "When", audience: "Who could read it",
	standingFact: "In force at the start", concludedFact: "Made in this session", withdrawnFact: "Withdrawn in this session",
	question: "question", reshaped: "Worded again together",

	to: "to %s", erased: "Records whose words were erased at their owner's wish: %d.",
	policy: "Policy: %s, version %d.", consent: "%s accepted version %d on %s.", suitable: "Joint work stated as suitable on %s",
	calledBy: "called by %s", floor: "%s held the floor for %s.",

	couple: "Record of a couple",
	copyFor: map[Reader]string{
		ForOne: "Copy of the record for partner one", ForTwo: "Copy of the record for partner two", ForBoth: "Copy of the record for both partners",
	},
	contents: "What is in this copy", absent: "What is not in it, and why", own: "Your own words", shared: "What both were shown",
	record: "The record", partners: "Partners", suitability: "Fit for joint work",

	formats: map[NoteFormat]string{SOAP: "SOAP", DAP: "DAP", BIRP: "BIRP", GIRP: "GIRP", Free: "Free text"},
	sections: map[string]string{
		"subjective": "Subjective", "objective": "Objective", "assessment": "Assessment", "plan": "Plan", "data": "Data",
		"behavior": "Behavior", "intervention": "Intervention", "response": "Response", "goal": "Goal", "text": "Note",
	},
	secrets:    map[session.Secrets]string{session.NoSecrets: "no secrets", session.LimitedSecrets: "limited secrets"},
	statements: map[string]string{"seen_apart": "each partner was seen alone", "override": "without having seen each partner alone"},
	audiences: map[exercise.Audience]string{
		exercise.Device: "the writer alone", exercise.ToCounselor: "the writer and the counselor",
		exercise.Sealed: "both, once it was shown", exercise.Room: "all three",
	},
	held: map[Held]string{
		OnPhone: "(stayed on their phone)", Sealed: "(never shown)", NotKept: "(not kept, as the exercise says)",
	},
	markers: map[session.Marker]string{
		session.MarkBlame: "blame", session.MarkSidestep: "sidestep", session.MarkSoftening: "softening", session.MarkReach: "reach", session.MarkNote: "note",
	},
	dealings: map[session.Dealing]string{
		session.DealNow: "for now", session.DealPrepare: "to be prepared", session.DealReshape: "worded again together", session.DealNotHelpful: "set aside",
	},
	replies: map[session.Replying]string{
		session.ReplyNow: "answers now", session.ReplyBy: "will answer by a date", session.ReplyWillNot: "will not answer",
	},

	holds: map[Reader][]string{
		ForOne:  {"What this partner wrote, chose and asked, as far as it was to be kept.", "What both partners were shown, and the agreements that both signed.", "When sessions took place and which exercises were begun."},
		ForBoth: {"What both partners were shown, and the agreements that both signed.", "When sessions took place and which exercises were begun."},
		ForPractice: {
			"The summaries of all sessions, with everything the counselor was shown.", "Progress notes with their signatures and addenda.",
			"Agreements, statements that joint work is suitable, and names.", "What was set between sessions, and what was answered there.",
		},
	},
	lacks: map[Reader][]string{
		ForOne: {
			"What the other partner gave to the counselor alone, or did not yet share: it is theirs.",
			"What this partner sealed and was never shown: nobody else has read it, and a copy passes through the counselor's hands.",
			"The counselor's notes, marks and lines to one partner: they are the counselor's own work.",
			"How steady somebody said they were, and who called a pause: these were for the moment.",
			"What stayed on a phone was never here; what an exercise did not mean to keep is gone.",
		},
		ForBoth: {
			"What only one partner and the counselor could read: it is in that partner's own copy.",
			"The counselor's notes, marks and lines to one partner: they are the counselor's own work.",
			"How steady somebody said they were, and who called a pause: these were for the moment.",
			"What stayed on a phone was never here; what an exercise did not mean to keep is gone.",
		},
		ForPractice: {
			"What a partner sealed and never revealed, unless the phones said that the counselor reads it before.",
			"What stayed on a phone was never here; what an exercise did not mean to keep is gone.",
		},
	},
	noProcess:   "Process notes: they are kept apart from the record, and are exported only when asked for by name.",
	withProcess: "Process notes, because they were asked for by name.",

	between: "Between sessions", setAt: "Set", readBack: "Read back",
	release: "Released record", recipient: "Released to", purpose: "What for", agreed: "Agreed to by", overridden: "Released without both partners' word",
	reasons: map[OverrideReason]string{
		OverrideCourt: "order of a court", OverrideLaw: "another duty in law", OverrideDanger: "danger to life or limb, as the law allows",
		OverrideCannot: "one of the two cannot answer",
	},
	withProgress: "The signed progress notes, with their addenda.", noProgress: "The progress notes: they were not part of this release.",
	unsigned: "Progress notes that were not signed.", noJoint: "What the partners wrote and were shown: it was not part of this release.",
	neverReleased: []string{
		"What only one partner, or one partner and the counselor, could read.",
		"The counselor's process notes, marks and lines to one partner, and who called a pause: these are never released.",
	},

	fileJSON: "The record, to be read by programs", fileMarkdown: "The record, to be read by people",
	appointment: "Appointment",
}

var spanishPages = pageWords{
	wording: spanish,

	session: "Registro de la sesión", reference: "Referencia", madeAt: "Copia hecha",
	sessionOf: "Sesión del %s",

	progress: "Nota de evolución", process: "Nota de proceso", format: "Formato", addenda: "Anexos",
	processApart: "Lo que piensa quien lleva la terapia, aparte del registro; está aquí porque se pidió por su nombre.",
	signedBy:     "Firma", notSigned: "Sin firmar; guardada", hash: "Huella digital (SHA-256)", byAt: "%s, %s",

	frame: "Marco", agreements: "Acuerdos", happened: "Lo que pasó", ratings: "Valores", pauses: "Pausas",
	marks: "Marcas", whispers: "Líneas a una sola persona",
	notMeasures: "Ninguna es una medida validada; las horas son UTC", steadiness: "Firmeza", scale: "Escala",
	who: "Quién", value: "Valor", when: "Hora", audience: "Quién podía leerlo",
	standingFact: "Vigente al comienzo", concludedFact: "Hecho en esta sesión", withdrawnFact: "Retirado en esta sesión",
	question: "pregunta", reshaped: "Formulada de nuevo en conjunto",

	to: "a %s", erased: "Entradas cuyas palabras se borraron por deseo de quien las escribió: %d.",
	policy: "Política: %s, versión %d.", consent: "%s aceptó la versión %d el %s.", suitable: "Trabajo conjunto declarado apto el %s",
	calledBy: "la pidió %s", floor: "%s tuvo la palabra durante %s.",

	couple: "Registro de una pareja",
	copyFor: map[Reader]string{
		ForOne: "Copia del registro para la persona uno", ForTwo: "Copia del registro para la persona dos", ForBoth: "Copia del registro para las dos personas",
	},
	contents: "Qué contiene esta copia", absent: "Qué no contiene, y por qué", own: "Sus propias palabras", shared: "Lo que se mostró a las dos personas",
	record: "El registro", partners: "Personas", suitability: "Apta para el trabajo conjunto",

	formats: map[NoteFormat]string{SOAP: "SOAP", DAP: "DAP", BIRP: "BIRP", GIRP: "GIRP", Free: "Texto libre"},
	sections: map[string]string{
		"subjective": "Subjetivo", "objective": "Objetivo", "assessment": "Evaluación", "plan": "Plan", "data": "Datos",
		"behavior": "Conducta", "intervention": "Intervención", "response": "Respuesta", "goal": "Meta", "text": "Nota",
	},
	secrets:    map[session.Secrets]string{session.NoSecrets: "sin secretos", session.LimitedSecrets: "secretos limitados"},
	statements: map[string]string{"seen_apart": "se vio a cada persona a solas", "override": "sin haber visto a cada persona a solas"},
	audiences: map[exercise.Audience]string{
		exercise.Device: "solo quien lo escribió", exercise.ToCounselor: "quien lo escribió y su terapeuta",
		exercise.Sealed: "las dos personas, una vez mostrado", exercise.Room: "las tres personas",
	},
	held: map[Held]string{
		OnPhone: "(se quedó en su teléfono)", Sealed: "(nunca se mostró)", NotKept: "(no se guarda, como dice el ejercicio)",
	},
	markers: map[session.Marker]string{
		session.MarkBlame: "culpa", session.MarkSidestep: "evasiva", session.MarkSoftening: "se suaviza", session.MarkReach: "se acerca", session.MarkNote: "nota",
	},
	dealings: map[session.Dealing]string{
		session.DealNow: "para ahora", session.DealPrepare: "por preparar", session.DealReshape: "formulada de nuevo en conjunto", session.DealNotHelpful: "apartada",
	},
	replies: map[session.Replying]string{
		session.ReplyNow: "responde ahora", session.ReplyBy: "responderá en una fecha", session.ReplyWillNot: "no responderá",
	},

	holds: map[Reader][]string{
		ForOne:  {"Lo que esta persona escribió, eligió y preguntó, en la medida en que debía guardarse.", "Lo que se mostró a las dos personas y los acuerdos que ambas firmaron.", "Cuándo hubo sesiones y qué ejercicios se comenzaron."},
		ForBoth: {"Lo que se mostró a las dos personas y los acuerdos que ambas firmaron.", "Cuándo hubo sesiones y qué ejercicios se comenzaron."},
		ForPractice: {
			"Los resúmenes de todas las sesiones, con todo lo que se mostró en el escritorio.", "Las notas de evolución con sus firmas y anexos.",
			"Los acuerdos, las declaraciones de que el trabajo conjunto es apto y los nombres.", "Lo que se puso entre sesiones y lo que se respondió ahí.",
		},
	},
	lacks: map[Reader][]string{
		ForOne: {
			"Lo que la otra persona dio solo a su terapeuta, o todavía no compartió: es suyo.",
			"Lo que esta persona selló y nunca se mostró: nadie más lo ha leído, y una copia pasa por las manos de quien lleva la terapia.",
			"Las notas, las marcas y las líneas a una sola persona: son trabajo propio de quien lleva la terapia.",
			"Con cuánta firmeza dijo sentirse alguien, y quién pidió una pausa: era para el momento.",
			"Lo que se quedó en un teléfono nunca estuvo aquí; lo que un ejercicio no pensaba guardar ya no está.",
		},
		ForBoth: {
			"Lo que solo podían leer una persona y su terapeuta: está en la copia de esa persona.",
			"Las notas, las marcas y las líneas a una sola persona: son trabajo propio de quien lleva la terapia.",
			"Con cuánta firmeza dijo sentirse alguien, y quién pidió una pausa: era para el momento.",
			"Lo que se quedó en un teléfono nunca estuvo aquí; lo que un ejercicio no pensaba guardar ya no está.",
		},
		ForPractice: {
			"Lo que una persona selló y nunca mostró, salvo que los teléfonos dijeran que su terapeuta lo lee antes.",
			"Lo que se quedó en un teléfono nunca estuvo aquí; lo que un ejercicio no pensaba guardar ya no está.",
		},
	},
	noProcess:   "Las notas de proceso: están aparte del registro y solo se exportan cuando se piden por su nombre.",
	withProcess: "Las notas de proceso, porque se pidieron por su nombre.",

	between: "Entre sesiones", setAt: "Puesto", readBack: "Leído en sesión",
	release: "Registro entregado", recipient: "Entregado a", purpose: "Para qué", agreed: "De acuerdo", overridden: "Entregado sin la palabra de las dos personas",
	reasons: map[OverrideReason]string{
		OverrideCourt: "orden de un tribunal", OverrideLaw: "otra obligación legal", OverrideDanger: "peligro para la vida o la integridad, como permite la ley",
		OverrideCannot: "una de las dos personas no puede responder",
	},
	withProgress: "Las notas de evolución firmadas, con sus anexos.", noProgress: "Las notas de evolución: no eran parte de esta entrega.",
	unsigned: "Las notas de evolución sin firmar.", noJoint: "Lo que las dos personas escribieron y vieron: no era parte de esta entrega.",
	neverReleased: []string{
		"Lo que solo podía leer una persona, o una persona y su terapeuta.",
		"Las notas de proceso, las marcas, las líneas a una sola persona y quién pidió una pausa: nunca se entregan.",
	},

	fileJSON: "El registro, para programas", fileMarkdown: "El registro, para personas",
	appointment: "Cita",
}
