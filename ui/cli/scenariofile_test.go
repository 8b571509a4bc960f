package cli

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"undercurrent/scenarios"
)

// What the program saves is opened to the bit, and never written over a file.
func TestASavedScenarioIsTheScenario(t *testing.T) {
	t.Chdir(t.TempDir())
	s, err := scenarios.Named("uneven-ring")
	if err != nil {
		t.Fatal(err)
	}
	if s, err = s.Edited(scenarios.Edit{Verb: scenarios.Move, Mode: 2, At: scenarios.Point{X: 1. / 3, Y: 5}}); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"uneven-ring.yaml", "uneven-ring-2.yaml"} {
		name, err := saveScenario(s)
		if err != nil || name != want {
			t.Fatalf("saved as %q (%v), expected %s", name, err, want)
		}
		got, err := readScenario(name)
		if err != nil {
			t.Fatal(err)
		}
		got.File = ""
		if !reflect.DeepEqual(got, s) {
			t.Errorf("%s holds\n%+v, expected\n%+v", name, got, s)
		}
	}
}

func TestAScenarioFileIsRun(t *testing.T) {
	name := filepath.Join(t.TempDir(), "mine.yaml")
	text := "version: 1\ntarget:\n  mixture:\n    - {mean: [0, 0], sigma: 1}\n    - {mean: [4, 0], sigma: 0.5}\nparticles: 300\ndivergence: pearson\n"
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if r := runs("run", "--scenario", name, "--steps", "3", "--json"); r.status != 0 || !strings.Contains(r.out, `"pearson"`) {
		t.Errorf("run gives %v", r)
	}
	if r := runs("run", "--scenario", name, "--steps", "3", "--json", "--divergence", "neyman"); r.status != 0 || strings.Contains(r.out, `"divergence":"pearson"`) {
		t.Errorf("with a divergence of its own run gives %v", r)
	}
}

func TestABadScenarioFileSaysWhere(t *testing.T) {
	dir := t.TempDir()
	bad := filepath.Join(dir, "bad.yaml")
	if err := os.WriteFile(bad, []byte("version: 1\ntarget:\n  mixture:\n    - {mean: [0, 0], sigma: -1}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		bad:                              "bad.yaml: line 4, column 29: target.mixture[0].sigma: standard deviation is -1, expected a positive number",
		filepath.Join(dir, "no.yaml"):    "there is no such file",
		dir + string(filepath.Separator): "expected a scenario file",
		"/dev/zero":                      "MB",
	} {
		if r := runs("run", "--scenario", name, "--steps", "1"); r.status != exitUsage || !strings.Contains(r.err, want) || strings.Count(r.err, "\n") != 1 {
			t.Errorf("%s gives %v, expected %q", name, r, want)
		}
	}
}
