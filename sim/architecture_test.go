package sim

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// imports lists what a package needs, directly and indirectly.
func imports(t *testing.T, pkg string) []string {
	t.Helper()
	out, err := exec.Command("go", "list", "-deps", pkg).Output()
	if err != nil {
		t.Fatalf("go list -deps %s: %v", pkg, err)
	}
	return strings.Fields(string(out))
}

func TestTheCoreDrawsNothing(t *testing.T) {
	for _, pkg := range []string{"undercurrent/divergences", "undercurrent/scenarios",
		"undercurrent/scenarios/catalogue", "undercurrent/scenarios/formula", "undercurrent/scenarios/data", "undercurrent/scenarios/file", "undercurrent/sim",
		"undercurrent/sim/network", "undercurrent/sim/sampler", "undercurrent/sim/baseline", "undercurrent/sim/bench"} {
		for _, dep := range imports(t, pkg) {
			for _, drawing := range []string{"bubbletea", "lipgloss", "bubbles", "ntcharts", "image", "gonum.org/v1/plot", "undercurrent/ui"} {
				if strings.Contains(dep, drawing) {
					t.Errorf("%s imports %s", pkg, dep)
				}
			}
		}
	}
}

func TestTheLeavesImportNothingOfOurs(t *testing.T) {
	for _, pkg := range []string{"undercurrent/divergences", "undercurrent/scenarios"} {
		for _, dep := range imports(t, pkg) {
			if strings.HasPrefix(dep, "undercurrent/") && dep != pkg {
				t.Errorf("%s imports %s", pkg, dep)
			}
		}
	}
}

// The packages of scenarios import one another downwards only, and nothing of ours beside.
func TestScenariosImportScenariosAlone(t *testing.T) {
	below := map[string][]string{
		"undercurrent/scenarios/formula":   {"undercurrent/scenarios"},
		"undercurrent/scenarios/data":      {"undercurrent/scenarios", "undercurrent/scenarios/formula"},
		"undercurrent/scenarios/catalogue": {"undercurrent/scenarios", "undercurrent/scenarios/formula", "undercurrent/scenarios/data"},
		"undercurrent/scenarios/file": {"undercurrent/scenarios", "undercurrent/scenarios/formula", "undercurrent/scenarios/data",
			"undercurrent/scenarios/catalogue"},
	}
	for pkg, allowed := range below {
		for _, dep := range imports(t, pkg) {
			if strings.HasPrefix(dep, "undercurrent/") && dep != pkg && !slices.Contains(allowed, dep) {
				t.Errorf("%s imports %s", pkg, dep)
			}
		}
	}
}

func TestDivergencesNeedTheStandardLibraryAlone(t *testing.T) {
	for _, dep := range imports(t, "undercurrent/divergences") {
		if first, _, _ := strings.Cut(dep, "/"); strings.Contains(first, ".") {
			t.Errorf("divergences imports %s", dep)
		}
	}
}
