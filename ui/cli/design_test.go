package cli

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"

	"undercurrent/divergences"
	"undercurrent/sim"
	"undercurrent/sim/replay"
)

// designed is the design that the command prints for some flags.
func designed(t *testing.T, args ...string) (l designLine) {
	t.Helper()
	r := runs(append([]string{"design", "--particles", "600", "--json"}, args...)...)
	if r.status != exitOK || r.err != "" {
		t.Fatal(r)
	}
	if err := json.Unmarshal([]byte(r.out), &l); err != nil {
		t.Fatalf("%v in %s", err, r.out)
	}
	return l
}

// Nothing lowers the total under-coverage faster than its own flow, that of Le Cam.
func TestDesignRanksDivergences(t *testing.T) {
	t.Parallel()
	l := designed(t, "--steps", "5")
	if l.Step != 5 || l.Region != nil || l.Functional != "under-coverage" || l.Raised || len(l.Divergences) != 11 {
		t.Errorf("the design is %+v", l)
	}
	if best := l.Divergences[0]; best.Drift != "le-cam" || best.Efficiency < 0.99 || best.Efficiency > 1 {
		t.Errorf("the best divergence is %+v, expected le-cam", best)
	}
	if l.Current == nil || l.Current.Drift != "reverse-kl" || l.Table.Efficiency < 0.9 || !strings.HasPrefix(l.Table.Drift, "table:") {
		t.Errorf("the current drift is %+v, the table %+v", l.Current, l.Table)
	}
	share := 0.0
	for _, b := range l.Bins {
		share += b.Particles
	}
	if share < 0.999 || share > 1.001 {
		t.Errorf("the bins hold %g of the particles", share)
	}
	if l := designed(t, "--steps", "2", "--region", "1", "--divergence", "lv:target"); l.Current != nil || *l.Region != 1 || l.Functional != "mass" {
		t.Errorf("the design under a drift with a reference is %+v", l)
	}
	r := runs("design", "--particles", "600", "--steps", "5", "--region", "2")
	if r.status != exitOK || !strings.Contains(r.out, "the mass of region 2 after step 5\n") || !strings.Contains(r.out, "best weight, tabulated") || !strings.Contains(r.out, "current: reverse-kl") {
		t.Error(r)
	}
}

// The written weight is the one of the ranking, and a flow under it is the same from the file and from
// its text.
func TestADesignedWeightRunsFromItsFileAndFromItsText(t *testing.T) {
	t.Parallel()
	name := filepath.Join(t.TempDir(), "best.txt")
	l := designed(t, "--steps", "5", "--region", "1", "--out", name)
	fromFile, fromText := runs(small("--json", "--weight-file", name)...), runs(small("--json", "--divergence", l.Table.Drift)...)
	if fromFile.status != exitOK || fromFile.out != fromText.out {
		t.Fatalf("from the file %v, from the text %v", fromFile, fromText)
	}
	last := lines(t, fromFile.out)[3]
	if got := string(last["drift"]); got != `"`+l.Table.Drift+`"` {
		t.Errorf("the drift is %s, expected %s", got, l.Table.Drift)
	}
	checkObjectives(t, last["objectives"], append(divergences.Standard().IDs()[:11], divergences.TableID))
	if r := runs("run", "--particles", "200", "--steps", "1", "--weight-file", name, "--z-factor", "2"); r.status != exitOK {
		t.Error(r)
	}
}

