// Made by scripts/gen.mjs from `mend asyncapi`. Not to be edited.
// sha256:cca8cc668ef677b4e12a6a8ee0227cd83b4cf4d831ba2965d67591db341b73bc
export type paths = Record<string, never>;
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        AgendaItem: {
            exercise: string;
            frame?: boolean;
            /** Format: int64 */
            minutes: number;
            /** Format: int64 */
            run?: number;
            state: string;
            title: string;
        };
        Agreement: {
            id: string;
            /** Format: date-time */
            signed_at: string;
            withdrawn?: components["schemas"]["Seat"];
            wording: components["schemas"]["Wording"];
        };
        AgreementView: {
            id: string;
            today?: boolean;
            withdrawn?: boolean;
            wording: components["schemas"]["Wording"];
        };
        Answer: {
            choices?: string[];
            sorted?: {
                [key: string]: string;
            };
            text?: string;
            /** Format: int64 */
            value?: number;
        };
        /** @enum {string} */
        Audience: "device" | "counselor" | "sealed" | "room";
        Choice: {
            id: string;
            text: string;
        };
        CounselorCommand: components["schemas"]["DoAdmit"] | components["schemas"]["DoStepOut"] | components["schemas"]["DoRemove"] | components["schemas"]["DoStartExercise"] | components["schemas"]["DoAdvance"] | components["schemas"]["DoBack"] | components["schemas"]["DoRepeat"] | components["schemas"]["DoSkip"] | components["schemas"]["DoStopExercise"] | components["schemas"]["DoPassTurn"] | components["schemas"]["DoExtend"] | components["schemas"]["DoReveal"] | components["schemas"]["DoAnswerGate"] | components["schemas"]["DoSetMirror"] | components["schemas"]["DoTray"] | components["schemas"]["DoPause"] | components["schemas"]["DoSetReturn"] | components["schemas"]["DoResume"] | components["schemas"]["DoNeutral"] | components["schemas"]["DoWhisper"] | components["schemas"]["DoMark"] | components["schemas"]["DoEnd"] | components["schemas"]["DoEdit"] | components["schemas"]["DoSync"];
        CounselorFrame: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            is: "view";
            /** Format: date-time */
            now: string;
            /** Format: int64 */
            rev: number;
            view: components["schemas"]["CounselorView"];
        };
        CounselorMessage: components["schemas"]["Welcome"] | components["schemas"]["CounselorFrame"] | components["schemas"]["Done"] | components["schemas"]["Refused"] | components["schemas"]["HereCounselor"] | components["schemas"]["Dial"] | components["schemas"]["Now"];
        CounselorPause: {
            by: components["schemas"]["Role"];
            neutral?: boolean;
            /** Format: date-time */
            return_at?: string;
            /** Format: date-time */
            since: string;
        };
        CounselorStep: {
            about?: string[];
            again?: components["schemas"]["Hearing"];
            answers?: {
                one?: components["schemas"]["Answer"];
                two?: components["schemas"]["Answer"];
            };
            /** Format: int64 */
            at_most?: number;
            audience?: components["schemas"]["Audience"];
            buckets?: components["schemas"]["Choice"][];
            cards?: components["schemas"]["Choice"][];
            concluded?: boolean;
            counselor?: string;
            /** Format: date-time */
            deadline?: string;
            declined?: {
                one?: boolean;
                two?: boolean;
            };
            elsewise?: string;
            finished: {
                one?: boolean;
                two?: boolean;
            };
            floor?: components["schemas"]["Seat"];
            floor_seconds?: {
                /** Format: int64 */
                one?: number;
                /** Format: int64 */
                two?: number;
            };
            frame?: string;
            gate_open?: boolean;
            high?: string;
            /** Format: int64 */
            index: number;
            is_revealed?: boolean;
            key: string;
            kind: components["schemas"]["Kind"];
            /** Format: int64 */
            loops?: number;
            low?: string;
            /** Format: int64 */
            max_length?: number;
            note?: string;
            /** Format: int64 */
            of: number;
            offers?: components["schemas"]["Hearing"][];
            options?: components["schemas"]["Choice"][];
            other?: boolean;
            preview?: boolean;
            prompt?: string;
            prompts?: {
                one?: string;
                two?: string;
            };
            put_off?: {
                one?: boolean;
                two?: boolean;
            };
            revealable?: boolean;
            revealed?: components["schemas"]["RevealedPair"][];
            /** Format: int64 */
            round: number;
            /** Format: int64 */
            seconds?: number;
            signed?: components["schemas"]["Seat"][];
            skippable?: boolean;
            step_in?: boolean;
            title?: string;
            tray?: components["schemas"]["TrayItem"][];
            warned?: boolean;
            who: components["schemas"]["Seat"][];
            wording?: components["schemas"]["Wording"];
            writing?: boolean;
        };
        CounselorView: {
            agenda: components["schemas"]["AgendaItem"][];
            agreements?: components["schemas"]["Agreement"][];
            dials: {
                /** Format: int64 */
                one?: number | null;
                /** Format: int64 */
                two?: number | null;
            };
            doors: {
                one?: components["schemas"]["SeatState"];
                two?: components["schemas"]["SeatState"];
            };
            exercise?: components["schemas"]["RunningExercise"];
            flow?: components["schemas"]["FlowStep"][];
            guidance?: components["schemas"]["Guidance"];
            homework?: components["schemas"]["HomeworkView"][];
            marks?: components["schemas"]["MarkView"][];
            next?: components["schemas"]["NextStep"];
            opened: boolean;
            /** Format: date-time */
            opened_at?: string;
            pause?: components["schemas"]["CounselorPause"];
            people: components["schemas"]["People"];
            phase: components["schemas"]["Phase"];
            phones: {
                one?: components["schemas"]["PartnerView"];
                two?: components["schemas"]["PartnerView"];
            };
            policy?: components["schemas"]["Policy"];
            rehearsal?: boolean;
            /** Format: date-time */
            started_at?: string;
            step?: components["schemas"]["CounselorStep"];
            whispers?: components["schemas"]["WhisperView"][];
            you: components["schemas"]["Role"];
            you_may: string[];
        };
        /** @enum {string} */
        Dealing: "now" | "prepare" | "reshape" | "not_helpful";
        Dial: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            is: "dial";
            /** Format: int64 */
            value: number;
            who: components["schemas"]["Seat"];
        };
        DoAdmit: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            do: "admit";
            /**
             * Format: uuid
             * @description The client's own UUIDv7; sent again, the command takes effect once
             */
            id: string;
            who: components["schemas"]["Seat"];
        };
        DoAdvance: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            do: "advance";
            /**
             * Format: uuid
             * @description The client's own UUIDv7; sent again, the command takes effect once
             */
            id: string;
            step: string;
        };
        DoAnswerGate: {
            choice?: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            do: "answer_gate";
            /**
             * Format: uuid
             * @description The client's own UUIDv7; sent again, the command takes effect once
             */
            id: string;
            step: string;
            text?: string;
        };
        DoAsk: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            do: "ask";
            /**
             * Format: uuid
             * @description The client's own UUIDv7; sent again, the command takes effect once
             */
            id: string;
            step: string;
            text: string;
        };
        DoBack: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            do: "back";
            /**
             * Format: uuid
             * @description The client's own UUIDv7; sent again, the command takes effect once
             */
            id: string;
            step: string;
        };
        DoConfirm: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            do: "confirm";
            heard: components["schemas"]["Hearing"];
            /**
             * Format: uuid
             * @description The client's own UUIDv7; sent again, the command takes effect once
             */
            id: string;
            step: string;
        };
        DoConsent: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            do: "consent";
            /**
             * Format: uuid
             * @description The client's own UUIDv7; sent again, the command takes effect once
             */
            id: string;
            language?: string;
            /** Format: int64 */
            policy: number;
        };
        DoDial: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            do: "dial";
            /**
             * Format: uuid
             * @description The client's own UUIDv7; sent again, the command takes effect once
             */
            id: string;
            settled?: boolean;
            /** Format: int64 */
            value: number;
        };
        DoDonePrivate: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            do: "done_private";
            /**
             * Format: uuid
             * @description The client's own UUIDv7; sent again, the command takes effect once
             */
            id: string;
            step: string;
        };
        DoDraft: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            do: "draft";
            /**
             * Format: uuid
             * @description The client's own UUIDv7; sent again, the command takes effect once
             */
            id: string;
            step: string;
            text: string;
        };
        DoEdit: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            do: "edit";
            /**
             * Format: uuid
             * @description The client's own UUIDv7; sent again, the command takes effect once
             */
            id: string;
            step: string;
            wording: components["schemas"]["Wording"];
        };
        DoEnd: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            do: "end";
            /**
             * Format: uuid
             * @description The client's own UUIDv7; sent again, the command takes effect once
             */
            id: string;
        };
        DoExtend: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            do: "extend";
            /**
             * Format: uuid
             * @description The client's own UUIDv7; sent again, the command takes effect once
             */
            id: string;
            off?: boolean;
            /** Format: int64 */
            seconds?: number;
            step: string;
        };
        DoLeave: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            do: "leave";
            /**
             * Format: uuid
             * @description The client's own UUIDv7; sent again, the command takes effect once
             */
            id: string;
        };
        DoMark: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            do: "mark";
            /**
             * Format: uuid
             * @description The client's own UUIDv7; sent again, the command takes effect once
             */
            id: string;
            kind: components["schemas"]["Marker"];
            text?: string;
        };
        DoNeutral: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            do: "neutral";
            /**
             * Format: uuid
             * @description The client's own UUIDv7; sent again, the command takes effect once
             */
            id: string;
        };
        DoNotToday: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            do: "not_today";
            /**
             * Format: uuid
             * @description The client's own UUIDv7; sent again, the command takes effect once
             */
            id: string;
            step: string;
        };
        DoPassTurn: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            do: "pass_turn";
            /**
             * Format: uuid
             * @description The client's own UUIDv7; sent again, the command takes effect once
             */
            id: string;
            step: string;
        };
        DoPause: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            do: "pause";
            /**
             * Format: uuid
             * @description The client's own UUIDv7; sent again, the command takes effect once
             */
            id: string;
        };
        DoReady: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            do: "ready";
            /**
             * Format: uuid
             * @description The client's own UUIDv7; sent again, the command takes effect once
             */
            id: string;
            step: string;
        };
        DoRemove: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            do: "remove";
            /**
             * Format: uuid
             * @description The client's own UUIDv7; sent again, the command takes effect once
             */
            id: string;
            who: components["schemas"]["Seat"];
        };
        DoRepeat: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            do: "repeat";
            /**
             * Format: uuid
             * @description The client's own UUIDv7; sent again, the command takes effect once
             */
            id: string;
            step: string;
        };
        DoReply: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            do: "reply";
            how: components["schemas"]["Replying"];
            /**
             * Format: uuid
             * @description The client's own UUIDv7; sent again, the command takes effect once
             */
            id: string;
            /** Format: int64 */
            question: number;
            step: string;
            text?: string;
        };
        DoResume: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            do: "resume";
            /**
             * Format: uuid
             * @description The client's own UUIDv7; sent again, the command takes effect once
             */
            id: string;
        };
        DoReveal: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            do: "reveal";
            /**
             * Format: uuid
             * @description The client's own UUIDv7; sent again, the command takes effect once
             */
            id: string;
            step: string;
        };
        DoSetLanguage: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            do: "set_language";
            /**
             * Format: uuid
             * @description The client's own UUIDv7; sent again, the command takes effect once
             */
            id: string;
            language: string;
        };
        DoSetMirror: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            do: "set_mirror";
            /**
             * Format: uuid
             * @description The client's own UUIDv7; sent again, the command takes effect once
             */
            id: string;
            step: string;
            writing: boolean;
        };
        DoSetReturn: {
            /** Format: date-time */
            at: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            do: "set_return";
            /**
             * Format: uuid
             * @description The client's own UUIDv7; sent again, the command takes effect once
             */
            id: string;
        };
        DoSign: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            do: "sign";
            /**
             * Format: uuid
             * @description The client's own UUIDv7; sent again, the command takes effect once
             */
            id: string;
            step: string;
            /** Format: int64 */
            wording: number;
        };
        DoSkip: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            do: "skip";
            /**
             * Format: uuid
             * @description The client's own UUIDv7; sent again, the command takes effect once
             */
            id: string;
            step: string;
        };
        DoStartExercise: {
            cast: {
                a?: components["schemas"]["Seat"];
                b?: components["schemas"]["Seat"];
                hurt?: components["schemas"]["Seat"];
                responsible?: components["schemas"]["Seat"];
            };
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            do: "start_exercise";
            exercise: string;
            /**
             * Format: uuid
             * @description The client's own UUIDv7; sent again, the command takes effect once
             */
            id: string;
            sure?: boolean;
        };
        DoStepOut: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            do: "step_out";
            /**
             * Format: uuid
             * @description The client's own UUIDv7; sent again, the command takes effect once
             */
            id: string;
            who: components["schemas"]["Seat"];
        };
        DoStopExercise: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            do: "stop_exercise";
            /**
             * Format: uuid
             * @description The client's own UUIDv7; sent again, the command takes effect once
             */
            id: string;
        };
        DoSubmit: {
            choices?: string[];
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            do: "submit";
            /**
             * Format: uuid
             * @description The client's own UUIDv7; sent again, the command takes effect once
             */
            id: string;
            sorted?: {
                [key: string]: string;
            };
            step: string;
            text?: string;
            /** Format: int64 */
            value?: number;
        };
        DoSync: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            do: "sync";
            /**
             * Format: uuid
             * @description The client's own UUIDv7; sent again, the command takes effect once
             */
            id: string;
        };
        DoTakeBack: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            do: "take_back";
            /**
             * Format: uuid
             * @description The client's own UUIDv7; sent again, the command takes effect once
             */
            id: string;
            step: string;
        };
        DoTray: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            do: "tray";
            /**
             * Format: uuid
             * @description The client's own UUIDv7; sent again, the command takes effect once
             */
            id: string;
            /** Format: int64 */
            question: number;
            step: string;
            text?: string;
            to: components["schemas"]["Dealing"];
        };
        DoWhisper: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            do: "whisper";
            /**
             * Format: uuid
             * @description The client's own UUIDv7; sent again, the command takes effect once
             */
            id: string;
            text: string;
            to: components["schemas"]["Seat"];
        };
        DoWithdraw: {
            agreement: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            do: "withdraw";
            /**
             * Format: uuid
             * @description The client's own UUIDv7; sent again, the command takes effect once
             */
            id: string;
        };
        DoYield: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            do: "yield";
            /**
             * Format: uuid
             * @description The client's own UUIDv7; sent again, the command takes effect once
             */
            id: string;
            step: string;
        };
        Done: {
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            is: "done";
        };
        Draft: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            is: "draft";
            step: string;
            text: string;
        };
        FlowStep: {
            /** Format: int64 */
            index: number;
            kind: components["schemas"]["Kind"];
            /** Format: int64 */
            round: number;
            state: string;
            title?: string;
            who: components["schemas"]["Seat"][];
        };
        Guidance: {
            purpose: string;
            stop_if: string;
            watch_for: string;
        };
        /** @enum {string} */
        Hearing: "yes" | "almost" | "more";
        HereCounselor: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            is: "here";
            one: components["schemas"]["Presence"];
            two: components["schemas"]["Presence"];
        };
        HerePartner: {
            counselor: boolean;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            is: "here";
        };
        HomeworkView: {
            done: components["schemas"]["Seat"][];
            due?: string;
            for: components["schemas"]["Seat"][];
            id: string;
            shared?: components["schemas"]["RevealedPair"][];
            title: string;
        };
        /** @enum {string} */
        Intensity: "gentle" | "steady" | "deep";
        /** @enum {string} */
        Kind: "read" | "breathe" | "choose" | "scale" | "write" | "sort" | "reveal" | "speak" | "mirror" | "confirm" | "say" | "agree" | "ask" | "gate" | "prompt" | "apart" | "wait";
        MarkView: {
            /** Format: date-time */
            at: string;
            kind: components["schemas"]["Marker"];
            text?: string;
        };
        /** @enum {string} */
        Marker: "blame" | "sidestep" | "softening" | "reach" | "note";
        NextStep: {
            /** Format: int64 */
            index: number;
            kind: components["schemas"]["Kind"];
            prompts?: {
                one?: string;
                two?: string;
            };
            title?: string;
            waiting?: components["schemas"]["Seat"][];
            who: components["schemas"]["Seat"][];
        };
        Now: {
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            is: "now";
            /** Format: date-time */
            now: string;
        };
        PartnerCommand: components["schemas"]["DoConsent"] | components["schemas"]["DoSetLanguage"] | components["schemas"]["DoReady"] | components["schemas"]["DoYield"] | components["schemas"]["DoConfirm"] | components["schemas"]["DoSubmit"] | components["schemas"]["DoTakeBack"] | components["schemas"]["DoSkip"] | components["schemas"]["DoAsk"] | components["schemas"]["DoReply"] | components["schemas"]["DoEdit"] | components["schemas"]["DoSign"] | components["schemas"]["DoNotToday"] | components["schemas"]["DoWithdraw"] | components["schemas"]["DoDonePrivate"] | components["schemas"]["DoExtend"] | components["schemas"]["DoDial"] | components["schemas"]["DoPause"] | components["schemas"]["DoLeave"] | components["schemas"]["DoDraft"] | components["schemas"]["DoSync"];
        PartnerFrame: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            is: "view";
            /** Format: date-time */
            now: string;
            /** Format: int64 */
            rev: number;
            view: components["schemas"]["PartnerView"];
        };
        PartnerMessage: components["schemas"]["Welcome"] | components["schemas"]["PartnerFrame"] | components["schemas"]["Done"] | components["schemas"]["Refused"] | components["schemas"]["HerePartner"] | components["schemas"]["Draft"] | components["schemas"]["Now"];
        PartnerQuestion: {
            dealt?: components["schemas"]["Dealing"];
            how?: components["schemas"]["Replying"];
            mine: boolean;
            /** Format: int64 */
            question: number;
            reply?: string;
            reshaped?: string;
            text: string;
        };
        PartnerStep: {
            about?: string[];
            again?: components["schemas"]["Hearing"];
            /** Format: int64 */
            at_most?: number;
            audience?: components["schemas"]["Audience"];
            buckets?: components["schemas"]["Choice"][];
            cards?: components["schemas"]["Choice"][];
            concluded?: boolean;
            /** Format: date-time */
            deadline?: string;
            declined?: boolean;
            elsewise?: string;
            finished: boolean;
            floor?: components["schemas"]["Seat"];
            frame?: string;
            high?: string;
            /** Format: int64 */
            index: number;
            key: string;
            kind: components["schemas"]["Kind"];
            low?: string;
            /** Format: int64 */
            max_length?: number;
            mine?: components["schemas"]["Answer"];
            note?: string;
            /** Format: int64 */
            of: number;
            offers?: components["schemas"]["Hearing"][];
            options?: components["schemas"]["Choice"][];
            other?: boolean;
            preview?: boolean;
            prompt?: string;
            put_off?: boolean;
            questions?: components["schemas"]["PartnerQuestion"][];
            revealed?: components["schemas"]["RevealedPair"][];
            /** Format: int64 */
            round: number;
            /** Format: int64 */
            seconds?: number;
            signed?: components["schemas"]["Seat"][];
            skippable?: boolean;
            title?: string;
            warned?: boolean;
            who: components["schemas"]["Seat"][];
            wording?: components["schemas"]["Wording"];
            writing?: boolean;
        };
        PartnerView: {
            agreements?: components["schemas"]["AgreementView"][];
            /** Format: int64 */
            dial?: number;
            door: components["schemas"]["SeatState"];
            exercise?: components["schemas"]["RunningExercise"];
            homework?: components["schemas"]["HomeworkView"][];
            language?: string;
            pause?: components["schemas"]["PauseView"];
            people: components["schemas"]["People"];
            phase: components["schemas"]["Phase"];
            policy?: components["schemas"]["Policy"];
            rehearsal?: boolean;
            step?: components["schemas"]["PartnerStep"];
            whispers?: string[];
            you: components["schemas"]["Seat"];
            you_may: string[];
        };
        PauseView: {
            neutral?: boolean;
            /** Format: date-time */
            return_at?: string;
            /** Format: date-time */
            since: string;
        };
        People: {
            counselor: string;
            one: string;
            two: string;
        };
        /** @enum {string} */
        Phase: "lobby" | "open" | "exercise" | "paused" | "ended";
        Policy: {
            secrets: components["schemas"]["Secrets"];
            text?: string;
            /** Format: int64 */
            version: number;
        };
        /** @enum {string} */
        Presence: "away" | "lobby" | "here" | "writing";
        Refused: {
            code: string;
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            is: "refused";
            message: string;
        };
        /** @enum {string} */
        Replying: "now" | "by_date" | "will_not";
        RevealedPair: {
            buckets?: components["schemas"]["Choice"][];
            cards?: components["schemas"]["Choice"][];
            high?: string;
            kind: components["schemas"]["Kind"];
            low?: string;
            one?: components["schemas"]["Answer"];
            options?: components["schemas"]["Choice"][];
            prompt: string;
            prompts?: {
                one?: string;
                two?: string;
            };
            step: string;
            title?: string;
            two?: components["schemas"]["Answer"];
        };
        /** @enum {string} */
        Role: "counselor" | "one" | "two";
        RunningExercise: {
            cast: {
                a?: components["schemas"]["Seat"];
                b?: components["schemas"]["Seat"];
                hurt?: components["schemas"]["Seat"];
                responsible?: components["schemas"]["Seat"];
            };
            id: string;
            intensity: components["schemas"]["Intensity"];
            title: string;
            /** Format: int64 */
            version: number;
        };
        /** @enum {string} */
        Seat: "one" | "two";
        /** @enum {string} */
        SeatState: "invited" | "knocking" | "admitted" | "out" | "left" | "removed";
        /** @enum {string} */
        Secrets: "no_secrets" | "limited_secrets";
        TrayItem: {
            dealt?: components["schemas"]["Dealing"];
            from: components["schemas"]["Seat"];
            how?: components["schemas"]["Replying"];
            /** Format: int64 */
            question: number;
            reply?: string;
            reshaped?: string;
            text: string;
        };
        Welcome: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            is: "welcome";
            /** Format: date-time */
            now: string;
            protocol: string;
            role: components["schemas"]["Role"];
            session: string;
        };
        WhisperView: {
            text: string;
            to: components["schemas"]["Seat"];
        };
        Wording: {
            expires?: string;
            from?: string;
            review?: string;
            /** Format: int64 */
            revision: number;
            text: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type AgendaItem = components['schemas']['AgendaItem'];
export type Agreement = components['schemas']['Agreement'];
export type AgreementView = components['schemas']['AgreementView'];
export type Answer = components['schemas']['Answer'];
export type Audience = components['schemas']['Audience'];
export type Choice = components['schemas']['Choice'];
export type CounselorCommand = components['schemas']['CounselorCommand'];
export type CounselorFrame = components['schemas']['CounselorFrame'];
export type CounselorMessage = components['schemas']['CounselorMessage'];
export type CounselorPause = components['schemas']['CounselorPause'];
export type CounselorStep = components['schemas']['CounselorStep'];
export type CounselorView = components['schemas']['CounselorView'];
export type Dealing = components['schemas']['Dealing'];
export type Dial = components['schemas']['Dial'];
export type DoAdmit = components['schemas']['DoAdmit'];
export type DoAdvance = components['schemas']['DoAdvance'];
export type DoAnswerGate = components['schemas']['DoAnswerGate'];
export type DoAsk = components['schemas']['DoAsk'];
export type DoBack = components['schemas']['DoBack'];
export type DoConfirm = components['schemas']['DoConfirm'];
export type DoConsent = components['schemas']['DoConsent'];
export type DoDial = components['schemas']['DoDial'];
export type DoDonePrivate = components['schemas']['DoDonePrivate'];
export type DoDraft = components['schemas']['DoDraft'];
export type DoEdit = components['schemas']['DoEdit'];
export type DoEnd = components['schemas']['DoEnd'];
export type DoExtend = components['schemas']['DoExtend'];
export type DoLeave = components['schemas']['DoLeave'];
export type DoMark = components['schemas']['DoMark'];
export type DoNeutral = components['schemas']['DoNeutral'];
export type DoNotToday = components['schemas']['DoNotToday'];
export type DoPassTurn = components['schemas']['DoPassTurn'];
export type DoPause = components['schemas']['DoPause'];
export type DoReady = components['schemas']['DoReady'];
export type DoRemove = components['schemas']['DoRemove'];
export type DoRepeat = components['schemas']['DoRepeat'];
export type DoReply = components['schemas']['DoReply'];
export type DoResume = components['schemas']['DoResume'];
export type DoReveal = components['schemas']['DoReveal'];
export type DoSetLanguage = components['schemas']['DoSetLanguage'];
export type DoSetMirror = components['schemas']['DoSetMirror'];
export type DoSetReturn = components['schemas']['DoSetReturn'];
export type DoSign = components['schemas']['DoSign'];
export type DoSkip = components['schemas']['DoSkip'];
export type DoStartExercise = components['schemas']['DoStartExercise'];
export type DoStepOut = components['schemas']['DoStepOut'];
export type DoStopExercise = components['schemas']['DoStopExercise'];
export type DoSubmit = components['schemas']['DoSubmit'];
export type DoSync = components['schemas']['DoSync'];
export type DoTakeBack = components['schemas']['DoTakeBack'];
export type DoTray = components['schemas']['DoTray'];
export type DoWhisper = components['schemas']['DoWhisper'];
export type DoWithdraw = components['schemas']['DoWithdraw'];
export type DoYield = components['schemas']['DoYield'];
export type Done = components['schemas']['Done'];
export type Draft = components['schemas']['Draft'];
export type FlowStep = components['schemas']['FlowStep'];
export type Guidance = components['schemas']['Guidance'];
export type Hearing = components['schemas']['Hearing'];
export type HereCounselor = components['schemas']['HereCounselor'];
export type HerePartner = components['schemas']['HerePartner'];
export type HomeworkView = components['schemas']['HomeworkView'];
export type Intensity = components['schemas']['Intensity'];
export type Kind = components['schemas']['Kind'];
export type MarkView = components['schemas']['MarkView'];
export type Marker = components['schemas']['Marker'];
export type NextStep = components['schemas']['NextStep'];
export type Now = components['schemas']['Now'];
export type PartnerCommand = components['schemas']['PartnerCommand'];
export type PartnerFrame = components['schemas']['PartnerFrame'];
export type PartnerMessage = components['schemas']['PartnerMessage'];
export type PartnerQuestion = components['schemas']['PartnerQuestion'];
export type PartnerStep = components['schemas']['PartnerStep'];
export type PartnerView = components['schemas']['PartnerView'];
export type PauseView = components['schemas']['PauseView'];
export type People = components['schemas']['People'];
export type Phase = components['schemas']['Phase'];
export type Policy = components['schemas']['Policy'];
export type Presence = components['schemas']['Presence'];
export type Refused = components['schemas']['Refused'];
export type Replying = components['schemas']['Replying'];
export type RevealedPair = components['schemas']['RevealedPair'];
export type Role = components['schemas']['Role'];
export type RunningExercise = components['schemas']['RunningExercise'];
export type Seat = components['schemas']['Seat'];
export type SeatState = components['schemas']['SeatState'];
export type Secrets = components['schemas']['Secrets'];
export type TrayItem = components['schemas']['TrayItem'];
export type Welcome = components['schemas']['Welcome'];
export type WhisperView = components['schemas']['WhisperView'];
export type Wording = components['schemas']['Wording'];
export type $defs = Record<string, never>;
export type operations = Record<string, never>;

/** Why a socket was closed, and whether a client should come back. */
export const closeCodes = {
  1000: { slug: 'bye', comesBack: false },
  1001: { slug: 'going-away', comesBack: true },
  1012: { slug: 'service-restart', comesBack: true },
  4000: { slug: 'resync', comesBack: true },
  4008: { slug: 'heartbeat', comesBack: true },
  4013: { slug: 'slow-reader', comesBack: true },
  4029: { slug: 'too-fast', comesBack: true },
  4501: { slug: 'link-over', comesBack: false },
  4503: { slug: 'removed', comesBack: false },
  4504: { slug: 'not-found', comesBack: false },
  4509: { slug: 'open-elsewhere', comesBack: false },
  4510: { slug: 'ended', comesBack: false },
  4522: { slug: 'bad-message', comesBack: false },
  4526: { slug: 'wrong-protocol', comesBack: false },
} as const;

export const limits = {
  "command_burst": 40,
  "commands_per_second": 20,
  "dead_after_seconds": 45,
  "frame_bytes": 16384,
  "ping_seconds": 20,
  "sockets_each": 16,
  "subprotocol": "mend.v1",
  "text_characters": 8000
} as const;
