package cli

import (
	"os"
	"strings"
	"testing"
)

// One notation means the same after --divergence, in a scenario file and as separate flags,
// and flags override the file.
func TestADivergenceIsWrittenInOneWay(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, c := range []struct {
		text  string
		flags []string
	}{
		{"alpha:0.5", []string{"--divergence", "alpha", "--alpha", "0.5"}},
		{"alpha", []string{"--divergence", "alpha"}},
		{"lv:target", []string{"--divergence", "lv", "--reference", "target"}},
		{"lv:mixture:0.2", []string{"--divergence", "lv", "--reference", "mixture", "--lambda", "0.2"}},
		{"jeffreys^10@0.6~blob", []string{"--divergence", "jeffreys", "--z-factor", "10", "--bandwidth", "0.6", "--velocity", "blob"}},
		{"pearson+coarse", []string{"--divergence", "pearson", "--coarse", "8"}},
		{"pearson+coarse:4:50", []string{"--divergence", "pearson", "--coarse", "4", "--coarse-steps", "50"}},
		{"pearson+birth-death", []string{"--divergence", "pearson", "--birth-death", "1"}},
		{"alpha:0.5@0.6+birth-death:2", []string{"--divergence", "alpha", "--alpha", "0.5", "--bandwidth", "0.6", "--birth-death", "2"}},
	} {
		writeFile(t, "file.yaml", "version: 1\nid: three-modes\ntarget: {catalogue: three-modes}\ndivergence: "+c.text+"\n")
		writeFile(t, "plain.yaml", "version: 1\nid: three-modes\ntarget: {catalogue: three-modes}\n")
		want := runs(small(append(c.flags, "--scenario", "plain.yaml", "--json")...)...)
		for _, args := range [][]string{{"--scenario", "file.yaml"}, {"--scenario", "plain.yaml", "--divergence", c.text}} {
			if got := runs(small(append(args, "--json")...)...); got != want || got.status != exitOK {
				t.Errorf("%v with %s is not %v: %v", args, c.text, c.flags, got.err)
			}
		}
		if r := runs("scenario", "validate", "file.yaml"); r.status != exitOK {
			t.Errorf("a file with %s gives %v", c.text, r)
		}
	}
	writeFile(t, "file.yaml", "version: 1\ntarget: {catalogue: three-modes}\ndivergence: alpha:0.5\n")
	for want, flags := range map[string]string{"alpha": "--alpha 0.3", "pearson": "--divergence pearson"} {
		over := append(strings.Fields(flags), "--divergence", want)
		a, b := runs(small(append(strings.Fields(flags), "--scenario", "file.yaml", "--json")...)...), runs(small(append(over, "--scenario", "file.yaml", "--json")...)...)
		if a != b || a.status != exitOK {
			t.Errorf("%s does not go before the file: %v", flags, a.err)
		}
	}
}

func TestABadDivergenceOfAFileNamesTheFile(t *testing.T) {
	t.Chdir(t.TempDir())
	for text, want := range map[string]string{
		"reverse-lk":   `file.yaml: line 3, column 13: divergence: unknown divergence "reverse-lk", expected reverse-kl`,
		"alpha:5":      "file.yaml: line 3, column 13: divergence: alpha is 5, expected",
		"alpha:half":   `file.yaml: line 3, column 13: divergence: "half" after alpha, expected a number`,
		"pearson:2":    "file.yaml: line 3, column 13: divergence: pearson takes no parameter",
		"lv:moon":      `file.yaml: line 3, column 13: divergence: unknown reference "moon", expected`,
		"pearson@wide": `file.yaml: line 3, column 13: divergence: pearson@wide, expected a divergence such as alpha:0.5, lv:mixture:0.2, jeffreys^10, reverse-kl@0.4 or pearson~blob`,
		"custom":       "file.yaml: divergence: custom takes its weight from --weight",
	} {
		writeFile(t, "file.yaml", "version: 1\ntarget: {catalogue: three-modes}\ndivergence: "+text+"\n")
		for _, args := range [][]string{small("--scenario", "file.yaml"), {"scenario", "validate", "file.yaml"}} {
			if r := runs(args...); r.status != exitUsage || !strings.Contains(r.err, want) || strings.Count(r.err, "\n") != 1 {
				t.Errorf("%s gives %v, expected %q", text, r, want)
			}
		}
	}
	writeFile(t, "file.yaml", "version: 1\ntarget: {catalogue: three-modes}\ndivergence: custom\n")
	if r := runs(small("--scenario", "file.yaml", "--weight", "r")...); r.status != exitOK {
		t.Errorf("a weight with the file gives %v", r)
	}
}

func writeFile(t *testing.T, name, text string) {
	t.Helper()
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}
