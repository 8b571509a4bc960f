package panel

import (
	"fmt"
	"math"
	"slices"

	"undercurrent/divergences"
	"undercurrent/sim"
	"undercurrent/ui/layout"
	"undercurrent/ui/paint"
	"undercurrent/ui/session"
)

// Widths from which the lines of the response have their formulas, two values, and the
// three of a reference.
const (
	formulaWidth = 60
	pairWidth    = 36
	bendWidth    = 43
)

// Response is the place of the response, and of the weight while particles are watched.
const Response layout.ID = "response"

// Weight is the place of the weight, and of the metrics while particles are watched.
const Weight layout.ID = "weight"

func response() *Panel {
	return &Panel{
		Panel:   layout.Panel{ID: Response, Kind: layout.Chart, Tab: 1},
		Absent:  Undriven,
		Caption: "response",
		Shows:   says("predicted → actual"),
		Help:    "change of the coverage measure U in a step: predicted, actual, expected",
		Keys:    []Group{CoverageKeys},
		Needs:   needs(session.Shown{Response: true, Effort: true, Identity: true}),
		Render:  renderResponse,
	}
}

// renderResponse shows what a step was predicted to do to the coverage measure and what it
// did, how fast the objective falls, and the error of the compression identity.
func renderResponse(s *Scene, width, height int) []string {
	h, f, t := s.History, s.Frame, s.Theme
	lines := slices.Concat(changeLines(f, t, width), rateLines(f, t, width), []string{identityLine(f, t, width)})
	if f.Drift.Reference().Kind != divergences.NoReference {
		lines = append(lines, bendLines(f, t, width)...)
	}
	if room := height - len(lines); room >= minChart && len(h.Samples) >= minSamples {
		lines = append(lines, responseChart(h, t, width, room)...)
	}
	return fill(lines, width, height)
}

// changeLines are the coverage measure U, its change in a step as predicted to first order
// and as it was, and the change that is expected of infinitely many particles.
func changeLines(f *session.Frame, t paint.Theme, width int) []string {
	c := f.Report.UnderCoverageChange
	lines := measureLines(f, t, width)
	change := paint.NewRow(width).Text(" ΔU ", t.Dim).Text(signedSmall(c.FirstOrder), t.Strong)
	switch {
	case f.Report.Ahead:
		change.Text(longest([]string{" predicted for the next step", " predicted"}, change.Left()), t.Dim)
		lines = append(lines, change.String())
	default:
		change.Text(" → ", t.Dim).Text(signedSmall(c.Measured), t.Accent)
		lines = append(lines, appended(change, width, pairWidth, "error ", relative(c), t.Dim, t.Dim)...)
	}
	of := " (infinite particles)"
	if width < pairWidth {
		of = " (N = ∞)"
	}
	expected := paint.NewRow(width).Text(" expected ", t.Dim).Text(signedSmall(c.Population), t.Text)
	return append(lines, taken(expected, c, signedSmall, of, t))
}

// measureLines are the value of the coverage measure, the best that it can have, and its parameters.
func measureLines(f *session.Frame, t paint.Theme, width int) []string {
	r := paint.NewRow(width).Text(" U ", t.Dim).Text(fmt.Sprintf("%.3f", f.Report.UnderCoverage), t.Strong).
		Text(" of best "+bestText(f.Functional), t.Dim)
	if text := "  " + f.Functional.Text(); paint.Width(text) <= r.Left() {
		return []string{r.Text(text, t.Dim).String()}
	}
	return []string{r.String(), paint.NewRow(width).Text(" "+f.Functional.Text(), t.Dim).String()}
}

// taken completes the row of an expectation: where the limits of the step leave another value,
// with that one, otherwise with a remark.
func taken(r *paint.Row, c sim.Change, text func(float64) string, remark string, t paint.Theme) string {
	if !(math.Abs(c.Taken-c.Population) > shownCut*math.Abs(c.Population)) {
		return r.Text(remark, t.Dim).String()
	}
	label := longest([]string{", with step limits ", ", limited ", " → ", ""}, r.Left()-paint.Width(text(c.Taken)))
	if label == "" {
		return r.String()
	}
	return r.Text(label, t.Dim).Text(text(c.Taken), t.Text).String()
}

// shownCut is the relative change by the limits of a step from which on it is shown.
const shownCut = 0.005

// appended is a row with one more value where rows are at least as wide as from, otherwise
// that value has a row of its own.
func appended(r *paint.Row, width, from int, label, value string, dim, style paint.Style) []string {
	if width >= from {
		return []string{r.Text("  "+label, dim).Text(value, style).String()}
	}
	return []string{r.String(), paint.NewRow(width).Text(" "+label, dim).Text(value, style).String()}
}

// relative is the relative error of first order.
func relative(c sim.Change) string {
	if c.Measured == 0 {
		return "–"
	}
	return fmt.Sprintf("%.1f%%", 100*math.Abs(c.FirstOrder/c.Measured-1))
}

