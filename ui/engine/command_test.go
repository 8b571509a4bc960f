package engine

import (
	"reflect"
	"slices"
	"testing"

	"undercurrent/divergences"
	"undercurrent/scenarios"
	"undercurrent/scenarios/data"
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
	s, err := data.NewScenario(scenarios.Origin{Source: "log_density", Text: "-(x^2-2)^2 - y^2/2"}, scenarios.Window{XMin: -4, XMax: 4, YMin: -3, YMax: 3}, nil)
	if err != nil {
		t.Fatal(err)
	}
	d.OpenScenario(s)
	want := "undercurrent --log-density '-(x^2-2)^2 - y^2/2' --window=-4,4,-3,3 --divergence reverse-kl"
	if got := frameOf(d).Command; got != want {
		t.Errorf("the command is\n%s, expected\n%s", got, want)
	}
}

// A window is on the command line where the file has none, a kernel where one was asked for.
func TestTheCommandOfAFile(t *testing.T) {
	w := scenarios.Window{XMin: -1, XMax: 1, YMin: -2, YMax: 2}
	for _, c := range []struct {
		of   scenarios.Origin
		want []string
	}{
		{scenarios.Origin{Source: "log_density_grid", Text: "p.npy"}, []string{"--log-density-grid", "p.npy", "--window=-1,1,-2,2"}},
		{scenarios.Origin{Source: "log_density_grid", Text: "p.npz", Placed: true}, []string{"--log-density-grid", "p.npz"}},
		{scenarios.Origin{Source: "density_grid", Text: "my p.csv"}, []string{"--density-grid", "'my p.csv'", "--window=-1,1,-2,2"}},
		{scenarios.Origin{Source: "samples", Text: "x.txt", Kernel: 0.3}, []string{"--target-samples", "x.txt", "--kernel", "0.3", "--window=-1,1,-2,2"}},
		{scenarios.Origin{Source: "image", Text: "a.gif"}, []string{"--target-image", "a.gif", "--window=-1,1,-2,2"}},
		{scenarios.Origin{Source: scenarios.Catalogue, Text: "banana"}, []string{"--scenario", "mine"}},
	} {
		if got := origin(scenarios.Scenario{ID: "mine", Origin: c.of, Window: w}); !slices.Equal(got, c.want) {
			t.Errorf("%+v is %q on the command line, expected %q", c.of, got, c.want)
		}
	}
}
