// Package certificate gets a certificate for one name from an ACME authority and
// renews it in time. What is kept for that lies in a folder of its own. It knows
// nothing of Mend: it is given a name and gives a TLS configuration, and a handler
// that answers the authority's question on the plain port. Start with Keep.
package certificate
