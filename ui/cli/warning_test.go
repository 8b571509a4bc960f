package cli

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"undercurrent/sim/check"
)

// cutFile has half its target outside the window, thinFile half in a component that the grid
// does not resolve.
const (
	cutFile = `version: 1
target:
  mixture:
    - {mean: [0, 0], sigma: 1}
    - {mean: [9, 1], sigma: 1}
window: [-4, 4, -4, 4]
bandwidth: 0.3
`
	thinFile = `version: 1
target: {density: 'gauss(x,0.013,0.01)*gauss(y,0.017,0.01)+gauss(x,3.021,0.3)*gauss(y,1.013,0.3)'}
window: [-6, 6, -6, 6]
bandwidth: 0.3
`
	cutWarning  = "warning: 50.0 % of the target lies outside the window and its margin (exact): everything is measured relative to the part inside; expected a window that holds at least 99.9 %\n"
	thinWarning = "warning: features narrower than about 0.029 are not resolved by the grid, and masses are wrong by "
)

func TestCommandsWarnOfTheTarget(t *testing.T) {
	t.Chdir(t.TempDir())
	writeFile(t, "cut.yaml", cutFile)
	writeFile(t, "thin.yaml", thinFile)
	frame := "0,0\n1,1\n0,1\n\n"
	for name, warning := range map[string]string{"cut.yaml": cutWarning, "thin.yaml": thinWarning} {
		for what, r := range map[string]result{
			"run":     runs(small("--scenario", name, "--json")...),
			"compare": runs("compare", "--scenario", name, "--divergences", "reverse-kl,forward-kl", "--particles", "300", "--steps", "2"),
			"watch":   runsOn(strings.NewReader(frame), "watch", "--scenario", name, "--json"),
			"train":   runs("train", "--scenario", name, "--iterations", "2", "--samples", "500", "--out", "model.json"),
		} {
			if r.status != exitOK || !strings.HasPrefix(r.err, "undercurrent: "+warning) || strings.Count(r.err, "\n") != 1 {
				t.Errorf("%s of %s gives %v\nexpected %q on standard error", what, name, r, warning)
			}
			if strings.Contains(r.out, "warning") {
				t.Errorf("%s of %s warns on standard output: %s", what, name, r.out)
			}
		}
		r := runs("scenario", "validate", name)
		if r.status != exitOK || r.err != "" || !strings.Contains(r.out, ": valid\n"+name+": "+warning) {
			t.Errorf("validate of %s gives %v\nexpected %q", name, r, warning)
		}
	}
}

func TestNoWarningWithoutAReason(t *testing.T) {
	for _, args := range [][]string{small(), small("--scenario", "banana"), small("--log-density", "-x^2-y^2", "--window=-4,4,-4,4")} {
		if r := runs(args...); r.status != exitOK || r.err != "" {
			t.Errorf("%v gives %v", args, r)
		}
	}
}

// A tail that no window holds, and a density without an integral, are told of as such.
func TestTailsAreWarnedOf(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"(1+x^2+y^2)^-1.1": "a heavy tail: searched to 1048576 windows",
		"1/(1+x^2+y^2)":    "the mass of the target keeps growing outwards: not integrable within 1048576 windows",
	} {
		if r := runs(small("--density", text, "--window=-4,4,-4,4")...); r.status != exitOK || !strings.Contains(r.err, want) {
			t.Errorf("%s gives %v\nexpected %q", text, r, want)
		}
	}
}

func TestTheCheckSaysWhatIsNotKnown(t *testing.T) {
	t.Chdir(t.TempDir())
	writeFile(t, "thin.yaml", thinFile)
	s, _, err := openScenario("thin.yaml")
	if err != nil {
		t.Fatal(err)
	}
	// The drifts take half a minute.
	findings, err := check.Run(context.Background(), s, nil, func(int, int) {})
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	err = printFindings(&out, findings, false)
	for _, want := range []string{"FAIL  grid resolves the target", "target mass outside the window and its margin: searched to ±", thinWarning[len("warning: "):]} {
		if status(err) != exitFailure || !strings.Contains(out.String(), want) {
			t.Errorf("check gives %v and %s\nexpected %q", err, out.String(), want)
		}
	}
}
