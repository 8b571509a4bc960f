package cli

import (
	"bytes"
	"encoding/json"
	"maps"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/sbinet/npyio"
	"github.com/sbinet/npyio/npz"
	"gonum.org/v1/gonum/mat"

	"undercurrent/divergences"
	"undercurrent/scenarios/catalogue"
	"undercurrent/sim/check"
)

func keys(t *testing.T, m map[string]json.RawMessage) []string {
	t.Helper()
	return slices.Sorted(maps.Keys(m))
}

func fields(s string) []string {
	list := strings.Fields(s)
	slices.Sort(list)
	return list
}

func TestJSONLinesHaveTheirKeysAndNoOthers(t *testing.T) {
	r := runs(small("--json", "--every", "3")...)
	if r.status != exitOK {
		t.Fatal(r)
	}
	var steps []string
	for _, l := range lines(t, r.out) {
		want := fields("step time dt scenario divergence reference velocity drift parameters weight z_factor smoothing time_rule spacing seed particles bandwidth birth_death coarse mover adapted_to evaluations accepted bandwidth_in_force tv_in_force " +
			"tv unreached objective mean_log_ratio objectives under_coverage functional objective_rate identity_residual effort wrong_way capped limited held reached regions")
		if got := keys(t, l); !slices.Equal(got, want) {
			t.Fatalf("keys %v, expected %v", got, want)
		}
		steps = append(steps, string(l["step"]))
		checkObjectives(t, l["objectives"], divergences.Standard().IDs()[:11])
		checkRegions(t, l["regions"])
		checkTheory(t, l)
	}
	if !slices.Equal(steps, []string{"3", "4"}) {
		t.Errorf("reports at steps %v, expected 3 and the last", steps)
	}
}

func checkObjectives(t *testing.T, text json.RawMessage, want []string) {
	t.Helper()
	var values map[string]float64
	if err := json.Unmarshal(text, &values); err != nil {
		t.Fatal(err)
	}
	got, want := slices.Sorted(maps.Keys(values)), slices.Sorted(slices.Values(want))
	if !slices.Equal(got, want) {
		t.Errorf("objectives %v, expected %v", got, want)
	}
}

func checkRegions(t *testing.T, text json.RawMessage) {
	t.Helper()
	var list []map[string]json.RawMessage
	if err := json.Unmarshal(text, &list); err != nil {
		t.Fatal(err)
	}
	for _, region := range list {
		if got, want := keys(t, region), fields("id x y target mass count se under_coverage reached inflow "+
			"predicted_mass_change mass_change predicted_under_coverage_change under_coverage_change effort effort_taken "+
			"predicted_mass_change_birth_death mass_change_birth_death predicted_under_coverage_change_birth_death under_coverage_change_birth_death copied"); !slices.Equal(got, want) {
			t.Fatalf("a region has keys %v, expected %v", got, want)
		}
	}
}

// checkTheory checks that the theory of a report is consistent with itself.
func checkTheory(t *testing.T, l map[string]json.RawMessage) {
	t.Helper()
	var functional struct {
		Name                                string
		Tau, S, Value, Population, Measured float64
		FirstOrder                          float64 `json:"first_order"`
	}
	var rate map[string]any
	var bands []struct {
		Lo    float64 `json:"log_r_lo"`
		Hi    float64 `json:"log_r_hi"`
		Share float64
	}
	var regions []struct {
		Change float64 `json:"under_coverage_change"`
		Effort float64
	}
	for key, into := range map[string]any{"functional": &functional, "objective_rate": &rate, "effort": &bands, "regions": &regions} {
		if err := json.Unmarshal(l[key], into); err != nil {
			t.Fatalf("%s: %v", key, err)
		}
	}
	if functional.Name != "under-coverage" || functional.Tau != 1 || functional.S != 1 {
		t.Errorf("the functional is %+v", functional)
	}
	if !slices.Equal(slices.Sorted(maps.Keys(rate)), fields("birth_death dissipation dissipation_taken first_order mean_square_velocity mean_square_velocity_taken measured")) || rate["measured"].(float64) <= 0 {
		t.Errorf("the rates are %v", rate)
	}
	shares, efforts, change := 0.0, 0.0, 0.0
	for _, b := range bands {
		shares += b.Share
	}
	for _, k := range regions {
		efforts += k.Effort
		change += k.Change
	}
	if math.Abs(shares-1) > 1e-9 || math.Abs(efforts-1) > 1e-9 {
		t.Errorf("efforts sum to %g over the bands and %g over the regions", shares, efforts)
	}
	if math.Abs(change-functional.Measured) > 1e-12 {
		t.Errorf("the regions' changes sum to %g, the total changes by %g", change, functional.Measured)
	}
}

