package cli

import (
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"undercurrent/scenarios"
	"undercurrent/scenarios/catalogue"
)

// What the program saves opens bit-identical, and is never written over a file.
func TestASavedScenarioIsTheScenario(t *testing.T) {
	t.Chdir(t.TempDir())
	s, err := catalogue.Named("uneven-ring")
	if err != nil {
		t.Fatal(err)
	}
	if s, err = s.Edited(scenarios.Edit{Verb: scenarios.Move, Mode: 2, At: scenarios.Point{X: 1. / 3, Y: 5}}); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"uneven-ring.yaml", "uneven-ring-2.yaml"} {
		name, err := saveScenario(s)
		if err != nil || name != want {
			t.Fatalf("saved as %q (%v), expected %s", name, err, want)
		}
		got, err := readScenario(name)
		if err != nil {
			t.Fatal(err)
		}
		got.File = ""
		if !reflect.DeepEqual(got, s) {
			t.Errorf("%s holds\n%+v, expected\n%+v", name, got, s)
		}
	}
}

func TestAScenarioFileIsRun(t *testing.T) {
	name := filepath.Join(t.TempDir(), "mine.yaml")
	text := "version: 1\ntarget:\n  mixture:\n    - {mean: [0, 0], sigma: 1}\n    - {mean: [4, 0], sigma: 0.5}\nparticles: 300\ndivergence: pearson\n"
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if r := runs("run", "--scenario", name, "--steps", "3", "--json"); r.status != 0 || !strings.Contains(r.out, `"pearson"`) {
		t.Errorf("run gives %v", r)
	}
	if r := runs("run", "--scenario", name, "--steps", "3", "--json", "--divergence", "neyman"); r.status != 0 || strings.Contains(r.out, `"divergence":"pearson"`) {
		t.Errorf("with another divergence run gives %v", r)
	}
}

// partedFile is a scenario file of two wells with named regions; the third has no target
// mass.
func partedFile(t *testing.T, regions string) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "named.yaml")
	text := "version: 1\ntarget: {mixture: [{mean: [-2, 0], sigma: 0.5}, {mean: [2, 0], sigma: 0.5}]}\nwindow: [-6, 6, -6, 6]\nstart: {uniform: [-5, 5, -5, 5]}\nregions:\n" + regions
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

func TestNamedRegionsAreReportedByName(t *testing.T) {
	t.Parallel()
	name := partedFile(t, "  - {name: left well, half_plane: {through: [0, 0], normal: [-1, 0]}}\n  - {name: µ, disc: {centre: [2, 0], radius: 1}}\n  - {name: far, box: [4.4, 9, 4.4, 9]}\n")
	r := runs(small("--scenario", name)...)
	for _, want := range []string{"at", "% of target mass", "1  left well   ", "2  µ           ", "3  far         ", "4  elsewhere   "} {
		if r.status != 0 || !strings.Contains(r.out, want) {
			t.Errorf("run lacks %q: %v", want, r)
		}
	}
	first, _, _ := strings.Cut(runs(small("--scenario", name, "--json")...).out, "\n")
	var l struct {
		Regions []struct {
			Name   string
			Target float64
		}
	}
	if err := json.Unmarshal([]byte(first), &l); err != nil || len(l.Regions) != 4 || l.Regions[1].Name != "µ" || l.Regions[3].Name != "elsewhere" {
		t.Errorf("a JSON line has %+v (%v)", l, err)
	}
	if half := l.Regions[0].Target; half < 0.499 || half > 0.501 {
		t.Errorf("the left well has %g of the target, expected half", half)
	}
	r = runs("compare", "--scenario", name, "--divergences", "reverse-kl,forward-kl", "--particles", "300", "--steps", "3")
	for _, want := range []string{"region 1 left well at (-2.0", "region 3 far at", "(no target mass)"} {
		if r.status != 0 || !strings.Contains(r.out, want) {
			t.Errorf("compare lacks %q: %v", want, r)
		}
	}
	if r := runs("scenario", "validate", name); r.status != 0 || !strings.Contains(r.out, "4 regions") {
		t.Errorf("validate says %v", r)
	}
}

func TestARegionThatHoldsNothingIsRefused(t *testing.T) {
	name := partedFile(t, "  - {name: dot, disc: {centre: [99, 0], radius: 1}}\n")
	for _, args := range [][]string{small("--scenario", name), {"scenario", "validate", name}} {
		if r := runs(args...); r.status != exitUsage || !strings.Contains(r.err, `region "dot" contains no node of the grid`) || strings.Count(r.err, "\n") != 1 {
			t.Errorf("%v gives %v", args, r)
		}
	}
}

