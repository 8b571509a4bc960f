package cli

import (
	"math/rand/v2"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/cobra"

	"undercurrent/divergences"
	"undercurrent/scenarios"
	"undercurrent/scenarios/catalogue"
	"undercurrent/scenarios/data"
	"undercurrent/sim"
	"undercurrent/sim/replay"
	"undercurrent/sim/target"
	"undercurrent/ui/session"
)

// recipeOf is a session's beginning on a scenario.
func recipeOf(t *testing.T, s scenarios.Scenario, drift string) session.Recipe {
	t.Helper()
	spec, err := divergences.Standard().Parse(drift, nil)
	if err != nil {
		t.Fatal(err)
	}
	u, err := session.NewFunctional("under-coverage", 1, 1)
	if err != nil {
		t.Fatal(err)
	}
	return session.Recipe{Recipe: replay.Recipe{Scenario: s, Settings: sim.DefaultSettings(s, spec)}, Functional: u}
}

func builtIn(t *testing.T, id string) scenarios.Scenario {
	t.Helper()
	s, err := catalogue.Named(id)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func written(r session.Recipe) string { return reproducing(newShow().command())(r) }

func TestTheCommandLineHasWhatIsNotDefault(t *testing.T) {
	r := recipeOf(t, builtIn(t, "uneven-ring"), "reverse-kl")
	if got, want := written(r), "undercurrent --scenario uneven-ring --divergence reverse-kl"; got != want {
		t.Errorf("the command is\n%s, expected\n%s", got, want)
	}
	r.Scenario.ChosenDivision = scenarios.Automatic
	r.Settings.Particles, r.Functional.Tau, r.Step = 500, 2, 5
	m := r.Settings.Motion()
	m.Drift, m.Bandwidth, m.BirthDeath = recipeOf(t, r.Scenario, "alpha:1.5").Settings.Drift, 0.275, 2
	m.Coarse = sim.DefaultCoarse(3)
	edit, err := replay.ParseEdit("move:1:2:-2")
	if err != nil {
		t.Fatal(err)
	}
	r.Events = []replay.Event{{Step: 3, Motion: m}, {Step: 4, Edit: &edit}}
	want := "undercurrent --scenario uneven-ring --regions auto --divergence reverse-kl --particles 500 --tau 2 --switch 3=alpha:1.5@0.275+birth-death:2+coarse:8:200:3 --edit 4=move:1:2:-2 --at 5"
	if got := written(r); got != want {
		t.Errorf("the command is\n%s, expected\n%s", got, want)
	}
}

func TestParametersAreFlags(t *testing.T) {
	for drift, want := range map[string]string{
		"alpha:0.5":           "--divergence alpha --alpha 0.5",
		"alpha":               "--divergence alpha",
		"lv:target":           "--divergence lv --reference target",
		"lv:mixture:0.2^3":    "--divergence lv --z-factor 3 --reference mixture --lambda 0.2",
		"skew-forward-kl:0.3": "--divergence skew-forward-kl --lambda 0.3",
	} {
		if got := written(recipeOf(t, builtIn(t, "grid9"), drift)); got != "undercurrent --scenario grid9 "+want {
			t.Errorf("%s is %s, expected %s", drift, got, want)
		}
	}
	r := recipeOf(t, builtIn(t, "grid9"), "pearson")
	custom, err := divergences.NewCustom("r/(1+r)", func(r float64) float64 { return r / (1 + r) })
	if err != nil {
		t.Fatal(err)
	}
	r.Settings.Drift = divergences.NewSpec(divergences.CustomFamily(custom), nil)
	if got := written(r); got != "undercurrent --scenario grid9 --weight 'r/(1+r)'" {
		t.Errorf("a typed weight is %s", got)
	}
}

// What is written is read back: parsed, the flags give the settings of the recipe.
func TestWhatIsWrittenIsReadBack(t *testing.T) {
	for _, drift := range []string{"alpha:-0.25", "lv-surrogate:mixture:0.3", "jeffreys^10", "pearson"} {
		r := recipeOf(t, builtIn(t, "three-modes"), drift)
		r.Settings.Seed, r.Settings.Bandwidth, r.Settings.Smoothing, r.Settings.Particles = 7, 0.31, target.Sharp, 321
		r.Settings.Time, r.Settings.DT, r.Functional.S, r.Step = sim.Physical, 0.002, 0.5, 12
		if drift == "pearson" {
			r.Settings.BirthDeath, r.Settings.Smoothing = 1.5, target.Matched
			r.Settings.Coarse = sim.Coarse{Factor: 4, Steps: 100}
		}
		s := newShow()
		if err := s.command().ParseFlags(strings.Fields(written(r))[1:]); err != nil {
			t.Fatal(err)
		}
		_, settings, err := s.flow.resolve()
		if err != nil {
			t.Fatal(err)
		}
		if !settings.Motion().Equal(r.Settings.Motion()) || s.at != 12 || s.flow.soft != 0.5 {
			t.Errorf("%s comes back as %+v", drift, settings)
		}
		settings.Drift = r.Settings.Drift
		if a, b := settings, r.Settings; a.Seed != b.Seed || a.Particles != b.Particles || a.Time != b.Time || a.DT != b.DT || a.Smoothing != b.Smoothing {
			t.Errorf("%+v comes back as %+v", b, a)
		}
	}
}

func TestWordsAreQuotedForAShell(t *testing.T) {
	for word, want := range map[string]string{"pearson": "pearson", "r/(1+r)": "'r/(1+r)'", "it's": `'it'\''s'`, "3=lv:target": "3=lv:target"} {
		if got := quoted(word); got != want {
			t.Errorf("%s is quoted as %s, expected %s", word, got, want)
		}
	}
}

// nastyNames are names of files that shells, flags and terminals take for something else.
func nastyNames() []string {
	return []string{
		"a b.yaml", "a;reboot.yaml", "$(reboot).yaml", "`x`.yaml", "it's.yaml", `"q".yaml`, `back\slash.yaml`, "line\nend.yaml", "tab\t.yaml", "\x1b[2J.yaml",
		"-dash.yaml", "--flag.yaml", "*.yaml", "~.yaml", "{a,b}.yaml", "#.yaml", "!x.yaml", "=x.yaml", "a=b.yaml", "^.yaml", "%1.yaml", "\xff.yaml", "ä ö.yaml", "a&.yaml", "''.yaml", "\r.yaml",
	}
}

// read is a command line as a POSIX shell reads it.
func read(t *testing.T, line string) []string {
	t.Helper()
	out, err := exec.Command("sh", "-c", `printf '%s\0' `+line).Output()
	if err != nil {
		t.Fatalf("the shell refuses %s: %v", line, err)
	}
	return strings.Split(strings.TrimSuffix(string(out), "\x00"), "\x00")
}

func TestAShellReadsNamesBack(t *testing.T) {
	r := recipeOf(t, builtIn(t, "grid9"), "reverse-kl")
	for _, name := range nastyNames() {
		r.Scenario.File, r.Scenario.StartFile = name, name
		s := newShow()
		if err := s.command().ParseFlags(read(t, written(r))[1:]); err != nil {
			t.Errorf("%q: %v", name, err)
		}
		if s.flow.scenario != name || s.flow.start != name {
			t.Errorf("%q comes back as %q and %q", name, s.flow.scenario, s.flow.start)
		}
		w := newWatch()
		w.flow.set, w.args = w.command().Flags(), []string{name}
		again := newWatch()
		cmd := again.command()
		r.Stream = &session.Watch{}
		if err := cmd.ParseFlags(read(t, reproducing(w.command(), w.streamArgs()...)(r))[1:]); err != nil {
			t.Errorf("watching %q: %v", name, err)
		}
		r.Stream = nil
		if args := cmd.Flags().Args(); len(args) != 1 || filepath.Clean(args[0]) != name {
			t.Errorf("watching %q comes back as %q", name, args)
		}
	}
}

// Whatever a session has been through, both commands read what is written of it.
func TestEveryCommandThatIsCopiedIsRead(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(1, 2))
	pick := func(list ...string) string { return list[random.IntN(len(list))] }
	for range 60 {
		r := recipeOf(t, builtIn(t, pick(catalogue.IDs()...)), pick("alpha:-0.3", "lv:mixture:0.2^3", "jeffreys^0.5", "skew-reverse-kl:0.7", "pearson"))
		r.Settings.Seed, r.Settings.Bandwidth, r.Settings.Particles = random.Uint64(), random.Float64()+0.1, 2+random.IntN(1000)
		r.Settings.DT = random.ExpFloat64()
		if random.IntN(2) == 0 {
			r.Settings.Time, r.Settings.Smoothing, r.Settings.Velocity = sim.Physical, target.Sharp, sim.Blob
		}
		r.Functional.Tau, r.Functional.S, r.Step = random.ExpFloat64(), random.ExpFloat64(), random.IntN(100)
		if random.IntN(2) == 0 {
			r.Scenario.StartName = pick(r.Scenario.StartNames()...)
		}
		edit, err := replay.ParseEdit(pick("move:1:2:-2", "move:2:-1e-9:3"))
		if err != nil {
			t.Fatal(err)
		}
		r.Events = []replay.Event{{Step: 3, Motion: recipeOf(t, r.Scenario, pick("alpha:1.5", "neyman^2")).Settings.Motion()}, {Step: 4, Edit: &edit}}
		s := newShow()
		checkRead(t, s.command(), reproducing(newShow().command())(r), func() error {
			if _, _, err := s.flow.resolve(); err != nil {
				return err
			}
			c, err := s.flow.motion.catalogue()
			if err != nil {
				return err
			}
			_, err = s.resolveEvents(c, r.Settings.Bandwidth)
			return err
		})
		r.Stream = &session.Watch{Drift: random.IntN(2) == 0}
		w := newWatch()
		checkRead(t, w.command(), reproducing(newWatch().command(), "trace.csv")(r), func() error {
			_, _, err := w.flow.resolve()
			return err
		})
	}
}

