package cli

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/pflag"

	"undercurrent/divergences"
	"undercurrent/scenarios"
	"undercurrent/scenarios/data"
	"undercurrent/sim"
	"undercurrent/ui/session"
)

// commandLine reproduces a session: a command with what it reads, then flags for all that is
// not at its default.
func commandLine(command []string, r session.Recipe) string {
	w := newCommandWriter(command)
	w.scenario(r.Scenario)
	w.drift(r.Settings.Drift)
	if r.Stream == nil && r.Settings.Particles != r.Scenario.Particles {
		w.add("particles", strconv.Itoa(r.Settings.Particles))
	}
	if r.Settings.Bandwidth != r.Scenario.Bandwidth {
		w.add("bandwidth", number(r.Settings.Bandwidth))
	}
	w.set("seed", strconv.FormatUint(r.Settings.Seed, 10))
	if r.Settings.Time == sim.Physical {
		w.add("time", r.Settings.Time.String())
		w.add("dt", number(r.Settings.DT))
	}
	w.set("smoothing", r.Settings.Smoothing.String())
	w.set("velocity", r.Settings.Velocity.String())
	w.set("functional", r.Functional.ID)
	w.set("tau", number(r.Functional.Tau))
	w.set("softness", number(r.Functional.S))
	w.events(r)
	if r.Step > 0 && r.Stream == nil {
		w.add("at", strconv.Itoa(r.Step))
	}
	return strings.Join(w.words, " ")
}

// reproducing is commandLine for a command of this program and what it was given.
func reproducing(path string, given ...string) func(session.Recipe) string {
	return func(r session.Recipe) string { return commandLine(append(strings.Fields(path), given...), r) }
}

// commandWriter writes flags as a shell takes them.
type commandWriter struct {
	words    []string
	defaults *pflag.FlagSet
}

func newCommandWriter(command []string) *commandWriter {
	w := &commandWriter{defaults: newShow().command().Flags()}
	for _, word := range command {
		w.words = append(w.words, quoted(word))
	}
	return w
}

// add writes a flag.
func (w *commandWriter) add(flag, value string) {
	w.words = append(w.words, "--"+flag, quoted(value))
}

// set writes a flag whose value is not its default.
func (w *commandWriter) set(flag, value string) {
	if value != w.defaults.Lookup(flag).DefValue {
		w.add(flag, value)
	}
}

// drift writes the flags of a drift.
func (w *commandWriter) drift(spec divergences.Spec) {
	if weight := spec.Family().Weight; weight != "" {
		w.add("weight", weight)
	} else {
		w.add("divergence", spec.ID())
	}
	w.set("z-factor", number(spec.ZFactor()))
	for _, p := range spec.Parameters() {
		w.set(p.Name, spec.Value(p.Name).String())
	}
}

// events writes the changes on the way.
func (w *commandWriter) events(r session.Recipe) {
	last := r.Settings.Motion()
	for _, e := range r.Events {
		if e.Edit != nil {
			w.add("edit", fmt.Sprintf("%d=%s", e.Step, e.Edit))
			continue
		}
		w.add("switch", fmt.Sprintf("%d=%s", e.Step, e.Motion.After(last)))
		last = e.Motion
	}
}

// scenario writes what chooses a scenario with its start.
func (w *commandWriter) scenario(s scenarios.Scenario) {
	w.words = append(w.words, origin(s)...)
	if s.StartFile != "" {
		w.add("start-samples", s.StartFile)
	}
	if s.StartName != "" {
		w.add("start", s.StartName)
	}
}

// origin chooses a scenario on a command line.
func origin(s scenarios.Scenario) []string {
	source, own := data.SourceOf(s.Origin)
	switch {
	case s.File != "":
		return []string{"--scenario", quoted(s.File)}
	case !own:
		return []string{"--scenario", quoted(s.ID)}
	}
	words := []string{"--" + source.Flag, quoted(s.Origin.Text)}
	if k := s.Origin.Kernel; k != 0 {
		words = append(words, "--kernel", number(k))
	}
	if w := s.Window; !s.Origin.HasWindow {
		words = append(words, fmt.Sprintf("--window=%s,%s,%s,%s", number(w.XMin), number(w.XMax), number(w.YMin), number(w.YMax)))
	}
	return words
}

// number is the shortest text that reads back as v.
func number(v float64) string { return strconv.FormatFloat(v, 'g', -1, 64) }

// quoted is a word as a shell takes it.
func quoted(word string) string {
	if !strings.ContainsAny(word, " \t\n'\"\\$`*?()[]{}<>|&;#~!") {
		return word
	}
	return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
}