// With birth–death the modes that the cloud did not reach get their mass, and a report has its part of the
// changes.
func TestARunWithBirthDeathReachesEveryMode(t *testing.T) {
	t.Parallel()
	args := []string{"run", "--scenario", "gmm40", "--particles", "2000", "--bandwidth", "2", "--steps", "20", "--every", "20"}
	type change struct {
		FirstOrder float64 `json:"first_order"`
		Measured   float64
	}
	type report struct {
		TV         float64
		Rate       float64 `json:"birth_death"`
		Functional struct {
			change
			Part change `json:"birth_death"`
		}
		Regions []struct {
			Count, Copied int
			Part          float64 `json:"mass_change_birth_death"`
		}
	}
	read := func(more ...string) (l report) {
		t.Helper()
		r := runs(slices.Concat(args, []string{"--json"}, more)...)
		if err := json.Unmarshal([]byte(r.out), &l); err != nil || r.status != exitOK {
			t.Fatal(r, err)
		}
		return l
	}
	without, with := read(), read("--birth-death", "1")
	if same := read("--divergence", "reverse-kl+birth-death"); !reflect.DeepEqual(same, with) {
		t.Error("the flag and the text are not the same")
	}
	if with.Rate != 1 || without.Rate != 0 || !(with.TV < without.TV/5) {
		t.Errorf("TV is %g at rate %g, and %g at rate %g", with.TV, with.Rate, without.TV, without.Rate)
	}
	if p := with.Functional.Part; p.FirstOrder >= 0 || p == with.Functional.change || without.Functional.Part != (change{}) {
		t.Errorf("birth–death has the part %+v of %+v, and without it %+v", p, with.Functional.change, without.Functional.Part)
	}
	copied, moved := 0, 0.0
	for k, region := range with.Regions {
		copied += region.Copied
		moved += math.Abs(region.Part)
		if o := without.Regions[k]; o.Copied != 0 || o.Part != 0 {
			t.Errorf("without birth–death region %d has %+v", k, o)
		}
	}
	if copied < 1000 || moved == 0 {
		t.Errorf("%d particles are copied, and the last step moves %g", copied, moved)
	}
	table := runs(append(args, "--birth-death", "2.5")...)
	for _, want := range []string{"· birth–death 2.5 ·", "by birth–death", "copies"} {
		if !strings.Contains(table.out, want) {
			t.Errorf("the table has no %q", want)
		}
	}
}

func TestAReferenceAndABlobAreNamedInTheLines(t *testing.T) {
	r := runs(small("--json", "--every", "7", "--divergence", "lv", "--reference", "mixture", "--lambda", "0.3", "--velocity", "blob", "--functional", "deficit", "--softness", "0.4")...)
	if r.status != exitOK {
		t.Fatal(r)
	}
	l := lines(t, r.out)[0]
	for key, want := range map[string]string{"reference": `"mixture"`, "velocity": `"blob"`, "divergence": `"lv"`, "identity_residual": "null"} {
		if got := string(l[key]); got != want {
			t.Errorf("%s is %s, expected %s", key, got, want)
		}
	}
	if !strings.Contains(string(l["functional"]), `"deficit"`) || !strings.Contains(string(l["functional"]), `"s":0.4`) {
		t.Errorf("the functional is %s", l["functional"])
	}
}