// checkRead fails unless a command reads a line, and then resolves its flags.
func checkRead(t *testing.T, cmd *cobra.Command, line string, resolve func() error) {
	t.Helper()
	if err := cmd.ParseFlags(read(t, line)[1:]); err != nil {
		t.Errorf("%s: %v", line, err)
	} else if err := resolve(); err != nil {
		t.Errorf("%s: %v", line, err)
	}
}

func TestTheCommandOfAFormula(t *testing.T) {
	s, err := data.NewScenario(scenarios.Origin{Source: "log_density", Text: "-(x^2-2)^2 - y^2/2"}, scenarios.Window{XMin: -4, XMax: 4, YMin: -3, YMax: 3}, nil)
	if err != nil {
		t.Fatal(err)
	}
	want := "undercurrent --log-density '-(x^2-2)^2 - y^2/2' --window=-4,4,-3,3 --divergence reverse-kl"
	if got := written(recipeOf(t, s, "reverse-kl")); got != want {
		t.Errorf("the command is\n%s, expected\n%s", got, want)
	}
}

// A window is on the command line if the file has none, a kernel if one was given.
func TestTheCommandOfAFile(t *testing.T) {
	w := scenarios.Window{XMin: -1, XMax: 1, YMin: -2, YMax: 2}
	for _, c := range []struct {
		of   scenarios.Origin
		want []string
	}{
		{scenarios.Origin{Source: "log_density_grid", Text: "p.npy"}, []string{"--log-density-grid", "p.npy", "--window=-1,1,-2,2"}},
		{scenarios.Origin{Source: "log_density_grid", Text: "p.npz", HasWindow: true}, []string{"--log-density-grid", "p.npz"}},
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

func TestAComparisonIsCopiedWhole(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ args, want []string }{
		{[]string{"--scenario", "uneven-ring", "--compare", "reverse-kl,forward-kl,alpha:0.3"}, nil},
		{[]string{"--scenario", "banana", "--compare", "lv:mixture:0.2,pearson^2", "--seed", "3"}, nil},
		{[]string{"--compare", "reverse-kl"}, []string{"--compare names 1 divergence, expected 2 to 4 divergences"}},
		{[]string{"--compare", "reverse-kl,forward-kl,pearson,neyman,le-cam"}, []string{"--compare names 5 divergences, expected 2 to 4"}},
		{[]string{"--compare", "reverse-kl,foward-kl"}, []string{"--compare", `"foward-kl"`, "forward-kl"}},
		{[]string{"--compare", "reverse-kl,forward-kl", "--divergence", "pearson"}, []string{"--divergence is for one flow"}},
		{[]string{"--compare", "reverse-kl,forward-kl@0.4"}, []string{"forward-kl@0.4, expected a divergence and its parameters alone"}},
	} {
		s := newShow()
		cmd := s.command()
		if err := cmd.ParseFlags(c.args); err != nil {
			t.Fatal(err)
		}
		scenario, settings, err := s.flow.resolve()
		if err != nil {
			t.Fatal(err)
		}
		catalogue, err := s.flow.motion.catalogue()
		if err != nil {
			t.Fatal(err)
		}
		compared, err := s.resolveCompared(catalogue)
		if c.want != nil {
			for _, want := range c.want {
				if err == nil || !strings.Contains(err.Error(), want) {
					t.Errorf("%v: the error is %v, expected %q", c.args, err, want)
				}
			}
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		functional, err := s.flow.resolveFunctional()
		if err != nil {
			t.Fatal(err)
		}
		settings.Drift = compared[0].Drift
		shown, err := session.New(catalogue, scenario, settings, functional)
		if err != nil {
			t.Fatal(err)
		}
		if err := shown.Comparison.Under(compared[1:]...); err != nil {
			t.Fatal(err)
		}
		for range 3 {
			shown.Advance()
		}
		want := strings.Join(append(append([]string{"undercurrent"}, c.args...), "--at", "3"), " ")
		if got := reproducing(cmd)(shown.Recipe()); got != want && strings.ReplaceAll(got, "'", "") != want {
			t.Errorf("the command is %s, expected %s", got, want)
		}
	}
}

// A watched stream has the drift in its command only where it is shown, and the bandwidth only where it
// is not the one that was chosen.
func TestTheCommandOfAStreamHasWhatWasGiven(t *testing.T) {
	t.Parallel()
	r := recipeOf(t, builtIn(t, "grid9"), "pearson")
	line := func(h float64, w session.Watch) string {
		r.Settings.Bandwidth, r.Stream = h, &w
		return reproducing(newWatch().command(), "trace.csv")(r)
	}
	fitted := session.Fitted{Bandwidth: 0.7, Particles: 50}
	for _, c := range []struct {
		got                   string
		divergence, bandwidth bool
	}{
		{line(0.7, session.Watch{Fitted: fitted}), false, false},
		{line(0.7, session.Watch{Fitted: fitted, Drift: true}), true, false},
		{line(0.8, session.Watch{Fitted: fitted}), false, true},
		{line(r.Scenario.Bandwidth, session.Watch{}), false, true},
		{line(r.Scenario.Bandwidth, session.Watch{Fitted: fitted}), false, true},
	} {
		if strings.Contains(c.got, "--divergence pearson") != c.divergence || strings.Contains(c.got, "--bandwidth") != c.bandwidth {
			t.Errorf("the command is %s, expected a divergence %v, a bandwidth %v", c.got, c.divergence, c.bandwidth)
		}
	}
}
