package scenarios

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Verb is the kind of an Edit.
type Verb string

// The verbs. The first five change the target, the others the particles.
const (
	Move   Verb = "move"   // moves a mode to At
	Weigh  Verb = "weight" // multiplies the weight of a mode by By, before normalisation
	Widen  Verb = "widen"  // multiplies the standard deviations of a mode by By
	Add    Verb = "add"    // adds a round mode of standard deviation By and average weight
	Delete Verb = "delete" // deletes a mode
	Pour   Verb = "pour"   // adds Count particles drawn from N(At, By² I)
	Drain  Verb = "drain"  // removes the particles within a distance By of At
)

// Edit is one change of the target or the particles. Modes are counted from 1, in the order
// of the components.
type Edit struct {
	Verb  Verb
	Mode  int
	At    Point
	By    float64
	Count int
}

// format is the list of fields of a verb, in the order in which they are written.
func (v Verb) format() (string, bool) {
	format, ok := map[Verb]string{
		Move: "mode:x:y", Weigh: "mode:by", Widen: "mode:by", Add: "x:y:by", Delete: "mode",
		Pour: "x:y:by:count", Drain: "x:y:by",
	}[v]
	return format, ok
}

// OfTarget reports whether the edit changes the target, not the particles.
func (e Edit) OfTarget() bool { return e.Verb != Pour && e.Verb != Drain }

// String returns the edit in the format of ParseEdit, such as move:3:4.5:1.2; numbers keep
// all their bits.
func (e Edit) String() string {
	format, _ := e.Verb.format()
	parts := []string{string(e.Verb)}
	number := func(v float64) string { return strconv.FormatFloat(v, 'g', -1, 64) }
	for _, field := range strings.Split(format, ":") {
		parts = append(parts, map[string]string{"mode": strconv.Itoa(e.Mode), "count": strconv.Itoa(e.Count),
			"x": number(e.At.X), "y": number(e.At.Y), "by": number(e.By)}[field])
	}
	return strings.Join(parts, ":")
}

// ParseEdit reads an edit. Scenario.Edited checks whether the mode exists.
func ParseEdit(text string) (Edit, error) {
	verb, rest, _ := strings.Cut(text, ":")
	e := Edit{Verb: Verb(verb)}
	format, ok := e.Verb.format()
	if !ok {
		return e, fmt.Errorf("edit %q, expected move, weight, widen, add, delete, pour or drain with its numbers, such as move:3:4.5:1.2", text)
	}
	fields, values := strings.Split(format, ":"), strings.Split(rest, ":")
	if len(fields) != len(values) {
		return e, fmt.Errorf("edit %q, expected %s:%s", text, verb, format)
	}
	for k, field := range fields {
		if err := e.set(field, values[k]); err != nil {
			return e, fmt.Errorf("edit %q: %w", text, err)
		}
	}
	return e, e.check()
}

func (e *Edit) set(field, text string) (err error) {
	to := map[string]*float64{"x": &e.At.X, "y": &e.At.Y, "by": &e.By}[field]
	if to != nil {
		if *to, err = strconv.ParseFloat(text, 64); err != nil || !IsFinite(*to) {
			return fmt.Errorf("%s is %q, expected a number", field, text)
		}
		return nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 {
		return fmt.Errorf("%s is %q, expected a whole number from 1 on", field, text)
	}
	if field == "mode" {
		e.Mode = n
	} else {
		e.Count = n
	}
	return nil
}

// check rejects a factor or a width that is not positive.
func (e Edit) check() error {
	if e.Verb != Move && e.Verb != Delete && !(e.By > 0) {
		return fmt.Errorf("edit %q: by is %g, expected a positive number", e, e.By)
	}
	return nil
}

// Then merges two consecutive edits with the same verb and mode into one; ok is false if
// they cannot be merged.
func (e Edit) Then(next Edit) (Edit, bool) {
	if e.Verb != next.Verb || e.Mode != next.Mode || e.Mode == 0 || e.Verb == Delete {
		return e, false
	}
	if e.Verb != Move {
		next.By = math.Round(e.By*next.By*1e6) / 1e6
	}
	return next, next.Verb == Move || next.By > 0
}

// Edited returns the scenario with the edits applied to its target, which must be a Mixture;
// edits of particles are skipped.
func (s Scenario) Edited(edits ...Edit) (Scenario, error) {
	for _, e := range edits {
		if !e.OfTarget() {
			continue
		}
		m, ok := s.Target.(*Mixture)
		if !ok {
			return s, fmt.Errorf("%s is not a mixture, expected one whose modes can be changed", s.ID)
		}
		components, err := e.apply(m.Components(), s.Window)
		if err != nil {
			return s, err
		}
		if m, err = NewMixture(components); err != nil {
			return s, err
		}
		s.Target, s.Truth = m, m.Truth()
	}
	return s, nil
}

// apply returns the components after the edit; it modifies list.
func (e Edit) apply(list []Component, w Window) ([]Component, error) {
	if e.Mode > len(list) || e.Mode < 0 || e.Mode == 0 && e.Verb != Add {
		return nil, fmt.Errorf("there is no mode %d, expected 1 to %d", e.Mode, len(list))
	}
	if (e.Verb == Move || e.Verb == Add) && !w.Contains(e.At) {
		return nil, fmt.Errorf("(%g, %g) is outside the window, expected a point in [%g, %g] × [%g, %g]", e.At.X, e.At.Y, w.XMin, w.XMax, w.YMin, w.YMax)
	}
	switch k := e.Mode - 1; e.Verb {
	case Move:
		list[k].Mean = e.At
	case Weigh:
		list[k].Weight *= e.By
	case Widen:
		c := &list[k].Cov
		c.XX, c.XY, c.YY = c.XX*e.By*e.By, c.XY*e.By*e.By, c.YY*e.By*e.By
	case Add:
		if len(list) >= MaxComponents {
			return nil, fmt.Errorf("the mixture has %d components, expected at most %d", len(list)+1, MaxComponents)
		}
		list = append(list, Component{Mean: e.At, Cov: Cov{XX: e.By * e.By, YY: e.By * e.By}, Weight: 1 / float64(len(list))})
	case Delete:
		if len(list) == 1 {
			return nil, errors.New("the last mode cannot be deleted, expected at least one other")
		}
		list = append(list[:k], list[k+1:]...)
	}
	return list, nil
}
