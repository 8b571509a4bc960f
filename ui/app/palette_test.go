package app

import (
	"errors"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"undercurrent/divergences"
	"undercurrent/scenarios"
	"undercurrent/scenarios/catalogue"
	"undercurrent/sim"
	"undercurrent/ui/session"
)

// types gives a command to the palette, key by key.
func types(a *App, text string) {
	sendAll(a, press(":"))
	for _, r := range text {
		if r == ' ' {
			send(a, press("space"))
			continue
		}
		send(a, press(string(r)))
	}
}

func TestCommandsTakeArguments(t *testing.T) {
	t.Parallel()
	a, player := screen(t, "uneven-ring", 120, 40, 2, colorprofile.ASCII)
	for _, text := range []string{"scenario grid9", "divergence alpha:0.5", "particles 700", "bandwidth 0.3", "seed 7", "speed 4", "tau 2", "softness 0.5"} {
		types(a, text)
		send(a, press("enter"))
		if opensPalette(a) != nil {
			t.Fatalf("%q is refused: %s", text, opensPalette(a).failure)
		}
		shows(a, player)
	}
	f := a.frame
	if f.Scenario.ID != "grid9" || f.Info.ID != "alpha" || f.Settings.Drift.Value("alpha").Number != 0.5 || f.Settings.Particles != 700 ||
		f.Settings.Bandwidth != 0.3 || f.Settings.Seed != 7 || f.Pace.Steps != 4 || f.Functional.Tau != 2 || f.Functional.S != 0.5 {
		t.Errorf("the commands lead to %s under %s, %+v, %s", f.Scenario.ID, f.Info.ID, f.Settings, f.Functional.Text())
	}
	types(a, "reference gaussian")
	send(a, press("enter"))
	shows(a, player)
	if got := a.frame.Drift.Reference().Kind.String(); got != "gaussian" {
		t.Errorf("the reference is %q", got)
	}
	player.advance(3)
	shows(a, player)
	types(a, "step 2")
	send(a, press("enter"))
	if shows(a, player); a.frame.Report.Step != 2 {
		t.Errorf("step 2 leads to %d", a.frame.Report.Step)
	}
	types(a, "divergence jeffreys^2@0.4~blob")
	send(a, press("enter"))
	if shows(a, player); a.frame.Info.ID != "jeffreys" || a.frame.Settings.Drift.ZFactor() != 2 || a.frame.Settings.Bandwidth != 0.4 || a.frame.Settings.Velocity.String() != "blob" {
		t.Errorf("a whole rule leads to %+v, %+v", a.frame.Settings.Drift, a.frame.Settings)
	}
	types(a, "functional deficit")
	send(a, press("enter"))
	if shows(a, player); a.frame.Functional.ID != "deficit" {
		t.Errorf("the functional is %s", a.frame.Functional.ID)
	}
}

// slow is a player whose step takes long: commands wait until it is over.
type slow struct {
	still
	waiting []session.Command
}

func (s *slow) Give(c session.Command) { s.waiting = append(s.waiting, c) }

// ends ends the step.
func (s *slow) ends() {
	for _, c := range s.waiting {
		s.still.Give(c)
	}
	s.waiting = nil
}

// A command changes what it says and nothing else, also where something was changed before it that no
// frame shows yet.
func TestCommandsOfOneSlowStepAddUp(t *testing.T) {
	a, player := screen(t, "uneven-ring", 120, 40, 2, colorprofile.ASCII)
	long := &slow{still: *player}
	a.link.player = long
	for _, text := range []string{"functional deficit", "tau 2", "softness 0.5", "z 4", "divergence lv", "reference target", "alpha 0.3"} {
		types(a, text)
		send(a, press("enter"))
	}
	send(a, press("u"), press("}"))
	long.ends()
	shows(a, &long.still)
	if f := a.frame.Functional; f.ID != "under-coverage" || f.Tau != 4 || f.S != 0.5 {
		t.Errorf("coverage is measured by %s with τ %g and s %g, expected under-coverage with 4 and 0.5", f.ID, f.Tau, f.S)
	}
	if d := a.frame.Settings.Drift; d.String() != "alpha:0.3^4" || d.Values()["reference"].Choice != "target" {
		t.Errorf("the flow is driven by %s with %+v, expected alpha:0.3 and the reference kept", d, d.Values())
	}
}

