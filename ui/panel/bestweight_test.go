package panel

import (
	"math"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"undercurrent/divergences"
	"undercurrent/sim"
	"undercurrent/ui/paint"
	"undercurrent/ui/session"
)

// With a chosen region the weight panel names the efficiency of the current divergence and draws another
// curve; the detail has η at every forecast that has one.
func TestTheBestWeightOfTheChosenRegionIsShown(t *testing.T) {
	d := compared(t)
	d.Show(session.Shown{Response: true, Effort: true})
	d.Advance()
	s := &Scene{Frame: frameOf(d), History: &History{}, Theme: paint.Dark(paint.None)}
	plain := strings.Join(renderWeight(s, 80, 30), "\n")
	reverse, pearson := divergences.NewSpec(family(t, "reverse-kl"), nil), divergences.NewSpec(family(t, "pearson"), nil)
	s.Detail = &sim.RegionDetail{Region: 2, Exchange: make([]float64, len(s.Report.Regions)), PlaceDetail: sim.PlaceDetail{
		Forecasts: []sim.Forecast{{Drift: reverse, MassChange: 1e-4, Efficiency: 0.414}, {Drift: pearson, MassChange: 2e-4, Efficiency: math.NaN()}},
		Current:   sim.Forecast{Drift: reverse, MassChange: 1e-4, Efficiency: 0.414},
		Best:      []divergences.WeightNode{{LogR: -1, Weight: 0.2}, {LogR: 1, Weight: 4}}}}
	shown := strings.Join(renderWeight(s, 80, 30), "\n")
	if !strings.Contains(ansi.Strip(shown), "η 41% for region 3, ┄ w*") || strings.Contains(plain, "w*") {
		t.Errorf("the weight panel is\n%s", ansi.Strip(shown))
	}
	if dots(shown) <= dots(plain) {
		t.Errorf("the chart has %d cells with the best weight, %d without", dots(shown), dots(plain))
	}
	rows := ansi.Strip(strings.Join(detailRows(s, 60), "\n"))
	for _, want := range []string{"reverse-kl", "η  41%", "pearson", "η   –"} {
		if !strings.Contains(rows, want) {
			t.Errorf("the detail has no %q:\n%s", want, rows)
		}
	}
	around := *s.Detail
	s.Detail, s.Aimed, s.Probe = nil, &session.Aimed{Aim: sim.Aim{Around: sim.Disc{Radius: 0.5}}, PlaceDetail: around.PlaceDetail}, &sim.Probe{}
	if shown := ansi.Strip(strings.Join(renderWeight(s, 80, 30), "\n")); !strings.Contains(shown, "η 41% for the place of the probe, ┄ w*") {
		t.Errorf("with the probe the weight panel is\n%s", shown)
	}
	s.Probe, s.AimsAtCoverage = nil, true
	if shown := ansi.Strip(strings.Join(renderWeight(s, 80, 30), "\n")); !strings.Contains(shown, "η 41% for U of all regions, ┄ w*") {
		t.Errorf("with the coverage as the aim the weight panel is\n%s", shown)
	}
	s.Detail, s.Aimed, s.AimsAtCoverage = &around, nil, false
	for _, row := range detailRows(s, 30) {
		if got := ansi.StringWidth(row); got > 30 {
			t.Errorf("a row is %d wide: %q", got, ansi.Strip(row))
		}
	}
}

func family(t *testing.T, id string) divergences.Family {
	t.Helper()
	f, err := divergences.Standard().Family(id)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// dots is the number of cells with a part of a curve.
func dots(text string) (n int) {
	for _, r := range text {
		if r > 0x2800 && r < 0x2900 {
			n++
		}
	}
	return n
}
