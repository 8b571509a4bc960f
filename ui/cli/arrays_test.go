package cli

import (
	"fmt"
	"image"
	"image/color"
	"image/png"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sbinet/npyio/npz"
	"github.com/spf13/cobra"
	"gonum.org/v1/gonum/mat"

	"undercurrent/scenarios"
)

// targetOf is the scenario that flags ask for.
func targetOf(args ...string) (scenarios.Scenario, error) {
	var f flowFlags
	cmd := &cobra.Command{}
	f.bind(cmd)
	if err := cmd.ParseFlags(args); err != nil {
		return scenarios.Scenario{}, err
	}
	return f.resolveScenario()
}

func TestBadArraysSayWhatIsWrong(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"row.csv", "1,2,3,4\n", "1 rows of 4 values"},
		{"nan.csv", "0,1\nNaN,3\n", "line 2, value 1: NaN is not a density"},
		{"words.csv", "1,2\n3,four\n", `line 2, value 2: "four", expected a number`},
		{"array.dat", "1,2\n", "expected .csv or .npy or .npz or .txt"},
		{"text.npz", "1,2\n", "expected a NumPy archive"},
	} {
		path := filepath.Join(t.TempDir(), c.name)
		if err := os.WriteFile(path, []byte(c.text), 0o600); err != nil {
			t.Fatal(err)
		}
		if r := runs(small("--log-density-grid", path, "--window=-1,1,-1,1")...); r.status != exitUsage || !strings.Contains(r.err, c.want) || !strings.Contains(r.err, c.name) || strings.Count(r.err, "\n") != 1 {
			t.Errorf("%s gives %v, expected %q", c.name, r, c.want)
		}
	}
}

