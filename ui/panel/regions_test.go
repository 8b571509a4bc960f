package panel

import (
	"math/rand/v2"
	"slices"
	"strconv"
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
