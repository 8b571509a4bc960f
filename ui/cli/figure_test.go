package cli

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/sbinet/npyio/npz"

	"undercurrent/ui/app"
	"undercurrent/ui/figure"
	"undercurrent/ui/session"
)

// smallFigure is a figure that takes no time, of what smallRun runs.
func smallFigure(args ...string) []string {
	return append([]string{"figure", "--scenario", "three-modes", "--particles", "300", "--steps", "4"}, args...)
}

// smallRun is another command at the same step.
func smallRun(command string, args ...string) []string {
	return append([]string{command, "--scenario", "three-modes", "--particles", "300", "--steps", "4"}, args...)
}

// csvColumns are the columns of a file by their names.
func csvColumns(t *testing.T, name string) map[string][]float64 {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	columns := map[string][]float64{}
	for _, row := range rows[1:] {
		for k, cell := range row {
			v, err := strconv.ParseFloat(cell, 64)
			if err != nil {
				t.Fatal(err)
			}
			columns[rows[0][k]] = append(columns[rows[0][k]], v)
		}
	}
	return columns
}

// measured is what the tests read of a line of run --json.
type measured struct {
	TV            float64 `json:"tv"`
	UnderCoverage float64 `json:"under_coverage"`
	Regions       []struct {
		ID     int     `json:"id"`
		Mass   float64 `json:"mass"`
		Target float64 `json:"target"`
	} `json:"regions"`
}

func measurements(t *testing.T, text string) (list []measured) {
	t.Helper()
	for line := range strings.Lines(text) {
		var m measured
		if err := json.Unmarshal([]byte(line), &m); err != nil {
			t.Fatal(err)
		}
		list = append(list, m)
	}
	return list
}

// The numbers behind figures are those that run prints, step by step, and writes.
func TestTheNumbersOfFiguresAreThoseOfRun(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, args := range []string{"--kind masses --out m.csv", "--kind maps --out f.npz"} {
		if r := runs(smallFigure(strings.Fields(args)...)...); r.status != exitOK {
			t.Fatal(r)
		}
	}
	r := runs(smallRun("run", "--json", "--out", "run")...)
	if r.status != exitOK {
		t.Fatal(r)
	}
	columns := csvColumns(t, "m.csv")
	for k, m := range measurements(t, r.out) {
		for _, r := range m.Regions {
			// The figure has the ratio times the target mass, which rounds.
			if got := columns[fmt.Sprintf("mass_%d", r.ID)][k+1]; math.Abs(got-r.Mass) > 1e-12 {
				t.Errorf("step %d, region %d: the mass is %g, expected %g", k+1, r.ID, got, r.Mass)
			}
			if got := columns[fmt.Sprintf("target_%d", r.ID)][k+1]; got != r.Target {
				t.Errorf("region %d: the target mass is %g, expected %g", r.ID, got, r.Target)
			}
		}
	}
	checkMaps(t, "f.npz", filepath.Join("run", "fields.npz"))
}

// checkMaps holds the data of maps to the fields of run --out.
func checkMaps(t *testing.T, maps, fields string) {
	t.Helper()
	bits := func(v []float64) (list []uint64) {
		for _, x := range v {
			list = append(list, math.Float64bits(x))
		}
		return list
	}
	for _, name := range []string{"log_r", "vx", "vy"} {
		got, shape := arrayOf(t, maps, name)
		want, wanted := arrayOf(t, fields, name)
		if !slices.Equal(shape, wanted) || !slices.Equal(bits(got), bits(want)) {
			t.Errorf("%s has the shape %v, expected %v and the same values", name, shape, wanted)
		}
	}
	for name, log := range map[string]string{"p": "log_p", "q": "log_q"} {
		density, _ := arrayOf(t, maps, name)
		logs, _ := arrayOf(t, fields, log)
		for i := range density {
			if want := math.Exp(logs[i]); math.Abs(density[i]-want) > 1e-12*(1+want) {
				t.Fatalf("%s is %g at node %d, expected %g", name, density[i], i, want)
			}
		}
	}
	x, _ := arrayOf(t, maps, "x")
	columns, _ := arrayOf(t, fields, "x")
	if !slices.Equal(bits(x[:len(columns)]), bits(columns)) {
		t.Errorf("the first row has the x %v, expected %v", x[:len(columns)], columns)
	}
}

