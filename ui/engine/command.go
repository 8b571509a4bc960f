package engine

import (
	"fmt"
	"strconv"
	"strings"

	"undercurrent/scenarios"
	"undercurrent/scenarios/data"
	"undercurrent/sim"
)

// Switch is a change at a step: of what moves a flow, or by hand.
type Switch struct {
	Step int
	Rule Rule
	Hand *HandEdit // in place of the rule
}

// Play brings a new flow to a step, with changes on the way in the order of their
// steps, and pauses there. A change that cannot be made ends it.
func (d *Driver) Play(switches []Switch, at int) error {
	for _, s := range switches {
		d.stepTo(s.Step)
		if err := d.take(s); err != nil {
			return fmt.Errorf("at step %d: %w", s.Step, err)
		}
	}
	if at > 0 {
		d.stepTo(at)
		d.setPaused(true)
	}
	d.note = Note{}
	d.tellPlaces()
	d.remeasure()
	return nil
}

// take makes a change.
func (d *Driver) take(s Switch) error {
	if s.Hand != nil {
		return d.byHand(*s.Hand)
	}
	if s.Rule.Bandwidth != d.flow.Settings().Bandwidth {
		if err := d.flow.SetBandwidth(s.Rule.Bandwidth); err != nil {
			return err
		}
		d.report = sim.Report{}
		d.changed()
	}
	if !s.Rule.same(d.rule()) && !d.adopt(s.Rule.Choice, s.Rule.Velocity) {
		return fmt.Errorf("%s", d.note.Text)
	}
	return nil
}

func (d *Driver) stepTo(step int) {
	for d.flow.Progress().Step < step {
		d.flow.Step()
		d.lane.tape.record(d.lane)
	}
}

// commandLine reproduces the flow in focus at its present step: where it began, what
// was changed on the way, and how it is measured. What is by default is left out.
func (d *Driver) commandLine() string {
	s, scenario := d.flow.Settings(), d.flow.Scenario()
	words := []string{"undercurrent"}
	if d.watching != nil {
		words = d.watchCommand()
	}
	words = append(words, origin(d.base)...)
	if d.base.StartFile != "" {
		words = append(words, "--start-samples", quoted(d.base.StartFile))
	}
	if d.base.StartName != "" {
		words = append(words, "--start", d.base.StartName)
	}
	add := func(flag, value string) { words = append(words, "--"+flag, quoted(value)) }
	first := d.rule()
	if m := d.lane.tape.moments; len(m) > 0 && m[0].Step == 0 {
		first = m[0].rule
	}
	words = append(words, first.flags()...)
	if d.watching == nil && d.settings.Particles != scenario.Particles {
		add("particles", strconv.Itoa(d.settings.Particles))
	}
	if first.Bandwidth != scenario.Bandwidth {
		add("bandwidth", number(first.Bandwidth))
	}
	if s.Seed != 1 {
		add("seed", strconv.FormatUint(s.Seed, 10))
	}
	if s.Time == sim.Physical {
		add("time", s.Time.String())
		add("dt", number(s.DT))
	}
	if s.Smoothing == sim.Sharp {
		add("smoothing", s.Smoothing.String())
	}
	if first.Velocity == sim.Blob {
		add("velocity", first.Velocity.String())
	}
	if f := d.functional; f.ID != "under-coverage" {
		add("functional", f.ID)
	}
	if d.functional.Tau != 1 {
		add("tau", number(d.functional.Tau))
	}
	if d.functional.S != 1 {
		add("softness", number(d.functional.S))
	}
	for _, change := range d.switches(first) {
		words = append(words, "--"+change.flag, quoted(change.value))
	}
	if step := d.flow.Progress().Step; step > 0 && d.watching == nil {
		add("at", strconv.Itoa(step))
	}
	return strings.Join(words, " ")
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
	if w := s.Window; !s.Origin.Placed {
		words = append(words, fmt.Sprintf("--window=%s,%s,%s,%s", number(w.XMin), number(w.XMax), number(w.YMin), number(w.YMax)))
	}
	return words
}

// flagged is a flag with its value.
type flagged struct{ flag, value string }

// switches are the changes up to the present step, as --switch and --edit take them.
func (d *Driver) switches(last Rule) (list []flagged) {
	var edits []scenarios.Edit
	for _, m := range d.lane.tape.moments {
		if m.Step > d.flow.Progress().Step {
			break
		}
		if !m.kept {
			continue
		}
		for _, e := range m.hand.since(edits) {
			list = append(list, flagged{"edit", fmt.Sprintf("%d=%s", m.Step, e)})
		}
		if !m.rule.same(last) {
			list = append(list, flagged{"switch", fmt.Sprintf("%d=%s", m.Step, m.rule.after(last))})
		}
		last, edits = m.rule, m.hand.edits
	}
	return list
}

// number is the shortest text that reads back as v.
func number(v float64) string { return strconv.FormatFloat(v, 'g', -1, 64) }

// quoted is a word as a shell takes it.
func quoted(word string) string {
	if !strings.ContainsAny(word, " \t'\"\\$`*?()[]{}<>|&;#~!") {
		return word
	}
	return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
}
