package cli

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/spf13/cobra"

	"undercurrent/scenarios"
	"undercurrent/sim/replay"
	"undercurrent/ui/session"
)

// stanFile is a file of CmdStan with the draws (mu, tau) = (k, k²) for k from the first to the last,
// after a warm-up row.
func stanFile(first, last int) string {
	text := "# num_warmup = 1\n# save_warmup = true\nlp__,accept_stat__,divergent__,mu,tau\n0,1,0,99,99\n# Adaptation terminated\n"
	for k := first; k <= last; k++ {
		text += fmt.Sprintf("0,1,0,%d,%d\n", k, k*k)
	}
	return text
}

// filesOf writes files into a folder, which becomes the working directory.
func filesOf(t *testing.T, texts map[string]string) {
	t.Helper()
	t.Chdir(t.TempDir())
	for name, text := range texts {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

const stanTaken = "undercurrent: mcmc_1.csv, mcmc_2.csv: CmdStan, 2 chains of 4 draws, 2 warm-up rows left out; columns "

// Draws of a sampler are the same target, initial cloud and frame as points with their coordinates,
// and standard error says what was taken for what.
func TestDrawsAreReadAsPoints(t *testing.T) {
	var points, both strings.Builder
	for k := 1; k <= 8; k++ {
		fmt.Fprintf(&points, "%d,%d\n", k, 2*k)
		fmt.Fprintf(&both, "%d,%d\n", k, k*k)
	}
	filesOf(t, map[string]string{"mcmc_1.csv": stanFile(1, 4), "mcmc_2.csv": stanFile(5, 8), "points.csv": points.String(), "both.csv": both.String()})
	for _, c := range []struct {
		about       string
		draws, same []string
		columns     string
	}{
		{"a target", []string{"run", "--target-samples", "mcmc_*.csv", "--kernel", "2", "--steps", "1", "--json", "--particles", "50"},
			[]string{"run", "--target-samples", "both.csv", "--kernel", "2", "--steps", "1", "--json", "--particles", "50"}, "mu, tau"},
		{"a start", []string{"run", "--scenario", "three-modes", "--start-samples", "mcmc_*.csv", "--columns", "mu, 2*sqrt(tau)", "--steps", "1", "--json"},
			[]string{"run", "--scenario", "three-modes", "--start-samples", "points.csv", "--steps", "1", "--json"}, "mu, 2*sqrt(tau)"},
		{"a frame", []string{"watch", "mcmc_*.csv", "--columns", "4,5", "--scenario", "three-modes", "--json"}, []string{"watch", "both.csv", "--scenario", "three-modes", "--json"}, "mu, tau"},
		{"a frame by names", []string{"watch", "mcmc_*.csv", "--scenario", "three-modes", "--json"}, []string{"watch", "both.csv", "--scenario", "three-modes", "--json"}, "mu, tau"},
	} {
		got, want := runs(c.draws...), runs(c.same...)
		if got.status != exitOK || undiagnosed(got.out) != undiagnosed(want.out) || want.out == "" {
			t.Errorf("%s: %v, expected %v", c.about, got, want)
		}
		if taken := stanTaken + c.columns + ", divergent divergent__, log-density lp__\n"; !strings.HasPrefix(got.err, taken) {
			t.Errorf("%s says %q, expected %q", c.about, got.err, taken)
		}
	}
}

// undiagnosed are reports without the diagnosis of chains.
func undiagnosed(reports string) string {
	return regexp.MustCompile(`,"diagnosis":.*\}`).ReplaceAllString(reports, "}")
}

// Equal weights say nothing, and whole ones how often a draw is there. A row of weight 0 may hold anything.
func TestDrawsOfEqualAndWholeWeights(t *testing.T) {
	filesOf(t, map[string]string{"w.csv": "weight,mu,tau\n2.5,1,1\n0,x,\n2.5,-1,2\n", "twice.csv": "1,1\n-1,2\n", "whole.csv": "weight,mu,tau\n2,1,1\n0,x,\n1,-1,2\n", "repeated.csv": "1,1\n1,1\n-1,2\n",
		"parts.csv": "weight,mu,tau\n.5,1,1\n0,x,\n.25,-1,2\n"})
	const taken = "undercurrent: w.csv: table (CSV), 2 draws, 1 row of weight 0 left out; columns mu, tau, weights weight\n"
	for file, same := range map[string]string{"w.csv": "twice.csv", "whole.csv": "repeated.csv"} {
		got, want := runs("watch", file, "--scenario", "three-modes", "--json"), runs("watch", same, "--scenario", "three-modes", "--json")
		if undiagnosed(got.out) != want.out || got.status != exitOK || strings.Contains(got.err, "resampled") {
			t.Errorf("a frame of %s: %v, expected %v", file, got, want)
		}
	}
	got := runs("run", "--scenario", "three-modes", "--start-samples", "w.csv", "--steps", "1", "--json")
	want := runs("run", "--scenario", "three-modes", "--start-samples", "twice.csv", "--steps", "1", "--json")
	if got.out != want.out || got.status != exitOK || got.err != taken {
		t.Errorf("a start: %v, expected %v", got, want)
	}
	// Particles of a flow have no weights, so that others are drawn by theirs.
	got = runs("run", "--scenario", "three-modes", "--start-samples", "parts.csv", "--particles", "3", "--steps", "1", "--json")
	want = runs("run", "--scenario", "three-modes", "--start-samples", "repeated.csv", "--steps", "1", "--json")
	if got.out != want.out || got.status != exitOK || !strings.HasSuffix(got.err, "3 particles resampled by weight from the 2 points in parts.csv, whose effective size is 1.8\n") {
		t.Errorf("a start by weight: %v, expected %v", got, want)
	}
	if got := runs("run", "--target-samples", "w.csv", "--weights", "none", "--columns", "1,1", "--steps", "1"); got.status != exitOK || strings.Contains(got.err, "weight 0") {
		t.Errorf("without weights: %v", got)
	}
}

// With named axes the frames of an array are its draws, whatever their place in the array.
func TestNamedAxesMakeFrames(t *testing.T) {
	list := clouds(3, 4)
	turned := make([][]scenarios.Point, 4)
	for k := range turned {
		for _, frame := range list {
			turned[k] = append(turned[k], frame[k])
		}
	}
	filesOf(t, map[string]string{"frames.npy": npyOf(list), "turned.npy": npyOf(turned)})
	got, want := runs("watch", "turned.npy", "--axes", "walker,step,variable", "--scenario", "three-modes", "--json", "--shuffled"), runs("watch", "frames.npy", "--scenario", "three-modes", "--json", "--shuffled")
	if got.status != exitOK || got.out != want.out || strings.Count(got.out, "\n") != 3 || !strings.HasSuffix(got.err, "turned.npy: 3 frames of 4 particles, one for each draw\n") {
		t.Errorf("turned frames give %v, expected %v", got, want)
	}
}

func TestColumnsNeedAFileOfPoints(t *testing.T) {
	filesOf(t, map[string]string{"mcmc_1.csv": stanFile(1, 4), "frames.csv": "1,2\n3,4\n"})
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"run", "--columns", "a,b"}, "--columns a,b without a file of points, expected --target-samples or --start-samples with it"},
		{[]string{"watch", "--scenario", "three-modes", "--json", "--weights", "w"}, "--weights w without a file of points, expected --target-samples with it"},
		{[]string{"run", "--target-samples", "mcmc_1.csv", "--columns", "mu,tua"}, `--target-samples: mcmc_1.csv: no column "tua", expected mu, tau or lp__`},
		{[]string{"run", "--start-samples", "mcmc_1.csv", "--columns", "mu"}, `--start-samples: mcmc_1.csv: 1 column in "mu", expected two for x and y`},
		{[]string{"watch", "frames.csv", "--columns", "mu,tau", "--json"}, `frames.csv: no column "mu", expected a number from 1 to 2`},
		{[]string{"watch", "mcmc_1.csv", "--axes", "a", "--json"}, `mcmc_1.csv: unknown axis "a"`},
	} {
		if r := runs(c.args...); r.status != exitUsage || !strings.Contains(r.err, c.want) {
			t.Errorf("%v gives %v, expected %q", c.args, r, c.want)
		}
	}
	// The columns are those of the target, if the frames have none.
	if r := runs("watch", "frames.csv", "--target-samples", "mcmc_1.csv", "--columns", "mu,tau", "--json"); r.status != exitOK {
		t.Errorf("frames against a target of columns give %v", r)
	}
}