// signedSmall is a small change with its sign.
func signedSmall(v float64) string {
	if v < 0 {
		return fmt.Sprintf("−%.2g", -v)
	}
	return fmt.Sprintf("+%.2g", v)
}

// figure is a rate in the response panel.
func figure(v float64) string { return fmt.Sprintf("%.3g", v) }

// rateLines are how fast the current objective falls: the actual rate, the one to first
// order, and the dissipation; and the mean square of the velocity.
func rateLines(f *session.Frame, t paint.Theme, width int) []string {
	c, dt := f.Report.ActiveChange, f.Report.StepDT
	r := paint.NewRow(width).Text(" −dD/dt ", t.Dim)
	if dt == 0 {
		return []string{r.Text("at rest", t.Dim).String()}
	}
	rate := func(change float64) string { return figure(-change / dt) }
	var lines []string
	if !f.Report.Ahead {
		r.Text(rate(c.Measured)+"  ", t.Accent)
		if width < pairWidth {
			lines, r = append(lines, r.String()), paint.NewRow(width).Text(" ", "")
		}
	}
	r.Text("first order ", t.Dim).Text(rate(c.FirstOrder), t.Strong)
	dissipation := paint.NewRow(width).Text(" dissipation ", t.Dim).Text(rate(c.Population), t.Text)
	lines = append(lines, r.String(), taken(dissipation, c, rate, "", t))
	square := sim.Change{Population: f.Report.SquareVelocity.Velocity, Taken: f.Report.SquareVelocity.Taken}
	speed := paint.NewRow(width).Text(" E‖V‖² ", t.Dim).Text(figure(square.Population), t.Text)
	return append(lines, taken(speed, square, figure, "", t))
}

// identityLine is the relative error of −div V = −w[e|∇log r|² + Δ log r].
func identityLine(f *session.Frame, t paint.Theme, width int) string {
	r := paint.NewRow(width)
	forms := []string(nil)
	switch {
	case !math.IsNaN(f.Report.IdentityResidual):
		if width >= formulaWidth {
			r.Text(" −div V = −w[e|∇log r|² + Δ log r] ", t.Dim)
		}
		return r.Text(" identity error ", t.Dim).Text(fmt.Sprintf("%.1f%%", 100*f.Report.IdentityResidual), t.Strong).String()
	case f.Settings.Velocity == sim.Blob:
		forms = []string{" no identity error: smoothed gradient flow", " no identity error (blob)"}
	default:
		forms = []string{" no identity error: log r is clipped", " no identity error: clipped"}
	}
	return r.Text(longest(forms, width), t.Dim).String()
}

// bendLines are what the reference does to the drift.
func bendLines(f *session.Frame, t paint.Theme, width int) []string {
	s := f.Report
	along, bent := " along ∇log r ", "  bent "
	if width >= formulaWidth {
		along, bent = " energy along ∇log r ", "  bent by ρ "
	}
	r := paint.NewRow(width).Text(along, t.Dim).Text(fmt.Sprintf("%.0f%%", 100*s.AlongBeta), t.Strong).
		Text(bent, t.Dim).Text(fmt.Sprintf("%.0f%%", 100*s.Bend), t.Strong)
	style := t.Strong
	if s.WrongWay > 0.01 {
		style = t.Alert
	}
	return appended(r, width, bendWidth, "wrong way ", fmt.Sprintf("%.0f%%", 100*s.WrongWay), t.Dim, style)
}

// responseChart draws the fall of the coverage measure per step, predicted and actual, on a logarithmic scale; where it rises, its rise.
func responseChart(h *History, t paint.Theme, width, height int) []string {
	lo, hi := math.Inf(1), math.Inf(-1)
	n := len(h.Samples)
	xs, predicted, falls, rises := make([]float64, n), make([]float64, n), make([]float64, n), make([]float64, n)
	for i, s := range h.Samples {
		xs[i] = float64(s.Step)
		predicted[i], falls[i], rises[i] = math.Log10(math.Abs(s.Predicted)), math.NaN(), math.NaN()
		l := math.Log10(math.Abs(s.Measured))
		if s.Measured > 0 {
			rises[i] = l
		} else {
			falls[i] = l
		}
		if !math.IsNaN(l) && !math.IsInf(l, 0) {
			lo, hi = min(lo, l), max(hi, l)
		}
	}
	if lo > hi {
		return nil
	}
	lo, hi = max(math.Floor(lo), lowestChange), math.Ceil(hi)
	c := stepChart(h, t, width, height, lo, max(hi, lo+1))
	for v := lo; v <= c.yhi; v++ {
		c.ys = append(c.ys, mark{v, power(v)})
	}
	c.curve(xs, predicted, t.Second)
	c.curve(xs, falls, t.Curve)
	c.curve(xs, rises, t.Wrong)
	return c.lines()
}

// lowestChange is the smallest decade of a change that is shown.
const lowestChange = -8
