// Made by scripts/gen.mjs from `mend openapi`. Not to be edited.
// sha256:61b024c8608e179f07e16403ce789e18303cf00982119c8a7571c28be27f440c
export interface paths {
    "/agendas": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Agendas to start from */
        get: operations["agendas"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/couples": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The couples, newest first */
        get: operations["couples"];
        put?: never;
        /** Take on a couple */
        post: operations["create-couple"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/couples/{couple}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A couple */
        get: operations["couple"];
        put?: never;
        post?: never;
        /** Delete a couple with all that was said and written; nothing of it can be read again */
        delete: operations["delete-couple"];
        options?: never;
        head?: never;
        /** Change a couple's names */
        patch: operations["patch-couple"];
        trace?: never;
    };
    "/couples/{couple}/erasures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Erase one partner's name and private words; the other's record stays whole */
        post: operations["erase-partner"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/couples/{couple}/hold": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Put a couple's record on hold: nothing of it can be deleted */
        put: operations["put-hold"];
        post?: never;
        /** Lift the hold */
        delete: operations["lift-hold"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/couples/{couple}/keeping": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How long a couple's record is kept, and whether it is on hold */
        get: operations["keeping"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/couples/{couple}/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Plan a session */
        post: operations["create-session"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/couples/{couple}/suitability": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** State that joint work is suitable */
        post: operations["record-suitability"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/exercise-schema": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The JSON Schema of an exercise */
        get: operations["exercise-schema"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/exercises": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The library */
        get: operations["exercises"];
        put?: never;
        /** Keep an exercise of one's own */
        post: operations["create-exercise"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/exercises/lint": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What is wrong with an exercise, by line; nothing is kept */
        post: operations["lint-exercise"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/exercises/{exercise}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** An exercise to read */
        get: operations["exercise"];
        /** Change an exercise of one's own, or who may see it */
        put: operations["put-exercise"];
        post?: never;
        /** Delete an exercise of one's own; records and running sessions keep theirs */
        delete: operations["delete-exercise"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/exercises/{exercise}/favourite": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Star an exercise */
        put: operations["put-favourite"];
        post?: never;
        /** Take the star off */
        delete: operations["delete-favourite"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/exercises/{exercise}/source": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** An exercise as it was written, to copy or change; of the id new, a skeleton */
        get: operations["exercise-source"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/guide": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The pages of the guide; those for partners, to whoever is no counselor */
        get: operations["guide"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/guide/{page}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A page of the guide */
        get: operations["guide-page"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/help": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The practice's help page */
        get: operations["help"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/imports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Bring in couples and the days of past sessions, or see what would come in */
        post: operations["import"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/join": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Claim a link by its token or its spoken code */
        post: operations["join"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who is signed in */
        get: operations["me"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change the language one works in */
        patch: operations["patch-me"];
        trace?: never;
    };
    "/practice": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The practice */
        get: operations["practice"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change the practice's policy or pages */
        patch: operations["patch-practice"];
        trace?: never;
    };
    "/practice/keeping": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** For how long the practice keeps records */
        get: operations["keeping-terms"];
        /** Change for how long the practice keeps records */
        put: operations["put-keeping-terms"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rehearsals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Rehearse with two pretend partners; nothing of it is kept */
        post: operations["create-rehearsal"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rehearsals/{rehearsal}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A rehearsal */
        get: operations["rehearsal"];
        put?: never;
        post?: never;
        /** End a rehearsal and forget it */
        delete: operations["delete-rehearsal"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/retention": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What may be deleted, now or within 30 days; nothing goes by itself */
        get: operations["due"];
        put?: never;
        /** Delete what is due, by name */
        post: operations["carry-out"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/seat": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where this phone belongs */
        get: operations["seat"];
        put?: never;
        post?: never;
        /** Leave, and forget this phone */
        delete: operations["leave"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The sessions, newest first */
        get: operations["sessions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sessions/{session}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A session */
        get: operations["session"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change a session's agenda or time */
        patch: operations["patch-session"];
        trace?: never;
    };
    "/sessions/{session}/links": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make a partner's link; an earlier one is revoked */
        post: operations["create-link"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sessions/{session}/links/{link}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Revoke a link and close what came in by it */
        delete: operations["revoke-link"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sessions/{session}/note": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One of a session's two notes */
        get: operations["note"];
        /** Save a note */
        put: operations["put-note"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sessions/{session}/note/addenda": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Correct a signed note */
        post: operations["add-addendum"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sessions/{session}/note/draft": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A progress note laid out from the record */
        get: operations["draft-note"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sessions/{session}/note/sign": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign a note: it locks */
        post: operations["sign-note"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sessions/{session}/summary": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The counselor's summary */
        get: operations["summary"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/setup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Is the first account still to be made? */
        get: operations["setup-state"];
        put?: never;
        /** Make the first account and sign in */
        post: operations["set-up"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sign-in": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign in as a counselor */
        post: operations["sign-in"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sign-out": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign out */
        post: operations["sign-out"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Absence: {
            /** Format: date-time */
            from: string;
            how: components["schemas"]["SeatState"];
            /** Format: date-time */
            until?: string;
            who: components["schemas"]["Seat"];
        };
        Accepted: {
            /** Format: date-time */
            at: string;
            /** Format: int64 */
            policy: number;
        };
        Addendum: {
            /** Format: date-time */
            at: string;
            by: string;
            text: string;
        };
        Agenda: {
            exercises: string[];
            id: string;
            /**
             * Format: int64
             * @description The length of session that it is meant for
             */
            minutes: number;
            summary: string;
            title: string;
        };
        AgendaList: {
            items: components["schemas"]["Agenda"][];
        };
        Agreement: {
            id: string;
            /** Format: date-time */
            signed_at: string;
            withdrawn?: components["schemas"]["Seat"];
            wording: components["schemas"]["Wording"];
        };
        Agreements: {
            concluded: components["schemas"]["Agreement"][];
            /** Format: int64 */
            edits: number;
            /** Format: int64 */
            put_off: number;
            standing: components["schemas"]["Agreement"][];
            withdrawn: components["schemas"]["Agreement"][];
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
        Break: {
            by: components["schemas"]["Role"];
            neutral?: boolean;
            /** Format: date-time */
            resumed_at?: string;
            return: string;
            /** Format: date-time */
            return_at?: string;
            /** Format: date-time */
            since: string;
        };
        CarriedOut: {
            items: components["schemas"]["CarriedOutItem"][];
        };
        CarriedOutItem: {
            couple: string;
            /** @description The code of the refusal; absent where it was deleted */
            refused?: string;
            /** @enum {string} */
            what: "record" | "process_notes";
        };
        CarryOut: {
            items: components["schemas"]["CarryOutItem"][];
        };
        CarryOutItem: {
            couple: string;
            /** @enum {string} */
            what: "record" | "process_notes";
        };
        Choice: {
            id: string;
            text: string;
        };
        Couple: {
            /** @description In force, from earlier sessions */
            agreements: components["schemas"]["Agreement"][];
            /** Format: date-time */
            created_at: string;
            /** @description Who was erased at their request, and when; their name is empty */
            erased?: {
                /** Format: date-time */
                one?: string;
                /** Format: date-time */
                two?: string;
            };
            id: string;
            label: string;
            one: components["schemas"]["Partner"];
            sessions: components["schemas"]["SessionHead"][];
            suitability?: components["schemas"]["Suitability"];
            two: components["schemas"]["Partner"];
        };
        CoupleHead: {
            id: string;
            label: string;
            /** Format: date-time */
            last_session_at?: string;
            one: string;
            /** Format: int64 */
            sessions: number;
            two: string;
        };
        CoupleList: {
            items: components["schemas"]["CoupleHead"][];
            next_cursor?: string;
        };
        /** @enum {string} */
        Dealing: "now" | "prepare" | "reshape" | "not_helpful";
        Dialling: {
            /** Format: date-time */
            at: string;
            turn: string;
            /** Format: int64 */
            value: number;
            who: components["schemas"]["Seat"];
        };
        DraftedNote: {
            format: components["schemas"]["NoteFormat"];
            /** @description Unconfirmed lines begin with "[?] " */
            sections: {
                [key: string]: string;
            };
        };
        Due: {
            /** Format: date-time */
            at: string;
            couple: string;
            /** @enum {string} */
            what: "record" | "process_notes";
        };
        DueItem: {
            /** Format: date-time */
            at: string;
            couple: string;
            /** @description It is on hold, and stays */
            held: boolean;
            /** @description The couple's */
            label: string;
            /** Format: date-time */
            last_at: string;
            /** @description It may go today */
            now: boolean;
            /** @enum {string} */
            what: "record" | "process_notes";
        };
        DueList: {
            items: components["schemas"]["DueItem"][];
        };
        Early: {
            exercise?: string;
            /** Format: int64 */
            index: number;
            not_run: components["schemas"]["Planned"][];
            /** Format: int64 */
            of: number;
            paused?: boolean;
            stopped: components["schemas"]["Planned"][];
            unclosed?: boolean;
        };
        Exercise: {
            after?: string[];
            favourite: boolean;
            frame?: boolean;
            guidance: components["schemas"]["Guidance"];
            id: string;
            intensity: components["schemas"]["Intensity"];
            /**
             * Format: date-time
             * @description When the couple asked about last began it
             */
            last_used_at?: string;
            /** Format: int64 */
            minutes: number;
            /** @enum {unknown} */
            origin: components["schemas"]["Origin"];
            phase: components["schemas"]["ExercisePhase"];
            roles: {
                a?: string;
                b?: string;
                hurt?: string;
                responsible?: string;
            };
            sources: components["schemas"]["Source"][];
            steps: components["schemas"]["Instruction"][];
            summary: string;
            /** @description Ids of pages of the guide */
            themes: string[];
            title: string;
            /** Format: int64 */
            version: number;
        };
        ExerciseHead: {
            after?: string[];
            favourite: boolean;
            frame?: boolean;
            guidance: components["schemas"]["Guidance"];
            id: string;
            intensity: components["schemas"]["Intensity"];
            /**
             * Format: date-time
             * @description When the couple asked about last began it
             */
            last_used_at?: string;
            /** Format: int64 */
            minutes: number;
            /** @enum {unknown} */
            origin: components["schemas"]["Origin"];
            phase: components["schemas"]["ExercisePhase"];
            roles: {
                a?: string;
                b?: string;
                hurt?: string;
                responsible?: string;
            };
            summary: string;
            /** @description Ids of pages of the guide */
            themes: string[];
            title: string;
            /** Format: int64 */
            version: number;
        };
        ExerciseList: {
            items: components["schemas"]["ExerciseHead"][];
        };
        /** @enum {string} */
        ExercisePhase: "stabilise" | "understand" | "decide" | "release" | "guard" | "any";
        ExerciseProblem: {
            code: string;
            /** Format: int64 */
            line?: number;
            mend: string;
            message: string;
            path: string;
        };
        ExerciseRef: {
            id: string;
            title: string;
        };
        ExerciseSource: {
            id: string;
            origin: components["schemas"]["Origin"];
            /** @description Absent for what ships with Mend */
            scope?: components["schemas"]["Scope"];
            /** @description YAML */
            source: string;
            /** Format: int64 */
            version: number;
        };
        Gate: {
            choices?: string[];
            options?: components["schemas"]["Choice"][];
            question: string;
            sorted?: {
                [key: string]: string;
            };
            text?: string;
            /** Format: int64 */
            value?: number;
        };
        Given: {
            answer?: components["schemas"]["Answer"];
            /** Format: date-time */
            at?: string;
            held?: string;
            who: components["schemas"]["Seat"];
        };
        Guidance: {
            purpose: string;
            stop_if: string;
            watch_for: string;
        };
        GuideList: {
            items: components["schemas"]["GuidePageHead"][];
        };
        GuidePage: {
            /** @description Those that do what the page tells of; none for a partner */
            exercises: components["schemas"]["ExerciseRef"][];
            /** @description Sanitised */
            html: string;
            id: string;
            /** @description Whether partners may read it too */
            partners: boolean;
            /** @description Its place in the guide, such as S-8 */
            section: string;
            summary: string;
            title: string;
        };
        GuidePageHead: {
            id: string;
            /** @description Whether partners may read it too */
            partners: boolean;
            /** @description Its place in the guide, such as S-8 */
            section: string;
            summary: string;
            title: string;
        };
        /** @enum {string} */
        Hearing: "yes" | "almost" | "more";
        HelpPage: {
            /** @description The practice's help page as sanitised HTML */
            help: string;
            leave_to: string;
        };
        Hold: {
            /** Format: date-time */
            at: string;
            by: string;
            reason: string;
        };
        Import: {
            applied: boolean;
            /**
             * Format: int64
             * @description New ones
             */
            couples: number;
            lines: components["schemas"]["ImportLine"][];
            /** @description While there are any, nothing is brought in */
            problems: components["schemas"]["ImportProblem"][];
            /**
             * Format: int64
             * @description New ones
             */
            sessions: number;
        };
        ImportLine: {
            /**
             * Format: int64
             * @description Sessions
             */
            added: number;
            /** @enum {string} */
            fate: "new" | "known";
            label: string;
            /** Format: int64 */
            line: number;
            /**
             * Format: int64
             * @description Sessions that are here already
             */
            skipped: number;
        };
        ImportProblem: {
            code: string;
            column?: string;
            /**
             * Format: int64
             * @description 0: the file as a whole
             */
            line: number;
            mend: string;
        };
        Instruction: {
            about?: string;
            almost?: string;
            /** Format: int64 */
            almost_to?: number;
            asked?: number[];
            /** Format: int64 */
            at_most?: number;
            audience?: components["schemas"]["Audience"];
            block?: string;
            buckets?: components["schemas"]["Choice"][];
            cards?: components["schemas"]["Choice"][];
            cards_from?: string;
            counselor_note?: string;
            elsewise?: string;
            /** Format: int64 */
            expires_days?: number;
            frame?: string;
            high?: string;
            id: string;
            kind: components["schemas"]["Kind"];
            listener?: string;
            low?: string;
            /** Format: int64 */
            max_length?: number;
            measure?: string;
            more?: string;
            /** Format: int64 */
            more_to?: number;
            no_secrets?: components["schemas"]["NoSecrets"];
            note?: string;
            of?: string[];
            of_steps?: number[];
            options?: components["schemas"]["Choice"][];
            other?: boolean;
            preview?: boolean;
            prompt?: string;
            prompts?: {
                a?: string;
                b?: string;
                hurt?: string;
                responsible?: string;
            };
            retention?: components["schemas"]["Retention"];
            /** Format: int64 */
            review_days?: number;
            /** Format: int64 */
            round: number;
            /** Format: int64 */
            seconds?: number;
            skippable?: boolean;
            steps?: components["schemas"]["Step"][];
            switch?: string;
            title?: string;
            who?: string;
            words_from?: string[];
        };
        /** @enum {string} */
        Intensity: "gentle" | "steady" | "deep";
        Join: {
            code?: string;
            token?: string;
        };
        Joined: {
            role: components["schemas"]["Seat"];
            session: string;
        };
        Judgement: {
            /** Format: date-time */
            at: string;
            heard: components["schemas"]["Hearing"];
        };
        Keeping: {
            /** @description What may go, and from when on; also what is years ahead */
            due: components["schemas"]["Due"][];
            hold?: components["schemas"]["Hold"];
            /**
             * Format: date-time
             * @description Their last session, or when they were taken on
             */
            last_at: string;
            terms: components["schemas"]["KeepingTerms"];
        };
        KeepingTerms: {
            /** Format: int64 */
            process_years: number;
            /** Format: int64 */
            progress_years: number;
            /**
             * Format: date-time
             * @description When the practice last said so
             */
            since: string;
        };
        /** @enum {string} */
        Kind: "read" | "breathe" | "choose" | "scale" | "write" | "sort" | "reveal" | "speak" | "mirror" | "confirm" | "say" | "agree" | "ask" | "gate" | "prompt" | "apart" | "wait";
        Link: {
            /** Format: date-time */
            claimed_at?: string;
            /** @description Six characters to be spoken in the room; only in the answer that makes the link */
            code?: string;
            /** Format: date-time */
            expires_at: string;
            for: components["schemas"]["Seat"];
            id: string;
            /** @description The URL as an SVG document, black on white; only in the answer that makes the link */
            qr?: string;
            /** @enum {string} */
            state: "open" | "claimed" | "expired" | "revoked";
            /** @description The token stands in the fragment; only in the answer that makes the link */
            url?: string;
        };
        LintExercise: {
            /** @description YAML */
            source: string;
        };
        Linted: {
            exercise?: components["schemas"]["Exercise"];
            problems: components["schemas"]["ExerciseProblem"][];
        };
        /** @enum {string} */
        Marker: "blame" | "sidestep" | "softening" | "reach" | "note";
        Marking: {
            /** Format: date-time */
            at: string;
            kind: components["schemas"]["Marker"];
            /** Format: int64 */
            run?: number;
            step?: string;
            text?: string;
        };
        Me: {
            email: string;
            id: string;
            /**
             * @description Of the desk, of notes drafted for it, and of what all three in a session share
             * @enum {string}
             */
            language: "en" | "es";
            name: string;
            practice: components["schemas"]["Practice"];
        };
        Mirroring: {
            /** Format: date-time */
            heard_at?: string;
            /** Format: int64 */
            index: number;
            judgements: components["schemas"]["Judgement"][];
            listener: components["schemas"]["Seat"];
            /** Format: int64 */
            loops: number;
            /** Format: int64 */
            round: number;
            speaker: components["schemas"]["Seat"];
        };
        NewAddendum: {
            /** @enum {unknown} */
            kind: components["schemas"]["NoteKind"];
            text: string;
        };
        NewCouple: {
            label: string;
            one: components["schemas"]["Partner"];
            two: components["schemas"]["Partner"];
        };
        NewErasure: {
            /** @description What the couple is called from now on, without this partner's name */
            label: string;
            /** @enum {unknown} */
            seat: components["schemas"]["Seat"];
        };
        NewHold: {
            reason: string;
        };
        NewImport: {
            /** @description Without it nothing is changed: the answer says what would be */
            apply?: boolean;
            csv: string;
        };
        NewLink: {
            /** @enum {unknown} */
            for: components["schemas"]["Seat"];
        };
        NewRehearsal: {
            /** @description An earlier rehearsal, to begin anew; the earlier one is forgotten */
            again?: string;
            /** @description Exercise ids, in order; nothing is added */
            agenda?: string[];
            /** @description The two are yet to consent and to be let in; otherwise both are in the room */
            at_door?: boolean;
            /** @description An exercise in YAML, which need not be saved */
            source?: string;
        };
        NewSession: {
            /** @description Exercise ids, in order; the frames opening and closing are added where missing */
            agenda: string[];
            /**
             * Format: int64
             * @description How long it is meant to be; 50 where nothing is said
             */
            minutes?: number;
            /** Format: date-time */
            starts_at?: string;
        };
        NewSuitability: {
            /** @description Required with override */
            reason?: string;
            /** @enum {string} */
            statement: "seen_apart" | "override";
        };
        /** @enum {string} */
        NoSecrets: "warned" | "device";
        Note: {
            addenda: components["schemas"]["Addendum"][];
            format: components["schemas"]["NoteFormat"];
            /** @description SHA-256 of the signed text, hex */
            hash?: string;
            kind: components["schemas"]["NoteKind"];
            /** Format: date-time */
            saved_at?: string;
            sections: {
                [key: string]: string;
            };
            /** Format: date-time */
            signed_at?: string;
            signed_by?: string;
            /**
             * Format: int64
             * @description 0 where nothing was saved yet
             */
            version: number;
            versions: components["schemas"]["NoteVersion"][];
        };
        /** @enum {string} */
        NoteFormat: "soap" | "dap" | "birp" | "girp" | "free";
        /** @enum {string} */
        NoteKind: "progress" | "process";
        /** @enum {string} */
        NoteState: "none" | "draft" | "signed";
        NoteVersion: {
            /** Format: date-time */
            at: string;
            /** Format: int64 */
            version: number;
        };
        /** @enum {string} */
        Origin: "shipped" | "mine" | "practice";
        Outcome: {
            exercise: string;
            fate: string;
            frame?: boolean;
            /** Format: int64 */
            minutes: number;
            /** Format: int64 */
            run?: number;
            title: string;
        };
        Partner: {
            name: string;
            pronouns?: string;
        };
        Passage: {
            cast: {
                a?: components["schemas"]["Seat"];
                b?: components["schemas"]["Seat"];
                hurt?: components["schemas"]["Seat"];
                responsible?: components["schemas"]["Seat"];
            };
            /** Format: date-time */
            ended_at?: string;
            exercise: string;
            fate: string;
            floor: {
                /** Format: int64 */
                one?: number;
                /** Format: int64 */
                two?: number;
            };
            frame?: boolean;
            intensity: components["schemas"]["Intensity"];
            mirrors: components["schemas"]["Mirroring"][];
            not_reached: components["schemas"]["Unmet"][];
            phase: components["schemas"]["ExercisePhase"];
            roles: {
                a?: string;
                b?: string;
                hurt?: string;
                responsible?: string;
            };
            /** Format: int64 */
            run: number;
            shared: components["schemas"]["RevealedPair"][];
            /** Format: date-time */
            started_at: string;
            stays: components["schemas"]["Stay"][];
            title: string;
            /** Format: int64 */
            version: number;
        };
        PatchCouple: {
            label?: string;
            one?: components["schemas"]["Partner"];
            two?: components["schemas"]["Partner"];
        };
        PatchMe: {
            /** @enum {string} */
            language?: "en" | "es";
        };
        PatchPractice: {
            /** @description Markdown */
            help?: string;
            /** @description An https address without a fragment */
            leave_to?: string;
            name?: string;
            /** @description The policy in the practice's own words, Markdown */
            policy?: string;
            /** @enum {unknown} */
            secrets?: components["schemas"]["Secrets"];
        };
        PatchSession: {
            /** @description Exercise ids, in order */
            agenda?: string[];
            /** Format: int64 */
            minutes?: number;
            /**
             * Format: date-time
             * @description 0001-01-01T00:00:00Z takes the time away again
             */
            starts_at?: string;
        };
        People: {
            counselor: string;
            one: string;
            two: string;
        };
        Planned: {
            exercise: string;
            frame?: boolean;
            /** Format: int64 */
            minutes: number;
            title: string;
        };
        Policy: {
            secrets: components["schemas"]["Secrets"];
            text?: string;
            /** Format: int64 */
            version: number;
        };
        Posed: {
            audience: components["schemas"]["Audience"];
            buckets?: components["schemas"]["Choice"][];
            cards?: components["schemas"]["Choice"][];
            high?: string;
            low?: string;
            measure?: string;
            options?: components["schemas"]["Choice"][];
            prompts: {
                one?: string;
                two?: string;
            };
        };
        Practice: {
            /** @description Markdown of the help page: crisis lines, set by the practice */
            help: string;
            id: string;
            /** @description Where Leave this page leads */
            leave_to: string;
            name: string;
            policy: components["schemas"]["Policy"];
        };
        Problem: {
            /** @description Stable, for programs */
            code: string;
            /** @description One plain sentence for a person */
            detail: string;
            /** @description With code invalid: every offending input */
            errors?: components["schemas"]["ProblemField"][];
            /** @description With code stale_version: the exercise as it now stands */
            exercise?: components["schemas"]["ExerciseSource"];
            /** @description The offending input as a path, where there is one */
            field?: string;
            /** @description The request's id, as in the operator's log */
            instance?: string;
            /** @description How to put it right */
            mend?: string;
            /** @description With code stale_version: the note as it now stands */
            note?: components["schemas"]["Note"];
            /** @description With code not_an_exercise: all that is wrong with the source, by line. These name its keys and ids to its author */
            problems?: components["schemas"]["ExerciseProblem"][];
            /** Format: int64 */
            status: number;
            title: string;
        };
        ProblemField: {
            /** @description Stable, for programs */
            code: string;
            field: string;
            /** @description What the code speaks of: the most, the least, the choices */
            limit?: string;
            mend?: string;
            message: string;
        };
        PutExercise: {
            /** @enum {unknown} */
            scope: components["schemas"]["Scope"];
            /** @description YAML, to the schema of GET /exercise-schema; 256 KiB with the request around it */
            source: string;
        };
        PutKeepingTerms: {
            /**
             * Format: int64
             * @description Process notes alone; 0: until they are deleted
             */
            process_years: number;
            /**
             * Format: int64
             * @description The whole record of a couple; 0: until it is deleted
             */
            progress_years: number;
        };
        PutNote: {
            /** @enum {unknown} */
            format: components["schemas"]["NoteFormat"];
            /** @enum {unknown} */
            kind: components["schemas"]["NoteKind"];
            sections: {
                [key: string]: string;
            };
            /** Format: int64 */
            version: number;
        };
        Rating: {
            /** Format: date-time */
            at: string;
            audience: components["schemas"]["Audience"];
            exercise: string;
            high?: string;
            low?: string;
            measure: string;
            /** Format: int64 */
            run: number;
            step: string;
            title: string;
            turn: string;
            /** Format: int64 */
            value: number;
            who: components["schemas"]["Seat"];
        };
        Rehearsal: {
            agenda: components["schemas"]["Planned"][];
            /** @description That file has changed since */
            changed?: boolean;
            /** @description Those that only this rehearsal knows */
            exercises: components["schemas"]["ExerciseHead"][];
            id: string;
            /** Format: date-time */
            made_at: string;
            /** @description It was made from a file on this machine */
            preview?: boolean;
        };
        /** @enum {string} */
        Replying: "now" | "by_date" | "will_not";
        /** @enum {string} */
        Retention: "none" | "session" | "record";
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
        /** @enum {string} */
        Scope: "private" | "practice";
        /** @enum {string} */
        Seat: "one" | "two";
        /** @enum {string} */
        SeatState: "invited" | "knocking" | "admitted" | "out" | "left" | "removed";
        Seated: {
            /** @description The practice's help page as sanitised HTML */
            help: string;
            leave_to: string;
            role: components["schemas"]["Seat"];
            session: string;
        };
        /** @enum {string} */
        Secrets: "no_secrets" | "limited_secrets";
        Session: {
            agenda: components["schemas"]["Planned"][];
            couple: string;
            /** Format: date-time */
            ended_at?: string;
            id: string;
            /** @description It was held before Mend was used: the day alone was brought in */
            imported?: boolean;
            /** @description The couple's */
            label: string;
            links: components["schemas"]["Link"][];
            /**
             * Format: int64
             * @description How long it is meant to be
             */
            minutes: number;
            note: components["schemas"]["NoteState"];
            people: components["schemas"]["People"];
            /** Format: date-time */
            started_at?: string;
            /** Format: date-time */
            starts_at?: string;
            state: components["schemas"]["SessionState"];
        };
        SessionHead: {
            couple: string;
            /** Format: date-time */
            ended_at?: string;
            id: string;
            /** @description It was held before Mend was used: the day alone was brought in */
            imported?: boolean;
            /** @description The couple's */
            label: string;
            note: components["schemas"]["NoteState"];
            /** Format: date-time */
            started_at?: string;
            /** Format: date-time */
            starts_at?: string;
            state: components["schemas"]["SessionState"];
        };
        SessionList: {
            items: components["schemas"]["SessionHead"][];
            next_cursor?: string;
        };
        /** @enum {string} */
        SessionState: "planned" | "open" | "live" | "ended";
        Setup: {
            /** @description The one-time code printed at first start; needed when not on loopback */
            code?: string;
            /** Format: email */
            email: string;
            /**
             * @description Of the desk; en where left out
             * @enum {string}
             */
            language?: "en" | "es";
            name: string;
            password: string;
            practice: string;
            /** @enum {unknown} */
            secrets: components["schemas"]["Secrets"];
        };
        SetupState: {
            needed: boolean;
            needs_code: boolean;
        };
        SignIn: {
            code?: string;
            email: string;
            password: string;
        };
        SignNote: {
            /** @enum {unknown} */
            kind: components["schemas"]["NoteKind"];
            /** Format: int64 */
            version: number;
        };
        Source: {
            strength: string;
            text: string;
        };
        Stay: {
            answers?: components["schemas"]["Given"][];
            asked?: components["schemas"]["Posed"];
            by?: components["schemas"]["Role"];
            declined?: components["schemas"]["Seat"][];
            /** Format: int64 */
            edits?: number;
            /** Format: int64 */
            extends?: number;
            floor?: components["schemas"]["Seat"];
            /** Format: date-time */
            from: string;
            gate?: components["schemas"]["Gate"];
            heard?: components["schemas"]["Hearing"];
            /** Format: int64 */
            index: number;
            kind: components["schemas"]["Kind"];
            left?: string;
            put_off?: components["schemas"]["Seat"][];
            ready?: components["schemas"]["Seat"][];
            /** Format: date-time */
            revealed_at?: string;
            /** Format: int64 */
            round: number;
            /** Format: int64 */
            seconds: number;
            signed?: components["schemas"]["Seat"][];
            step: string;
            title?: string;
            tray?: components["schemas"]["TrayItem"][];
            /** Format: date-time */
            until?: string;
            untimed?: boolean;
            who: components["schemas"]["Seat"][];
            wording?: components["schemas"]["Wording"];
        };
        Step: {
            about?: string;
            almost?: string;
            /** Format: int64 */
            at_most?: number;
            audience?: components["schemas"]["Audience"];
            block?: string;
            buckets?: components["schemas"]["Choice"][];
            cards?: components["schemas"]["Choice"][];
            cards_from?: string;
            counselor_note?: string;
            elsewise?: string;
            /** Format: int64 */
            expires_days?: number;
            frame?: string;
            high?: string;
            id: string;
            kind: components["schemas"]["Kind"];
            listener?: string;
            low?: string;
            /** Format: int64 */
            max_length?: number;
            measure?: string;
            more?: string;
            no_secrets?: components["schemas"]["NoSecrets"];
            note?: string;
            of?: string[];
            options?: components["schemas"]["Choice"][];
            other?: boolean;
            preview?: boolean;
            prompt?: string;
            prompts?: {
                a?: string;
                b?: string;
                hurt?: string;
                responsible?: string;
            };
            retention?: components["schemas"]["Retention"];
            /** Format: int64 */
            review_days?: number;
            /** Format: int64 */
            seconds?: number;
            skippable?: boolean;
            steps?: components["schemas"]["Step"][];
            switch?: string;
            title?: string;
            who?: string;
            words_from?: string[];
        };
        Suitability: {
            /** Format: date-time */
            at: string;
            reason?: string;
            statement: string;
        };
        Summary: {
            absences: components["schemas"]["Absence"][];
            agenda: components["schemas"]["Outcome"][];
            agreements: components["schemas"]["Agreements"];
            consents: {
                one?: components["schemas"]["Accepted"];
                two?: components["schemas"]["Accepted"];
            };
            early?: components["schemas"]["Early"];
            /** Format: date-time */
            ended_at?: string;
            /** Format: int64 */
            erased?: number;
            exercises: components["schemas"]["Passage"][];
            imported?: boolean;
            /** Format: date-time */
            last_at?: string;
            marks: components["schemas"]["Marking"][];
            /** Format: date-time */
            opened_at?: string;
            /** Format: int64 */
            paused_seconds: number;
            pauses: components["schemas"]["Break"][];
            people: components["schemas"]["People"];
            policy: components["schemas"]["Policy"];
            ratings: components["schemas"]["Rating"][];
            /** Format: int64 */
            seconds: number;
            /** Format: date-time */
            started_at?: string;
            state: string;
            steadiness: components["schemas"]["Dialling"][];
            suitability?: components["schemas"]["Suitability"];
            whispers: components["schemas"]["Whispering"][];
        };
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
        Unmet: {
            /** Format: int64 */
            index: number;
            kind: components["schemas"]["Kind"];
            /** Format: int64 */
            round: number;
            title?: string;
        };
        Whispering: {
            /** Format: date-time */
            at: string;
            step?: string;
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
export type Absence = components['schemas']['Absence'];
export type Accepted = components['schemas']['Accepted'];
export type Addendum = components['schemas']['Addendum'];
export type Agenda = components['schemas']['Agenda'];
export type AgendaList = components['schemas']['AgendaList'];
export type Agreement = components['schemas']['Agreement'];
export type Agreements = components['schemas']['Agreements'];
export type Answer = components['schemas']['Answer'];
export type Audience = components['schemas']['Audience'];
export type Break = components['schemas']['Break'];
export type CarriedOut = components['schemas']['CarriedOut'];
export type CarriedOutItem = components['schemas']['CarriedOutItem'];
export type CarryOut = components['schemas']['CarryOut'];
export type CarryOutItem = components['schemas']['CarryOutItem'];
export type Choice = components['schemas']['Choice'];
export type Couple = components['schemas']['Couple'];
export type CoupleHead = components['schemas']['CoupleHead'];
export type CoupleList = components['schemas']['CoupleList'];
export type Dealing = components['schemas']['Dealing'];
export type Dialling = components['schemas']['Dialling'];
export type DraftedNote = components['schemas']['DraftedNote'];
export type Due = components['schemas']['Due'];
export type DueItem = components['schemas']['DueItem'];
export type DueList = components['schemas']['DueList'];
export type Early = components['schemas']['Early'];
export type Exercise = components['schemas']['Exercise'];
export type ExerciseHead = components['schemas']['ExerciseHead'];
export type ExerciseList = components['schemas']['ExerciseList'];
export type ExercisePhase = components['schemas']['ExercisePhase'];
export type ExerciseProblem = components['schemas']['ExerciseProblem'];
export type ExerciseRef = components['schemas']['ExerciseRef'];
export type ExerciseSource = components['schemas']['ExerciseSource'];
export type Gate = components['schemas']['Gate'];
export type Given = components['schemas']['Given'];
export type Guidance = components['schemas']['Guidance'];
export type GuideList = components['schemas']['GuideList'];
export type GuidePage = components['schemas']['GuidePage'];
export type GuidePageHead = components['schemas']['GuidePageHead'];
export type Hearing = components['schemas']['Hearing'];
export type HelpPage = components['schemas']['HelpPage'];
export type Hold = components['schemas']['Hold'];
export type Import = components['schemas']['Import'];
export type ImportLine = components['schemas']['ImportLine'];
export type ImportProblem = components['schemas']['ImportProblem'];
export type Instruction = components['schemas']['Instruction'];
export type Intensity = components['schemas']['Intensity'];
export type Join = components['schemas']['Join'];
export type Joined = components['schemas']['Joined'];
export type Judgement = components['schemas']['Judgement'];
export type Keeping = components['schemas']['Keeping'];
export type KeepingTerms = components['schemas']['KeepingTerms'];
export type Kind = components['schemas']['Kind'];
export type Link = components['schemas']['Link'];
export type LintExercise = components['schemas']['LintExercise'];
export type Linted = components['schemas']['Linted'];
export type Marker = components['schemas']['Marker'];
export type Marking = components['schemas']['Marking'];
export type Me = components['schemas']['Me'];
export type Mirroring = components['schemas']['Mirroring'];
export type NewAddendum = components['schemas']['NewAddendum'];
export type NewCouple = components['schemas']['NewCouple'];
export type NewErasure = components['schemas']['NewErasure'];
export type NewHold = components['schemas']['NewHold'];
export type NewImport = components['schemas']['NewImport'];
export type NewLink = components['schemas']['NewLink'];
export type NewRehearsal = components['schemas']['NewRehearsal'];
export type NewSession = components['schemas']['NewSession'];
export type NewSuitability = components['schemas']['NewSuitability'];
export type NoSecrets = components['schemas']['NoSecrets'];
export type Note = components['schemas']['Note'];
export type NoteFormat = components['schemas']['NoteFormat'];
export type NoteKind = components['schemas']['NoteKind'];
export type NoteState = components['schemas']['NoteState'];
export type NoteVersion = components['schemas']['NoteVersion'];
export type Origin = components['schemas']['Origin'];
export type Outcome = components['schemas']['Outcome'];
export type Partner = components['schemas']['Partner'];
export type Passage = components['schemas']['Passage'];
export type PatchCouple = components['schemas']['PatchCouple'];
export type PatchMe = components['schemas']['PatchMe'];
export type PatchPractice = components['schemas']['PatchPractice'];
export type PatchSession = components['schemas']['PatchSession'];
export type People = components['schemas']['People'];
export type Planned = components['schemas']['Planned'];
export type Policy = components['schemas']['Policy'];
export type Posed = components['schemas']['Posed'];
export type Practice = components['schemas']['Practice'];
export type Problem = components['schemas']['Problem'];
export type ProblemField = components['schemas']['ProblemField'];
export type PutExercise = components['schemas']['PutExercise'];
export type PutKeepingTerms = components['schemas']['PutKeepingTerms'];
export type PutNote = components['schemas']['PutNote'];
export type Rating = components['schemas']['Rating'];
export type Rehearsal = components['schemas']['Rehearsal'];
export type Replying = components['schemas']['Replying'];
export type Retention = components['schemas']['Retention'];
export type RevealedPair = components['schemas']['RevealedPair'];
export type Role = components['schemas']['Role'];
export type Scope = components['schemas']['Scope'];
export type Seat = components['schemas']['Seat'];
export type SeatState = components['schemas']['SeatState'];
export type Seated = components['schemas']['Seated'];
export type Secrets = components['schemas']['Secrets'];
export type Session = components['schemas']['Session'];
export type SessionHead = components['schemas']['SessionHead'];
export type SessionList = components['schemas']['SessionList'];
export type SessionState = components['schemas']['SessionState'];
export type Setup = components['schemas']['Setup'];
export type SetupState = components['schemas']['SetupState'];
export type SignIn = components['schemas']['SignIn'];
export type SignNote = components['schemas']['SignNote'];
export type Source = components['schemas']['Source'];
export type Stay = components['schemas']['Stay'];
export type Step = components['schemas']['Step'];
export type Suitability = components['schemas']['Suitability'];
export type Summary = components['schemas']['Summary'];
export type TrayItem = components['schemas']['TrayItem'];
export type Unmet = components['schemas']['Unmet'];
export type Whispering = components['schemas']['Whispering'];
export type Wording = components['schemas']['Wording'];
export type $defs = Record<string, never>;
export interface operations {
    agendas: {
        parameters: {
            query?: {
                language?: "en" | "es";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AgendaList"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    couples: {
        parameters: {
            query?: {
                /** @description next_cursor of the page before */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CoupleList"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "create-couple": {
        parameters: {
            query?: never;
            header?: {
                /** @description Sent again with the same key within a day, the call answers as it did the first time */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewCouple"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Couple"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    couple: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                couple: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Couple"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "delete-couple": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                couple: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "patch-couple": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                couple: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PatchCouple"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Couple"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "erase-partner": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                couple: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewErasure"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Couple"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "put-hold": {
        parameters: {
            query?: never;
            header?: {
                /** @description Sent again with the same key within a day, the call answers as it did the first time */
                "Idempotency-Key"?: string;
            };
            path: {
                couple: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewHold"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Keeping"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "lift-hold": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                couple: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    keeping: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                couple: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Keeping"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "create-session": {
        parameters: {
            query?: never;
            header?: {
                /** @description Sent again with the same key within a day, the call answers as it did the first time */
                "Idempotency-Key"?: string;
            };
            path: {
                couple: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewSession"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "record-suitability": {
        parameters: {
            query?: never;
            header?: {
                /** @description Sent again with the same key within a day, the call answers as it did the first time */
                "Idempotency-Key"?: string;
            };
            path: {
                couple: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewSuitability"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Couple"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "exercise-schema": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    exercises: {
        parameters: {
            query?: {
                language?: "en" | "es";
                /** @description Tells of each when this couple last began it */
                couple?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExerciseList"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "create-exercise": {
        parameters: {
            query?: never;
            header?: {
                /** @description Sent again with the same key within a day, the call answers as it did the first time */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PutExercise"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExerciseSource"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "lint-exercise": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LintExercise"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Linted"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    exercise: {
        parameters: {
            query?: {
                language?: "en" | "es";
                /** @description Tells of each when this couple last began it */
                couple?: string;
            };
            header?: never;
            path: {
                exercise: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Exercise"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "put-exercise": {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag that came with the source it was made from */
                "If-Match": string;
            };
            path: {
                exercise: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PutExercise"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExerciseSource"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "delete-exercise": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                exercise: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "put-favourite": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                exercise: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "delete-favourite": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                exercise: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "exercise-source": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                exercise: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExerciseSource"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    guide: {
        parameters: {
            query?: {
                language?: "en" | "es";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GuideList"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "guide-page": {
        parameters: {
            query?: {
                language?: "en" | "es";
            };
            header?: never;
            path: {
                page: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GuidePage"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    help: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HelpPage"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    import: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewImport"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Import"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    join: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Join"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "Set-Cookie"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Joined"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    me: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "patch-me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PatchMe"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    practice: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Practice"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "patch-practice": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PatchPractice"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Practice"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "keeping-terms": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeepingTerms"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "put-keeping-terms": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PutKeepingTerms"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeepingTerms"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "create-rehearsal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewRehearsal"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Rehearsal"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rehearsal: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                rehearsal: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Rehearsal"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "delete-rehearsal": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                rehearsal: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    due: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DueList"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "carry-out": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CarryOut"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CarriedOut"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    seat: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Seated"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    leave: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    "Clear-Site-Data"?: string;
                    "Set-Cookie"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    sessions: {
        parameters: {
            query?: {
                /** @description next_cursor of the page before */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionList"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    session: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                session: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "patch-session": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                session: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PatchSession"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "create-link": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                session: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewLink"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Link"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "revoke-link": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                session: string;
                link: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    note: {
        parameters: {
            query: {
                kind: components["schemas"]["NoteKind"];
            };
            header?: never;
            path: {
                session: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Note"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "put-note": {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag of the version it was made from; may stand in for version */
                "If-Match"?: string;
            };
            path: {
                session: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PutNote"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Note"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "add-addendum": {
        parameters: {
            query?: never;
            header?: {
                /** @description Sent again with the same key within a day, the call answers as it did the first time */
                "Idempotency-Key"?: string;
            };
            path: {
                session: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewAddendum"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Note"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "draft-note": {
        parameters: {
            query: {
                format: components["schemas"]["NoteFormat"];
            };
            header?: never;
            path: {
                session: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DraftedNote"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "sign-note": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                session: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SignNote"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Note"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    summary: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                session: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Summary"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "setup-state": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SetupState"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "set-up": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Setup"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "Set-Cookie"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "sign-in": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SignIn"];
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    "Set-Cookie"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "sign-out": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    "Clear-Site-Data"?: string;
                    "Set-Cookie"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
