package cli

import (
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"

	"undercurrent/scenarios"
)

// chainsFile writes chains of the three-modes scenario: independent draws of its modes, where a chain may be
// kept in its first mode, or stand still. It returns the path of a table with a column of the chain.
func chainsFile(t *testing.T, chains, draws int, kept, still int) string {
	t.Helper()
	s := builtIn(t, "three-modes")
	rng := rand.New(rand.NewPCG(4, 4))
	var b strings.Builder
	b.WriteString("chain,draw,x,y\n")
	for c := range chains {
		at := s.Truth.Modes[0]
		for k := range draws {
			var p scenarios.Point
			for p = onePoint(s.Truth.Sampler, rng); c == kept && math.Hypot(p.X-at.X, p.Y-at.Y) > 1.5; {
				p = onePoint(s.Truth.Sampler, rng)
			}
			if c == still {
				p = at
			}
			fmt.Fprintf(&b, "%d,%d,%.6f,%.6f\n", c+1, k+1, p.X, p.Y)
		}
	}
	path := filepath.Join(t.TempDir(), "chains.csv")
	writeFile(t, path, b.String())
	return path
}

func onePoint(s scenarios.Sampler, rng *rand.Rand) scenarios.Point {
	one := make([]scenarios.Point, 1)
	s.Sample(one, rng)
	return one[0]
}

func TestDrawsAreDiagnosed(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name        string
		kept, still int
		status      int
		first       string
	}{
		{"right", -1, -1, exitOK, ""},
		{"trapped", 1, -1, exitFailure, "1. chain 2 never left region "},
		{"still", -1, 2, exitFailure, "1. chain 3 stays at one draw"},
	} {
		path := chainsFile(t, 4, 1500, c.kept, c.still)
		r := runs("diagnose", path, "--scenario", "three-modes")
		if r.status != c.status || c.first != "" && !strings.HasPrefix(r.out, c.first) || c.first == "" && !strings.HasPrefix(r.out, "nothing speaks against this sampler, from 4 chains of 1500 draws") {
			t.Errorf("%s: status %d, %q\n%s", c.name, r.status, r.err, r.out)
		}
		if !strings.Contains(r.err, "4 chains of 1500 draws") || !strings.Contains(r.out, "regions of three-modes") {
			t.Errorf("%s: %q\n%s", c.name, r.err, r.out)
		}
		asJSON := runs("diagnose", path, "--scenario", "three-modes", "--json")
		var l diagnosisLine
		if err := json.Unmarshal([]byte(asJSON.out), &l); err != nil || asJSON.status != c.status {
			t.Fatalf("%s: %v, status %d", c.name, err, asJSON.status)
		}
		share := 0.0
		for _, one := range l.Regions {
			share += one.Share
		}
		if l.Pass != (c.status == exitOK) || l.Chains != 4 || l.Draws != 1500 || len(l.Columns) != 2 || len(l.Moves) != 4 || math.Abs(share-1) > 0.01 {
			t.Errorf("%s: the report is %+v", c.name, l)
		}
		if c.name == "right" && (math.Abs(*l.Columns[0].RHat-1) > 0.01 || *l.Columns[0].ESSBulk < 3000 || math.Abs(*l.Regions[0].Z) > 4) {
			t.Errorf("independent draws have %+v, %+v", l.Columns[0], l.Regions[0])
		}
	}
}

// Without a target, files are chains against each other, with every column.
func TestFilesAreChainsOfTheirOwn(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	rng := rand.New(rand.NewPCG(8, 8))
	for k := range 2 {
		var b strings.Builder
		b.WriteString("mu,tau,weight\n")
		for range 400 {
			fmt.Fprintf(&b, "%.5f,%.5f,%d\n", rng.NormFloat64()+3*float64(k), rng.NormFloat64(), 1+rng.IntN(2))
		}
		writeFile(t, filepath.Join(dir, fmt.Sprintf("out_%d.csv", k+1)), b.String())
	}
	r := runs("diagnose", filepath.Join(dir, "out_1.csv"), filepath.Join(dir, "out_2.csv"))
	if r.status != exitFailure || !strings.Contains(r.out, "R̂ of mu is ") || strings.Contains(r.out, "R̂ of tau is ") {
		t.Errorf("status %d, %q\n%s", r.status, r.err, r.out)
	}
	if one := runs("diagnose", filepath.Join(dir, "out_*.csv"), "--columns", "exp(tau)"); !strings.Contains(one.out, "exp(tau)") || strings.Contains(one.out, "mu") {
		t.Errorf("of one column: %q\n%s", one.err, one.out)
	}
}

