package panel

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"undercurrent/scenarios"
	"undercurrent/sim"
	"undercurrent/sim/chains"
	"undercurrent/sim/diagnosis"
	"undercurrent/ui/paint"
	"undercurrent/ui/session"
)

// chainScene is a scene of draws in chains, each in a region of its own more than in the others.
func chainScene(t *testing.T, n, draws int) *Scene {
	t.Helper()
	rng := rand.New(rand.NewPCG(2, 2))
	d := diagnosis.Draws{Names: []string{"mu", "tau"}, Columns: make([][]float64, 2)}
	target := &diagnosis.Target{Names: make([]string, 3), Masses: []float64{0.5, 0.3, 0.2}}
	c := &session.Chains{Names: [2]string{"mu", "tau"}, Every: 1}
	for chain := range n {
		var x []float64
		for range draws {
			v := rng.NormFloat64() + float64(chain)
			x = append(x, v)
			d.Columns[0], d.Columns[1] = append(d.Columns[0], v), append(d.Columns[1], rng.NormFloat64())
			target.Regions = append(target.Regions, (chain+rng.IntN(2))%3)
		}
		d.Lengths = append(d.Lengths, draws)
		c.Traces[0] = append(c.Traces[0], x)
	}
	var err error
	if c.Report, err = diagnosis.Diagnose(d, target); err != nil {
		t.Fatal(err)
	}
	q, err := chains.NewQuantity(c.Traces[0])
	if err != nil {
		t.Fatal(err)
	}
	if c.Ranks, err = q.RankHistogram(20); err != nil {
		t.Fatal(err)
	}
	f := &session.Frame{Report: &sim.Report{}, Watching: &session.Watching{Chains: c}}
	return &Scene{Frame: f, History: &History{}, Rows: &Scroll{}, Theme: paint.Dark(paint.None)}
}

// The panels of chains fill their room at every size, with every number that they have room for.
func TestThePanelsOfChainsFillTheirRoom(t *testing.T) {
	s := chainScene(t, 4, 300)
	for _, size := range [][2]int{{1, 1}, {27, 10}, {37, 8}, {50, 14}, {80, 24}, {120, 3}} {
		for name, render := range map[string]func(*Scene, int, int) []string{"chains": renderChains, "trace": renderTrace, "ranks": renderRanks} {
			lines := render(s, size[0], size[1])
			if len(lines) != size[1] {
				t.Errorf("%s has %d lines, expected %d", name, len(lines), size[1])
			}
			for _, l := range lines {
				if w := paint.Width(l); w != size[0] {
					t.Fatalf("%s: %q has width %d, expected %d", name, l, w, size[0])
				}
			}
		}
	}
}

// Divergent transitions are marked in the cells where they are, without colour too, and the row of the regions
// has their shares.
func TestDivergentTransitionsAreMarked(t *testing.T) {
	s := chainScene(t, 2, 300)
	s.Watching.Chains.Report.Divergent = []int{8, 4, 3, 1}
	row := ansi.Strip(strings.Join(divergentRow(s, s.Watching.Chains.Report, 40), ""))
	if fields := strings.Fields(row); !slices.Equal(fields, []string{"✕", "8", "divergent", "50%", "38%", "12%"}) {
		t.Errorf("the row is %q", row)
	}
	view := NewView(scenarios.Window{XMin: -4, XMax: 4, YMin: -4, YMax: 4}, 16, 16)
	for _, depth := range []paint.Depth{paint.None, paint.True} {
		theme, m := paint.Dark(depth), NewMap(Target, true)
		m.fine, m.palette = 1, theme.Muted()
		m.bitmap.Resize(16, 8)
		m.dots.Resize(16, 8)
		// A cell is half a unit wide and a unit high.
		m.marks([]scenarios.Point{{X: -3.9, Y: 3.9}, {X: 0.1, Y: 0.1}, {X: 0.2, Y: 0.9}, {X: 9, Y: 0}}, view)
		lines := m.bitmap.LinesUnder(&m.dots, m.palette, theme)
		for k, line := range lines {
			want := map[int]int{0: 0, 3: 8}
			at, marked := want[k]
			line = ansi.Strip(line)
			if n := strings.Count(line, "✕"); (n == 1) != marked || marked && []rune(line)[at] != '✕' {
				t.Errorf("row %d is %q", k, line)
			}
		}
		if legend := ansi.Strip(m.legend(60, theme)); !strings.Contains(legend, "✕ divergent") {
			t.Errorf("the legend is %q", legend)
		}
	}
}

// What is found and the rows of the chains are those of the report.
func TestTheChainsHaveTheirRegionsAndFindings(t *testing.T) {
	s := chainScene(t, 4, 300)
	r := s.Watching.Chains.Report
	text := ansi.Strip(strings.Join(renderChains(s, 60, 24), "\n"))
	if !strings.Contains(text, "! "+r.Findings[0].Text[:20]) {
		t.Errorf("the findings are not in\n%s", text)
	}
	for c := range 4 {
		row := fmt.Sprintf("%5d", c+1)
		want := percentText(r.Regions[0].ByChain[c])
		line := ""
		for _, l := range strings.Split(text, "\n") {
			if strings.HasPrefix(l, row) {
				line = l
			}
		}
		fields := strings.Fields(line)
		if len(fields) != 5 || fields[1] != "100%" || fields[2] != want {
			t.Errorf("chain %d is %q, expected %s of region 1", c+1, line, want)
		}
	}
	if text := ansi.Strip(strings.Join(renderTrace(s, 60, 16), "\n")); !strings.Contains(text, "mu mostly from ") || !strings.Contains(text, "draw 0") {
		t.Errorf("the trace is\n%s", text)
	}
	if strings.Contains(text, "divergent") {
		t.Errorf("without divergent transitions it shows\n%s", text)
	}
	few := chainScene(t, 9, 50)
	if text := ansi.Strip(strings.Join(renderChains(few, 60, 10), "\n")); !strings.Contains(text, "more chains") {
		t.Errorf("of nine chains it shows\n%s", text)
	}
}
