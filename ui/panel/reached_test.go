package panel

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"undercurrent/sim"
	"undercurrent/sim/density"
	"undercurrent/sim/target"
	"undercurrent/ui/paint"
	"undercurrent/ui/session"
)

// reachedFrame is a comparison in which flow k reached region i at steps[k][i].
func reachedFrame(all []int, steps ...[]int) *session.Frame {
	f := &session.Frame{}
	for k, list := range steps {
		r := &sim.Report{Reached: all[k]}
		r.Step = 150
		for i, step := range list {
			r.Regions = append(r.Regions, sim.RegionReport{Reached: step,
				RegionTotals: density.RegionTotals{Region: target.Region{ID: i + 1, Mass: 0.1}, ParticleMass: 0.1}})
		}
		f.Runs = append(f.Runs, session.Run{Report: r})
	}
	f.Report = f.Runs[0].Report
	return f
}

// Every flow has a line, every region a column; where there is no room, those that are reached last stay.
func TestTheTableOfStepsKeepsTheRegionsThatAreReachedLast(t *testing.T) {
	const never = sim.NotReached
	f := reachedFrame([]int{140, never}, []int{0, 7, 140, 3, 2}, []int{0, 12, never, 30, 5})
	for _, c := range []struct {
		width int
		want  []string
	}{
		{60, []string{"1 2 3 4 5 all at once", "A 0 7 140 3 2 140", "B 0 12 — 30 5 —"}},
		{20, []string{"2 3 4 all", "A 7 140 3 140", "B 12 — 30 —"}},
		{12, []string{"3 all", "A 140 140", "B — —"}},
	} {
		lines := ReachedTable(f, paint.Dark(paint.None), c.width, 5)
		for i, want := range c.want {
			if got := strings.Join(strings.Fields(ansi.Strip(lines[i])), " "); got != want || paint.Width(lines[i]) != c.width {
				t.Errorf("line %d of %d cells is %q, expected %q", i, c.width, got, want)
			}
		}
	}
}
