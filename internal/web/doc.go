// Package web is the door between HTTP and the rest: the calls under /api/v1, the
// pages, the published documents, and the socket (live.go). It decides nothing
// about sessions, accounts or words; it finds out who is asking, hands the question
// on, and turns the answer or the fault into a response. Alone it knows Fiber, huma
// and the socket library.
//
// Start with New in server.go, then the list of calls in api.go. Rehearsals come
// through the same socket into a hub of their own (rehearsal.go). What every request
// passes through stands in guard.go, who is asking in visitor.go, and the one
// mapping from faults to statuses in problem.go.
//
// What a sign-in alone must not open (ways in, exports, deletions) asks first for a
// fresh proof of who is there: "if err := a.fresh(who); err != nil { return nil, err }".
// The refusal is step_up_needed (409); POST /account/proof answers it, and the call is
// sent again. In the desk that is one line too: await desk.proven(() => api.…).
//
// Fiber v2 receives security fixes only; everything that would change with v3 is in
// this package.
package web