func TestTheProgramOpensScenarioFiles(t *testing.T) {
	t.Chdir(t.TempDir())
	const head = "version: 1\ntarget: {catalogue: three-modes}\n"
	writeFile(t, "plain.yaml", head)
	writeFile(t, "driven.yml", head+"divergence: lv:target@0.3\n")
	writeFile(t, "bad.yaml", head+"divergence: lv:moon\n")
	if got := scenarioFiles(); !slices.Equal(got, []string{"bad.yaml", "plain.yaml", "driven.yml"}) {
		t.Errorf("the files are %v", got)
	}
	if s, motion, err := openScenario("plain.yaml"); err != nil || s.ID != "plain" || motion != nil {
		t.Errorf("a plain file is %s under %v (%v)", s.ID, motion, err)
	}
	if s, motion, err := openScenario("driven.yml"); err != nil || s.File != "driven.yml" || motion == nil || motion.Drift.Value("reference").Choice != "target" || motion.Bandwidth != 0.3 {
		t.Errorf("a file with a divergence is %s under %v (%v)", s.ID, motion, err)
	}
	for name, want := range map[string]string{"gmm41": "a built-in scenario or a scenario file", "no.yaml": "no such file", "bad.yaml": `bad.yaml: line 3, column 13: divergence: unknown reference "moon"`,
		"/dev/zero": "/dev/zero is not a regular file"} {
		if _, _, err := openScenario(name); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s gives %v, expected %q", name, err, want)
		}
	}
}

