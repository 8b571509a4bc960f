package cli

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func compareArgs(drifts string, args ...string) []string {
	return append([]string{"compare", "--particles", "300", "--steps", "6", "--divergences", drifts}, args...)
}

func TestACompareHasAColumnForEveryFlow(t *testing.T) {
	r := runs(compareArgs("reverse-kl,alpha:0.5,lv:mixture:0.3")...)
	head, rest, _ := strings.Cut(r.out, "\n")
	if got := strings.Fields(head); r.status != exitOK || !slices.Equal(got, []string{"step", "6", "target", "reverse-kl", "alpha:0.5", "lv:mixture:0.3"}) {
		t.Fatal(r)
	}
	if strings.Count(rest, "region ") < 8 || strings.Count(rest, "▲") < 4 || !strings.Contains(rest, "under-coverage τ 1 s 1") {
		t.Errorf("the table is %v", r)
	}
}

// A drift next to itself goes the same way, and alone it goes no other.
func TestEqualDriftsAreEqualFlows(t *testing.T) {
	r := runs(compareArgs("forward-kl,forward-kl,neyman", "--json", "--every", "3")...)
	alone := runs("run", "--particles", "300", "--steps", "6", "--divergence", "forward-kl", "--json", "--every", "3")
	var flows []string
	list := lines(t, r.out)
	for _, l := range list {
		flows = append(flows, string(l["flow"]))
		delete(l, "flow")
	}
	if want := []string{`"forward-kl"`, `"forward-kl"`, `"neyman"`, `"forward-kl"`, `"forward-kl"`, `"neyman"`}; !slices.Equal(flows, want) {
		t.Fatalf("the flows are %v", flows)
	}
	for k, want := range lines(t, alone.out) {
		for _, got := range list[3*k : 3*k+2] {
			for name, value := range want {
				if !bytes.Equal(got[name], value) {
					t.Errorf("report %d: %s is %s, alone %s", k, name, got[name], value)
				}
			}
		}
		if bytes.Equal(list[3*k+2]["tv"], want["tv"]) {
			t.Error("neyman goes the way of forward-kl")
		}
	}
}

func TestAFlowMayHaveAnotherBandwidth(t *testing.T) {
	r := runs(compareArgs("reverse-kl,reverse-kl@0.5", "--json", "--every", "6")...)
	list := lines(t, r.out)
	if len(list) != 2 || string(list[0]["bandwidth"]) != "0.25" || string(list[1]["bandwidth"]) != "0.5" {
		t.Fatal(r)
	}
}

func TestEveryFlowOfACompareHasItsFiles(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "out")
	if r := runs(compareArgs("reverse-kl,lv:target,lv:target", "--out", dir)...); r.status != exitOK {
		t.Fatal(r)
	}
	for _, name := range []string{"1-reverse-kl", "2-lv-target", "3-lv-target"} {
		if got := entries(t, filepath.Join(dir, name)); !slices.Equal(got, []string{"fields.npz", "metrics.jsonl", "particles.npy", "velocities.npy"}) {
			t.Errorf("%s holds %v", name, got)
		}
		text, err := os.ReadFile(filepath.Join(dir, name, "metrics.jsonl"))
		if err != nil {
			t.Fatal(err)
		}
		var l struct{ Flow string }
		first, _, _ := bytes.Cut(text, []byte("\n"))
		if err := json.Unmarshal(first, &l); err != nil || !strings.HasPrefix(strings.ReplaceAll(l.Flow, ":", "-"), name[2:]) {
			t.Errorf("%s holds the flow %q (%v)", name, l.Flow, err)
		}
	}
}

func TestACompareRefusesWhatItCannotDo(t *testing.T) {
	for want, args := range map[string][]string{
		"names 1 flow, expected 2 to 4":      compareArgs("pearson"),
		"names 5 flows":                      compareArgs("pearson,pearson,pearson,pearson,pearson"),
		`"x" after alpha, expected a number`: compareArgs("pearson,alpha:x"),
		"pearson takes no parameter":         compareArgs("reverse-kl,pearson:2"),
		"unknown reference":                  compareArgs("reverse-kl,lv:nothing"),
		"unknown divergence":                 compareArgs("reverse-kl,tv"),
		"--alpha is for one flow":            compareArgs("reverse-kl,alpha", "--alpha", "2"),
		"expected a positive number after @": compareArgs("reverse-kl,reverse-kl@wide"),
		"--steps is 0":                       compareArgs("reverse-kl,pearson", "--steps", "0"),
		"reference target vanishes":          compareArgs("reverse-kl,lv:target", "--scenario", "banana"),
	} {
		if r := runs(args...); r.status != exitUsage || !strings.Contains(r.err, want) || strings.Count(r.err, "\n") != 1 {
			t.Errorf("expected %q: %v", want, r)
		}
	}
}

