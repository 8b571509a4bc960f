package cli

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"undercurrent/sim"
	"undercurrent/ui/session"
)

// commandLine reproduces a session: a command as it is called here, its arguments, then those of its flags
// whose value is not the default.
func commandLine(command string, args []string, flags *pflag.FlagSet, r session.Recipe) string {
	w := newCommandWriter(command, args, flags)
	w.watched(r.Stream)
	if r.Stream != nil && r.Stream.Own.Is() {
		w.regions(r.Scenario)
	} else {
		w.scenario(r.Scenario)
	}
	if driven := r.Stream == nil || r.Stream.Drift; driven && !w.comparison(r.Compared) {
		w.moves(r.Settings)
	}
	if r.Stream == nil && r.Settings.Particles != r.Scenario.Particles {
		w.add("particles", strconv.Itoa(r.Settings.Particles))
	}
	// Without the flag it is the scenario's, or of a stream the fitted one.
	usual := r.Scenario.Bandwidth
	if r.Stream != nil {
		usual = r.Stream.Fitted.Bandwidth
	}
	if r.Settings.Bandwidth != usual {
		w.add("bandwidth", number(r.Settings.Bandwidth))
	}
	w.set("seed", strconv.FormatUint(r.Settings.Seed, 10))
	if r.Settings.Time == sim.Physical {
		w.add("time", r.Settings.Time.String())
		w.add("dt", number(r.Settings.DT))
	}
	w.set("smoothing", r.Settings.Smoothing.String())
	if r.Stream == nil || r.Stream.Drift {
		w.set("velocity", r.Settings.Velocity.String())
	}
	if r.Stream == nil {
		w.set(birthDeathFlag, number(r.Settings.BirthDeath))
		w.coarse(r.Settings.Coarse)
	}
	w.set("functional", r.Functional.ID)
	w.set("tau", number(r.Functional.Tau))
	w.set("softness", number(r.Functional.S))
	w.events(r)
	if r.Step > 0 && r.Stream == nil {
		w.add("at", strconv.Itoa(r.Step))
	}
	return strings.Join(w.args, " ")
}

// reproducing is commandLine for a command of this program with arguments.
func reproducing(cmd *cobra.Command, args ...string) func(session.Recipe) string {
	return reproducingAs(cmd.CommandPath(), cmd, args...)
}

// reproducingAs is reproducing by another command that has the same flags.
func reproducingAs(path string, cmd *cobra.Command, args ...string) func(session.Recipe) string {
	return func(r session.Recipe) string { return commandLine(invoked(path), args, cmd.Flags(), r) }
}

// commandWriter collects the arguments of a command, quoted for a shell.
type commandWriter struct {
	args  []string
	flags *pflag.FlagSet
}

func newCommandWriter(command string, args []string, flags *pflag.FlagSet) *commandWriter {
	w := &commandWriter{args: []string{command}, flags: flags}
	for _, word := range args {
		w.args = append(w.args, quoted(word))
	}
	return w
}

// watched appends the columns of a table of draws that are shown.
func (w *commandWriter) watched(s *session.Watch) {
	if s == nil || s.Table == nil || w.flags.Changed("target-samples") {
		return
	}
	if t := s.Table; len(t.Names) > 2 || w.flags.Changed("columns") {
		w.add("columns", t.Names[t.Pair[0]]+","+t.Names[t.Pair[1]])
	}
}

// add appends a flag, if the command has it.
func (w *commandWriter) add(flag, value string) {
	if w.flags.Lookup(flag) != nil {
		w.args = append(w.args, "--"+flag, quoted(value))
	}
}

// set appends a flag whose value is not its default, if the command has it.
func (w *commandWriter) set(flag, value string) {
	if f := w.flags.Lookup(flag); f != nil && value != f.DefValue {
		w.add(flag, value)
	}
}

// coarse appends the flags of a schedule from coarse to fine, if there is one.
func (w *commandWriter) coarse(c sim.Coarse) {
	if c.On() {
		w.set(coarseFlag, number(c.Factor))
		w.set(coarseStepsFlag, strconv.Itoa(c.Steps))
	}
}

// comparison appends the flag of a comparison, if there is one that a list can name, and reports whether
// it does.
func (w *commandWriter) comparison(motions []sim.Motion) bool {
	var list []string
	for _, m := range motions {
		if m.Drift.Family().Weight != "" {
			return false
		}
		list = append(list, m.String())
	}
	if len(list) == 0 || w.flags.Lookup("compare") == nil {
		return false
	}
	w.add("compare", strings.Join(list, ","))
	return true
}

// moves appends what moves the particles.
func (w *commandWriter) moves(s sim.Settings) {
	switch {
	case s.Adaptive:
		w.add("divergence", sim.AdaptiveID)
		return
	case s.Mover.IsZero():
		w.drift(s.Drift)
		return
	}
	w.add(moverFlag, s.Mover.String())
}

// events appends the events in the order of their steps.
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

// number is the shortest text that reads back as v.
func number(v float64) string { return strconv.FormatFloat(v, 'g', -1, 64) }

// plainWord matches the words that mean themselves to every shell.
var plainWord = regexp.MustCompile(`^[\pL\pN%+,./:@_-][\pL\pN%+,./:=@_-]*$`)

// quoted is a word quoted for a POSIX shell.
func quoted(word string) string {
	if plainWord.MatchString(word) {
		return word
	}
	return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
}
