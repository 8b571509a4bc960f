package sim

import (
	"fmt"
	"strconv"
	"strings"

	"undercurrent/divergences"
	"undercurrent/sim/target"
)

// Coarse is a schedule of the bandwidth from coarse to fine. With the kernel of a wide bandwidth the
// islands of a target touch, so that a drift carries mass from one to the other; as it narrows, what
// is finer follows. At step n of the schedule the bandwidth in force is
//
//	h·(1 + (Factor − 1)·(1 − n/Steps)),
//
// in at most maxStairs stairs of equal height, and h from step Steps on. The target is smoothed by
// the same kernel, and the limits of a step are those of the bandwidth in force. Grid and regions are
// those of h.
type Coarse struct {
	// Factor is the first bandwidth in units of h, at most MaxCoarseFactor; 0 and 1 mean none.
	Factor float64
	// Steps is the number of steps of the schedule.
	Steps int
	// From is the step of the flow at which the schedule begins.
	From int
}

const (
	// DefaultCoarseFactor and DefaultCoarseSteps are those of a schedule that is asked for without
	// numbers.
	DefaultCoarseFactor = 8
	DefaultCoarseSteps  = 200
	// MaxCoarseFactor bounds the cost of a step, which grows with the width of the kernel on the grid
	// of h.
	MaxCoarseFactor = 32
	// maxStairs bounds how often the target is smoothed.
	maxStairs = 40
)

// DefaultCoarse is the schedule that begins at a step, without numbers.
func DefaultCoarse(from int) Coarse {
	return Coarse{Factor: DefaultCoarseFactor, Steps: DefaultCoarseSteps, From: from}
}

// On reports whether there is a schedule.
func (c Coarse) On() bool { return c.Factor > 1 }

// normal is the zero value if there is no schedule.
func (c Coarse) normal() Coarse {
	if !c.On() {
		return Coarse{}
	}
	return c
}

// Ends is the first step with the bandwidth h.
func (c Coarse) Ends() int { return c.From + c.Steps }

// Times is the bandwidth in force at a step of the flow, in units of h.
func (c Coarse) Times(step int) float64 {
	if !c.On() || step >= c.Ends() {
		return 1
	}
	stairs := min(c.Steps, maxStairs)
	stair := max(step-c.From, 0) * stairs / c.Steps
	return 1 + (c.Factor-1)*(1-float64(stair)/float64(stairs))
}

// validate returns an error that names the invalid number and what was expected.
func (c Coarse) validate(s target.Smoothing) error {
	wrong := func(name, format string, args ...any) error {
		return divergences.SettingError{Name: name, Problem: fmt.Sprintf(format, args...)}
	}
	switch {
	case c == Coarse{}:
		return nil
	case !(c.Factor >= 1 && c.Factor <= MaxCoarseFactor):
		return wrong("coarse", "coarse factor is %g, expected 1 to %d", c.Factor, MaxCoarseFactor)
	case c.Steps < 1 || c.From < 0:
		return wrong("coarse-steps", "number of coarse steps is %d, expected at least 1", c.Steps)
	case c.On() && s == target.Sharp:
		return wrong("coarse", "the target is not smoothed, expected no coarse bandwidth with --smoothing sharp")
	}
	return nil
}

// String is the schedule as ParseMotion reads it behind its mark: a colon and a number each for
// factor, steps and first step, without those at the end that are the default.
func (c Coarse) String() string {
	numbers := []string{strconv.FormatFloat(c.Factor, 'g', -1, 64), strconv.Itoa(c.Steps), strconv.Itoa(c.From)}
	usual := []string{strconv.Itoa(DefaultCoarseFactor), strconv.Itoa(DefaultCoarseSteps), "0"}
	n := len(numbers)
	for n > 0 && numbers[n-1] == usual[n-1] {
		n--
	}
	text := ""
	for _, number := range numbers[:n] {
		text += ":" + number
	}
	return text
}

// parseCoarse reads what String writes.
func parseCoarse(text string) (c Coarse, err error) {
	c = DefaultCoarse(0)
	if text == "" {
		return c, nil
	}
	wrong := fmt.Errorf("schedule %q after %s, expected up to three numbers behind colons: factor from 1 to %d, steps, first step", text, coarseMark, MaxCoarseFactor)
	fields := strings.Split(text, ":")
	if fields[0] != "" || len(fields) > 4 {
		return c, wrong
	}
	for k, field := range fields[1:] {
		switch k {
		case 0:
			c.Factor, err = strconv.ParseFloat(field, 64)
		case 1:
			c.Steps, err = strconv.Atoi(field)
		case 2:
			c.From, err = strconv.Atoi(field)
		}
		if err != nil {
			return c, wrong
		}
	}
	if c.validate(target.Matched) != nil {
		return c, wrong
	}
	return c.normal(), nil
}
