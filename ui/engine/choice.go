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
		return divergences.Of(divergences.Misjudged(c.Custom, c.Parameters.ZFactor)), nil
	}
	return divergences.NewDrift(c.ID, c.Parameters)
}

// Weight is the text of a typed weight, empty for a divergence of the catalogue.
func (c Choice) Weight() string {
	if c.ID != customID || c.Custom == nil {
		return ""
	}
	return c.Custom.Info().WeightFormula
}

// hasReference tells whether the choice has a density ρ to choose.
func (c Choice) hasReference() bool { return c.ID == "lv" || c.ID == "lv-surrogate" }

// same tells whether two choices are one; there is one custom divergence at most.
func (c Choice) same(other Choice) bool { return c.ID == other.ID && c.Parameters == other.Parameters }

// flags choose c on a command line.
func (c Choice) flags() []string {
	if c.ID == customID {
		words := []string{"--weight", quoted(c.Custom.Info().WeightFormula)}
		if c.Parameters.ZFactor != 1 {
			words = append(words, "--z-factor", number(c.Parameters.ZFactor))
		}
		return words
	}
	words := []string{"--divergence", c.ID}
	if c.Parameters.ZFactor != 1 {
		words = append(words, "--z-factor", number(c.Parameters.ZFactor))
	}
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

// compact is c as parseChoice reads it.
func (c Choice) compact() string {
	text, p := c.ID, c.Parameters
	switch {
	case c.ID == "alpha":
		text += ":" + number(p.Alpha)
	case strings.HasPrefix(c.ID, "skew-"):
		text += ":" + number(p.Lambda)
	case c.hasReference() && p.Reference == divergences.Mixture.String():
		text += ":mixture:" + number(p.Lambda)
	case c.hasReference():
		text += ":" + p.Reference
	}
	if p.ZFactor != 1 {
		text += "^" + number(p.ZFactor)
	}
	return text
}

// label names a flow in a comparison: the divergence with what sets it apart.
func (c Choice) label() string {
	if z := c.Parameters.ZFactor; z != 1 {
		c.Parameters.ZFactor = 1
		return fmt.Sprintf("%s Z×%.3g", c.label(), z)
	}
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

// parseChoice reads id[:parameter][^factor]; parameters that are not in the text are
// the usual ones.
func parseChoice(text string, usual divergences.Parameters) (c Choice, err error) {
	drift, factor, mistaken := strings.Cut(text, "^")
	id, parameter, given := strings.Cut(drift, ":")
	c = Choice{ID: id, Parameters: usual}
	if mistaken {
		if c.Parameters.ZFactor, err = strconv.ParseFloat(factor, 64); err != nil || !(c.Parameters.ZFactor > 0) {
			return c, fmt.Errorf("factor %q of Z in %q, expected a positive number after ^", factor, text)
		}
	}
	if given {
		err = c.setParameter(parameter)
	}
	return c, err
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
