package session

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"undercurrent/scenarios"
	"undercurrent/sim/diagnosis"
)

// table are draws of four columns in chains; the last chain is above −1 in the first one. The third column has
// a value that is not finite.
func table(lengths ...int) *Table {
	rng := rand.New(rand.NewPCG(7, 7))
	d := diagnosis.Draws{Names: []string{"a", "b", "c", "d"}, Columns: make([][]float64, 4), Lengths: lengths}
	for c, n := range lengths {
		for range n {
			a := rng.NormFloat64()
			if c == len(lengths)-1 && c > 0 {
				a = math.Abs(a)
			}
			for k, v := range []float64{a, 2 * rng.NormFloat64(), rng.NormFloat64(), a + rng.NormFloat64()} {
				d.Columns[k] = append(d.Columns[k], v)
			}
		}
	}
	d.Columns[2][0] = math.NaN()
	return &Table{Draws: d, Pair: [2]int{0, 1}, Own: true}
}

// framesOf are the frames of a table.
func framesOf(t *testing.T, table *Table) []scenarios.Cloud {
	t.Helper()
	frames, err := table.Frames()
	if err != nil {
		t.Fatal(err)
	}
	return frames
}

// tableWatcher is a session that shows a table, against a scenario or itself.
func tableWatcher(t *testing.T, table *Table) *Session {
	t.Helper()
	plain := newSession(t, "three-modes")
	s, settings := plain.flow().Scenario(), plain.flow().Settings()
	if table.Own {
		var err error
		if s, err = table.Target(); err != nil {
			t.Fatal(err)
		}
		settings.Bandwidth = s.Bandwidth
	}
	source := &given{frames: framesOf(t, table)}
	w, err := NewWatcher(plain.Motion.Catalogue(), s, settings, plain.Coverage.functional,
		Watch{Source: source, First: source.Take(nil), Input: "draws.csv", Table: table, Own: table.Against()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(w.Close)
	return w
}

// Without a target chains are frames, of a single one its halves, and what is too short is not divided.
func TestChainsAreComparedWithAll(t *testing.T) {
	for _, c := range []struct {
		lengths []int
		want    OwnTarget
		frames  []int
	}{
		{[]int{30, 20, 50}, OwnTarget{"all chains", "chain"}, []int{30, 20, 50}},
		{[]int{31}, OwnTarget{"all draws", "half"}, []int{15, 16}},
		{[]int{3}, OwnTarget{Of: "all draws"}, []int{3}},
		{[]int{30, 1}, OwnTarget{Of: "all draws"}, []int{31}},
	} {
		d := table(c.lengths...)
		var all []scenarios.Point
		var lengths []int
		for _, f := range framesOf(t, d) {
			all, lengths = append(all, f.Points...), append(lengths, len(f.Points))
		}
		if d.Against() != c.want || !slices.Equal(lengths, c.frames) || !slices.Equal(all, d.Points()) {
			t.Errorf("chains of %v are %+v in frames of %v, expected %+v in %v", c.lengths, d.Against(), lengths, c.want, c.frames)
		}
		if d.Own = false; d.Against().Is() || len(framesOf(t, d)) != 1 || len(framesOf(t, d)[0].Points) != len(all) {
			t.Errorf("with a target, chains of %v are %+v in %d frames", c.lengths, d.Against(), len(framesOf(t, d)))
		}
	}
}

// The regions of a chain are counted against the shares of all chains: together they are right, and no
// finding is about a target that nobody gave.
func TestWithoutATargetNoMassIsOff(t *testing.T) {
	w := tableWatcher(t, table(400, 400, 400))
	first := frameOf(w)
	if !strings.HasPrefix(first.Note.Text, "no target given: the map is the density (KDE) of all chains; each chain is compared with them") {
		t.Errorf("at first the note is %q", first.Note.Text)
	}
	w.Clock.Faster(true)
	for range 10 {
		w.Advance()
	}
	f := frameOf(w)
	if f.Report.Step != 3 || f.Settings.Particles != 400 || f.Watching.Own.Each != "chain" || !strings.HasSuffix(f.Note.Text, "(no target given: the map is the KDE of all chains)") {
		t.Fatalf("at the end there is frame %d of %d particles, %+v, %q", f.Report.Step, f.Settings.Particles, f.Watching.Own, f.Note.Text)
	}
	if !f.Report.Untracked {
		t.Error("chains have a transport from one to the next")
	}
	r, sum := f.Watching.Chains.Report, 0.0
	for _, region := range r.Regions {
		sum += region.Target
		if math.Abs(region.Target-region.Share) > 1e-12 {
			t.Errorf("region %s has %g of %g", region.Name, region.Share, region.Target)
		}
	}
	if sum > 1+1e-9 || sum < 0.98 {
		t.Errorf("the masses are %g together", sum)
	}
	for _, finding := range r.Findings {
		if strings.Contains(finding.Kind, "region") || finding.Kind == "against the gradient" {
			t.Errorf("without a target it is found that %s", finding.Text)
		}
	}
	if r.Rejections.Transitions != 0 {
		t.Errorf("without a log-density there are %d rejections", r.Rejections.Transitions)
	}
	// The chain that is above 0 alone is not like all of them, the first one is.
	if f.Report.TV < 0.25 {
		t.Errorf("the last chain is at TV %g of all", f.Report.TV)
	}
	w.Clock.First()
	for range 3 {
		w.Advance()
	}
	if tv := frameOf(w).Report.TV; frameOf(w).Report.Step == 1 && tv > 0.25 {
		t.Errorf("the first chain is at TV %g of all", tv)
	}
}

// Pairs are gone through in their order; a column without numbers is refused; the map, the particles and the
// chains are those of the pair.
func TestColumnsAreChosen(t *testing.T) {
	for _, own := range []bool{true, false} {
		d := table(300, 300)
		d.Own = own
		w := tableWatcher(t, d)
		w.Scene.SetColumns([2]int{0, 2})
		if f := frameOf(w); f.Watching.Table.Pair != [2]int{0, 1} || f.Note.Text != "1 of 600 values of column c are not finite, expected a column of numbers" {
			t.Errorf("after a column that is not finite: %v, %q", f.Watching.Table.Pair, f.Note.Text)
		}
		// (a, b), (a, d), (b, d), around the end.
		for _, want := range [][2]int{{0, 3}, {1, 3}, {0, 1}} {
			if !w.Scene.NextColumns(1) || frameOf(w).Watching.Table.Pair != want {
				t.Errorf("the next pair is %v, expected %v", frameOf(w).Watching.Table.Pair, want)
			}
		}
		w.Scene.NextColumns(-1)
		f := frameOf(w)
		if f.Watching.Table.Pair != [2]int{1, 3} || f.Watching.Chains.Names != [2]string{"b", "d"} || !strings.HasPrefix(f.Note.Text, "b and d") {
			t.Fatalf("the pair is %v, %v, %q", f.Watching.Table.Pair, f.Watching.Chains.Names, f.Note.Text)
		}
		points := f.Watching.Table.Points()
		if want := (scenarios.Point{X: d.Columns[1][0], Y: d.Columns[3][0]}); f.Particles[0] != want || points[0] != want {
			t.Errorf("the first particle is %v, expected %v", f.Particles[0], want)
		}
		if n := map[bool]int{true: 300, false: 600}[own]; f.Settings.Particles != n || f.Report.Step != 1 {
			t.Errorf("frame %d has %d particles, expected %d", f.Report.Step, f.Settings.Particles, n)
		}
		if is := f.Scenario.ID == "three-modes"; is == own {
			t.Errorf("the target is %s", f.Scenario.ID)
		}
		density, err := f.Watching.Table.Target()
		if err != nil {
			t.Fatal(err)
		}
		if is := f.Scenario.Target.LogDensity(0.3, 0.4) == density.Target.LogDensity(0.3, 0.4); is != own {
			t.Errorf("the target is the density of the pair: %t, expected %t", is, own)
		}
		if r := w.Recipe(); r.Stream.Table.Pair != [2]int{1, 3} {
			t.Errorf("the recipe has the columns %v", r.Stream.Table.Pair)
		}
		w.Scene.SetColumns([2]int{3, 0})
		if f := frameOf(w); f.Watching.Table.Pair != [2]int{3, 0} || f.Particles[0].X != d.Columns[3][0] {
			t.Errorf("the pair is %v", f.Watching.Table.Pair)
		}
		if w.Scene.NextColumns(1); frameOf(w).Watching.Table.Pair != [2]int{1, 3} {
			t.Errorf("after (d, a) comes %v, expected that after (a, d)", frameOf(w).Watching.Table.Pair)
		}
	}
	// Columns of very different scales are a line on a map of one scale.
	d := table(200, 200)
	for i := range d.Columns[3] {
		d.Columns[3][i] *= 500
	}
	w := tableWatcher(t, d)
	if w.Scene.SetColumns([2]int{0, 3}); !strings.Contains(frameOf(w).Note.Text, "their scales differ by a factor of ") || !strings.Contains(frameOf(w).Note.Text, "as in d/") {
		t.Errorf("of columns of different scales the note is %q", frameOf(w).Note.Text)
	}
	plain := newSession(t, "three-modes")
	if plain.Scene.NextColumns(1) {
		t.Error("a flow has columns")
	}
}