// The command line that reproduces a view names the columns, and so does a scenario file.
func TestColumnsAreReproduced(t *testing.T) {
	filesOf(t, map[string]string{"mcmc_1.csv": stanFile(1, 4)})
	f := &flowFlags{}
	cmd := &cobra.Command{Use: "undercurrent"}
	f.bind(cmd)
	if err := cmd.ParseFlags([]string{"--target-samples", "mcmc_1.csv", "--start-samples", "mcmc_1.csv", "--columns", "mu,log(tau)", "--weights", "none"}); err != nil {
		t.Fatal(err)
	}
	s, settings, err := f.resolve()
	if err != nil {
		t.Fatal(err)
	}
	line := commandLine("undercurrent", nil, cmd.Flags(), session.Recipe{Recipe: replay.Recipe{Scenario: s, Settings: settings}})
	const want = "undercurrent --target-samples mcmc_1.csv --window="
	if !strings.HasPrefix(line, want) || !strings.Contains(line, " --columns 'mu,log(tau)' --weights none --start-samples mcmc_1.csv") {
		t.Errorf("the command line is %s", line)
	}
	name, err := saveScenario(s)
	if err != nil {
		t.Fatal(err)
	}
	back, err := readScenario(name)
	if err != nil || back.Origin.Selection != s.Origin.Selection || len(back.Taken) != 2 {
		t.Errorf("the file gives %+v, %v (%v)", back.Origin, back.Taken, err)
	}
	if r := runs("run", "--scenario", filepath.Join(".", name), "--steps", "1"); r.status != exitOK || strings.Count(r.err, "columns mu, log(tau)") != 2 {
		t.Errorf("the file gives %v", r)
	}
}