func TestCheckFailsWithTheFindingsBeforeIt(t *testing.T) {
	var out bytes.Buffer
	err := printFindings(&out, []check.Finding{
		{Subject: "a", Quantity: "this", Figures: []float64{0.5}, Expected: "less", Pass: false},
		{Subject: "a", Quantity: "that", Figures: []float64{1e-4, 2}, Expected: "any", Pass: true},
		{Subject: "a", Quantity: "none", Expected: "–", Pass: true, Note: "for a reason"},
		{Subject: "b", Check: check.Forecast, Quantity: "difference", Figures: []float64{0.4, 0.2}, Order: 1, Expected: "less", Pass: true},
	}, false)
	if err == nil || err.Error() != "1 of 4 checks failed" || status(err) != exitFailure {
		t.Errorf("the error is %v", err)
	}
	for _, want := range []string{"FAIL", "0.0001 2", "for a reason", "4 checks, 1 failed", "0.2 (1.00)", "difference (less)"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("the table lacks %q:\n%s", want, out.String())
		}
	}
}

func TestEqualArgumentsGiveEqualBytes(t *testing.T) {
	t.Parallel()
	args := small("--json", "--scenario", "grid9", "--divergence", "neyman", "--seed", "5")
	if a, b := runs(args...), runs(args...); a != b {
		t.Errorf("%v\nand then\n%v", a, b)
	}
	if a, b := runs(small("--json")...), runs(small("--json", "--seed", "2")...); a.out == b.out {
		t.Error("another seed gives the same bytes")
	}
}

func TestATypedWeightIsTheDivergenceCustom(t *testing.T) {
	r := runs(small("--json", "--weight", "r/(1+r)", "--every", "4")...)
	if r.status != exitOK {
		t.Fatal(r)
	}
	l := lines(t, r.out)[0]
	if string(l["divergence"]) != `"custom"` {
		t.Errorf("the divergence is %s", l["divergence"])
	}
	checkObjectives(t, l["objectives"], append(divergences.Standard().IDs()[:11], divergences.CustomID))
}

func TestTVFallsOnGMM40(t *testing.T) {
	t.Parallel()
	r := runs("run", "--scenario", "gmm40", "--divergence", "reverse-kl", "--particles", "4000", "--steps", "30", "--json")
	all := lines(t, r.out)
	var first, last float64
	if json.Unmarshal(all[0]["tv"], &first) != nil || json.Unmarshal(all[len(all)-1]["tv"], &last) != nil || !(last < 0.8*first) {
		t.Errorf("TV went from %g to %g", first, last)
	}
}

func TestTheTableIsAlignedAndEndsWithRegionsAndMetrics(t *testing.T) {
	r := runs(small("--every", "1")...)
	if r.status != exitOK || r.err != "" {
		t.Fatal(r)
	}
	rows := strings.Split(r.out, "\n")
	at := strings.Index(rows[2], "TV") + len("TV")
	for _, row := range rows[3:7] {
		if len(row) < at || row[at] != ' ' || row[at-1] == ' ' {
			t.Errorf("the column of TV does not end at %d in %q", at, row)
		}
	}
	for _, want := range []string{"most under-covered region", "particles ± se", " exact sample ", "sliced W2"} {
		if !strings.Contains(r.out, want) {
			t.Errorf("the table lacks %q:\n%s", want, r.out)
		}
	}
}

