package panel

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"undercurrent/sim"
	"undercurrent/sim/density"
	"undercurrent/sim/target"
	"undercurrent/ui/paint"
	"undercurrent/ui/session"
)

// sceneOf is a scene with regions of random masses and transport.
func sceneOf(n int) *Scene {
	rng := rand.New(rand.NewPCG(3, uint64(n)))
	r := &sim.Report{Ahead: true}
	for k := range n {
		r.Regions = append(r.Regions, sim.RegionReport{MassChange: sim.Change{FirstOrder: rng.NormFloat64()},
			RegionTotals: density.RegionTotals{Region: target.Region{ID: k + 1, Mass: rng.Float64()}, ParticleMass: rng.Float64()}})
		row := make([]int, n)
		for b := range row {
			row[b] = rng.IntN(50)
		}
		r.Transport = append(r.Transport, row)
	}
	return &Scene{Frame: &session.Frame{Report: r}, History: &History{}, Rows: &Scroll{}, Theme: paint.Dark(paint.None)}
}

// An order has every region once, and by what it says.
func TestOrdersSortTheRegions(t *testing.T) {
	s := sceneOf(12)
	s.Report.Regions[4].Mass = 0
	for o := range orders {
		list := o.Of(s.Frame)
		if numbers := o.Numbers(s.Frame); len(slices.Compact(slices.Sorted(slices.Values(numbers)))) != 12 {
			t.Errorf("%s: the regions are %v", o, numbers)
		}
		sorted := map[Order]func(a, b sim.RegionReport) bool{
			ByNumber:    func(a, b sim.RegionReport) bool { return a.ID < b.ID },
			LowestFirst: func(a, b sim.RegionReport) bool { return b.Mass == 0 || a.MassRatio() <= b.MassRatio() },
			FastestFirst: func(a, b sim.RegionReport) bool {
				x, y := a.MassChange.FirstOrder, b.MassChange.FirstOrder
				return x*x >= y*y
			},
		}[o]
		for k := range list[1:] {
			if !sorted(list[k], list[k+1]) {
				t.Errorf("%s: %+v is before %+v", o, list[k], list[k+1])
			}
		}
	}
}

// The table shows the chosen region wherever it is in the order, and a row is that of the region that is
// written in it.
func TestTheTableShowsTheChosenRegion(t *testing.T) {
	s := sceneOf(31)
	for _, height := range []int{6, 12, 25, 33, 40} {
		for _, s.Order = range []Order{ByNumber, LowestFirst} {
			for chosen := range s.Report.Regions {
				s.Detail = &sim.RegionDetail{Region: chosen}
				lines, found := renderRegions(s, 60, height), false
				if len(lines) != height {
					t.Fatalf("%d lines, expected %d", len(lines), height)
				}
				for line, text := range lines {
					number := RegionAt(s, height, line)
					if number == 0 {
						continue
					}
					cells := []rune(ansi.Strip(text))
					want := strconv.Itoa(number)
					if got := string(cells[3-len(want) : 3]); got != want {
						t.Errorf("row %d is %q, expected region %s", line, text, want)
					}
					found = found || number == chosen+1
				}
				if !found {
					t.Errorf("with %d rows region %d is chosen and not seen", height, chosen+1)
				}
			}
		}
	}
}

// The matrix has every particle once, whatever has a row of its own.
func TestTransportSumsUpTheRest(t *testing.T) {
	s, all := sceneOf(31), 0
	for _, row := range s.Report.Transport {
		all += sum(row)
	}
	for _, s.Order = range []Order{ByNumber, LowestFirst} {
		for n := 1; n <= 40; n++ {
			m, total := newTransportMatrix(s, n), 0
			for _, row := range m.counts {
				total += sum(row)
			}
			if total != all || len(m.labels) != min(n, 31) || len(m.ids) != len(m.labels) {
				t.Errorf("%d rows have %d of %d particles in %d", n, total, all, len(m.labels))
			}
			if n < 31 != (m.ids[len(m.ids)-1] == 0) {
				t.Errorf("of %d rows the last is region %d", n, m.ids[len(m.ids)-1])
			}
			for k, id := range m.ids {
				if id > 0 && m.counts[k][k] != s.Report.Transport[id-1][id-1] {
					t.Errorf("row %d has %d particles of region %d that stayed, expected %d", k, m.counts[k][k], id, s.Report.Transport[id-1][id-1])
				}
			}
		}
	}
}

// With birth–death a change has the part by copying, and the matrix the share of copies in each column.
func TestCopiedMassIsShown(t *testing.T) {
	s := sceneOf(4)
	s.Settings.BirthDeath, s.Settings.Particles = 1, 0
	for k := range s.Report.Regions {
		r := &s.Report.Regions[k]
		r.MassChange.FirstOrder, r.Reweighted.FirstOrder, r.Copied = 0.005, float64(k+1)*0.001, 10*(k+1)
	}
	for _, row := range s.Report.Transport {
		s.Settings.Particles += sum(row)
	}
	for _, width := range []int{50, 70, 110} {
		lines := renderRegions(s, width, 8)
		for k := range s.Report.Regions {
			want := "▲0." + strconv.Itoa(k+1) + "00%"
			if text := ansi.Strip(lines[headLines+k]); !strings.Contains(text, "▲0.500%") || !strings.Contains(text, want) {
				t.Errorf("at width %d region %d is %q, expected the part %s", width, k+1, text, want)
			}
		}
	}
	m := newTransportMatrix(s, 4)
	var e shades
	e.follow(s.Theme)
	lines := m.lines(s, &e, 40, cellWidth)
	last := strings.Fields(ansi.Strip(lines[len(lines)-1]))
	if len(last) != 5 || last[0] != "copy" {
		t.Fatalf("the last row is %q", lines[len(lines)-1])
	}
	for k, text := range last[1:] {
		column := 0
		for _, row := range s.Report.Transport {
			column += row[k]
		}
		if want := fmt.Sprintf("%.0f", 1000*float64(k+1)/float64(column)); text != want {
			t.Errorf("column %d has %s%% copies, expected %s%%", k+1, text, want)
		}
	}
	s.Settings.BirthDeath = 0
	if text := ansi.Strip(renderRegions(s, 70, 8)[0]); strings.Contains(text, "of it by") {
		t.Errorf("without birth–death the head is %q", text)
	}
}

// An island says so in place of its change, at every width.
func TestAnIslandIsNamedInTheTable(t *testing.T) {
	s := sceneOf(3)
	s.Islands = &session.Islands{Regions: []bool{false, true, false}, Lacking: 0.2}
	for _, width := range []int{30, 40, 50, 70, 110} {
		for k, line := range renderRegions(s, width, 6)[headLines : headLines+3] {
			if named := strings.Contains(ansi.Strip(line), "isl"); named != (k == 1) {
				t.Errorf("at width %d region %d is %q", width, k+1, ansi.Strip(line))
			}
		}
	}
}