// A Gaussian on a grid is met by the flow.
func TestAnArrayIsATarget(t *testing.T) {
	var csv strings.Builder
	for iy := range 41 {
		for ix := range 61 {
			x, y := -6+0.2*float64(ix), -4+0.2*float64(iy)
			if ix > 0 {
				csv.WriteByte(',')
			}
			fmt.Fprintf(&csv, "%g", math.Exp(-(x*x+y*y)/2))
		}
		csv.WriteByte('\n')
	}
	path := filepath.Join(t.TempDir(), "p.csv")
	if err := os.WriteFile(path, []byte(csv.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	r := runs("run", "--density-grid", path, "--window=-6,6,-4,4", "--particles", "2000", "--steps", "150", "--json", "--every", "150")
	if r.status != 0 || !strings.Contains(r.out, `"grid"`) {
		t.Fatal(r)
	}
	list := lines(t, r.out)
	if tv := string(list[len(list)-1]["tv"]); !(tv < "0.1") {
		t.Errorf("after 150 steps TV is %s", tv)
	}
}

// An archive with coordinates needs no window and takes none.
func TestAnArchivePlacesItsNodes(t *testing.T) {
	path := filepath.Join(t.TempDir(), "p.npz")
	values := mat.NewDense(2, 3, []float64{0, -1, -2, -3, -4, -5})
	if err := npz.Write(path, map[string]any{"x": []float64{-2, 0, 2}, "y": []float64{1, 4}, "log_p": values}); err != nil {
		t.Fatal(err)
	}
	s, err := targetOf("--log-density-grid", path)
	if err != nil {
		t.Fatal(err)
	}
	if want := (scenarios.Window{XMin: -2, XMax: 2, YMin: 1, YMax: 4}); s.Window != want || s.Target.LogDensity(0, 4) != -4 {
		t.Errorf("the window is %+v and the log-density %g", s.Window, s.Target.LogDensity(0, 4))
	}
	if _, err := targetOf("--log-density-grid", path, "--window=-2,2,1,4"); err == nil || !strings.Contains(err.Error(), path+": there are coordinates x and y, expected no window with them") {
		t.Error(err)
	}
	if err := npz.Write(path, map[string]any{"log_p": values}); err != nil {
		t.Fatal(err)
	}
	if _, err := targetOf("--log-density-grid", path); err == nil || !strings.Contains(err.Error(), "there is no window, expected xmin, xmax, ymin, ymax for an array without coordinates") {
		t.Error(err)
	}
	if s, err := targetOf("--log-density-grid", path, "--window=0,1,0,1"); err != nil || s.Target.LogDensity(1, 1) != -5 {
		t.Error(s, err)
	}
}

// A picture is a target as it hangs on the wall: bright above is mass above.
func TestAPictureIsATarget(t *testing.T) {
	img := image.NewGray(image.Rect(0, 0, 60, 40))
	for y := range 40 {
		for x := range 60 {
			img.SetGray(x, y, color.Gray{Y: uint8(255 * math.Exp(-(math.Pow(float64(x-45), 2)+math.Pow(float64(y-10), 2))/30))})
		}
	}
	dir := t.TempDir()
	path := filepath.Join(dir, "spot.png")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := png.Encode(f, img); err != nil {
		t.Fatal(err)
	}
	f.Close()
	s, err := targetOf("--target-image", path)
	if err != nil {
		t.Fatal(err)
	}
	if w := s.Window; w.XMin != -1.5 || w.XMax != 1.5 || w.YMin != -1 || w.YMax != 1 {
		t.Errorf("the window is %+v", w)
	}
	if at, away := s.Target.LogDensity(-1.5+3*45./59, 1-2*10./39), s.Target.LogDensity(-1.5+3*45./59, -1+2*10./39); math.Abs(at) > 0.01 || !(away < -5) {
		t.Errorf("the log-density is %g at the spot and %g below it", at, away)
	}
	none := filepath.Join(dir, "none.png")
	if r := runs(small("--target-image", none)...); r.status != exitUsage || !strings.Contains(r.err, none+": no such file or directory, expected a picture") {
		t.Error(r)
	}
	if r := runs(small("--target-image", path, "--json")...); r.status != 0 {
		t.Error(r)
	}
}

func TestAnInitialCloudIsRead(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path := filepath.Join(dir, "cloud.csv")
	if err := os.WriteFile(path, []byte("1,2\n3,4\n-1,0.5\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(dir, "out")
	if r := runs("run", "--start-samples", path, "--steps", "1", "--json"); r.status != 0 || !strings.Contains(r.out, `"particles":3`) || r.err != "" {
		t.Errorf("three points give %v", r)
	}
	if r := runs("run", "--start-samples", path, "--particles", "7", "--steps", "1", "--out", out); r.status != 0 ||
		r.err != "undercurrent: 7 particles of the 3 points in "+path+", which are repeated from the first\n" {
		t.Errorf("seven of three points give %v", r)
	}
	if r := runs("compare", "--start-samples", path, "--particles", "2", "--steps", "1"); r.status != 0 ||
		r.err != "undercurrent: 2 particles of the 3 points in "+path+", of which the first are used\n" {
		t.Errorf("two of three points give %v", r)
	}
	for text, want := range map[string]string{"1,2,3\n4,5,6\n": "there are 3 columns of variables, 1, 2, 3, expected two of them to be chosen, such as 1,2", "1,2\n": "the file has 1 points, expected at least two", "1,2\n3,NaN\n": "line 2: the point is (3, NaN)"} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if r := runs("run", "--start-samples", path, "--steps", "1"); r.status != exitUsage || !strings.Contains(r.err, "--start-samples: "+path+": "+want) {
			t.Errorf("%q gives %v, expected %q", text, r, want)
		}
	}
}

// Points are a target: their kernel density estimate, in a default window or a given one.
func TestPointsAreATarget(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path := filepath.Join(dir, "data.csv")
	var b strings.Builder
	b.WriteString("x,y\n")
	for _, p := range clouds(1, 400)[0] {
		fmt.Fprintf(&b, "%v,%v\n", p.X, p.Y)
	}
	if err := os.WriteFile(path, []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{}, {"--kernel", "0.4"}, {"--window=-6,6,-6,6"}} {
		r := runs(append([]string{"run", "--target-samples", path, "--steps", "5", "--particles", "500"}, args...)...)
		if r.status != exitOK || !strings.Contains(r.out, "500 particles against exact samples") {
			t.Errorf("%v gives %v", args, r)
		}
	}
	for want, args := range map[string][]string{"kernel is -1": {"--kernel", "-1"}, "kernel is 1e-09": {"--kernel", "1e-9"}, "expected one": {"--density", "1"}} {
		if r := runs(append([]string{"run", "--target-samples", path}, args...)...); r.status != exitUsage || !strings.Contains(r.err, want) || strings.Count(r.err, "\n") != 1 {
			t.Errorf("%v gives %v", args, r)
		}
	}
}

func TestAScenarioMayStartOtherwise(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"default", "story", "narrow", "broad", "one-mode", "ring", "uniform"} {
		if r := runs(small("--scenario", "banana", "--start", name)...); r.status != exitOK {
			t.Errorf("%s gives %v", name, r)
		}
	}
	if r := runs(small("--start", "wide")...); r.status != exitUsage || !strings.Contains(r.err, `unknown start "wide", expected one of default`) {
		t.Error(r)
	}
}
