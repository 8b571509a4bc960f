package lesson

import (
	"fmt"
	"strconv"
	"strings"

	"undercurrent/ui/panel"
	"undercurrent/ui/session"
)

// Claim is what a lesson says of a number: that a quantity is below or above a number or another quantity, such as
// "tv < 0.1" or "tv of B > tv of A".
type Claim struct {
	Text        string
	left, right Quantity
	above       bool
}

// ParseClaim reads a claim.
func ParseClaim(text string) (c Claim, err error) {
	c.Text = text
	left, right, ok := strings.Cut(text, "<")
	if !ok {
		left, right, ok = strings.Cut(text, ">")
		c.above = true
	}
	if !ok {
		return c, fmt.Errorf("%q, expected a quantity, < or >, and a number or a quantity, such as tv < 0.1", text)
	}
	if c.left, err = ParseQuantity(left); err != nil {
		return c, err
	}
	right = strings.TrimSpace(right)
	if bound, err := strconv.ParseFloat(right, 64); err == nil {
		c.right = Quantity{Name: right, print: digits, read: func(*session.Frame) float64 { return bound }}
		return c, nil
	}
	c.right, err = ParseQuantity(right)
	return c, err
}

// Holds reports whether the claim is true of a frame; it is not where a number is missing.
func (c Claim) Holds(f *session.Frame) bool {
	if c.above {
		return c.left.Value(f) > c.right.Value(f)
	}
	return c.left.Value(f) < c.right.Value(f)
}

// Sides are both numbers of a frame.
func (c Claim) Sides(f *session.Frame) (left, right float64) {
	return c.left.Value(f), c.right.Value(f)
}

func (c Claim) needs() session.Shown { return panel.Union(c.left.needs, c.right.needs) }
