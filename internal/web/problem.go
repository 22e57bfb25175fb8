package web

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gofiber/fiber/v2"

	"mend/internal/fault"
	"mend/internal/protocol"
)

const problemType = "application/problem+json"

// problem is a refusal on its way out.
type problem struct {
	protocol.Problem
	retryAfter int // seconds
}

// status is the one mapping from kinds of faults to HTTP.
func status(k fault.Kind) int {
	switch k {
	case fault.Invalid:
		return http.StatusUnprocessableEntity
	case fault.Unsigned:
		return http.StatusUnauthorized
	case fault.NotFound:
		return http.StatusNotFound
	case fault.Conflict:
		return http.StatusConflict
	case fault.TooMany:
		return http.StatusTooManyRequests
	case fault.Unavailable:
		return http.StatusServiceUnavailable
	}
	return http.StatusInternalServerError
}

// problemOf turns an error into what the person is told. What is not a fault is an
// internal error: one neutral sentence, the cause for the log alone.
func problemOf(err error) *problem {
	if p := (*problem)(nil); errors.As(err, &p) {
		return p
	}
	f, ok := fault.As(err)
	if errors.Is(err, context.DeadlineExceeded) {
		f, ok = errSlow, true
	}
	if !ok {
		return plain(http.StatusInternalServerError)
	}
	p := plain(status(f.Kind))
	p.Code, p.Detail, p.Field, p.retryAfter = f.Code, f.Message, f.Field, f.RetryAfter
	if p.Status == http.StatusServiceUnavailable && p.retryAfter == 0 {
		p.retryAfter = 2
	}
	return p
}

var errSlow = fault.New(fault.Unavailable, "too_slow", "Mend is very busy just now and could not answer in time. Please try again.")

// plain is a problem of nothing but a status.
func plain(status int) *problem {
	p := &problem{Problem: protocol.Problem{Title: http.StatusText(status), Status: status}}
	switch status {
	case http.StatusNotFound:
		p.Code, p.Detail = "not_found", "There is nothing here, or it is not yours."
	case http.StatusMethodNotAllowed:
		p.Code, p.Detail = "method_not_allowed", "This address does not take that kind of request."
	case http.StatusRequestEntityTooLarge:
		p.Code, p.Detail, p.Field = "too_large", "The request is too large.", "body"
		p.Mend = fmt.Sprintf("Send %d KiB or less.", MaxBody>>10)
	case http.StatusRequestHeaderFieldsTooLarge:
		p.Code, p.Detail = "headers_too_large", "The request's headers are too large."
	case http.StatusUnsupportedMediaType:
		p.Code, p.Detail, p.Field = "not_json", "The request is not JSON.", "body"
		p.Mend = "Send it with Content-Type: application/json."
	case http.StatusBadRequest:
		p.Code, p.Detail, p.Field = "bad_request", "The request could not be read.", "body"
		p.Mend = "Send what /docs describes."
	default:
		if status >= 500 {
			p.Code, p.Detail = "internal", "Something went wrong on our side. Nothing you sent was lost; please try again."
		} else {
			p.Code, p.Detail = "refused", "The request was refused."
		}
	}
	return p
}

func (p *problem) Error() string { return p.Code }

// GetStatus, GetHeaders and ContentType let huma send it.
func (p *problem) GetStatus() int { return p.Status }

func (p *problem) GetHeaders() http.Header {
	h := http.Header{}
	if p.retryAfter > 0 {
		h.Set("Retry-After", strconv.Itoa(p.retryAfter))
	}
	return h
}

func (p *problem) ContentType(string) string { return problemType }

// at names the request in the problem, so that a person can tell the operator which
// it was.
func (p *problem) at(request string) *problem {
	c := *p
	c.Instance = request
	return &c
}

// refuse is what becomes of errors outside the calls: no route, too large a body.
func refuse(c *fiber.Ctx, err error) error {
	p := problemOf(err)
	if e := (*fiber.Error)(nil); errors.As(err, &e) {
		p = plain(e.Code)
	}
	return send(c, p)
}

func send(c *fiber.Ctx, p *problem) error {
	body, err := json.Marshal(p.at(requestID(c)))
	if err != nil {
		return err
	}
	for name, values := range p.GetHeaders() {
		c.Set(name, values[0])
	}
	c.Set(fiber.HeaderContentType, problemType)
	return c.Status(p.Status).Send(body)
}

