package cli

import (
	"encoding/json"
	"math"
	"strings"
	"testing"
)

// A mover takes the place of the drift: the report has its cost and its acceptance, and predicts nothing.
func TestARunUnderAMover(t *testing.T) {
	t.Parallel()
	args := []string{"run", "--scenario", "three-modes", "--particles", "300", "--steps", "4"}
	for _, how := range [][]string{{"--mover", "mala"}, {"--divergence", "mala"}} {
		var l struct {
			Mover       string
			Evaluations int
			Accepted    *float64
			Divergence  string
			Functional  struct {
				FirstOrder float64 `json:"first_order"`
				Measured   float64
			}
		}
		r := runs(append(append(args, "--json"), how...)...)
		if err := json.Unmarshal([]byte(lastLine(r.out)), &l); err != nil {
			t.Fatalf("%v: %v in %q", how, err, r.err)
		}
		if l.Mover != "mala" || l.Evaluations < 4*300 || l.Divergence != "reverse-kl" || l.Functional.FirstOrder != 0 || l.Functional.Measured == 0 {
			t.Errorf("%v: the report is %+v", how, l)
		}
	}
	if table := runs(append(args, "--mover", "ula")...); !strings.Contains(table.out, "evaluations") || !strings.Contains(table.out, "– → ") {
		t.Errorf("the table is\n%s", table.out)
	}
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"--mover", "hamilton"}, "--mover: "},
		{[]string{"--mover", "ula", "--divergence", "pearson"}, "--mover ula and --divergence"},
		{[]string{"--mover", "ula", "--birth-death", "1"}, "ula moves the particles without a drift, expected no birth–death"},
		{[]string{"--mover", "ula", "--coarse", "4"}, "ula moves the particles without a drift, expected no coarse bandwidth"},
		{[]string{"--mover", "ula", "--velocity", "blob"}, "ula moves the particles without a drift, expected no blob velocity"},
	} {
		if r := runs(append([]string{"run"}, c.args...)...); r.status != exitUsage || !strings.Contains(r.err, c.want) {
			t.Errorf("%v: status %d, %q", c.args, r.status, r.err)
		}
	}
}

// From coarse to fine the report says the bandwidth in force, and TV at the one of the end.
func TestARunFromCoarseToFineSaysWhatIsInForce(t *testing.T) {
	t.Parallel()
	args := []string{"run", "--scenario", "ring8", "--particles", "500", "--coarse", "4", "--coarse-steps", "20"}
	for steps, inForce := range map[string]float64{"5": 3.4, "21": 1} {
		r := runs(append(args, "--json", "--steps", steps)...)
		var l struct {
			Bandwidth, TV float64
			InForce       float64 `json:"bandwidth_in_force"`
			TVInForce     float64 `json:"tv_in_force"`
			Coarse        struct{ Factor, Steps, From float64 }
		}
		if err := json.Unmarshal([]byte(lastLine(r.out)), &l); err != nil {
			t.Fatal(err)
		}
		if math.Abs(l.InForce-inForce*l.Bandwidth) > 1e-12 || l.Coarse.Factor != 4 || l.Coarse.Steps != 20 || (l.TV == l.TVInForce) != (inForce == 1) {
			t.Errorf("after %s steps the report is %+v", steps, l)
		}
	}
	if table := runs(append(args, "--steps", "2")...); !strings.Contains(table.out, "→") || !strings.Contains(table.out, "h in force") {
		t.Errorf("the table is\n%s", table.out)
	}
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"--coarse", "0.5"}, "--coarse: coarse factor is 0.5, expected 1 to 32"},
		{[]string{"--coarse", "8", "--coarse-steps", "0"}, "--coarse-steps: number of coarse steps is 0, expected at least 1"},
		{[]string{"--coarse-steps", "5"}, "--coarse-steps is for a coarse bandwidth, expected --coarse with it"},
		{[]string{"--coarse", "8", "--smoothing", "sharp"}, "expected no coarse bandwidth with --smoothing sharp"},
		{[]string{"--divergence", "pearson+coarse:8:200:5"}, "begins at step 5, expected 0"},
	} {
		if r := runs(append([]string{"run"}, c.args...)...); r.status != exitUsage || !strings.Contains(r.err, c.want) {
			t.Errorf("%v: status %d, %q", c.args, r.status, r.err)
		}
	}
}