// The steps at which regions were reached are those at which the reports first show 90 % of their target
// mass, in the table and in JSON; a region that never had it has none.
func TestACompareSaysWhenRegionsWereReached(t *testing.T) {
	t.Parallel()
	args := compareArgs("reverse-kl,forward-kl", "--steps", "12")
	type state struct {
		Flow           string
		Step           int
		Reached        *int
		ExactTV        struct{ Mean, SD float64 } `json:"exact_tv"`
		TV             float64
		Functional     struct{ Value, Least float64 }
		UnderCoverage  float64                `json:"under_coverage"`
		ExactUnderCove struct{ Mean float64 } `json:"exact_under_coverage"`
		Regions        []struct {
			Target, Mass float64
			Reached      *int
		}
	}
	first, last := map[string][]int{}, map[string]state{}
	r := runs(append(args, "--json", "--every", "1")...)
	for _, text := range strings.Split(strings.TrimSpace(r.out), "\n") {
		var s state
		if err := json.Unmarshal([]byte(text), &s); err != nil {
			t.Fatal(err)
		}
		if first[s.Flow] == nil {
			first[s.Flow] = slices.Repeat([]int{-1}, len(s.Regions))
		}
		for k, region := range s.Regions {
			if region.Mass >= 0.9*region.Target && first[s.Flow][k] < 0 {
				first[s.Flow][k] = s.Step
			}
		}
		last[s.Flow] = s
	}
	table := runs(args...).out
	_, table, _ = strings.Cut(table, "step at 90% of target mass")
	for flow, s := range last {
		if !(s.ExactTV.Mean > 0 && s.ExactTV.Mean < s.TV) || s.Functional.Least != 0.5 || !(s.ExactUnderCove.Mean > 0.5) {
			t.Errorf("%s: exact samples have %+v, the flow TV %g, U %+v", flow, s.ExactTV, s.TV, s.Functional)
		}
		never := 0
		for k, region := range s.Regions {
			got := -1
			if region.Reached != nil {
				got = *region.Reached
			} else {
				never++
			}
			// The steps begin at 1 here: step 0 has no line.
			if want := first[flow][k]; got != want && !(got == 0 && want == 1) {
				t.Errorf("%s: region %d is reached at %d, expected %d", flow, k+1, got, want)
			}
		}
		if never == 0 || s.Reached != nil {
			t.Errorf("%s: %d regions are not reached, all at %v", flow, never, s.Reached)
		}
	}
	if n := strings.Count(table, "—"); n < 4 || !strings.Contains(table, "all regions at once") || strings.Count(table, "region ") != len(last["reverse-kl"].Regions) {
		t.Errorf("the table is %s", table)
	}
}

// Movers are compared with drifts on the same particles, up to a number of evaluations of the target.
func TestMoversAreCompared(t *testing.T) {
	t.Parallel()
	r := runs("compare", "--scenario", "three-modes", "--particles", "200", "--steps", "10", "--flows", "reverse-kl,ula", "--evaluations", "1000", "--json", "--every", "10")
	type report struct {
		Flow              string
		Step, Evaluations int
	}
	var list []report
	for _, text := range strings.Split(strings.TrimSpace(r.out), "\n") {
		var one report
		if err := json.Unmarshal([]byte(text), &one); err != nil {
			t.Fatalf("%v in %q, %q", err, text, r.err)
		}
		list = append(list, one)
	}
	if len(list) != 2 || list[0].Flow != "reverse-kl" || list[0].Step != 10 || list[1].Flow != "ula" || list[1].Step != 5 || list[1].Evaluations != 1000 {
		t.Errorf("the reports are %+v", list)
	}
	table := runs("compare", "--scenario", "three-modes", "--particles", "200", "--steps", "3", "--divergences", "reverse-kl,ula")
	if !strings.Contains(table.out, "evaluations of the target") {
		t.Errorf("the table is\n%s", table.out)
	}
}