// asProblem replaces huma's own errors, which repeat the offending value.
func (s *schemas) asProblem(ctx huma.Context, _ string, v any) (any, error) {
	e, ok := v.(*huma.ErrorModel)
	if !ok {
		return v, nil
	}
	p := plain(e.Status)
	for _, d := range e.Errors {
		if d == nil {
			continue
		}
		p.Errors = append(p.Errors, invalid(s.published(d.Location), d.Message))
	}
	if len(p.Errors) > 0 && e.Status != http.StatusUnsupportedMediaType {
		first := p.Errors[0]
		p.Code, p.Detail, p.Field, p.Mend = "invalid", first.Message, first.Field, first.Mend
	}
	return p.at(requestIDOf(ctx)), nil
}

// published cuts a path off where the sender made the names up.
func (s *schemas) published(path string) string {
	segments := strings.Split(path, ".")
	for i, segment := range segments {
		name, _, _ := strings.Cut(segment, "[")
		if i > 0 && segments[0] == "body" && !s.knows(name) {
			return strings.Join(segments[:i], ".")
		}
	}
	return path
}

var (
	atLeast  = regexp.MustCompile(`^expected length >= (\d+)$`)
	atMost   = regexp.MustCompile(`^expected length <= (\d+)$`)
	fewItems = regexp.MustCompile(`^expected array length <= (\d+)$`)
	noLess   = regexp.MustCompile(`^expected number >= (\S+)$`)
	noMore   = regexp.MustCompile(`^expected number <= (\S+)$`)
	oneOf    = regexp.MustCompile(`^expected value to be one of "(.*)"$`)
	missing  = regexp.MustCompile(`^expected required property (\S+) to be present$`)
)

// invalid says of one input what is wrong and how to mend it. huma's own words are
// for programmers, and some repeat what was sent: nothing of them is passed on but
// the limits, which are ours.
func invalid(location, message string) protocol.ProblemField {
	field := strings.TrimPrefix(location, "body.")
	limit := ""
	say := func(code, message, mend string) protocol.ProblemField {
		return protocol.ProblemField{Field: field, Code: code, Limit: limit, Message: message, Mend: mend}
	}
	within := func(pattern *regexp.Regexp) bool {
		m := pattern.FindStringSubmatch(message)
		if m != nil {
			limit = m[1]
		}
		return m != nil
	}
	if m := missing.FindStringSubmatch(message); m != nil {
		if field == "body" {
			field = m[1]
		} else {
			field += "." + m[1]
		}
		return say("missing", "This is missing.", "Give it.")
	}
	switch {
	case within(atLeast) && limit == "1":
		return say("empty", "This is empty.", "Write something here.")
	case within(atLeast):
		return say("too_short", "This is too short.", "Use "+limit+" characters or more.")
	case within(atMost):
		return say("too_long", "This is too long.", "Use "+limit+" characters or fewer.")
	case within(fewItems):
		return say("too_many", "There are too many.", "Give "+limit+" or fewer.")
	case within(noLess):
		return say("too_small", "This number is too small.", "Use "+limit+" or more.")
	case within(noMore):
		return say("too_large", "This number is too large.", "Use "+limit+" or less.")
	case within(oneOf):
		return say("not_a_choice", "This is not one of the choices.", "Choose one of "+limit+".")
	case message == "unexpected property":
		return say("unknown", "There is a field here that is not known.", "Leave it out.")
	case strings.Contains(message, "email"):
		return say("not_an_email", "This is not an email address.", "Write it like name@example.org.")
	case strings.Contains(message, "date"):
		return say("not_a_time", "This is not a time.", "Write it like 2026-11-30T17:00:00Z.")
	case message == errUnkeepable.Error():
		return say("unkeepable", "The text has characters that cannot be kept.", "Leave them out.")
	case field == "body":
		return say("not_json", "The request is not JSON that can be read.", "Check its form.")
	case strings.HasPrefix(message, "required"):
		return say("missing", "This is missing.", "Give it.")
	}
	return say("bad_form", "This does not have the right form.", "See /docs for what is expected here.")
}