func TestABadScenarioFileSaysWhere(t *testing.T) {
	dir := t.TempDir()
	bad := filepath.Join(dir, "bad.yaml")
	if err := os.WriteFile(bad, []byte("version: 1\ntarget:\n  mixture:\n    - {mean: [0, 0], sigma: -1}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		bad:                              "bad.yaml: line 4, column 29: target.mixture[0].sigma: -1, expected a number from 1e-75 to 1e+15",
		filepath.Join(dir, "no.yaml"):    "no such file",
		dir + string(filepath.Separator): "expected a scenario file",
		"/dev/zero":                      "MB",
	} {
		if r := runs("run", "--scenario", name, "--steps", "1"); r.status != exitUsage || !strings.Contains(r.err, want) || strings.Count(r.err, "\n") != 1 {
			t.Errorf("%s gives %v, expected %q", name, r, want)
		}
	}
}

func TestScenarioFilesAreCreatedValidatedAndShown(t *testing.T) {
	t.Chdir(t.TempDir())
	if r := runs("scenario", "new", "mine.yaml", "--from", "ring8"); r.status != 0 || !strings.Contains(r.err, "wrote mine.yaml") {
		t.Fatal(r)
	}
	if r := runs("scenario", "new", "mine.yaml"); r.status != exitUsage || !strings.Contains(r.err, "already exists") {
		t.Errorf("a file is written over: %v", r)
	}
	if r := runs("scenario", "validate", "mine.yaml"); r.status != 0 || !strings.Contains(r.out, "mixture, 8 regions") {
		t.Errorf("validate says %v", r)
	}
	writeFile(t, "hill.yaml", "version: 1\ntarget: {log_density: -x^2-y^2}\nwindow: [-3, 3, -3, 3]\n")
	if r := runs("scenario", "validate", "hill.yaml"); r.status != 0 || !strings.Contains(r.out, "formula, 6 regions, log Z") {
		t.Errorf("validate says of one hill %v", r)
	}
	shown := runs("scenario", "show", "mine.yaml")
	text, err := os.ReadFile("mine.yaml")
	if err != nil || shown.status != 0 || !strings.Contains(shown.out, string(text)[strings.Index(string(text), "target:"):]) {
		t.Errorf("shown is %v", shown)
	}
	if err := os.WriteFile("nan.yaml", []byte("version: 1\ntarget: {log_density: 'sqrt(x)'}\nwindow: [-1, 1, -1, 1]\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for want, args := range map[string][]string{
		"log-density is NaN at":        {"validate", "nan.yaml"},
		"no such file":                 {"validate", "none.yaml"},
		"expected a file or":           {"show", "gmm41"},
		"2 arguments, expected one":    {"show", "a", "b"},
		`--from: unknown scenario "x"`: {"new", "other.yaml", "--from", "x"},
	} {
		if r := runs(append([]string{"scenario"}, args...)...); r.status != exitUsage || !strings.Contains(r.err, want) {
			t.Errorf("%v gives %v, expected %q", args, r, want)
		}
	}
	if r := runs("scenario", "schema"); r.status != 0 || !strings.Contains(r.out, "log_density") {
		t.Errorf("the schema is %v", r)
	}
}

func TestAFormulaIsATarget(t *testing.T) {
	t.Parallel()
	for _, window := range []string{"-4,4,-3,3", " -4, 4, -3, 3"} {
		if r := runs(small("--log-density", "-(x^2-2)^2 - y^2/2", "--window", window, "--json")...); r.status != 0 || !strings.Contains(r.out, `"formula"`) {
			t.Errorf("a formula in %s gives %v", window, r)
		}
	}
	for want, args := range map[string][]string{
		"unknown name z at line 1, column 3":                                  {"--log-density", "x*z", "--window=-1,1,-1,1"},
		"--log-density: a formula has no window, expected --window=":          {"--log-density", "x"},
		"--window is 1,0,0,1, expected":                                       {"--density", "x", "--window", "1, 0, 0, 1"},
		`--window is "a,b,c,d", expected four numbers xmin,xmax,ymin,ymax`:    {"--density", "x", "--window=a,b,c,d"},
		"--window is 0,1, expected xmin,xmax":                                 {"--density", "x", "--window=0,1"},
		"--window and --scenario banana given, expected --window only with":   {"--scenario", "banana", "--window=0,1,0,1"},
		"--kernel 3 without --target-samples":                                 {"--density", "1", "--window=0,1,0,1", "--kernel", "3"},
		"--window without a target, expected one of --log-density, --density": {"--window", "0,1,0,1"},
		"--log-density and --density given, expected one of them":             {"--log-density", "x", "--density", "x", "--window", "0,1,0,1"},
		"--scenario ring8 and --log-density given, expected one of them":      {"--log-density", "x", "--window", "0,1,0,1", "--scenario", "ring8"},
		"log-density is NaN at":                                               {"--density", "x", "--window=-1,1,-1,1"},
		"log-density is -Inf everywhere":                                      {"--density", "0*x", "--window=-1,1,-1,1"},
		"the formula is 10000 bytes long":                                     {"--density", strings.Repeat("(", 10000), "--window=-1,1,-1,1"},
		"log-density is +Inf":                                                 {"--density", "1/(0*abs(x))", "--window=-1,1,-1,1"},
	} {
		if r := runs(small(args...)...); r.status != exitUsage || !strings.Contains(r.err, want) || strings.Count(r.err, "\n") != 1 {
			t.Errorf("%.60q gives %v, expected %q", args, r, want)
		}
	}
}

// A density that holds in its window alone is told where it is asked beyond, and what it
// may say there.
func TestAFormulaIsADensityInTheMarginAsWell(t *testing.T) {
	t.Parallel()
	const margin = "in the margin of 0.325 around the window where the kernel reaches, expected a number or -Inf there as well, such as x > 0 ? … : "
	for _, c := range []struct{ flag, refused, zero, runs string }{
		{"--density", "x*exp(-x-y^2)", "0", "x > 0 ? x*exp(-x-y^2) : 0"},
		{"--log-density", "log(x)-x-y^2", "-1/0", "x > 0 ? log(x)-x-y^2 : -1/0"},
	} {
		want := c.flag + ": log-density is NaN at (-0.325, -3.325) (a negative density, or none), " + margin + c.zero
		for _, command := range [][]string{small(), {"compare", "--steps", "1"}, {"check"}} {
			if r := runs(append(command, c.flag, c.refused, "--window=0,8,-3,3")...); r.status != exitUsage || !strings.Contains(r.err, want) || strings.Count(r.err, "\n") != 1 {
				t.Errorf("%v gives %v, expected %q", command, r, want)
			}
		}
		if r := runs(small(c.flag, c.runs, "--window=0,8,-3,3")...); r.status != 0 {
			t.Errorf("%s gives %v", c.runs, r)
		}
	}
}

// What a formula can do wrong is told in one sentence, on the command line and in a file.
func TestBrokenFormulasGiveOneSentence(t *testing.T) {
	inFormula := regexp.MustCompile(" at line [0-9]+, column [0-9]+")
	deep := strings.Repeat("(", 10_000) + "x" + strings.Repeat(")", 10_000)
	for _, c := range []struct{ what, kind, formula, want string }{
		{"division by zero", "density", "1/x", "log-density is NaN at (-1, -1) (a negative density, or none), expected a number or -Inf"},
		{"division by zero", "density", "1/abs(x)", "log-density is +Inf at (0, -1) (an infinite density), expected a number or -Inf"},
		{"division by zero", "log_density", "-1/(x - x)", "log-density is -Inf everywhere in the window, expected a number somewhere"},
		{"a logarithm of a negative", "log_density", "log(-1 - x^2)", "log-density is NaN at (-1, -1) (a negative density, or none), expected a number or -Inf"},
		{"a logarithm of a negative", "density", "log(x)", "log-density is NaN at"},
		{"10,000 parentheses", "density", deep, "the formula is 20001 bytes long, expected at most 4096"},
		{"10,000 open parentheses", "log_density", deep[:10_000], "the formula is 10000 bytes long, expected at most 4096"},
		{"2,000 open parentheses", "log_density", deep[:2000], "the formula ends too soon at line 1, column 2000, expected a formula of x and y"},
		{"100,000 characters", "log_density", strings.Repeat("x+", 49_999) + "xx", "the formula is 100000 bytes long, expected at most 4096"},
		{"a number of 4,000 digits", "density", strings.Repeat("7", 4000), "a whole number has too many digits"},
		{"a condition that is none", "density", "x ? 1 : 2", "not a comparison such as x < y at line 1, column 1, expected a formula of x and y"},
	} {
		name := filepath.Join(t.TempDir(), "broken.yaml")
		text := "version: 1\ntarget: {" + c.kind + ": '" + c.formula + "'}\nwindow: [-1, 1, -1, 1]\nbandwidth: 0.025\n"
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		flag := "--" + strings.ReplaceAll(c.kind, "_", "-")
		for how, args := range map[string][]string{"on the command line": {flag, c.formula, "--window=-1,1,-1,1"}, "in a file": {"--scenario", name}} {
			r := runs(small(args...)...)
			want := c.want
			if how == "in a file" {
				want = inFormula.ReplaceAllString(want, "") // the position is that in the file
			}
			if r.status != exitUsage || r.out != "" || !strings.Contains(r.err, want) || strings.Count(r.err, "\n") != 1 || len(r.err) > 400 {
				t.Errorf("%s %s gives %.900v, expected %q", c.what, how, r, want)
			}
		}
	}
}

// Data is found next to the file that names it, from wherever it is opened; a copy that is
// saved elsewhere finds it again, and the command line opens the file.
func TestAFileNamesItsData(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.Mkdir("lab", 0o700); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"points.csv": "x,y\n-2,0\n-1.9,0.3\n2,0.1\n2.1,-0.3\n0,1\n",
		"grid.csv":   "1,2,1\n2,5,2\n1,2,1\n",
		"all.yaml":   "version: 1\ntarget: {samples: points.csv, kernel: 0.6}\nstart: {samples: points.csv}\nparticles: 300\n",
		"grid.yaml":  "version: 1\ntarget: {log_density_grid: grid.csv}\nwindow: [-3, 3, -3, 3]\nparticles: 300\n",
	} {
		if err := os.WriteFile(filepath.Join("lab", name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"all", "grid"} {
		path := filepath.Join("lab", name+".yaml")
		s, err := readScenario(path)
		if err != nil {
			t.Fatal(err)
		}
		saved, err := saveScenario(s)
		if err != nil {
			t.Fatal(err)
		}
		back, err := readScenario(saved)
		back.File = path
		if back.Truth.LogZ, s.Truth.LogZ = 0, 0; err != nil || !reflect.DeepEqual(back, s) {
			t.Errorf("%s holds\n%+v (%v), expected\n%+v", saved, back, err, s)
		}
		first, again := runs(small("--scenario", path, "--json")...), runs(small("--scenario", saved, "--json")...)
		if first.status != 0 || first.out != again.out {
			t.Errorf("%s and its copy differ: %v, %v", name, first, again)
		}
	}
	if r := runs("scenario", "show", "lab/all.yaml"); r.status != 0 || !strings.Contains(r.out, "samples: lab/points.csv") {
		t.Errorf("shown is %v", r)
	}
	if err := os.WriteFile("lab/points.csv", []byte("1,2\n3,four\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if r := runs(small("--scenario", "lab/all.yaml")...); r.status != exitUsage || !strings.Contains(r.err, `lab/all.yaml: line 2, column 19: target.samples: lab/points.csv: line 2`) || strings.Count(r.err, "\n") != 1 {
		t.Errorf("a broken file gives %v", r)
	}
}
