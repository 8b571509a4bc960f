package command

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"undercurrent/divergences"
	"undercurrent/internal/suggest"
	"undercurrent/scenarios"
	"undercurrent/scenarios/catalogue"
	"undercurrent/sim"
	"undercurrent/ui/session"
)

// All are the commands. Each changes what it names, in the state of the session at the time when it is carried
// out.
func All(c divergences.Catalogue) []Command {
	return append(parameters(), []Command{
		{"scenario", "ID", "open a built-in scenario", catalogue.IDs, openScenario, false},
		{"start", "NAME", "restart from another initial cloud", starts, oneOf("initial cloud", starts(), func(s *session.Session, name string) { s.Scene.StartFrom(name) }), false},
		{"regions", "auto|basins|named", "restart with the target divided in another way", fixed(scenarios.Divisions()), oneOf("division", scenarios.Divisions(), func(s *session.Session, name string) { s.Scene.Divide(name) }), false},
		{"region", "NUMBER", "choose a region, 0 for none", nil, whole(func(s *session.Session, n int) { s.Regions.Choose(n) }), false},
		{"divergence", "ID[:PARAMETER]", "switch, as to alpha:0.5 or lv:target", c.IDs, switchTo(c), false},
		{"best-weight", "", "run under the best weight for a region, the probe, or all", nil, alone("best-weight", func(s *session.Session) { s.Motion.ChooseBest() }), true},
		{"aim", "mass|coverage", "what η and the best weight are for", fixed(session.AimNames()), oneOf("aim", session.AimNames(), func(s *session.Session, name string) { s.Aim.Set(name) }), false},
		{"compare", "start|here|before", "compare divergences from there, or with the course before a change", fixed(origins()), compareFrom, false},
		{"z", "NUMBER", "assume Z this many times too large", nil, real(func(s *session.Session, v float64) { s.Motion.SetZFactor(v) }), false},
		{"edit", "EDIT", "edit, such as move:3:4.5:1.2", nil, edit, false},
		{"particles", "NUMBER", "restart with this number of particles", nil, whole(func(s *session.Session, n int) { s.Scene.SetParticles(n) }), false},
		{"bandwidth", "NUMBER", "standard deviation h of the kernel", nil, real(func(s *session.Session, v float64) { s.Motion.SetBandwidth(v) }), false},
		{"birth-death", "NUMBER", "rate of birth–death beside the drift, 0 for none", nil, real(func(s *session.Session, v float64) { s.Motion.SetBirthDeath(v) }), false},
		{"coarse", "NUMBER", "begin with a bandwidth of this many times h, which falls to h; 0 for none", nil, real(func(s *session.Session, v float64) { s.Motion.SetCoarseFactor(v) }), false},
		{"mover", "NAME", "let another sampler move the particles, such as ula, mala:0.5, svgd, or none", session.MoverNames, name(func(s *session.Session, name string) { s.Motion.SetMover(name) }), false},
		{"seed", "NUMBER", "restart with this random seed", nil, whole(func(s *session.Session, n int) { s.Scene.SetSeed(uint64(n)) }), false},
		{"speed", "NUMBER", "steps per frame, such as 4 or 0.25", nil, real(func(s *session.Session, v float64) { s.Clock.SetSpeed(v) }), false},
		{"step", "NUMBER", "go to a step of the history", nil, whole(func(s *session.Session, n int) { s.Clock.Seek(n) }), false},
		{"train", "NUMBER", "train the sampler for this many iterations more", nil, whole(func(s *session.Session, n int) { s.Training.Extend(n) }), false},
		{"functional", "NAME", "coverage measure", fixed(divergences.FunctionalIDs()), measureBy, false},
		{"tau", "NUMBER", "threshold τ of the under-coverage", nil, real(func(s *session.Session, v float64) { s.Coverage.SetTau(v) }), false},
		{"softness", "NUMBER", "softness s of the coverage measure", nil, real(func(s *session.Session, v float64) { s.Coverage.SetSoftness(v) }), false},
	}...)
}

// parameters change the parameters of the drifts.
func parameters() (list []Command) {
	for _, p := range divergences.Standard().Parameters() {
		if p.Choices != nil {
			set := func(s *session.Session, name string) { s.Motion.SetParameter(p.Name, divergences.Choice(name)) }
			list = append(list, Command{p.Name, "NAME", p.Usage, fixed(p.Choices), name(set), false})
			continue
		}
		set := func(s *session.Session, v float64) { s.Motion.SetParameter(p.Name, divergences.Number(v)) }
		list = append(list, Command{p.Name, "NUMBER", p.Usage, nil, real(set), false})
	}
	return list
}

