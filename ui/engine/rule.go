package engine

import (
	"fmt"
	"strconv"
	"strings"

	"undercurrent/divergences"
	"undercurrent/sim"
)

// Rule is all that moves a flow: a choice, the velocity it gives, and the bandwidth.
type Rule struct {
	Choice
	Velocity  sim.VelocityRule
	Bandwidth float64
}

// same tells whether two rules are one.
func (r Rule) same(other Rule) bool {
	return r.Choice.same(other.Choice) && r.Velocity == other.Velocity && r.Bandwidth == other.Bandwidth
}

// after is r as ParseRule reads it, with what differs from the rule before.
func (r Rule) after(before Rule) string {
	text := r.compact()
	if r.Bandwidth != before.Bandwidth {
		text += "@" + number(r.Bandwidth)
	}
	if r.Velocity == sim.Blob {
		text += blobMark
	}
	return text
}

// Text is r as ParseRule reads it, without the bandwidth.
func (r Rule) Text() string { return r.after(r) }

// blobMark ends a rule under the blob velocity.
const blobMark = "~blob"

// ParseRule reads id[:parameter][^factor][@bandwidth][~blob], such as alpha:0.5,
// lv:mixture:0.2, jeffreys^10 (Z taken ten times too large) or reverse-kl@0.4~blob.
// The bandwidth is 0 where there is none. Whether the rule can be used is not looked
// at.
func ParseRule(text string) (r Rule, err error) {
	return ParseRuleWith(text, divergences.DefaultParameters())
}

// ParseRuleWith is ParseRule where parameters that are not in the text are the usual
// ones.
func ParseRuleWith(text string, usual divergences.Parameters) (r Rule, err error) {
	rest, blob := strings.CutSuffix(text, blobMark)
	if blob {
		r.Velocity = sim.Blob
	}
	drift, width, narrowed := strings.Cut(rest, "@")
	if narrowed {
		if r.Bandwidth, err = strconv.ParseFloat(width, 64); err != nil || !(r.Bandwidth > 0) {
			return r, fmt.Errorf("bandwidth %q in %q, expected a positive number after @", width, text)
		}
	}
	r.Choice, err = parseChoice(drift, usual)
	return r, err
}
