package engine

import (
	"reflect"
	"slices"
	"testing"

	"undercurrent/divergences"
	"undercurrent/scenarios"
	"undercurrent/scenarios/data"
	"undercurrent/scenarios/formula"
	"undercurrent/sim"
)

func TestTheCommandLineSaysWhatIsNotByDefault(t *testing.T) {
	d := newDriver(t, "uneven-ring")
	if got, want := frameOf(d).Command, "undercurrent --scenario uneven-ring --divergence reverse-kl --particles 500"; got != want {
		t.Errorf("the command is\n%s, expected\n%s", got, want)
	}
	path(d, 3)
	d.Turn(true)
	d.Widen(true)
	d.Threshold(true)
	path(d, 2)
	h := number(frameOf(d).Settings.Bandwidth)
	want := "undercurrent --scenario uneven-ring --divergence reverse-kl --particles 500 --tau 2 --switch 3=alpha:1.5@" + h + " --at 5"
	if got := frameOf(d).Command; got != want {
		t.Errorf("the command is\n%s, expected\n%s", got, want)
	}
	d.Back()
	d.Back()
	d.Back()
	if got, want := frameOf(d).Command, "undercurrent --scenario uneven-ring --divergence reverse-kl --particles 500 --tau 2 --at 2"; got != want {
		t.Errorf("before the change the command is\n%s, expected\n%s", got, want)
	}
}

// Played from its changes, a flow has the same bits.
func TestAPlayedFlowIsTheFlow(t *testing.T) {
	d := newDriver(t, "three-modes")
	path(d, 4)
	d.Choose("lv")
	path(d, 3)
	d.Widen(false)
	d.Choose("neyman")
	path(d, 2)
	was := frameOf(d)
	other := newDriver(t, "three-modes")
	p := divergences.DefaultParameters()
	h0 := other.flow.Settings().Bandwidth
	rule := func(id string, h float64) Rule { return Rule{Choice{ID: id, Parameters: p}, sim.Plugin, h} }
	err := other.Play([]Switch{{Step: 4, Rule: rule("lv", h0)}, {Step: 7, Rule: rule("neyman", was.Settings.Bandwidth)}}, 9)
	if err != nil {
		t.Fatal(err)
	}
	f := frameOf(other)
	if !reflect.DeepEqual(f.Particles, was.Particles) || !f.Paused || f.Command != was.Command {
		t.Errorf("played it is at step %d by\n%s, expected\n%s", f.Report.Step, f.Command, was.Command)
	}
	if err := other.Play([]Switch{{Step: 12, Rule: rule("nonsense", h0)}}, 0); err == nil {
		t.Error("a change that cannot be used is accepted")
	}
}

func TestWordsAreQuotedForAShell(t *testing.T) {
	for word, want := range map[string]string{"pearson": "pearson", "r/(1+r)": "'r/(1+r)'", "it's": `'it'\''s'`, "3=lv:target": "3=lv:target"} {
		if got := quoted(word); got != want {
			t.Errorf("%s is quoted as %s, expected %s", word, got, want)
		}
	}
}

func TestTheCommandOfAFormula(t *testing.T) {
	d := newDriver(t, "three-modes")
	s, err := formula.NewScenario("-(x^2-2)^2 - y^2/2", true, scenarios.Window{XMin: -4, XMax: 4, YMin: -3, YMax: 3})
	if err != nil {
		t.Fatal(err)
	}
	d.OpenScenario(s)
	want := "undercurrent --log-density '-(x^2-2)^2 - y^2/2' --window=-4,4,-3,3 --divergence reverse-kl"
	if got := frameOf(d).Command; got != want {
		t.Errorf("the command is\n%s, expected\n%s", got, want)
	}
}

// A window is on the command line where the file has none.
func TestTheCommandOfAGrid(t *testing.T) {
	w := scenarios.Window{XMin: -1, XMax: 1, YMin: -2, YMax: 2}
	g, err := data.NewGridded(make([]float64, 4), 2, 2, w, true)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name   string
		placed bool
		want   []string
	}{
		{"p.npy", false, []string{"--log-density-grid", "p.npy", "--window=-1,1,-2,2"}},
		{"p.npz", true, []string{"--log-density-grid", "p.npz"}},
	} {
		g.Name, g.Placed = c.name, c.placed
		if got := origin(data.FromGrid(g)); !slices.Equal(got, c.want) {
			t.Errorf("%s is %q on the command line, expected %q", c.name, got, c.want)
		}
	}
}