// starts are the names of the initial clouds.
func starts() []string { return scenarios.Scenario{}.StartNames() }

// origins are where a comparison begins, or the course that is added to it.
func origins() []string { return []string{"start", "here", "before"} }

func fixed(values []string) func() []string { return func() []string { return values } }

// reader is the Read of a command.
type reader = func(argument string) (Effect, error)

// name is a command with a name for its argument, which the session judges.
func name(set func(*session.Session, string)) reader {
	return func(name string) (Effect, error) {
		return func(s *session.Session) { set(s, name) }, nil
	}
}

// oneOf is a command with one of some names for its argument; what is their kind.
func oneOf(what string, names []string, set func(*session.Session, string)) reader {
	return func(text string) (Effect, error) {
		if !slices.Contains(names, text) {
			return nil, fmt.Errorf("unknown %s %q, expected one of %s", what, text, strings.Join(names, ", "))
		}
		return name(set)(text)
	}
}

// alone is a command without an argument.
func alone(name string, do Effect) reader {
	return func(argument string) (Effect, error) {
		if argument != "" {
			return nil, fmt.Errorf("%s has the argument %q, expected none", name, argument)
		}
		return do, nil
	}
}

// real is a command with a number for its argument.
func real(set func(*session.Session, float64)) reader {
	return func(text string) (Effect, error) {
		v, err := strconv.ParseFloat(text, 64)
		if err != nil {
			return nil, fmt.Errorf("%q, expected a number", text)
		}
		return func(s *session.Session) { set(s, v) }, nil
	}
}

// whole is a command with a whole number for its argument.
func whole(set func(*session.Session, int)) reader {
	return func(text string) (Effect, error) {
		n, err := strconv.Atoi(text)
		if err != nil || n < 0 {
			return nil, fmt.Errorf("%q, expected a whole number", text)
		}
		return func(s *session.Session) { set(s, n) }, nil
	}
}

func openScenario(id string) (Effect, error) {
	if !slices.Contains(catalogue.IDs(), id) {
		return nil, fmt.Errorf("unknown scenario %q, expected %s", id, suggest.Nearest(id, catalogue.IDs()))
	}
	return func(s *session.Session) { s.Scene.Open(id) }, nil
}

// compareFrom begins a comparison, in place of one that there is, or adds a course to it.
func compareFrom(origin string) (Effect, error) {
	begin, ok := map[string]Effect{
		"start":  func(s *session.Session) { s.Comparison.Start() },
		"here":   func(s *session.Session) { s.Comparison.Here() },
		"before": func(s *session.Session) { s.Comparison.Before() },
	}[origin]
	if !ok {
		return nil, fmt.Errorf("%q, expected start, here or before", origin)
	}
	return begin, nil
}

func measureBy(id string) (Effect, error) {
	if ids := divergences.FunctionalIDs(); !slices.Contains(ids, id) {
		return nil, fmt.Errorf("unknown coverage measure %q, expected %s", id, strings.Join(ids, " or "))
	}
	return func(s *session.Session) { s.Coverage.SetFunctional(id) }, nil
}

// edit makes an edit of the target or the particles.
func edit(text string) (Effect, error) {
	e, err := scenarios.ParseEdit(text)
	if err != nil {
		return nil, err
	}
	return func(s *session.Session) { s.Edits.Apply(e) }, nil
}

// switchTo switches to a motion. Its text is read again by the session, where missing parameters keep their
// current values.
func switchTo(c divergences.Catalogue) reader {
	return func(text string) (Effect, error) {
		if _, err := ReadMotion(c, text); err != nil {
			return nil, err
		}
		return func(s *session.Session) { s.Motion.SetText(text) }, nil
	}
}

// ReadMotion reads a motion, in the format of sim.ParseMotion; the error of an unknown one names what is near.
func ReadMotion(c divergences.Catalogue, text string) (sim.Motion, error) {
	m, err := sim.ParseMotion(c, text, nil)
	var unknown divergences.UnknownError
	if errors.As(err, &unknown) {
		expected, ok := divergences.KnownAs(unknown.ID)
		if !ok {
			expected = suggest.Nearest(unknown.ID, c.IDs())
		}
		return m, fmt.Errorf("%w, expected %s", err, expected)
	}
	return m, err
}
