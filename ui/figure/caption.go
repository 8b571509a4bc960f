package figure

import (
	"fmt"
	"strings"

	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"undercurrent/scenarios"
	"undercurrent/sim"
	"undercurrent/ui/session"
)

// Caption is what a figure is of: scenario, drift, N, h, step and seed.
func Caption(f *session.Frame) string {
	s := f.Settings
	moved := movedBy(s, f.Info.Name)
	if f.Watching != nil {
		moved = "particles of " + f.Watching.Input
	}
	if n := len(f.Runs); n > 0 {
		moved = fmt.Sprintf("%d flows from the same particles (%s)", n, strings.Join(runNames(f), ", "))
	}
	text := fmt.Sprintf("%s: %s, N = %d", f.Scenario.Name, moved, s.Particles)
	if n := f.Report.Effective; f.Watching != nil && n < float64(s.Particles) {
		text += fmt.Sprintf(" (n_eff = %s)", scenarios.SizeText(n))
	}
	text += fmt.Sprintf(", h = %g", s.Bandwidth)
	if len(f.Runs) == 0 && s.Coarse.On() && f.Report.Bandwidth != s.Bandwidth {
		text += fmt.Sprintf(" (now %.3g)", f.Report.Bandwidth)
	}
	if f.Watching != nil {
		return text + fmt.Sprintf(", frame %d.", f.Report.Step)
	}
	if len(f.Runs) == 0 && !s.Mover.IsZero() {
		return text + fmt.Sprintf(", step %d, seed %d.", f.Report.Step, s.Seed)
	}
	rule := "unit effort"
	if s.Time == sim.Physical {
		rule = fmt.Sprintf("dt = %g", s.DT)
	}
	return text + fmt.Sprintf(", step %d (t = %.4g, %s), seed %d.", f.Report.Step, f.Report.Time, rule, s.Seed)
}

// runNames are the labels of the flows of a comparison, with what there is beside their drifts.
func runNames(f *session.Frame) []string {
	names := make([]string, len(f.Runs))
	for k, r := range f.Runs {
		m := r.Settings.Motion().After(f.Settings.Motion()) // the caption has the bandwidth of the flow in focus
		bare := sim.Motion{Drift: m.Drift, Mover: m.Mover, Adaptive: m.Adaptive}
		names[k] = drawable(r.Label + strings.TrimPrefix(m.String(), bare.String()))
	}
	return names
}

// movedBy is what moves the particles of a flow; name is that of its drift.
func movedBy(s sim.Settings, name string) string {
	switch {
	case s.Adaptive:
		name = "adaptive weight"
	case !s.Mover.IsZero():
		name = s.Mover.String()
	case s.Drift.ZFactor() != 1:
		name += fmt.Sprintf(" (Z × %g)", s.Drift.ZFactor())
	}
	if s.Velocity == sim.Blob {
		name += ", blob velocity"
	}
	if s.BirthDeath > 0 {
		name += fmt.Sprintf(" with birth–death λ = %g", s.BirthDeath)
	}
	if s.Coarse.On() {
		name += fmt.Sprintf(", coarse to fine from %g h", s.Coarse.Factor)
	}
	return name
}

// caption is the text below a figure in lines: what it shows, then the command that makes it again.
type caption struct{ about, command []string }

// newCaption wraps a caption.
func newCaption(about, command string, width vg.Length) caption {
	c := caption{about: wrapped(strings.Split(drawable(about), " "), styled(sans(captionSize)), width, "")}
	if command != "" {
		c.command = wrapped(shellWords(drawable(command)), styled(mono(captionSize)), width, ` \`)
	}
	return c
}

// leading is the distance of lines.
const leading = vg.Length(1.25 * captionSize)

func (c caption) height() vg.Length { return vg.Length(len(c.about)+len(c.command)) * leading }

// draw draws the caption at the lower edge.
func (c caption) draw(to draw.Canvas) {
	at := vg.Point{X: to.Min.X, Y: to.Min.Y + c.height() - captionSize}
	line := func(style text.Style, text string) {
		to.FillText(style, at, text)
		at.Y -= leading
	}
	for _, l := range c.about {
		line(styled(sans(captionSize)), l)
	}
	for _, l := range c.command {
		line(styled(mono(captionSize)), l)
	}
}

// shellWords are the words of a command line, a flag with its value, between which no line ends: a quoted one may
// have blanks.
func shellWords(s string) (words []string) {
	quoted, from := false, 0
	for i, r := range s + " " {
		switch {
		case r == '\'':
			quoted = !quoted
		case r == ' ' && !quoted || i == len(s):
			word, last := s[from:i], len(words)-1
			switch {
			case word == "":
			case last >= 0 && !strings.HasPrefix(word, "-") && strings.HasPrefix(words[last], "--") && !strings.Contains(words[last], " "):
				words[last] += " " + word
			default:
				words = append(words, word)
			}
			from = i + 1
		}
	}
	return words
}

// wrapped is words in lines of a width; more ends every line but the last. Words that are longer than
// a line are cut.
func wrapped(words []string, style text.Style, width vg.Length, more string) (lines []string) {
	room := max(width-style.Width(more), style.Width("MMMM"))
	line := ""
	add := func(word string) {
		switch {
		case line == "":
			line = word
		case style.Width(line+" "+word) <= room:
			line += " " + word
		default:
			lines, line = append(lines, line+more), word
		}
		for style.Width(line) > room {
			cut := fitting(line, style, room)
			// Within a word no blank may come in, which a blank before the backslash would be.
			lines, line = append(lines, line[:cut]+strings.TrimLeft(more, " ")), line[cut:]
		}
	}
	for _, word := range words {
		add(word)
	}
	return append(lines, line)
}

// fitting is the number of bytes of a text, at least one character, that fit into a width.
func fitting(s string, style text.Style, width vg.Length) int {
	fit := 0
	for at, r := range s {
		end := at + len(string(r))
		if fit > 0 && style.Width(s[:end]) > width {
			break
		}
		fit = end
	}
	return fit
}
