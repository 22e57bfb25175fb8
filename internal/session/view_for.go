package session

// ViewFor is what a role is shown.
func ViewFor(s State, r Role) View {
	if seat, ok := r.Seat(); ok {
		return PartnerView{You: seat}
	}
	return CounselorView{You: r}
}
