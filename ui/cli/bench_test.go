package cli

import (
	"encoding/json"
	"image/png"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"undercurrent/sim/bench"
)

func tiny(args ...string) []string {
	return append([]string{"bench", "--scenarios", "three-modes", "--seeds", "2", "-n", "300", "--iterations", "2", "--steps", "3",
		"--methods", "exact,ula,particles,generator:pearson"}, args...)
}

// benchRow is what the tests read of a row.
type benchRow struct {
	Method, Scenario string
	Seeds, Modes     int
	TV               bench.Spread  `json:"tv"`
	SlicedW2         *bench.Spread `json:"sliced_w2"`
}

func TestABenchPrintsARowForEveryMethod(t *testing.T) {
	t.Parallel()
	r := runs(tiny("--json")...)
	var rows []benchRow
	if err := json.Unmarshal([]byte(r.out), &rows); err != nil || r.status != exitOK {
		t.Fatalf("%v in %v", err, r)
	}
	var methods []string
	for _, row := range rows {
		methods = append(methods, row.Method)
		want := 2
		if row.Method == "exact" {
			want = 1 // whose spread is over draws
		}
		if draws := row.TV.Draws; draws < 16 && want == 1 || draws != 0 && want == 2 {
			t.Errorf("%s has %d draws", row.Method, draws)
		}
		if row.Scenario != "three-modes" || row.Seeds != want || row.Modes != 3 || !(row.TV.Mean > 0) || row.SlicedW2 == nil {
			t.Errorf("a row is %+v", row)
		}
	}
	if want := []string{"exact", "ula", "particles:reverse-kl", "generator:pearson"}; !slices.Equal(methods, want) {
		t.Errorf("the methods are %v, expected %v", methods, want)
	}
	table := runs(tiny()...)
	if lines := strings.Split(strings.TrimSpace(table.out), "\n"); len(lines) != 5 || !strings.Contains(lines[0], "sliced W2") || !strings.Contains(lines[4], "±") {
		t.Errorf("the table is %v", table)
	}
}

// What is kept is not computed again: an edited cell is returned as it is.
func TestABenchContinuesWhereItWasStopped(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	first := runs(tiny("--out", dir)...)
	if first.status != exitOK {
		t.Fatal(first)
	}
	cell := filepath.Join(dir, "cells", "three-modes.ula.1.json")
	text, err := os.ReadFile(cell)
	if err != nil {
		t.Fatal(err)
	}
	changed := regexp.MustCompile(`"tv":[^,]*`).ReplaceAll(text, []byte(`"tv":77`))
	if err := os.WriteFile(cell, changed, 0o644); err != nil {
		t.Fatal(err)
	}
	tv := func(args ...string) float64 {
		var rows []benchRow
		r := runs(tiny(append(args, "--json", "--out", dir)...)...)
		if err := json.Unmarshal([]byte(r.out), &rows); err != nil {
			t.Fatalf("%v in %v", err, r)
		}
		return rows[1].TV.Mean
	}
	if got := tv(); got < 38 {
		t.Errorf("a kept cell was computed again: TV is %g", got)
	}
	if got := tv("--iterations", "3"); got > 1 {
		t.Errorf("a cell of other settings was taken: TV is %g", got)
	}
	if err := os.WriteFile(cell, []byte("{"), 0o644); err != nil {
		t.Fatal(err)
	}
	if r := runs(tiny("--out", dir)...); r.status != exitFailure || !strings.Contains(r.err, "three-modes.ula.1.json is not a cell") {
		t.Error(r)
	}
}

func TestABenchDrawsAFigureAScenario(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if r := runs(tiny("--out", dir, "--seeds", "1")...); r.status != exitOK {
		t.Fatal(r)
	}
	f, err := os.Open(filepath.Join(dir, "figures", "three-modes.png"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	picture, err := png.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	if b := picture.Bounds(); b.Dx() < 600 || b.Dy() < 150 {
		t.Errorf("the picture is %v", b)
	}
	svg, err := os.ReadFile(filepath.Join(dir, "figures", "three-modes.svg"))
	if err != nil || !strings.Contains(string(svg), "</svg>") || !strings.Contains(string(svg), "generator:pearson") {
		t.Errorf("the SVG is not a picture of the methods (%v)", err)
	}
	if got := entries(t, dir); !slices.Equal(got, []string{"cells", "figures", "results.json"}) {
		t.Errorf("the directory holds %v", got)
	}
}

func TestABenchRefusesWhatItCannotDo(t *testing.T) {
	for want, args := range map[string][]string{
		"--suite is \"all of it\"": {"bench", "--suite", "all of it"},
		"unknown scenario":         tiny("--scenarios", "nowhere"),
		"unknown method":           tiny("--methods", "hope"),
		"unknown divergence":       tiny("--methods", "flow:total"),
		"--seeds is 0":             tiny("--seeds", "0"),
		"number of samples is 1":   tiny("-n", "1"),
		"cannot be created":        tiny("--out", "/dev/null/x"),
	} {
		if r := runs(args...); r.status != exitUsage || !strings.Contains(r.err, want) || strings.Count(r.err, "\n") != 1 {
			t.Errorf("expected %q: %v", want, r)
		}
	}
}
