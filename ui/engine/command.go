package engine

import (
	"fmt"
	"strconv"
	"strings"

	"undercurrent/sim"
)

// Switch is a change of what drives a flow at a step.
type Switch struct {
	Step      int
	Choice    Choice
	Bandwidth float64
}

// Play brings a new flow to a step, with changes on the way, and pauses there. A
// change that cannot be used ends it.
func (d *Driver) Play(switches []Switch, at int) error {
	for _, s := range switches {
		d.stepTo(s.Step)
		if s.Bandwidth != d.flow.Settings().Bandwidth {
			if err := d.flow.SetBandwidth(s.Bandwidth); err != nil {
				return fmt.Errorf("at step %d: %w", s.Step, err)
			}
			d.report = sim.Report{}
			d.changed()
		}
		if !s.Choice.same(d.choice) && !d.adopt(s.Choice) {
			return fmt.Errorf("at step %d: %s", s.Step, d.note.Text)
		}
	}
	if at > 0 {
		d.stepTo(at)
		d.setPaused(true)
	}
	d.note = Note{}
	d.remeasure()
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
	words := []string{"undercurrent", "--scenario", scenario.ID}
	add := func(flag, value string) { words = append(words, "--"+flag, quoted(value)) }
	first := taped{choice: d.choice, bandwidth: s.Bandwidth}
	if m := d.lane.tape.moments; len(m) > 0 && m[0].Step == 0 {
		first = m[0]
	}
	words = append(words, first.choice.flags()...)
	if s.Particles != scenario.Particles {
		add("particles", strconv.Itoa(s.Particles))
	}
	if first.bandwidth != scenario.Bandwidth {
		add("bandwidth", number(first.bandwidth))
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
	if s.Velocity == sim.Blob {
		add("velocity", s.Velocity.String())
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
		add("switch", change)
	}
	if step := d.flow.Progress().Step; step > 0 {
		add("at", strconv.Itoa(step))
	}
	return strings.Join(words, " ")
}

// switches are the changes up to the present step, as --switch takes them.
func (d *Driver) switches(last taped) (list []string) {
	for _, m := range d.lane.tape.moments {
		if m.Step > d.flow.Progress().Step {
			break
		}
		if !m.kept || m.choice.same(last.choice) && m.bandwidth == last.bandwidth {
			continue
		}
		text := fmt.Sprintf("%d=%s", m.Step, m.choice.compact())
		if m.bandwidth != last.bandwidth {
			text += "@" + number(m.bandwidth)
		}
		list, last = append(list, text), m
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
