package exercise

// Other is the role's counterpart: a and b, hurt and responsible. It is empty for
// a role that does not exist.
func (r Role) Other() Role {
	switch r {
	case A:
		return B
	case B:
		return A
	case Hurt:
		return Responsible
	case Responsible:
		return Hurt
	}
	return ""
}

// Role tells which role is meant; ok is false for both and for the counselor.
func (w Who) Role() (role Role, ok bool) {
	role = Role(w)
	return role, role.Other() != ""
}

// Exchange is who acts when the two roles have changed places.
func (w Who) Exchange() Who {
	if role, ok := w.Role(); ok {
		return Who(role.Other())
	}
	return w
}

// Includes tells whether someone in this role acts.
func (w Who) Includes(r Role) bool { return w == Both || w == Who(r) }

// A pair is what Definition.Roles must hold: one of the two, whole.
var pairs = [2][2]Role{{A, B}, {Hurt, Responsible}}

// pair is the two roles of an exercise in their fixed order; ok is false where the
// roles are not exactly one of the two pairs.
func (d Definition) pair() (pair [2]Role, ok bool) {
	for _, p := range pairs {
		_, first := d.Roles[p[0]]
		_, second := d.Roles[p[1]]
		if first && second && len(d.Roles) == 2 {
			return p, true
		}
	}
	return pair, false
}