// The flows of a comparison may differ in all that compare takes, and are measured alike.
func TestTheComparisonOfAFigureIsThatOfCompare(t *testing.T) {
	t.Chdir(t.TempDir())
	const flows = "reverse-kl+birth-death,reverse-kl@0.4,ula"
	if r := runs(smallFigure("--compare", flows, "--out", "c.csv")...); r.status != exitOK {
		t.Fatal(r)
	}
	columns := csvColumns(t, "c.csv")
	r := runs(smallRun("compare", "--divergences", flows, "--json", "--every", "4")...)
	for k, m := range measurements(t, r.out) {
		name := fmt.Sprintf("_%d %s", k+1, strings.Split(flows, ",")[k])
		u, tv := columns["u"+name], columns["tv"+name]
		if len(u) != 5 || u[4] != m.UnderCoverage || tv[4] != m.TV {
			t.Errorf("%s: U %v and TV %v, expected %g and %g at the end", name, u, tv, m.UnderCoverage, m.TV)
		}
	}
}

// arrayOf is an array of an archive with its shape.
func arrayOf(t *testing.T, name, array string) (values []float64, shape []int) {
	t.Helper()
	z, err := npz.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	if err := z.Read(array, &values); err != nil {
		t.Fatalf("%s in %s: %v", array, name, err)
	}
	return values, z.Header(array).Descr.Shape
}

