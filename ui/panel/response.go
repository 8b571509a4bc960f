package panel

import (
	"fmt"
	"math"

	"undercurrent/divergences"
	"undercurrent/sim"
	"undercurrent/ui/engine"
	"undercurrent/ui/layout"
	"undercurrent/ui/paint"
)

// roomy is the width from which the lines have their formulas and full words.
const roomy = 56

// Response is the id of the panel of the response; the metrics of a watched stream have
// its place.
const Response layout.ID = "response"

func response() *Panel {
	return &Panel{
		Panel:   layout.Panel{ID: Response, Kind: layout.Chart, Tab: 1},
		Caption: "response",
		Shows:   says("foretold and measured"),
		Help:    "change of U in a step: by formula, to first order, and as measured",
		Keys:    []Group{CoverageKeys},
		Needs:   needs(engine.Shown{Response: true, Effort: true, Identity: true}),
		Render:  renderResponse,
	}
}

// renderResponse says what a step was predicted to do to the coverage and what it did,
// how fast the objective falls, and whether the identity holds.
func renderResponse(s *Scene, width, height int) []string {
	h, f, t := s.History, s.Frame, s.Theme
	lines := []string{changeLine(f, t, width), populationLine(f, t, width), ratesLine(f, t, width), identityLine(f, t, width)}
	if f.Drift.Reference().Kind != divergences.NoReference {
		lines = append(lines, bendLine(f, t, width))
	}
	if room := height - len(lines); room >= minChart && len(h.Samples) >= minSamples {
		lines = append(lines, responseChart(h, t, width, room)...)
	}
	return fill(lines, width, height)
}

// changeLine is the change of the functional in a step, predicted and measured.
func changeLine(f *engine.Frame, t paint.Theme, width int) string {
	c := f.Report.UnderCoverageChange
	r := paint.NewRow(width).Text(" ΔU ", t.Dim).Text(signedSmall(c.FirstOrder), t.Strong)
	if f.Report.Ahead {
		return r.Text(" foretold of the next step", t.Dim).String()
	}
	return r.Text(" → ", t.Dim).Text(signedSmall(c.Measured), t.Accent).Text("  off "+relative(c), t.Dim).String()
}

// populationLine is what the formula of the flow says, and of what.
func populationLine(f *engine.Frame, t paint.Theme, width int) string {
	c := f.Report.UnderCoverageChange
	return paint.NewRow(width).Text(" population ", t.Dim).Text(signedSmall(c.Population), t.Text).
		Text("  "+f.Functional.Text(), t.Dim).String()
}

// relative is how far first order is from what was measured.
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

// ratesLine is the dissipation meter.
func ratesLine(f *engine.Frame, t paint.Theme, width int) string {
	c, dt := f.Report.ActiveChange, f.Report.StepDT
	r := paint.NewRow(width).Text(" −dD/dt ", t.Dim)
	if dt == 0 {
		return r.Text("at rest", t.Dim).String()
	}
	measured, first, dissipation := "", " first ", " diss"
	if width >= roomy {
		measured, first, dissipation = " measured  ", " first order  ", " dissipation"
	}
	if !f.Report.Ahead {
		r.Text(fmt.Sprintf("%.3g", -c.Measured/dt), t.Accent).Text(measured, t.Dim)
	}
	if width < roomy {
		return r.Text(first, t.Dim).Text(fmt.Sprintf("%.3g", -c.FirstOrder/dt), t.Strong).
			Text(dissipation+" ", t.Dim).Text(fmt.Sprintf("%.3g", -c.Population/dt), t.Text).String()
	}
	r.Text(fmt.Sprintf("%.3g", -c.FirstOrder/dt), t.Strong).Text(first, t.Dim)
	return r.Text(fmt.Sprintf("%.3g", -c.Population/dt), t.Text).Text(dissipation, t.Dim).String()
}

// identityLine is the residual of −div V = −w[e|β|² + Δ log r].
func identityLine(f *engine.Frame, t paint.Theme, width int) string {
	r := paint.NewRow(width)
	if width >= roomy {
		r.Text(" −div V = −w(e|β|²+Δ log r) ", t.Dim)
	} else {
		r.Text(" identity ", t.Dim)
	}
	switch {
	case !math.IsNaN(f.Report.IdentityResidual):
	case f.Settings.Velocity == sim.Blob:
		return r.Text("is not of the blob", t.Dim).String()
	default:
		return r.Text("has every place at the clip", t.Dim).String()
	}
	return r.Text(fmt.Sprintf("within %.1f%%", 100*f.Report.IdentityResidual), t.Strong).String()
}

// bendLine is what the reference does to the drift.
func bendLine(f *engine.Frame, t paint.Theme, width int) string {
	s := f.Report
	along, bent, wrong := " along β ", "  bent ", "  wrong "
	if width >= roomy {
		along, bent, wrong = " energy along β ", "  bent by ρ ", "  wrong way "
	}
	r := paint.NewRow(width).Text(along, t.Dim).Text(fmt.Sprintf("%.0f%%", 100*s.AlongBeta), t.Strong).
		Text(bent, t.Dim).Text(fmt.Sprintf("%.0f%%", 100*s.Bend), t.Strong)
	style := t.Strong
	if s.WrongWay > 0.01 {
		style = t.Alert
	}
	return r.Text(wrong, t.Dim).Text(fmt.Sprintf("%.0f%%", 100*s.WrongWay), style).String()
}

// responseChart draws the fall of the functional a step over the steps, predicted
// and measured, on a logarithmic scale; where it rises, its rise.
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
