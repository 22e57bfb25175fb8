// Made by scripts/gen.mjs from `mend openapi`. Not to be edited.
// sha256:d6c3a3e1f6c444acf113a84a352be14458caaf98a4c645e4bce0e9ccad7893d1
export interface paths {
    "/account": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How one can sign in, and where one is signed in */
        get: operations["account"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/account/codes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Begin with one-time codes: a secret for an app */
        post: operations["begin-codes"];
        /** Turn one-time codes off */
        delete: operations["end-codes"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/account/codes/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Turn one-time codes on with a first one; answers with recovery codes, once */
        post: operations["confirm-codes"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/account/passkeys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Keep a passkey that was just made */
        post: operations["add-passkey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/account/passkeys/challenge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A challenge for a passkey that is to be made */
        post: operations["ask-new-passkey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/account/passkeys/{passkey}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Remove a passkey, unless it is the last way in */
        delete: operations["delete-passkey"];
        options?: never;
        head?: never;
        /** Change what a passkey is called */
        patch: operations["patch-passkey"];
        trace?: never;
    };
    "/account/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Change the password; every other sign-in ends */
        put: operations["put-password"];
        post?: never;
        /** Sign in by passkeys alone; every other sign-in ends */
        delete: operations["delete-password"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/account/proof": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Show once more who one is: for five minutes, what answers step_up_needed is open */
        post: operations["prove"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/account/proof/challenge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A challenge for one of the account's passkeys */
        post: operations["ask-proof"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/account/recovery-codes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** New recovery codes in place of the old, told once */
        post: operations["renew-recovery"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/account/sign-ins": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** End every sign-in but this one */
        delete: operations["end-sign-ins"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/account/sign-ins/{sign_in}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** End one of one's sign-ins */
        delete: operations["end-sign-in"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
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
    "/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who did what, when, newest first, for the practice's owner */
        get: operations["audit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/between": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was set for whoever this phone's visit is */
        get: operations["between"];
        put?: never;
        /** Accept the first pages, give an answer, or take one back */
        post: operations["do-between"];
        /** Leave, and forget this phone */
        delete: operations["leave-between"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/between/draft": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Keep what is being typed */
        put: operations["draft-between"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/between/visit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Begin a visit by a link's token; the visit before it ends */
        post: operations["begin-visit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/calendar": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All planned sessions for a calendar */
        get: operations["calendar"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/colleagues": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The other counselors of the practice */
        get: operations["colleagues"];
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
    "/couples/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Couples by the words in their label and names, newest first */
        post: operations["search-couples"];
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
    "/couples/{couple}/agreements": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All that a couple ever agreed on, newest first, with what came of it */
        get: operations["agreements"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/couples/{couple}/agreements/{agreement}/reviews": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Write down how an agreement went */
        post: operations["review-agreement"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/couples/{couple}/calendar": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A couple's planned sessions for a calendar */
        get: operations["couple-calendar"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/couples/{couple}/consents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The policy each session stood under and who accepted it, newest first */
        get: operations["consents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
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
    "/couples/{couple}/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A couple's record to take along: for one partner, for both, or for the practice */
        get: operations["export-couple"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/couples/{couple}/hand-over": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give a couple to a colleague */
        post: operations["hand-over"];
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
    "/couples/{couple}/homework": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was set between sessions, newest first */
        get: operations["homework-of-couple"];
        put?: never;
        /** Set an exercise for the time until the next session */
        post: operations["set-homework"];
        delete?: never;
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
    "/couples/{couple}/releases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was asked for, and what came of it */
        get: operations["releases"];
        put?: never;
        /** Ask both partners whether something of their record may go to somebody */
        post: operations["ask-release"];
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
        /** The statements about joint work, newest first */
        get: operations["suitability"];
        put?: never;
        /** State that joint work is suitable */
        post: operations["record-suitability"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/couples/{couple}/trends": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Each partner's own ratings over the sessions, and how agreements went */
        get: operations["trends"];
        put?: never;
        post?: never;
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
    "/handed-over": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The couples one handed over, with one's own process notes */
        get: operations["handed-over"];
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
    "/homework/{homework}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was set, and how far each is */
        get: operations["homework"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/homework/{homework}/close": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take it back: nothing of it is read back */
        post: operations["close-homework"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/homework/{homework}/links": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make a partner's link to it; an earlier one is revoked */
        post: operations["create-homework-link"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/homework/{homework}/links/{link}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Revoke a link and close the visit by it */
        delete: operations["revoke-homework-link"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/homework/{homework}/reveal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Open sealed answers to both at once */
        post: operations["reveal-homework"];
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
    "/invitations/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Join a practice by an invitation, and sign in */
        post: operations["accept-invitation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/invitations/open": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What an invitation says; nothing is used up */
        post: operations["open-invitation"];
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
        /** Change one's name, one's email or the language one works in */
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
    "/practice/counselors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who belongs to the practice, for its owner: that they have couples, and nothing of them */
        get: operations["counselors"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/practice/counselors/{counselor}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Make an owner of a counselor, or deactivate one who left */
        patch: operations["patch-counselor"];
        trace?: never;
    };
    "/practice/counselors/{counselor}/couples": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A counselor's couples, by number and date alone, for hand-over */
        get: operations["couples-of"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/practice/invitations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The invitations, newest first */
        get: operations["invitations"];
        put?: never;
        /** Invite a colleague into the practice */
        post: operations["create-invitation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/practice/invitations/{invitation}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Revoke an invitation */
        delete: operations["revoke-invitation"];
        options?: never;
        head?: never;
        patch?: never;
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
    "/releases/answer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Agree, or decline, or take an earlier word back */
        post: operations["answer-release"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/releases/open": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What a partner is asked, by their link's token */
        post: operations["open-release"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/releases/{release}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A release, with each partner's word */
        get: operations["release"];
        put?: never;
        post?: never;
        /** Withdraw it: nothing goes any more */
        delete: operations["withdraw-release"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/releases/{release}/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was released, to hand on; written down each time */
        get: operations["export-release"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/releases/{release}/links": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make a partner's link to it; an earlier one is revoked */
        post: operations["create-release-link"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/releases/{release}/override": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let it go without both partners' word, for a reason in law; asks for a fresh proof of who is there */
        post: operations["override-release"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reset": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Set a new password by a code made on the machine, and sign in */
        post: operations["reset"];
        delete?: never;
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
    "/sessions/{session}/calendar": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A planned session for a calendar, without a word about whom it is with */
        get: operations["session-calendar"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sessions/{session}/colleagues/{counselor}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Share a session with a colleague, until somebody was let in */
        put: operations["add-colleague"];
        post?: never;
        /** Take a colleague off a session */
        delete: operations["remove-colleague"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sessions/{session}/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A session's record to take along */
        get: operations["export-session"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
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
    "/sessions/{session}/note/versions/{version}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A note as it once stood */
        get: operations["note-version"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sessions/{session}/shares": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The pages that were shared of a session */
        get: operations["shares"];
        put?: never;
        /** Share a page behind a link of its own */
        post: operations["create-share"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sessions/{session}/shares/offer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What may be shared of a session that is over, with one partner or with both */
        get: operations["share-offer"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sessions/{session}/shares/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A page exactly as its reader would see it; nothing is kept */
        post: operations["preview-share"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sessions/{session}/shares/{share}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A page that was shared, as its reader sees it */
        get: operations["share"];
        put?: never;
        post?: never;
        /** End a page: its link leads nowhere any more */
        delete: operations["revoke-share"];
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
    "/shares/open": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Open a page by its link's token; nobody is told that it was opened */
        post: operations["open-share"];
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
        /** Is this browser still signed in? Asking is no activity */
        get: operations["signed-in"];
        put?: never;
        /** Sign in as a counselor */
        post: operations["sign-in"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sign-in/challenge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A challenge for a passkey to sign in with */
        post: operations["ask-passkey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sign-in/passkey": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign in with a passkey */
        post: operations["sign-in-by-passkey"];
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
        AcceptInvitation: {
            /** Format: email */
            email: string;
            /**
             * @description Of the desk; en where left out
             * @enum {string}
             */
            language?: "en" | "es";
            name: string;
            password: string;
            token: string;
        };
        Accepted: {
            /** Format: date-time */
            at: string;
            /** Format: int64 */
            policy: number;
        };
        Account: {
            /** @description Whether a one-time code is asked for after the password */
            one_time_codes: boolean;
            /** @description Oldest first */
            passkeys: components["schemas"]["Passkey"][];
            /** @description Whether there is one */
            password: boolean;
            /**
             * Format: int64
             * @description How many are not used yet
             */
            recovery_codes: number;
            /** @description Those that are not over, newest first */
            sign_ins: components["schemas"]["Signed"][];
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
        AgreementList: {
            items: components["schemas"]["CoupleAgreement"][];
            next_cursor?: string;
        };
        AgreementView: {
            id: string;
            today?: boolean;
            withdrawn?: boolean;
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
        AnswerRelease: {
            answer: components["schemas"]["ReleaseAnswers"];
            token: string;
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
        /** @enum {string} */
        Caution: "counselor_only" | "never_revealed" | "other_words" | "number" | "deep" | "taken_back";
        Choice: {
            id: string;
            text: string;
        };
        Colleague: {
            id: string;
            name: string;
        };
        ColleagueList: {
            items: components["schemas"]["Colleague"][];
        };
        Consent: {
            /** Format: date-time */
            at: string;
            /** @description It was read in; absent where the phone did not say */
            language?: string;
            /**
             * Format: int64
             * @description The version accepted
             */
            policy: number;
            who: components["schemas"]["Seat"];
        };
        CopiedQuestion: {
            from: components["schemas"]["Seat"];
            how?: components["schemas"]["Replying"];
            reply?: string;
            reshaped?: string;
            step: string;
            text: string;
        };
        CopiedRun: {
            exercise: string;
            intensity: components["schemas"]["Intensity"];
            own: components["schemas"]["OwnAnswer"][];
            questions: components["schemas"]["CopiedQuestion"][];
            /** Format: int64 */
            run: number;
            shared: components["schemas"]["RevealedPair"][];
            /** Format: date-time */
            started_at: string;
            title: string;
            /** Format: int64 */
            version: number;
        };
        CopiedSession: {
            agreements: components["schemas"]["AgreementView"][];
            consent?: components["schemas"]["Accepted"];
            /** Format: date-time */
            ended_at?: string;
            exercises: components["schemas"]["CopiedRun"][];
            language?: string;
            people: components["schemas"]["People"];
            policy?: components["schemas"]["Policy"];
            session: string;
            /** Format: date-time */
            started_at?: string;
        };
        Counselor: {
            /** Format: int64 */
            couples: number;
            /**
             * Format: date-time
             * @description Since then they cannot sign in
             */
            deactivated_at?: string;
            email: string;
            id: string;
            /** Format: date-time */
            joined_at: string;
            name: string;
            /** @enum {string} */
            role: "owner" | "counselor";
            /**
             * Format: int64
             * @description Of those couples
             */
            sessions: number;
        };
        CounselorList: {
            items: components["schemas"]["Counselor"][];
            next_cursor?: string;
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
            /** @description From whom it came, where another counselor had it before */
            taken_over?: components["schemas"]["TakenOver"];
            two: components["schemas"]["Partner"];
        };
        CoupleAgreement: {
            id: string;
            /** @description The exercise it was made in */
            made?: components["schemas"]["Making"];
            /** @description The sessions whose opening read it back, oldest first */
            read_back: components["schemas"]["Sitting"][];
            /** @description How it went, the latest day first */
            reviews: components["schemas"]["Review"][];
            /** @description Where it was made */
            session: string;
            /** Format: date-time */
            signed_at: string;
            standing: components["schemas"]["Standing"];
            withdrawn?: components["schemas"]["Seat"];
            /** Format: date-time */
            withdrawn_at?: string;
            wording: components["schemas"]["Wording"];
        };
        CoupleCopy: {
            for: components["schemas"]["Reader"];
            /** @description What was set between sessions; started_at is when */
            homework: components["schemas"]["CopiedRun"][];
            language: string;
            /** Format: date-time */
            made_at: string;
            /** @description The reader's own */
            pronouns?: string;
            sessions: components["schemas"]["CopiedSession"][];
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
        CoupleRecord: {
            /** @description Every one there was, newest first */
            agreements: components["schemas"]["Agreement"][];
            couple: string;
            /** @description What was set between sessions, oldest first */
            homework: components["schemas"]["HomeworkRecord"][];
            label: string;
            language: string;
            /** Format: date-time */
            made_at: string;
            one: components["schemas"]["ExportedPartner"];
            /** @description Oldest first */
            sessions: components["schemas"]["SessionExport"][];
            suitability: components["schemas"]["Suitability"][];
            two: components["schemas"]["ExportedPartner"];
        };
        /** @enum {string} */
        Dealing: "now" | "prepare" | "reshape" | "not_helpful";
        Deed: {
            /** @description Of a closed list, such as signed_in or couple_handed_over */
            action: string;
            /** @description A counselor's id, or operator */
            actor: string;
            /** Format: date-time */
            at: string;
            id: string;
            /** @description The counselor's */
            name?: string;
            /** @description A kind and an id, such as couple/0198… */
            object: string;
        };
        DeedList: {
            items: components["schemas"]["Deed"][];
            next_cursor?: string;
        };
        DeskStep: {
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
            /** @description A note to the counselor alone, as Markdown */
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
            frame?: string;
            high?: string;
            /** Format: int64 */
            index: number;
            is_revealed?: boolean;
            key: string;
            kind: components["schemas"]["Kind"];
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
            prompts?: {
                one?: string;
                two?: string;
            };
            revealable?: boolean;
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
        Dialling: {
            /** Format: date-time */
            at: string;
            turn: string;
            /** Format: int64 */
            value: number;
            who: components["schemas"]["Seat"];
        };
        DoHomework: {
            /** @description submit */
            answer?: components["schemas"]["Answer"];
            /** @enum {string} */
            do: "consent" | "set_language" | "submit" | "done_private" | "ready" | "skip" | "take_back";
            /** Format: uuid */
            id: string;
            /**
             * @description consent, set_language
             * @enum {string}
             */
            language?: "en" | "es";
            /**
             * Format: int64
             * @description consent: the version that was on the screen
             */
            policy?: number;
            /**
             * Format: int64
             * @description The revision of one's own part that was on the screen; an older one is refused answer_changed
             */
            rev?: number;
            /**
             * Format: int64
             * @description The step's key
             */
            step?: number;
        };
        DraftShare: {
            /** @description The last day it can be read, like 2026-12-10: today at the earliest, in 90 days at the latest; in 14 days where left out */
            expires_on?: string;
            /** @enum {unknown} */
            for: components["schemas"]["Reader"];
            /** @description Ids of the offer's items */
            include: string[];
            /** @description A line from the counselor above the rest */
            message?: string;
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
        Enrolment: {
            /** @description The same as an SVG document, black on white, to be scanned */
            qr: string;
            /** @description Base32, to be typed into an app */
            secret: string;
        };
        Exercise: {
            after?: string[];
            /** @description It can be set for the time between two sessions */
            alone?: boolean;
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
            /** @description It can be set for the time between two sessions */
            alone?: boolean;
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
        ExportedAddendum: {
            /** Format: date-time */
            at: string;
            by: string;
            text: string;
        };
        ExportedNote: {
            addenda?: components["schemas"]["ExportedAddendum"][];
            format: components["schemas"]["NoteFormat"];
            /** @description SHA-256 of the signed text, hex */
            hash?: string;
            /** Format: date-time */
            saved_at?: string;
            /** @description By the names of its format; unconfirmed lines begin with "[?] " */
            sections?: {
                [key: string]: string;
            };
            /** Format: date-time */
            signed_at?: string;
            signed_by?: string;
            /** Format: int64 */
            version: number;
        };
        ExportedPartner: {
            name: string;
            pronouns?: string;
        };
        FirstCode: {
            code: string;
        };
        FormerCouple: {
            /** Format: date-time */
            at: string;
            couple: string;
            notes: components["schemas"]["OwnNote"][];
            to: string;
        };
        FormerCoupleList: {
            items: components["schemas"]["FormerCouple"][];
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
        HandOver: {
            /** @description Required of an owner, where the couple's counselor is active */
            reason?: string;
            /** @description An active counselor of the same practice */
            to: string;
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
        Homework: {
            /**
             * Format: date-time
             * @description Taken back by the counselor
             */
            closed_at?: string;
            couple: string;
            due?: string;
            exercise: string;
            for: components["schemas"]["Seat"][];
            id: string;
            line?: string;
            /** @description The newest of each partner for whom it is */
            links: components["schemas"]["Link"][];
            people: components["schemas"]["People"];
            phase: components["schemas"]["Phase"];
            /** @description Of those for whom it is */
            progress: {
                one?: components["schemas"]["Progress"];
                two?: components["schemas"]["Progress"];
            };
            /**
             * Format: date-time
             * @description Read back in a session
             */
            read_at?: string;
            /** Format: date-time */
            set_at: string;
            steps: components["schemas"]["DeskStep"][];
            title: string;
            /** Format: int64 */
            version: number;
        };
        HomeworkAnswer: {
            answer: string;
            asked: string;
            audience: components["schemas"]["Audience"];
            who: components["schemas"]["Seat"];
        };
        HomeworkDraft: {
            /** Format: int64 */
            step: number;
            text: string;
        };
        HomeworkList: {
            items: components["schemas"]["Homework"][];
            next_cursor?: string;
        };
        HomeworkPage: {
            both?: boolean;
            /** @description What was typed and not given yet, by the step's key */
            drafts: {
                [key: string]: string;
            };
            due?: string;
            /** @description The practice's help page as sanitised HTML */
            help: string;
            language?: string;
            leave_to: string;
            line?: string;
            /** Format: int64 */
            minutes?: number;
            people?: components["schemas"]["People"];
            phase: components["schemas"]["Phase"];
            policy?: components["schemas"]["Policy"];
            steps: components["schemas"]["PageStep"][];
            title?: string;
            you: components["schemas"]["Seat"];
        };
        HomeworkRecord: {
            /** @description Those that the counselor may read */
            answers: components["schemas"]["HomeworkAnswer"][];
            /** Format: date-time */
            closed_at?: string;
            due?: string;
            exercise: string;
            for: components["schemas"]["Seat"][];
            homework: string;
            /** @description From the counselor, to whoever it is for */
            line?: string;
            /** Format: date-time */
            read_at?: string;
            /** Format: date-time */
            set_at: string;
            title: string;
            /** Format: int64 */
            version: number;
        };
        HomeworkView: {
            done: components["schemas"]["Seat"][];
            due?: string;
            for: components["schemas"]["Seat"][];
            id: string;
            shared?: components["schemas"]["RevealedPair"][];
            title: string;
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
        InvitationList: {
            items: components["schemas"]["PracticeInvitation"][];
            next_cursor?: string;
        };
        InvitationToken: {
            token: string;
        };
        Invited: {
            by: string;
            email?: string;
            /** Format: date-time */
            expires_at: string;
            practice: string;
        };
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
        Kept: {
            /** @enum {string} */
            audience: "counselor" | "owner" | "partner" | "both" | "own" | "nobody";
            /** @enum {string} */
            author: "counselor" | "partner" | "owner" | "operator" | "house" | "own";
            item: string;
            /** @enum {string} */
            retention: "record" | "person" | "process_notes" | "account" | "practice" | "audit" | "passing" | "house";
            /** @enum {string} */
            subjects: "both" | "partner" | "counselor" | "practice" | "nobody";
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
        MadePasskey: {
            attestation: string;
            client_data: string;
            id: string;
        };
        Making: {
            exercise: string;
            homework?: boolean;
            title: string;
        };
        Manifest: {
            absent: string[];
            couple: string;
            files: components["schemas"]["ManifestFile"][];
            for: components["schemas"]["Reader"];
            holds: string[];
            /** @description Of each kind of item in it: who wrote it, about whom, who may read it, how long it stays */
            kept: components["schemas"]["Kept"][];
            language: string;
            /** Format: date-time */
            made_at: string;
            /** Format: int64 */
            sessions: number;
        };
        ManifestFile: {
            name: string;
            /** @description Of the file, hex */
            sha256: string;
            what: string;
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
            /** @enum {string} */
            role: "owner" | "counselor";
            /** @description 32 bytes: seals words that wait on the counselor's computer for the network; never to be kept there itself */
            shelf_key: string;
        };
        Measure: {
            high?: string;
            low?: string;
            name: string;
            points: components["schemas"]["Point"][];
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
        NewHomework: {
            /** @description Who has which role; the first role is partner one's where left out */
            cast?: {
                a?: components["schemas"]["Seat"];
                b?: components["schemas"]["Seat"];
                hurt?: components["schemas"]["Seat"];
                responsible?: components["schemas"]["Seat"];
            };
            /** @description A day like 2026-11-30; it reminds, and ends nothing */
            due?: string;
            /** @description One that can be done alone; the library marks them */
            exercise: string;
            /** @description Both where it opens answers side by side */
            for: components["schemas"]["Seat"][];
            /** @description A line from the counselor, to whoever it is for */
            line?: string;
        };
        NewImport: {
            /** @description Without it nothing is changed: the answer says what would be */
            apply?: boolean;
            csv: string;
        };
        NewInvitation: {
            /**
             * Format: email
             * @description Written into the form for them; they may change it
             */
            email?: string;
            /** @description Whom it is for, as the owner calls them */
            label: string;
        };
        NewLink: {
            /** @enum {unknown} */
            for: components["schemas"]["Seat"];
        };
        NewPasskey: {
            name: string;
            passkey: components["schemas"]["MadePasskey"];
        };
        NewPassword: {
            password: string;
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
        NewRelease: {
            /** @description The last day on which it may go, like 2026-12-24: today at the earliest, in a year at the latest */
            expires_on: string;
            parts: components["schemas"]["ReleasePart"][];
            /** @description What for */
            purpose?: string;
            /** @description Who would get it */
            recipient: string;
            /** @description Sessions of the couple that are over */
            sessions: string[];
        };
        NewReview: {
            /** @enum {unknown} */
            how: components["schemas"]["Went"];
            /**
             * Format: date
             * @description The day it was looked at
             */
            on: string;
            remark?: string;
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
        NewShare: {
            /** @description Ids of the items with cautions that were looked at again; and "message" where there is one */
            checked: string[];
            /** @description The last day it can be read, like 2026-12-10: today at the earliest, in 90 days at the latest; in 14 days where left out */
            expires_on?: string;
            /** @enum {unknown} */
            for: components["schemas"]["Reader"];
            /** @description Ids of the offer's items */
            include: string[];
            /** @description A line from the counselor above the rest */
            message?: string;
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
        OpaqueCouple: {
            id: string;
            /** Format: date-time */
            last_session_at?: string;
            /** Format: int64 */
            sessions: number;
            /**
             * Format: date-time
             * @description When its counselor took it on, or over
             */
            since: string;
        };
        OpaqueCoupleList: {
            items: components["schemas"]["OpaqueCouple"][];
            next_cursor?: string;
        };
        OpenPage: {
            token: string;
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
        /** @enum {string} */
        OverrideReason: "court_order" | "law" | "danger" | "cannot";
        OverrideRelease: {
            reason: components["schemas"]["OverrideReason"];
            /** @description What the law asks, and how one knows */
            text: string;
        };
        OwnAnswer: {
            answer: components["schemas"]["Answer"];
            audience: components["schemas"]["Audience"];
            buckets?: components["schemas"]["Choice"][];
            cards?: components["schemas"]["Choice"][];
            high?: string;
            kind: components["schemas"]["Kind"];
            low?: string;
            options?: components["schemas"]["Choice"][];
            prompt: string;
            step: string;
            title?: string;
        };
        OwnNote: {
            /** Format: date-time */
            held_at?: string;
            session: string;
        };
        PageStep: {
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
            /**
             * Format: int64
             * @description Of your own part in it; it is sent back with a change
             */
            rev: number;
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
            you_may: string[];
        };
        /** @enum {string} */
        Part: "summary" | "progress" | "addenda" | "process";
        Partner: {
            name: string;
            pronouns?: string;
        };
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
        Passkey: {
            /** Format: date-time */
            created_at: string;
            id: string;
            name: string;
            /** Format: date-time */
            used_at?: string;
        };
        PasskeyChallenge: {
            /** @description COSE, the preferred first */
            algorithms?: number[];
            challenge: string;
            /** @description Of the account: those that may answer, or that are not to be made again */
            credentials: string[];
            /** @description The name that passkeys of this house are bound to */
            rp_id: string;
            /**
             * Format: int64
             * @description How long it can be answered
             */
            seconds: number;
            user?: components["schemas"]["PasskeyUser"];
        };
        PasskeyUser: {
            email: string;
            id: string;
            name: string;
        };
        PatchCounselor: {
            active?: boolean;
            /** @enum {string} */
            role?: "owner" | "counselor";
        };
        PatchCouple: {
            label?: string;
            one?: components["schemas"]["Partner"];
            two?: components["schemas"]["Partner"];
        };
        PatchMe: {
            /**
             * Format: email
             * @description Needs a fresh proof of who one is
             */
            email?: string;
            /** @enum {string} */
            language?: "en" | "es";
            name?: string;
        };
        PatchPasskey: {
            name: string;
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
        /** @enum {string} */
        Phase: "arriving" | "going" | "finished" | "over";
        Planned: {
            exercise: string;
            frame?: boolean;
            /** Format: int64 */
            minutes: number;
            title: string;
        };
        Point: {
            /** Format: date-time */
            at: string;
            session: string;
            /** Format: int64 */
            value: number;
            who: components["schemas"]["Seat"];
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
        PracticeInvitation: {
            /** Format: date-time */
            created_at: string;
            email?: string;
            /** Format: date-time */
            expires_at: string;
            id: string;
            label: string;
            /** @enum {string} */
            state: "open" | "used" | "expired" | "revoked";
            /** @description The token stands in the fragment; only in the answer that makes the invitation */
            url?: string;
            /** Format: date-time */
            used_at?: string;
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
        Progress: {
            begun: boolean;
            /** Format: int64 */
            done: number;
            /** Format: int64 */
            of: number;
        };
        Proof: {
            passkey?: components["schemas"]["ShownPasskey"];
            password?: string;
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
            /** @description Names the window it is typed in: its saves that follow each other closely are kept as one version. Left out, each save is one */
            window?: string;
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
        /** @enum {string} */
        Reader: "one" | "two" | "both" | "practice";
        RecoveryCodes: {
            codes: string[];
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
        Release: {
            /** @description Each partner's latest */
            answers: {
                one?: components["schemas"]["ReleaseAnswer"];
                two?: components["schemas"]["ReleaseAnswer"];
            };
            couple: string;
            /** Format: date-time */
            expires_at: string;
            /** @description When it went out, oldest first */
            exports: components["schemas"]["ReleaseExport"][];
            id: string;
            /** @description Like 2026-12-24 */
            last_day: string;
            /** @description The newest of each partner */
            links: components["schemas"]["Link"][];
            /** Format: date-time */
            made_at: string;
            made_by: string;
            override?: components["schemas"]["ReleaseOverride"];
            parts: components["schemas"]["ReleasePart"][];
            purpose?: string;
            recipient: string;
            sessions: components["schemas"]["ReleasedSession"][];
            state: components["schemas"]["ReleaseState"];
        };
        ReleaseAnswer: {
            answer: components["schemas"]["ReleaseAnswers"];
            /** Format: date-time */
            at: string;
        };
        /** @enum {string} */
        ReleaseAnswers: "agree" | "decline";
        ReleaseAsk: {
            for: components["schemas"]["Seat"];
            /**
             * Format: date-time
             * @description When it first went out: what went out cannot be called back
             */
            gone_at?: string;
            /** @description The practice's help page as sanitised HTML */
            help: string;
            /** @description The one that they chose in the last of these sessions; absent where they chose none */
            language?: string;
            /** @description The last day on which it may go, like 2026-12-24 */
            last_day: string;
            leave_to: string;
            /** Format: date-time */
            made_at: string;
            mine?: components["schemas"]["ReleaseAnswer"];
            parts: components["schemas"]["ReleasePart"][];
            people: components["schemas"]["People"];
            purpose?: string;
            recipient: string;
            sessions: components["schemas"]["ReleasedSession"][];
        };
        ReleaseExport: {
            /** Format: date-time */
            at: string;
            by: string;
        };
        ReleaseList: {
            /** @description Newest first */
            items: components["schemas"]["Release"][];
        };
        ReleaseOverride: {
            /** Format: date-time */
            at: string;
            by: string;
            reason: components["schemas"]["OverrideReason"];
            text?: string;
        };
        /** @enum {string} */
        ReleasePart: "joint" | "progress";
        /** @enum {string} */
        ReleaseState: "waiting" | "agreed" | "declined" | "overridden" | "withdrawn" | "expired";
        ReleasedSession: {
            /** Format: date-time */
            at?: string;
            id: string;
        };
        /** @enum {string} */
        Replying: "now" | "by_date" | "will_not";
        Reset: {
            code: string;
            password: string;
        };
        /** @enum {string} */
        Retention: "none" | "session" | "record";
        RevealHomework: {
            /**
             * Format: int64
             * @description The index of a step of kind reveal
             */
            step: number;
        };
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
        Review: {
            /** Format: date-time */
            at: string;
            how: components["schemas"]["Went"];
            id: string;
            on: string;
            remark?: string;
        };
        /** @enum {string} */
        Role: "counselor" | "one" | "two";
        Saying: {
            text: string;
            who?: components["schemas"]["Seat"];
        };
        /** @enum {string} */
        Scope: "private" | "practice";
        SearchCouples: {
            /** @description next_cursor of the page before */
            cursor?: string;
            /**
             * Format: int64
             * @description 50 where left out
             */
            limit?: number;
            /** @description All of them must occur, in any order; case and accents do not count */
            words: string;
        };
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
            /** @description A colleague leads it, and you share this one session with them */
            co_therapist?: boolean;
            /** @description Co-therapists in this session */
            colleagues: components["schemas"]["Colleague"][];
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
            /** @description It was stated that joint work is suitable for the couple */
            suitable: boolean;
        };
        SessionExport: {
            /** @description The counselor's; of what an exercise said, where it was translated */
            language: string;
            /** Format: date-time */
            made_at: string;
            /** @description What was asked for; a part that is empty is not there */
            parts: components["schemas"]["Part"][];
            /** @description Only where it was asked for by name */
            process_note?: components["schemas"]["ExportedNote"];
            progress_note?: components["schemas"]["ExportedNote"];
            session: string;
            summary?: components["schemas"]["Summary"];
        };
        SessionHead: {
            /** @description A colleague leads it, and you share this one session with them */
            co_therapist?: boolean;
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
        Share: {
            /** Format: date-time */
            expires_at: string;
            for: components["schemas"]["Reader"];
            id: string;
            /** Format: int64 */
            items: number;
            /** @description Like 2026-12-10 */
            last_day: string;
            /** Format: date-time */
            made_at: string;
            made_by: string;
            message: boolean;
            /** @description The URL as an SVG document, black on white; only in the answer that makes the page */
            qr?: string;
            session: string;
            /** @enum {string} */
            state: "open" | "expired" | "revoked";
            /** @description The token stands in the fragment; only in the answer that makes the page */
            url?: string;
        };
        ShareList: {
            /** @description Newest first */
            items: components["schemas"]["Share"][];
        };
        ShareOffer: {
            for: components["schemas"]["Reader"];
            items: components["schemas"]["Shareable"][];
        };
        SharePage: {
            agreements: components["schemas"]["AgreementView"][];
            /** Format: date-time */
            ended_at?: string;
            exercises: components["schemas"]["CopiedRun"][];
            for: components["schemas"]["Reader"];
            /** @description The practice's help page as sanitised HTML */
            help: string;
            /** @description The one that its reader chose in the session; absent where they chose none */
            language?: string;
            /** @description The last day it can be read, like 2026-12-10 */
            last_day: string;
            leave_to: string;
            message?: string;
            people: components["schemas"]["People"];
            /** Format: date-time */
            started_at?: string;
        };
        Shareable: {
            /** @description What was asked, as it stood on the phone */
            about?: string;
            cautions: components["schemas"]["Caution"][];
            /** @description Shared unless the counselor leaves it out */
            chosen?: boolean;
            /** @description The title of the exercise it is from */
            exercise?: string;
            /** @description Names it in include and checked */
            id: string;
            kind: components["schemas"]["ShareableKind"];
            /**
             * Format: int64
             * @description 1, 2, … within the session; absent of an agreement
             */
            run?: number;
            said: components["schemas"]["Saying"][];
        };
        /** @enum {string} */
        ShareableKind: "agreement" | "own" | "pair" | "question";
        ShownPasskey: {
            authenticator_data: string;
            client_data: string;
            id: string;
            signature: string;
            user_handle: string;
        };
        ShownShare: {
            /** Format: date-time */
            expires_at: string;
            for: components["schemas"]["Reader"];
            id: string;
            /** Format: int64 */
            items: number;
            /** @description Like 2026-12-10 */
            last_day: string;
            /** Format: date-time */
            made_at: string;
            made_by: string;
            message: boolean;
            page: components["schemas"]["SharePage"];
            /** @description The URL as an SVG document, black on white; only in the answer that makes the page */
            qr?: string;
            session: string;
            /** @enum {string} */
            state: "open" | "expired" | "revoked";
            /** @description The token stands in the fragment; only in the answer that makes the page */
            url?: string;
        };
        SignIn: {
            /** @description A one-time or recovery code; with code_needed it is asked for */
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
        Signed: {
            /** Format: date-time */
            began_at: string;
            /** @enum {string} */
            browser: "chrome" | "edge" | "firefox" | "safari" | "opera" | "samsung" | "other";
            id: string;
            /**
             * Format: date-time
             * @description To the minute
             */
            seen_at: string;
            /** @enum {string} */
            system: "windows" | "macos" | "linux" | "android" | "ios" | "chromeos" | "other";
            /** @description It is the one that asks */
            this: boolean;
        };
        SignedIn: {
            signed_in: boolean;
        };
        Sitting: {
            /** Format: date-time */
            at: string;
            session: string;
        };
        Source: {
            strength: string;
            text: string;
        };
        /** @enum {string} */
        Standing: "in_force" | "expired" | "withdrawn";
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
        SuitabilityList: {
            items: components["schemas"]["Suitability"][];
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
            homework?: components["schemas"]["HomeworkView"][];
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
        TakenOver: {
            /** Format: date-time */
            at: string;
            from: string;
            reason?: string;
        };
        Tally: {
            /** Format: int64 */
            changed: number;
            /** Format: int64 */
            kept: number;
            /** Format: int64 */
            not_kept: number;
            on: string;
            /** Format: int64 */
            partly: number;
        };
        Terms: {
            /**
             * Format: date-time
             * @description When the waiting room was opened: the policy is the one in force then
             */
            at: string;
            /** @description Oldest first */
            consents: components["schemas"]["Consent"][];
            policy: components["schemas"]["Policy"];
            session: string;
        };
        TermsList: {
            items: components["schemas"]["Terms"][];
            next_cursor?: string;
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
        Trends: {
            /** Format: int64 */
            erased?: number;
            measures: components["schemas"]["Measure"][];
            sessions: components["schemas"]["Sitting"][];
            /** @description By the day they were looked at, oldest first */
            tallies: components["schemas"]["Tally"][];
        };
        Unmet: {
            /** Format: int64 */
            index: number;
            kind: components["schemas"]["Kind"];
            /** Format: int64 */
            round: number;
            title?: string;
        };
        VisitHomework: {
            token: string;
        };
        /** @enum {string} */
        Went: "kept" | "partly" | "not_kept" | "changed";
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
export type AcceptInvitation = components['schemas']['AcceptInvitation'];
export type Accepted = components['schemas']['Accepted'];
export type Account = components['schemas']['Account'];
export type Addendum = components['schemas']['Addendum'];
export type Agenda = components['schemas']['Agenda'];
export type AgendaList = components['schemas']['AgendaList'];
export type Agreement = components['schemas']['Agreement'];
export type AgreementList = components['schemas']['AgreementList'];
export type AgreementView = components['schemas']['AgreementView'];
export type Agreements = components['schemas']['Agreements'];
export type Answer = components['schemas']['Answer'];
export type AnswerRelease = components['schemas']['AnswerRelease'];
export type Audience = components['schemas']['Audience'];
export type Break = components['schemas']['Break'];
export type CarriedOut = components['schemas']['CarriedOut'];
export type CarriedOutItem = components['schemas']['CarriedOutItem'];
export type CarryOut = components['schemas']['CarryOut'];
export type CarryOutItem = components['schemas']['CarryOutItem'];
export type Caution = components['schemas']['Caution'];
export type Choice = components['schemas']['Choice'];
export type Colleague = components['schemas']['Colleague'];
export type ColleagueList = components['schemas']['ColleagueList'];
export type Consent = components['schemas']['Consent'];
export type CopiedQuestion = components['schemas']['CopiedQuestion'];
export type CopiedRun = components['schemas']['CopiedRun'];
export type CopiedSession = components['schemas']['CopiedSession'];
export type Counselor = components['schemas']['Counselor'];
export type CounselorList = components['schemas']['CounselorList'];
export type Couple = components['schemas']['Couple'];
export type CoupleAgreement = components['schemas']['CoupleAgreement'];
export type CoupleCopy = components['schemas']['CoupleCopy'];
export type CoupleHead = components['schemas']['CoupleHead'];
export type CoupleList = components['schemas']['CoupleList'];
export type CoupleRecord = components['schemas']['CoupleRecord'];
export type Dealing = components['schemas']['Dealing'];
export type Deed = components['schemas']['Deed'];
export type DeedList = components['schemas']['DeedList'];
export type DeskStep = components['schemas']['DeskStep'];
export type Dialling = components['schemas']['Dialling'];
export type DoHomework = components['schemas']['DoHomework'];
export type DraftShare = components['schemas']['DraftShare'];
export type DraftedNote = components['schemas']['DraftedNote'];
export type Due = components['schemas']['Due'];
export type DueItem = components['schemas']['DueItem'];
export type DueList = components['schemas']['DueList'];
export type Early = components['schemas']['Early'];
export type Enrolment = components['schemas']['Enrolment'];
export type Exercise = components['schemas']['Exercise'];
export type ExerciseHead = components['schemas']['ExerciseHead'];
export type ExerciseList = components['schemas']['ExerciseList'];
export type ExercisePhase = components['schemas']['ExercisePhase'];
export type ExerciseProblem = components['schemas']['ExerciseProblem'];
export type ExerciseRef = components['schemas']['ExerciseRef'];
export type ExerciseSource = components['schemas']['ExerciseSource'];
export type ExportedAddendum = components['schemas']['ExportedAddendum'];
export type ExportedNote = components['schemas']['ExportedNote'];
export type ExportedPartner = components['schemas']['ExportedPartner'];
export type FirstCode = components['schemas']['FirstCode'];
export type FormerCouple = components['schemas']['FormerCouple'];
export type FormerCoupleList = components['schemas']['FormerCoupleList'];
export type Gate = components['schemas']['Gate'];
export type Given = components['schemas']['Given'];
export type Guidance = components['schemas']['Guidance'];
export type GuideList = components['schemas']['GuideList'];
export type GuidePage = components['schemas']['GuidePage'];
export type GuidePageHead = components['schemas']['GuidePageHead'];
export type HandOver = components['schemas']['HandOver'];
export type Hearing = components['schemas']['Hearing'];
export type HelpPage = components['schemas']['HelpPage'];
export type Hold = components['schemas']['Hold'];
export type Homework = components['schemas']['Homework'];
export type HomeworkAnswer = components['schemas']['HomeworkAnswer'];
export type HomeworkDraft = components['schemas']['HomeworkDraft'];
export type HomeworkList = components['schemas']['HomeworkList'];
export type HomeworkPage = components['schemas']['HomeworkPage'];
export type HomeworkRecord = components['schemas']['HomeworkRecord'];
export type HomeworkView = components['schemas']['HomeworkView'];
export type Import = components['schemas']['Import'];
export type ImportLine = components['schemas']['ImportLine'];
export type ImportProblem = components['schemas']['ImportProblem'];
export type Instruction = components['schemas']['Instruction'];
export type Intensity = components['schemas']['Intensity'];
export type InvitationList = components['schemas']['InvitationList'];
export type InvitationToken = components['schemas']['InvitationToken'];
export type Invited = components['schemas']['Invited'];
export type Join = components['schemas']['Join'];
export type Joined = components['schemas']['Joined'];
export type Judgement = components['schemas']['Judgement'];
export type Keeping = components['schemas']['Keeping'];
export type KeepingTerms = components['schemas']['KeepingTerms'];
export type Kept = components['schemas']['Kept'];
export type Kind = components['schemas']['Kind'];
export type Link = components['schemas']['Link'];
export type LintExercise = components['schemas']['LintExercise'];
export type Linted = components['schemas']['Linted'];
export type MadePasskey = components['schemas']['MadePasskey'];
export type Making = components['schemas']['Making'];
export type Manifest = components['schemas']['Manifest'];
export type ManifestFile = components['schemas']['ManifestFile'];
export type Marker = components['schemas']['Marker'];
export type Marking = components['schemas']['Marking'];
export type Me = components['schemas']['Me'];
export type Measure = components['schemas']['Measure'];
export type Mirroring = components['schemas']['Mirroring'];
export type NewAddendum = components['schemas']['NewAddendum'];
export type NewCouple = components['schemas']['NewCouple'];
export type NewErasure = components['schemas']['NewErasure'];
export type NewHold = components['schemas']['NewHold'];
export type NewHomework = components['schemas']['NewHomework'];
export type NewImport = components['schemas']['NewImport'];
export type NewInvitation = components['schemas']['NewInvitation'];
export type NewLink = components['schemas']['NewLink'];
export type NewPasskey = components['schemas']['NewPasskey'];
export type NewPassword = components['schemas']['NewPassword'];
export type NewRehearsal = components['schemas']['NewRehearsal'];
export type NewRelease = components['schemas']['NewRelease'];
export type NewReview = components['schemas']['NewReview'];
export type NewSession = components['schemas']['NewSession'];
export type NewShare = components['schemas']['NewShare'];
export type NewSuitability = components['schemas']['NewSuitability'];
export type NoSecrets = components['schemas']['NoSecrets'];
export type Note = components['schemas']['Note'];
export type NoteFormat = components['schemas']['NoteFormat'];
export type NoteKind = components['schemas']['NoteKind'];
export type NoteState = components['schemas']['NoteState'];
export type NoteVersion = components['schemas']['NoteVersion'];
export type OpaqueCouple = components['schemas']['OpaqueCouple'];
export type OpaqueCoupleList = components['schemas']['OpaqueCoupleList'];
export type OpenPage = components['schemas']['OpenPage'];
export type Origin = components['schemas']['Origin'];
export type Outcome = components['schemas']['Outcome'];
export type OverrideReason = components['schemas']['OverrideReason'];
export type OverrideRelease = components['schemas']['OverrideRelease'];
export type OwnAnswer = components['schemas']['OwnAnswer'];
export type OwnNote = components['schemas']['OwnNote'];
export type PageStep = components['schemas']['PageStep'];
export type Part = components['schemas']['Part'];
export type Partner = components['schemas']['Partner'];
export type PartnerQuestion = components['schemas']['PartnerQuestion'];
export type Passage = components['schemas']['Passage'];
export type Passkey = components['schemas']['Passkey'];
export type PasskeyChallenge = components['schemas']['PasskeyChallenge'];
export type PasskeyUser = components['schemas']['PasskeyUser'];
export type PatchCounselor = components['schemas']['PatchCounselor'];
export type PatchCouple = components['schemas']['PatchCouple'];
export type PatchMe = components['schemas']['PatchMe'];
export type PatchPasskey = components['schemas']['PatchPasskey'];
export type PatchPractice = components['schemas']['PatchPractice'];
export type PatchSession = components['schemas']['PatchSession'];
export type People = components['schemas']['People'];
export type Phase = components['schemas']['Phase'];
export type Planned = components['schemas']['Planned'];
export type Point = components['schemas']['Point'];
export type Policy = components['schemas']['Policy'];
export type Posed = components['schemas']['Posed'];
export type Practice = components['schemas']['Practice'];
export type PracticeInvitation = components['schemas']['PracticeInvitation'];
export type Problem = components['schemas']['Problem'];
export type ProblemField = components['schemas']['ProblemField'];
export type Progress = components['schemas']['Progress'];
export type Proof = components['schemas']['Proof'];
export type PutExercise = components['schemas']['PutExercise'];
export type PutKeepingTerms = components['schemas']['PutKeepingTerms'];
export type PutNote = components['schemas']['PutNote'];
export type Rating = components['schemas']['Rating'];
export type Reader = components['schemas']['Reader'];
export type RecoveryCodes = components['schemas']['RecoveryCodes'];
export type Rehearsal = components['schemas']['Rehearsal'];
export type Release = components['schemas']['Release'];
export type ReleaseAnswer = components['schemas']['ReleaseAnswer'];
export type ReleaseAnswers = components['schemas']['ReleaseAnswers'];
export type ReleaseAsk = components['schemas']['ReleaseAsk'];
export type ReleaseExport = components['schemas']['ReleaseExport'];
export type ReleaseList = components['schemas']['ReleaseList'];
export type ReleaseOverride = components['schemas']['ReleaseOverride'];
export type ReleasePart = components['schemas']['ReleasePart'];
export type ReleaseState = components['schemas']['ReleaseState'];
export type ReleasedSession = components['schemas']['ReleasedSession'];
export type Replying = components['schemas']['Replying'];
export type Reset = components['schemas']['Reset'];
export type Retention = components['schemas']['Retention'];
export type RevealHomework = components['schemas']['RevealHomework'];
export type RevealedPair = components['schemas']['RevealedPair'];
export type Review = components['schemas']['Review'];
export type Role = components['schemas']['Role'];
export type Saying = components['schemas']['Saying'];
export type Scope = components['schemas']['Scope'];
export type SearchCouples = components['schemas']['SearchCouples'];
export type Seat = components['schemas']['Seat'];
export type SeatState = components['schemas']['SeatState'];
export type Seated = components['schemas']['Seated'];
export type Secrets = components['schemas']['Secrets'];
export type Session = components['schemas']['Session'];
export type SessionExport = components['schemas']['SessionExport'];
export type SessionHead = components['schemas']['SessionHead'];
export type SessionList = components['schemas']['SessionList'];
export type SessionState = components['schemas']['SessionState'];
export type Setup = components['schemas']['Setup'];
export type SetupState = components['schemas']['SetupState'];
export type Share = components['schemas']['Share'];
export type ShareList = components['schemas']['ShareList'];
export type ShareOffer = components['schemas']['ShareOffer'];
export type SharePage = components['schemas']['SharePage'];
export type Shareable = components['schemas']['Shareable'];
export type ShareableKind = components['schemas']['ShareableKind'];
export type ShownPasskey = components['schemas']['ShownPasskey'];
export type ShownShare = components['schemas']['ShownShare'];
export type SignIn = components['schemas']['SignIn'];
export type SignNote = components['schemas']['SignNote'];
export type Signed = components['schemas']['Signed'];
export type SignedIn = components['schemas']['SignedIn'];
export type Sitting = components['schemas']['Sitting'];
export type Source = components['schemas']['Source'];
export type Standing = components['schemas']['Standing'];
export type Stay = components['schemas']['Stay'];
export type Step = components['schemas']['Step'];
export type Suitability = components['schemas']['Suitability'];
export type SuitabilityList = components['schemas']['SuitabilityList'];
export type Summary = components['schemas']['Summary'];
export type TakenOver = components['schemas']['TakenOver'];
export type Tally = components['schemas']['Tally'];
export type Terms = components['schemas']['Terms'];
export type TermsList = components['schemas']['TermsList'];
export type TrayItem = components['schemas']['TrayItem'];
export type Trends = components['schemas']['Trends'];
export type Unmet = components['schemas']['Unmet'];
export type VisitHomework = components['schemas']['VisitHomework'];
export type Went = components['schemas']['Went'];
export type Whispering = components['schemas']['Whispering'];
export type Wording = components['schemas']['Wording'];
export type $defs = Record<string, never>;
export interface operations {
    account: {
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
                    "application/json": components["schemas"]["Account"];
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
    "begin-codes": {
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
                    "application/json": components["schemas"]["Enrolment"];
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
    "end-codes": {
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
    "confirm-codes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FirstCode"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecoveryCodes"];
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
    "add-passkey": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewPasskey"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Passkey"];
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
    "ask-new-passkey": {
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
                    "application/json": components["schemas"]["PasskeyChallenge"];
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
    "delete-passkey": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                passkey: string;
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
    "patch-passkey": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                passkey: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PatchPasskey"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Passkey"];
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
    "put-password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewPassword"];
            };
        };
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
    "delete-password": {
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
    prove: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Proof"];
            };
        };
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
    "ask-proof": {
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
                    "application/json": components["schemas"]["PasskeyChallenge"];
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
    "renew-recovery": {
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
                    "application/json": components["schemas"]["RecoveryCodes"];
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
    "end-sign-ins": {
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
    "end-sign-in": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                sign_in: string;
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
    audit: {
        parameters: {
            query?: {
                /** @description next_cursor of the page before */
                cursor?: string;
                limit?: number;
                /** @description What this counselor did */
                counselor?: string;
                /** @description What was done */
                action?: string;
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
                    "application/json": components["schemas"]["DeedList"];
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
    between: {
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
                    "application/json": components["schemas"]["HomeworkPage"];
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
    "do-between": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DoHomework"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HomeworkPage"];
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
    "leave-between": {
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
    "draft-between": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["HomeworkDraft"];
            };
        };
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
    "begin-visit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["VisitHomework"];
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
                    "application/json": components["schemas"]["HomeworkPage"];
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
    calendar: {
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
                    "Content-Disposition"?: string;
                    "Content-Security-Policy"?: string;
                    "Content-Type"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "text/calendar": string;
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
    colleagues: {
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
                    "application/json": components["schemas"]["ColleagueList"];
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
    "search-couples": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SearchCouples"];
            };
        };
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
    agreements: {
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
                    "application/json": components["schemas"]["AgreementList"];
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
    "review-agreement": {
        parameters: {
            query?: never;
            header?: {
                /** @description Sent again with the same key within a day, the call answers as it did the first time */
                "Idempotency-Key"?: string;
            };
            path: {
                couple: string;
                agreement: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewReview"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CoupleAgreement"];
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
    "couple-calendar": {
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
                    "Content-Disposition"?: string;
                    "Content-Security-Policy"?: string;
                    "Content-Type"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "text/calendar": string;
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
    consents: {
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
                    "application/json": components["schemas"]["TermsList"];
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
    "export-couple": {
        parameters: {
            query: {
                /** @description one, two: that partner's own words and what both share; both: only what both may see; practice: the counselor's own record */
                for: components["schemas"]["Reader"];
                /** @description With for=practice: the process notes too, which are otherwise in no export */
                include?: "process"[];
            };
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
                    "Content-Disposition"?: string;
                    "Content-Security-Policy"?: string;
                    "Content-Type"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/zip": string;
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
    "hand-over": {
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
                "application/json": components["schemas"]["HandOver"];
            };
        };
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
    "homework-of-couple": {
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
                    "application/json": components["schemas"]["HomeworkList"];
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
    "set-homework": {
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
                "application/json": components["schemas"]["NewHomework"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Homework"];
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
    releases: {
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
                    "application/json": components["schemas"]["ReleaseList"];
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
    "ask-release": {
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
                "application/json": components["schemas"]["NewRelease"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Release"];
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
    suitability: {
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
                    "application/json": components["schemas"]["SuitabilityList"];
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
    trends: {
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
                    "application/json": components["schemas"]["Trends"];
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
    "handed-over": {
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
                    "application/json": components["schemas"]["FormerCoupleList"];
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
    homework: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                homework: string;
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
                    "application/json": components["schemas"]["Homework"];
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
    "close-homework": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                homework: string;
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
                    "application/json": components["schemas"]["Homework"];
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
    "create-homework-link": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                homework: string;
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
    "revoke-homework-link": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                homework: string;
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
    "reveal-homework": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                homework: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RevealHomework"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Homework"];
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
    "accept-invitation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AcceptInvitation"];
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
    "open-invitation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["InvitationToken"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Invited"];
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
    counselors: {
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
                    "application/json": components["schemas"]["CounselorList"];
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
    "patch-counselor": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                counselor: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PatchCounselor"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Counselor"];
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
    "couples-of": {
        parameters: {
            query?: {
                /** @description next_cursor of the page before */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path: {
                counselor: string;
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
                    "application/json": components["schemas"]["OpaqueCoupleList"];
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
    invitations: {
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
                    "application/json": components["schemas"]["InvitationList"];
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
    "create-invitation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewInvitation"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PracticeInvitation"];
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
    "revoke-invitation": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                invitation: string;
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
    "answer-release": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AnswerRelease"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReleaseAsk"];
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
    "open-release": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OpenPage"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReleaseAsk"];
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
    release: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                release: string;
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
                    "application/json": components["schemas"]["Release"];
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
    "withdraw-release": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                release: string;
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
    "export-release": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                release: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "Content-Disposition"?: string;
                    "Content-Security-Policy"?: string;
                    "Content-Type"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/zip": string;
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
    "create-release-link": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                release: string;
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
    "override-release": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                release: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OverrideRelease"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Release"];
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
    reset: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Reset"];
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
    "session-calendar": {
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
                    "Content-Disposition"?: string;
                    "Content-Security-Policy"?: string;
                    "Content-Type"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "text/calendar": string;
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
    "add-colleague": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                session: string;
                counselor: string;
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
    "remove-colleague": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                session: string;
                counselor: string;
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
    "export-session": {
        parameters: {
            query: {
                as: "md" | "csv" | "json" | "html";
                /** @description All three where left out; addenda are those of the progress note */
                parts?: ("summary" | "progress" | "addenda")[];
                /** @description The process note is in no export unless it is asked for here */
                include?: "process"[];
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
                    "Content-Disposition"?: string;
                    "Content-Security-Policy"?: string;
                    "Content-Type"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionExport"];
                    "text/csv": string;
                    "text/html": string;
                    "text/markdown": string;
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
    "note-version": {
        parameters: {
            query: {
                kind: components["schemas"]["NoteKind"];
            };
            header?: never;
            path: {
                session: string;
                version: number;
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
    shares: {
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
                    "application/json": components["schemas"]["ShareList"];
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
    "create-share": {
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
                "application/json": components["schemas"]["NewShare"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Share"];
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
    "share-offer": {
        parameters: {
            query: {
                for: components["schemas"]["Reader"];
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
                    "application/json": components["schemas"]["ShareOffer"];
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
    "preview-share": {
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
                "application/json": components["schemas"]["DraftShare"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SharePage"];
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
    share: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                session: string;
                share: string;
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
                    "application/json": components["schemas"]["ShownShare"];
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
    "revoke-share": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                session: string;
                share: string;
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
    "open-share": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OpenPage"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SharePage"];
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
    "signed-in": {
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
                    "application/json": components["schemas"]["SignedIn"];
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
    "ask-passkey": {
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
                    "application/json": components["schemas"]["PasskeyChallenge"];
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
    "sign-in-by-passkey": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ShownPasskey"];
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
