package cli

import (
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"undercurrent/scenarios"
)

// importance are draws of a Gaussian with their weights for the three-modes scenario, in units of a factor, as a
// table; rows of weight 0 are between them. Whole weights are up to 4.
func importance(t *testing.T, n int, factor float64, whole bool) (table string) {
	t.Helper()
	s := builtIn(t, "three-modes")
	rng := rand.New(rand.NewPCG(9, 9))
	var b strings.Builder
	b.WriteString("importance_weight,x,y,z\n")
	for k := range n {
		p := scenarios.Point{X: 3 * rng.NormFloat64(), Y: 3 * rng.NormFloat64()}
		w := math.Exp(s.Target.LogDensity(p.X, p.Y) + (p.X*p.X+p.Y*p.Y)/18)
		if whole {
			w = float64(1 + k%4)
		}
		fmt.Fprintf(&b, "%v,%v,%v,%d\n0,,nan,x\n", factor*w, p.X, p.Y, k)
	}
	return b.String()
}

// repeatedRows are the rows of a table of whole weights, each as often as its weight in units of a factor says.
func repeatedRows(table string, factor float64) string {
	var b strings.Builder
	for _, line := range strings.Split(strings.TrimSpace(table), "\n")[1:] {
		var w, x, y float64
		if n, _ := fmt.Sscanf(line, "%g,%g,%g,", &w, &x, &y); n == 3 && w > 0 {
			b.WriteString(strings.Repeat(fmt.Sprintf("%v,%v\n", x, y), int(math.Round(w/factor))))
		}
	}
	return b.String()
}

// The unit of the weights changes no bit if it is a power of two, and nothing that can be seen otherwise.
func TestWeightsHaveNoUnit(t *testing.T) {
	filesOf(t, map[string]string{"one.csv": importance(t, 300, 1, false), "eighth.csv": importance(t, 300, 0.125, false)})
	args := []string{"--columns", "x,y", "--scenario", "three-modes", "--json", "--metrics"}
	one, eighth := runs(append(args, "watch", "one.csv")...), runs(append(args, "watch", "eighth.csv")...)
	if one.status != exitOK || one.out != eighth.out || strings.Contains(one.err, "resampled") || !strings.Contains(one.err, "300 rows of weight 0 left out") {
		t.Errorf("weights give %v, an eighth of them %v", one, eighth)
	}
	l := reports(t, one)[0]
	if l.Particles != 300 || !(l.Effective > 30 && l.Effective < 250) || l.Diagnosis != nil || l.NotFinite != 0 {
		t.Errorf("%d particles have the effective size %g, not finite %d, diagnosis %v", l.Particles, l.Effective, l.NotFinite, l.Diagnosis)
	}
	for _, r := range l.Regions {
		if want := math.Sqrt(r.Mass * (1 - r.Mass) / l.Effective); math.Abs(r.SE-want) > 1e-12 {
			t.Errorf("the standard error of region %d is %g, expected %g", r.ID, r.SE, want)
		}
	}
}

// Weights that are multiples of a fraction have masses, TV and KL of repeated draws.
func TestWeightedDrawsHaveTheMassesOfRepeatedOnes(t *testing.T) {
	table := importance(t, 400, 0.3, true)
	filesOf(t, map[string]string{"weighted.csv": table, "repeated.csv": repeatedRows(table, 0.3)})
	args := []string{"--scenario", "three-modes", "--json", "--metrics", "--bandwidth", "0.4"}
	got := reports(t, runs(append(args, "watch", "weighted.csv", "--columns", "x,y")...))[0]
	want := reports(t, runs(append(args, "watch", "repeated.csv")...))[0]
	if want.Particles != 1000 || math.Abs(got.Effective-1000*1000/3000.) > 1e-9 {
		t.Errorf("the sizes are %d and %g", want.Particles, got.Effective)
	}
	near := func(what string, a, b float64) {
		if math.Abs(a-b) > 1e-9*math.Abs(b) {
			t.Errorf("%s is %v, of repeated draws %v", what, a, b)
		}
	}
	near("TV", got.TV, want.TV)
	near("reverse KL", got.Objectives["reverse-kl"], want.Objectives["reverse-kl"])
	near("U", got.UnderCoverage, want.UnderCoverage)
	for k := range got.Regions {
		near("a mass", got.Regions[k].Mass, want.Regions[k].Mass)
	}
	for k := range got.Metrics {
		if id := got.Metrics[k]; k == 5 || k > 6 { // of masses
			near("a metric", id.V, want.Metrics[k].V)
		}
	}
}