// captionCommand is the command in the caption of an SVG.
func captionCommand(t *testing.T, name string) []string {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var command string
	for _, m := range regexp.MustCompile(`>([^<]*)</text>`).FindAllStringSubmatch(string(text), -1) {
		if strings.HasPrefix(m[1], programName+" ") || command != "" && strings.HasSuffix(command, ` \`) {
			command = strings.TrimSuffix(command, `\`) + m[1]
		}
	}
	return shellWords(t, strings.ReplaceAll(command, "&#39;", "'"))
}

// The command of a caption makes the same file.
func TestTheCaptionReproducesTheFigure(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, args := range []string{
		"--kind masses --divergence alpha:0.3 --seed 3 --bandwidth 0.3 --out a.svg",
		"--kind weight --switch 2=pearson --size 120x90mm --out a.svg",
		"--kind density --steps 0 --start broad --out a.svg",
		"--compare reverse-kl,forward-kl+birth-death --coarse 4 --functional deficit --out a.svg",
	} {
		if r := runs(smallFigure(strings.Fields(args)...)...); r.status != exitOK {
			t.Fatal(args, r)
		}
		first, _ := os.ReadFile("a.svg")
		again := captionCommand(t, "a.svg")
		if r := runs(again...); r.status != exitOK {
			t.Fatal(again, r)
		}
		if second, _ := os.ReadFile("a.svg"); string(first) != string(second) {
			t.Errorf("%s: the command of the caption, %q, makes another figure", args, again)
		}
	}
}

// A figure of the screen is that of the command in its caption.
func TestAFigureOfTheScreenIsReproduced(t *testing.T) {
	t.Chdir(t.TempDir())
	cmd := newShow()
	root := cmd.command()
	if err := root.ParseFlags([]string{"--scenario", "three-modes", "--particles", "300", "--divergence", "forward-kl"}); err != nil {
		t.Fatal(err)
	}
	shown, err := cmd.resolve()
	if err != nil {
		t.Fatal(err)
	}
	opened, err := cmd.open(shown, config{FPS: defaultFPS, History: 1})
	if err != nil {
		t.Fatal(err)
	}
	opened.ReportEvery(4) // so that the last report is older than the particles
	for range 7 {
		opened.Advance()
		opened.Frame(&session.Frame{})
	}
	name, err := drawFigure(app.Figure{Frame: opened.Whole(), Recipe: opened.Recipe(), Reproducible: true, Seen: "maps"}, "seen.svg ratio")
	if err != nil || name != "seen.svg" {
		t.Fatalf("%q, %v", name, err)
	}
	first, _ := os.ReadFile(name)
	if r := runs(captionCommand(t, name)...); r.status != exitOK {
		t.Fatal(r)
	}
	if second, _ := os.ReadFile(name); string(first) != string(second) || len(first) == 0 {
		t.Errorf("the command %q makes another figure", captionCommand(t, name))
	}
	if _, err := drawFigure(app.Figure{Frame: opened.Whole(), Seen: "maps"}, "seen.svg"); err == nil || err.Error() != "seen.svg already exists, expected a new name" {
		t.Errorf("a file that exists: %v", err)
	}
	for _, want := range []string{"three-modes-weight.pdf", "three-modes-weight-2.pdf"} {
		if name, err := drawFigure(app.Figure{Frame: opened.Whole(), Seen: "weight"}, ""); err != nil || name != want {
			t.Errorf("the figure is %q (%v), expected %s", name, err, want)
		}
	}
	if _, err := drawFigure(app.Figure{Frame: opened.Whole(), Seen: "maps"}, "seen.gif"); err == nil || !strings.Contains(err.Error(), "seen.gif does not end in .png, .svg, .pdf") {
		t.Errorf("a GIF: %v", err)
	}
}

func TestAFigureThatCannotBeDrawnGivesOneSentence(t *testing.T) {
	t.Chdir(t.TempDir())
	for args, says := range map[string]string{
		"":                                        "--out is not given",
		"--out a.gif":                             "--out a.gif does not end in .png, .svg, .pdf, expected one of them (.csv, .npy, .npz for the data alone)",
		"--out a.png --data a.txt":                "--data a.txt does not end in .csv, .npy, .npz",
		"--out nowhere/a.pdf":                     "--out nowhere/a.pdf cannot be written",
		"--out a.pdf --data nowhere/a.csv":        "--data nowhere/a.csv cannot be written",
		"--out a.pdf --kind pie":                  `--kind is "pie"`,
		"--out a.pdf --size 10x10mm":              `--size is "10x10mm", expected WIDTHxHEIGHT of 40 to 1000 mm`,
		"--out a.pdf --size NaNxNaNmm":            "--size is",
		"--out a.pdf --size 100":                  "--size is",
		"--out a.pdf --kind compare":              "a figure of kind compare needs two to four flows",
		"--out a.pdf --kind maps --compare a,b":   `--compare`,
		"--out a.pdf --compare reverse-kl":        "--compare names 1 divergence",
		"--out a.pdf --kind weight --mover ula":   "ula has no weight",
		"--out a.pdf --kind ratio --size 45x41mm": "leaves no room",
		"--out a.pdf --steps -1":                  "--at is -1",
	} {
		r := runs(smallFigure(strings.Fields(args)...)...)
		if r.status == exitOK || strings.Count(r.err, "\n") != 1 || !strings.Contains(r.err, says) {
			t.Errorf("%s: %v, expected one sentence with %q", args, r, says)
		}
	}
	if left := entries(t, "."); len(left) != 0 {
		t.Errorf("there are files %v, expected none", left)
	}
}

// The steps of a figure end with the first signal, and no file is left.
func TestAFigureIsInterrupted(t *testing.T) {
	t.Chdir(t.TempDir())
	ctx, stop := context.WithCancel(context.Background())
	stop()
	cmd := newFigure().command()
	cmd.SetContext(ctx)
	if err := cmd.ParseFlags(strings.Fields("--particles 300 --steps 200 --out a.pdf")); err != nil {
		t.Fatal(err)
	}
	if err := cmd.RunE(cmd, nil); err == nil || err.Error() != "interrupted before the figure was drawn" {
		t.Errorf("an interrupted figure ends with %v", err)
	}
	if left := entries(t, "."); len(left) != 0 {
		t.Errorf("there are files %v, expected none", left)
	}
}

func TestSizesOfFigures(t *testing.T) {
	for text, want := range map[string][2]float64{"160x100mm": {160, 100}, "16x10cm": {160, 100}, "6.3x4in": {160.02, 101.6}, "160x100": {160, 100}, "288x360pt": {101.6, 127}} {
		width, height, err := parseSize(text)
		mm := func(points float64) float64 { return points / 72 * 25.4 }
		if err != nil || math.Abs(mm(width.Points())-want[0]) > 1e-6 || math.Abs(mm(height.Points())-want[1]) > 1e-6 {
			t.Errorf("%s is %g × %g mm (%v), expected %v", text, mm(width.Points()), mm(height.Points()), err, want)
		}
	}
}

// Every kind is in the help of its flag, and in the guide.
func TestTheKindsOfFiguresAreDocumented(t *testing.T) {
	guide := documents(t)["docs/guide.md"]
	for _, kind := range figure.Kinds() {
		if !strings.Contains(guide, "| `"+kind+"` |") {
			t.Errorf("the guide has no row for the kind %s", kind)
		}
	}
}