// A ramp of n energies has E-BFMI 12/(n(n + 1)), an alternation 4(n − 1)/n; divergent transitions are counted by
// region, and both are in the table and in JSON.
func TestEnergiesAndDivergentTransitionsAreDiagnosed(t *testing.T) {
	t.Parallel()
	const n = 200
	s := builtIn(t, "three-modes")
	rng := rand.New(rand.NewPCG(4, 4))
	var b strings.Builder
	b.WriteString("chain,x,y,energy,diverging\n")
	marked := 0
	for c := range 2 {
		for k := range n {
			p, energy, diverging := onePoint(s.Truth.Sampler, rng), k, 0
			if c == 1 {
				energy = k % 2
			}
			if math.Hypot(p.X-s.Truth.Modes[0].X, p.Y-s.Truth.Modes[0].Y) < 0.5 && marked < 5 {
				marked, diverging = marked+1, 1
			}
			fmt.Fprintf(&b, "%d,%.6f,%.6f,%d,%d\n", c+1, p.X, p.Y, energy, diverging)
		}
	}
	path := filepath.Join(t.TempDir(), "hmc.csv")
	writeFile(t, path, b.String())
	r := runs("diagnose", path, "--scenario", "three-modes")
	for _, want := range []string{"E-BFMI of chain 1 is 0.00 from 200 draws, expected at least 0.3 (Betancourt 2016)", "5 of 400 transitions are divergent, most of them (5) in region ", "E-BFMI", "3.98", "divergent"} {
		if r.status != exitFailure || !strings.Contains(r.out, want) {
			t.Errorf("%q is not in %q\n%s", want, r.err, r.out)
		}
	}
	var l diagnosisLine
	if err := json.Unmarshal([]byte(runs("diagnose", path, "--scenario", "three-modes", "--json").out), &l); err != nil {
		t.Fatal(err)
	}
	if got := *l.Energies[0]; math.Abs(got-12./(n*(n+1))) > 1e-12 {
		t.Errorf("the E-BFMI of a ramp is %g, expected %g", got, 12./(n*(n+1)))
	}
	if got := *l.Energies[1]; math.Abs(got-4.*(n-1)/n) > 1e-12 {
		t.Errorf("the E-BFMI of an alternation is %g, expected %g", got, 4.*(n-1)/n)
	}
	for k, region := range l.Regions {
		is := strings.Contains(r.out, fmt.Sprintf("most of them (5) in region %d\n", k+1))
		if *l.Divergent != 5 || is != (*region.Divergent == 5) || !is && *region.Divergent != 0 {
			t.Errorf("region %d has %d of %d divergent transitions", k+1, *region.Divergent, *l.Divergent)
		}
	}
	if without := runs("diagnose", path, "--scenario", "three-modes", "--energy", "none", "--divergent", "none"); strings.Contains(without.out, "E-BFMI") || strings.Contains(without.out, "divergent") {
		t.Errorf("without both columns: %s", without.out)
	}
}

func TestWhatCannotBeDiagnosedIsRefused(t *testing.T) {
	t.Parallel()
	path := chainsFile(t, 2, 20, -1, -1)
	weights := filepath.Join(t.TempDir(), "weights.csv")
	writeFile(t, weights, "x,y,weight\n1,2,0.5\n2,3,1\n")
	for _, c := range []struct {
		args []string
		want string
	}{
		{nil, "there is no file, expected the draws of a sampler"},
		{[]string{path, "--columns", "x,z"}, "z"},
		{[]string{path, "--columns", "x,y,draw", "--scenario", "three-modes"}, "--columns names 3 columns, expected two with a target"},
		{[]string{path, "--axes", "up,down"}, "--axes: "},
		{[]string{path, "--scenario", "three-mode"}, "three-mode"},
		{[]string{weights}, "the weight of draw 1 is 0.5, expected whole numbers"},
		{[]string{filepath.Join(t.TempDir(), "none.csv")}, "none.csv"},
	} {
		if r := runs(append([]string{"diagnose"}, c.args...)...); r.status != exitUsage || !strings.Contains(r.err, c.want) || r.out != "" {
			t.Errorf("%v: status %d, %q, %q", c.args, r.status, r.err, r.out)
		}
	}
}
