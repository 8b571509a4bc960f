package engine

import (
	"fmt"
	"strconv"
	"strings"

	"undercurrent/divergences"
)

// Choice is what drives the flow: a catalogue entry with its parameters, or a
// custom divergence.
type Choice struct {
	ID         string
	Parameters divergences.Parameters
	// Custom is the divergence of --weight, nil without one.
	Custom divergences.Divergence
}

// customID is the id of the divergence that is typed.
const customID = "custom"

// IDs are the divergences that can be chosen.
func (c Choice) IDs() []string {
	ids := divergences.DriftIDs()
	if c.Custom != nil {
		ids = append(ids, customID)
	}
	return ids
}

func (c Choice) drift() (divergences.Drift, error) {
	if c.ID == customID && c.Custom != nil {
		return divergences.Of(c.Custom), nil
	}
	return divergences.NewDrift(c.ID, c.Parameters)
}

// hasReference tells whether the choice has a density ρ to choose.
func (c Choice) hasReference() bool { return c.ID == "lv" || c.ID == "lv-surrogate" }

// same tells whether two choices are one; there is one custom divergence at most.
func (c Choice) same(other Choice) bool { return c.ID == other.ID && c.Parameters == other.Parameters }

// flags choose c on a command line.
func (c Choice) flags() []string {
	if c.ID == customID {
		return []string{"--weight", quoted(c.Custom.Info().WeightFormula)}
	}
	words := []string{"--divergence", c.ID}
	p, usual := c.Parameters, divergences.DefaultParameters()
	if c.ID == "alpha" && p.Alpha != usual.Alpha {
		words = append(words, "--alpha", number(p.Alpha))
	}
	if c.hasReference() && p.Reference != usual.Reference {
		words = append(words, "--reference", p.Reference)
	}
	mixed := c.hasReference() && p.Reference == divergences.Mixture.String()
	if (mixed || strings.HasPrefix(c.ID, "skew-")) && p.Lambda != usual.Lambda {
		words = append(words, "--lambda", number(p.Lambda))
	}
	return words
}

// compact is c with its parameter behind a colon, such as alpha:0.5.
func (c Choice) compact() string {
	p := c.Parameters
	switch {
	case c.ID == "alpha":
		return "alpha:" + number(p.Alpha)
	case strings.HasPrefix(c.ID, "skew-"):
		return c.ID + ":" + number(p.Lambda)
	case c.hasReference() && p.Reference == divergences.Mixture.String():
		return c.ID + ":mixture:" + number(p.Lambda)
	case c.hasReference():
		return c.ID + ":" + p.Reference
	}
	return c.ID
}

// label names a flow in a comparison: the divergence with what sets it apart.
func (c Choice) label() string {
	switch {
	case c.ID == "alpha":
		return fmt.Sprintf("alpha %.3g", c.Parameters.Alpha)
	case c.ID == "skew-forward-kl" || c.ID == "skew-reverse-kl":
		return fmt.Sprintf("%s %.3g", c.ID, c.Parameters.Lambda)
	case c.hasReference():
		return c.ID + " " + c.Parameters.Reference
	}
	return c.ID
}

// ParseChoice reads id[:parameter][@bandwidth], such as alpha:0.5, lv:mixture:0.2 or
// reverse-kl@0.4; the bandwidth is 0 where there is none. Whether the divergence can
// be used is not looked at.
func ParseChoice(text string) (c Choice, bandwidth float64, err error) {
	drift, width, narrowed := strings.Cut(text, "@")
	if narrowed {
		if bandwidth, err = strconv.ParseFloat(width, 64); err != nil || !(bandwidth > 0) {
			return c, 0, fmt.Errorf("bandwidth %q in %q, expected a positive number after @", width, text)
		}
	}
	id, parameter, given := strings.Cut(drift, ":")
	c = Choice{ID: id, Parameters: divergences.DefaultParameters()}
	if given {
		err = c.setParameter(parameter)
	}
	return c, bandwidth, err
}

// setParameter reads the parameter that c has.
func (c *Choice) setParameter(text string) (err error) {
	number := func(to *float64, text string) error {
		if *to, err = strconv.ParseFloat(text, 64); err != nil {
			return fmt.Errorf("%q after %s, expected a number", text, c.ID)
		}
		return nil
	}
	switch {
	case c.ID == "alpha":
		return number(&c.Parameters.Alpha, text)
	case strings.HasPrefix(c.ID, "skew-"):
		return number(&c.Parameters.Lambda, text)
	case c.hasReference():
		reference, lambda, mixed := strings.Cut(text, ":")
		c.Parameters.Reference = reference
		if mixed {
			return number(&c.Parameters.Lambda, lambda)
		}
		return nil
	}
	return fmt.Errorf("%s takes no parameter, expected %s alone", c.ID, c.ID)
}
