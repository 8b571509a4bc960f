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