// A parameter is changed of the divergences there are, the typed one among them.
func TestAParameterLeavesTheTypedWeight(t *testing.T) {
	a, player := screen(t, "uneven-ring", 120, 40, 2, colorprofile.ASCII)
	w, err := divergences.NewCustom("r", func(r float64) float64 { return r })
	if err != nil {
		t.Fatal(err)
	}
	player.session.Motion.SetDrift(divergences.NewSpec(divergences.CustomFamily(w), nil))
	shows(a, player)
	types(a, "alpha 0.3")
	send(a, press("enter"))
	shows(a, player)
	if id := a.frame.Settings.Drift.ID(); id != "alpha" || !slices.Contains(a.frame.Catalogue.IDs(), "custom") {
		t.Errorf("after :alpha the flow is driven by %s, the drifts are %v", id, a.frame.Catalogue.IDs())
	}
}

func TestAScenarioFileIsOpened(t *testing.T) {
	a, player := screen(t, "uneven-ring", 120, 40, 1, colorprofile.ASCII)
	player.session.Comparison.Toggle()
	a.options.Files = func() []string { return []string{"hills.yaml"} }
	a.options.Open = func(name string) (scenarios.Scenario, *sim.Motion, error) {
		if name != "hills.yaml" {
			return scenarios.Scenario{}, nil, errors.New("there is no such file")
		}
		s, err := catalogue.Named("grid9")
		if err != nil {
			t.Fatal(err)
		}
		motion, err := sim.ParseMotion(divergences.Standard(), "alpha:0.5@0.7", nil)
		s.File = name
		return s, &motion, err
	}
	types(a, "scenario hi")
	sendAll(a, press("tab"), press("enter"))
	shows(a, player)
	f := a.frame
	if f.Scenario.File != "hills.yaml" || f.Settings.Drift.Value("alpha").Number != 0.5 || f.Info.ID != "alpha" || f.Settings.Bandwidth != 0.7 || f.Runs[1].Info.ID == "alpha" {
		t.Errorf("opened is %s under %+v, %+v", f.Scenario.ID, f.Settings.Drift, f.Settings)
	}
	types(a, "scenario none.yaml")
	sendAll(a, press("enter"))
	if opensPalette(a) == nil || opensPalette(a).failure != "there is no such file" {
		t.Error("a file that is not there is opened")
	}
}

func TestCommandsAreCompleted(t *testing.T) {
	a, _ := screen(t, "uneven-ring", 120, 40, 1, colorprofile.ASCII)
	types(a, "sc")
	send(a, press("tab"))
	for _, r := range "thr" {
		send(a, press(string(r)))
	}
	send(a, press("tab"))
	if got := opensPalette(a).input.Value(); got != "scenario three-modes" {
		t.Errorf("completed to %q", got)
	}
	if plain := ansi.Strip(a.drawn); !strings.Contains(plain, "three-modes") || strings.Contains(plain, "bandwidth NUMBER") {
		t.Errorf("the palette is:\n%s", plain)
	}
}

func TestCommandsThatCannotBeRunSayWhy(t *testing.T) {
	a, _ := screen(t, "uneven-ring", 80, 24, 1, colorprofile.ASCII)
	for text, want := range map[string]string{
		"scenario nowhere": "unknown scenario", "particles many": "expected a whole number", "bandwidth": "has no argument",
		"fly": "unknown command", "divergence tv": "unknown divergence", "divergence alpha:x": "expected a number",
		"functional x": "expected", "alpha x": "expected a number",
	} {
		types(a, text)
		send(a, press("enter"))
		if opensPalette(a) == nil || !strings.Contains(opensPalette(a).failure, want) {
			t.Fatalf("%q is not refused with %q", text, want)
		}
		checkCells(t, a, 80, 24)
		send(a, press("esc"))
	}
}

// A paste is typed into the line, its line ends are left out.
func TestAPasteIsTyped(t *testing.T) {
	a, player := screen(t, "uneven-ring", 120, 40, 2, colorprofile.ASCII)
	send(a, tea.PasteMsg{Content: "q"}) // nothing is open
	send(a, press(":"), tea.PasteMsg{Content: "scenario gri"}, tea.PasteMsg{Content: "d9\r\n"}, press("enter"))
	if shows(a, player); a.frame.Scenario.ID != "grid9" || opensPalette(a) != nil {
		t.Errorf("the scenario is %s", a.frame.Scenario.ID)
	}
	send(a, press("t"), tea.PasteMsg{Content: "banana"})
	if s, ok := opensPicker(a).chosen(); !ok || s.ID != "banana" {
		t.Errorf("%s is chosen", s.ID)
	}
}