// The command of a session under a table has the table, as the drift of the start and of an event.
func TestATabulatedWeightIsWrittenInTheCommand(t *testing.T) {
	t.Parallel()
	const text = "table:-2:0.01:0.5:3"
	r := recipeOf(t, builtIn(t, "grid9"), text)
	if got := written(r); got != "undercurrent --scenario grid9 --divergence "+text {
		t.Errorf("the command is %s", got)
	}
	s := newShow()
	if err := s.command().ParseFlags(strings.Fields(written(r))[1:]); err != nil {
		t.Fatal(err)
	}
	if _, settings, err := s.flow.resolve(); err != nil || !settings.Drift.Equal(r.Settings.Drift) {
		t.Errorf("%s comes back as %s (%v)", text, settings.Drift, err)
	}
	r = recipeOf(t, builtIn(t, "grid9"), "pearson")
	m, err := sim.ParseMotion(divergences.Standard(), text+"^2", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Events, r.Step = []replay.Event{{Step: 3, Motion: m}}, 5
	if got := written(r); got != "undercurrent --scenario grid9 --divergence pearson --switch '3="+text+"^2' --at 5" {
		t.Errorf("the command is %s", got)
	}
}

func TestBadDesignsAreRefused(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	bad, good, named := filepath.Join(folder, "bad.txt"), filepath.Join(folder, "good.txt"), filepath.Join(folder, "named.yaml")
	writeFile(t, bad, "0 1\n0 2\n")
	writeFile(t, good, "0 1\n")
	text := "version: 1\ntarget: {catalogue: uneven-ring}\nregions:\n- {name: inside, disc: {centre: [0, 0], radius: 2}}\n- {name: far corner, disc: {centre: [6, 6], radius: 0.2}}\n"
	writeFile(t, named, text)
	for _, c := range []struct{ args, says string }{
		{"design --region 9", `--region is "9", expected a number from 1 to 8, or all`},
		{"design --region centre", `--region is "centre", expected a number from 1 to 8, or all`},
		{"design --region insde --scenario " + named, `--region is "insde", expected a number from 1 to 3, or a name such as inside`},
		{"design --region all --functional mass", "--functional mass with --region all, expected one region: the mass of all never changes"},
		{"design --functional masss", `--functional is "masss", expected mass`},
		{"design --steps -1", "--steps is -1, expected a whole number from 0 to"},
		{"run --weight-file " + bad, "--weight-file " + bad + ": line 2: log r is 0 after 0, expected increasing values"},
		{"run --weight-file " + folder + "/none", "cannot be read (no such file or directory), expected a file of log r and the weight"},
		{"run --weight-file " + good + " --weight r", "--weight-file " + good + " and --weight r given, expected one of them"},
		{"run --weight-file " + good + " --divergence pearson", "--weight-file " + good + " and --divergence pearson given, expected one of them"},
		{"--weight-file " + good + " --compare pearson,neyman", "--weight-file is for one flow, expected it without --compare"},
		{"run --divergence table", "--divergence table has no values, expected --weight-file with a file of log r and the weight"},
		{"run --divergence table:0:1:0:2", "--divergence: value 2: log r is 0 after 0, expected increasing values"},
	} {
		r := runs(strings.Fields(c.args)...)
		if r.status != exitUsage || !strings.Contains(r.err, c.says) || strings.Count(r.err, "\n") != 1 || r.out != "" {
			t.Errorf("%s: expected one line that says %q: %v", c.args, c.says, r)
		}
	}
	r := runs("design", "--scenario", named, "--region", "far corner", "--particles", "50", "--steps", "0")
	if r.status != exitUsage || !strings.Contains(r.err, "region 2") {
		t.Errorf("a region that nothing reaches: %v", r)
	}
	if r := runs("design", "--scenario", named, "--region", "Inside", "--particles", "300", "--steps", "1"); r.status != exitOK {
		t.Errorf("a region by its name: %v", r)
	}
}

// The surroundings of a point take the place of a region.
func TestADesignAroundAPoint(t *testing.T) {
	t.Parallel()
	l := designed(t, "--scenario", "uneven-ring", "--steps", "5", "--around", "1.5, -2,0.7")
	if l.Region != nil || l.Around == nil || *l.Around != (discLine{1.5, -2, 0.7}) || l.Functional != "mass" || len(l.Divergences) != 11 {
		t.Errorf("the design is %+v", l)
	}
	if l := designed(t, "--steps", "2", "--around", "1,2", "--bandwidth", "0.3"); l.Around.Radius != 0.6 {
		t.Errorf("the usual radius is %g", l.Around.Radius)
	}
	r := runs("design", "--particles", "600", "--steps", "5", "--around", "1.5,-2", "--functional", "under-coverage")
	if r.status != exitOK || !strings.HasPrefix(r.out, "to lower the under-coverage of the disc of radius 0.5 around (1.5, -2) after step 5\n") {
		t.Error(r)
	}
	for args, want := range map[string]string{
		"1":       "--around is \"1\", expected X,Y",
		"1,2,0":   "expected X,Y or X,Y,RADIUS with a radius above 0",
		"1,2,3,4": "expected X,Y or X,Y,RADIUS",
		"a,2":     "expected X,Y or X,Y,RADIUS",
		"NaN,2":   "expected X,Y or X,Y,RADIUS",
		"1000,2":  "has no target mass, expected a place with some",
	} {
		if r := runs("design", "--steps", "1", "--around", args); r.status != exitUsage || !strings.Contains(r.err, want) || strings.Count(r.err, "\n") != 1 {
			t.Errorf("--around %s gives %v", args, r)
		}
	}
	if r := runs("design", "--around", "1,2", "--region", "2"); r.status != exitUsage || !strings.Contains(r.err, "--around with --region 2") {
		t.Error(r)
	}
}