// The frames of a stream with weights are measured as files of the same draws are.
func TestWeightedFramesOfAStreamAreMeasuredAsFiles(t *testing.T) {
	filesOf(t, map[string]string{"a.csv": importance(t, 200, 0.7, false), "b.csv": importance(t, 200, 0.3, true)})
	args := []string{"--scenario", "three-modes", "--json", "--metrics", "--bandwidth", "0.4"}
	var lines, objects strings.Builder
	lines.WriteString("x,y,weight\n")
	var want []watchLine
	for _, name := range []string{"a.csv", "b.csv"} {
		want = append(want, reports(t, runs(append(args, "watch", name, "--columns", "x,y")...))...)
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var points, weights []string
		for _, row := range strings.Split(strings.TrimSpace(string(text)), "\n")[1:] {
			f := strings.Split(row, ",")
			if f[1] == "" {
				continue
			}
			fmt.Fprintf(&lines, "%s,%s,%s\n", f[1], f[2], f[0])
			points, weights = append(points, "["+f[1]+","+f[2]+"]"), append(weights, f[0])
		}
		lines.WriteString("\n")
		fmt.Fprintf(&objects, "{\"particles\":[%s],\"weights\":[%s]}\n", strings.Join(points, ","), strings.Join(weights, ","))
	}
	for what, text := range map[string]string{"lines": lines.String(), "objects": objects.String()} {
		got := reports(t, runsOn(strings.NewReader(text), append(args, "watch")...))
		if len(got) != len(want) {
			t.Fatalf("%s: %d frames, expected %d", what, len(got), len(want))
		}
		for k := range got {
			a, b := got[k], want[k]
			if a.Particles != b.Particles || a.Effective != b.Effective || a.TV != b.TV || a.Objectives["reverse-kl"] != b.Objectives["reverse-kl"] || a.Regions[0].Mass != b.Regions[0].Mass {
				t.Errorf("%s: frame %d has n_eff %g and TV %g, the file %g and %g", what, k+1, a.Effective, a.TV, b.Effective, b.TV)
			}
			for m := range a.Metrics {
				if k == 0 && a.Metrics[m].V != b.Metrics[m].V {
					t.Errorf("%s: metric %d is %g, of the file %g", what, m, a.Metrics[m].V, b.Metrics[m].V)
				}
			}
		}
	}
}

// Without a target weighted chains are compared with all; the draws of one have no halves.
func TestWeightedChainsAreComparedWithAll(t *testing.T) {
	filesOf(t, map[string]string{"a.csv": importance(t, 100, 0.7, false), "b.csv": importance(t, 100, 0.7, true)})
	both := reports(t, runs("watch", "a.csv", "b.csv", "--columns", "x,y", "--json"))
	if len(both) != 2 || both[0].Particles != 100 || math.Abs(both[1].Effective-250*250/750.) > 1e-9 || both[0].TV == 0 {
		t.Errorf("two chains are %+v", both)
	}
	if one := reports(t, runs("watch", "a.csv", "--columns", "x,y", "--json")); len(one) != 1 || one[0].Scenario != "KDE of all draws" {
		t.Errorf("one chain is %+v", one)
	}
	if r := runs("watch", "a.csv", "--columns", "x,y", "--json", "--pool", "2"); r.status != exitUsage || !strings.Contains(r.err, "--pool 2 of") {
		t.Errorf("a pool of weighted draws gives %v", r)
	}
}

// The last frame has the diagnosis of the chains, with the fields that diagnose has.
func TestTheLastFrameHasTheDiagnosis(t *testing.T) {
	path := chainsFile(t, 3, 400, 1, -1)
	args := []string{path, "--columns", "x,y", "--json"}
	for _, target := range [][]string{nil, {"--scenario", "three-modes"}} {
		lines := reports(t, runs(append(append([]string{"watch"}, args...), target...)...))
		last := lines[len(lines)-1].Diagnosis
		if last == nil || len(lines) > 1 && lines[0].Diagnosis != nil || last.Pass || last.Chains != 3 || last.Draws != 400 {
			t.Fatalf("against %v the last of %d frames has %+v", target, len(lines), last)
		}
		var want diagnosisLine
		if err := json.Unmarshal([]byte(runs(append(append([]string{"diagnose"}, args...), target...)...).out), &want); err != nil {
			t.Fatal(err)
		}
		for k, q := range last.Columns {
			if *q.RHat != *want.Columns[k].RHat || *q.ESSBulk != *want.Columns[k].ESSBulk || q.Name != want.Columns[k].Name {
				t.Errorf("column %s has R̂ %g, expected %g", q.Name, *q.RHat, *want.Columns[k].RHat)
			}
		}
		if len(last.Regions) == 0 || target != nil && last.Regions[0].Z == nil {
			t.Errorf("against %v the regions are %+v", target, last.Regions)
		}
	}
}