func TestOutKeepsMetricsAndArrays(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new", "results")
	for range 2 { // the second time the files are there and are replaced
		r := runs(small("--json", "--every", "2", "--out", dir)...)
		if r.status != exitOK {
			t.Fatal(r)
		}
		if got, want := entries(t, dir), []string{"fields.npz", "metrics.jsonl", "particles.npy", "velocities.npy"}; !slices.Equal(got, want) {
			t.Fatalf("the directory has %v, expected %v", got, want)
		}
		if text, err := os.ReadFile(filepath.Join(dir, "metrics.jsonl")); err != nil || string(text) != r.out {
			t.Errorf("metrics.jsonl differs from standard output: %v", err)
		}
	}
	for _, name := range []string{"particles.npy", "velocities.npy"} {
		checkArray(t, filepath.Join(dir, name), 300)
	}
	checkFields(t, filepath.Join(dir, "fields.npz"))
}

func checkArray(t *testing.T, path string, n int) {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var m mat.Dense
	if err := npyio.Read(f, &m); err != nil {
		t.Fatal(err)
	}
	if rows, columns := m.Dims(); rows != n || columns != 2 {
		t.Errorf("%s is %d×%d, expected %d×2", path, rows, columns, n)
	}
}

func checkFields(t *testing.T, path string) {
	t.Helper()
	z, err := npz.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	shape := func(name string) []int { return z.Header(name).Descr.Shape }
	for _, name := range []string{"log_p", "log_q", "log_r", "vx", "vy"} {
		if !slices.Contains(z.Keys(), name) {
			t.Fatalf("%s has %v, lacks %s", path, z.Keys(), name)
		}
		if got, want := shape(name), []int{shape("y")[0], shape("x")[0]}; !slices.Equal(got, want) {
			t.Errorf("%s is %v, expected %v", name, got, want)
		}
	}
}

func TestListsNameEveryEntryInOrder(t *testing.T) {
	for what, want := range map[string][]string{"scenarios": catalogue.IDs(), "divergences": divergences.Standard().IDs()} {
		r := runs("list", what, "--json")
		var entries []struct{ ID string }
		if err := json.Unmarshal([]byte(r.out), &entries); err != nil {
			t.Fatalf("%v: %v", err, r)
		}
		var got []string
		for _, e := range entries {
			got = append(got, e.ID)
		}
		if !slices.Equal(got, want) {
			t.Errorf("list %s has %v, expected %v", what, got, want)
		}
		table := runs("list", what)
		for _, id := range want {
			if !strings.Contains(table.out, id) {
				t.Errorf("the table of %s lacks %s:\n%s", what, id, table.out)
			}
		}
	}
}

func TestAnInterruptLeavesNothingBehind(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "results")
	cmd := exec.Command(program(t), "run", "--particles", "20000", "--steps", "1000000", "--out", dir)
	var out, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	for deadline := time.Now().Add(20 * time.Second); len(entries(t, dir)) == 0; time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("the run never opened its files")
		}
	}
	if err := cmd.Process.Signal(syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
	cmd.Wait()
	if status := cmd.ProcessState.ExitCode(); status != exitFailure || !strings.HasPrefix(stderr.String(), "undercurrent: interrupted at step ") {
		t.Errorf("status %d, %q", status, stderr.String())
	}
	if _, err := os.Stat(dir); !os.IsNotExist(err) {
		t.Errorf("the directory is left with %v", entries(t, dir))
	}
}

func TestAClosedPipeLeavesNothingBehind(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "results")
	cmd := exec.Command(program(t), "run", "--particles", "300", "--steps", "1000000", "--json", "--out", dir)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	pipe, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if _, err := pipe.Read(make([]byte, 100)); err != nil {
		t.Fatal(err)
	}
	pipe.Close()
	cmd.Wait()
	if status := cmd.ProcessState.ExitCode(); status != exitPipe || stderr.Len() != 0 {
		t.Errorf("status %d, %q", status, stderr.String())
	}
	if len(entries(t, dir)) != 0 {
		t.Errorf("the directory is left with %v", entries(t, dir))
	}
}
