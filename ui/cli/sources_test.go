package cli

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"undercurrent/scenarios/data"
	"undercurrent/scenarios/data/arrays"
	"undercurrent/scenarios/file"
)

// Each source has a flag, and completion offers the files that it reads.
func TestSourcesHaveTheirFlags(t *testing.T) {
	flags := noFlags().set
	for _, source := range data.Sources() {
		flag := flags.Lookup(source.Flag)
		if flag == nil || flag.Usage != source.Help {
			t.Fatalf("there is no flag --%s that says %s", source.Flag, source.Help)
		}
		r := runs("__complete", "run", "--"+source.Flag, "")
		for _, ending := range source.Endings {
			if !strings.Contains(r.out, strings.TrimPrefix(ending, ".")+"\n") {
				t.Errorf("--%s is completed by\n%s, expected files %s among them", source.Flag, r.out, ending)
			}
		}
	}
}

// The endings that sources name are those that are read.
func TestSourcesNameTheFilesThatAreRead(t *testing.T) {
	name := filepath.Join(t.TempDir(), "none")
	endings := slices.Sorted(slices.Values(data.ArrayEndings()))
	want := "unknown file name extension, expected " + strings.Join(endings, " or ")
	_, points := arrays.ReadPoints(name + ".gif")
	_, grid := arrays.ReadGrid(name+".gif", true)
	for what, err := range map[string]error{"points": points, "a grid": grid} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s in a picture gives %v, expected %q", what, err, want)
		}
	}
}

// What the syntax of a divergence in the schema takes and refuses, the program does.
func TestTheSchemaHasTheSyntaxOfDivergences(t *testing.T) {
	t.Chdir(t.TempDir())
	for text, good := range map[string]bool{
		"pearson": true, "alpha:0.5": true, "alpha:-2.5@0.4": true, "lv:mixture:0.2": true, "lv:target^1e-3@.4~blob": true, "jeffreys^10": true,
		"reverse-kl@0.4": true, "reverse-kl@5e-1~blob": true, "pearson~blob": true, "skew-forward-kl:0.3^2@1~blob": true,
		"pearson@": false, "pearson@0": false, "pearson@wide": false, "pearson^0": false, "pearson^-1": false, "pearson~blob@1": false,
		"pearson~": false, "pearson ~blob": false, "@1": false, ":1": false, "~blob": false,
	} {
		writeFile(t, "file.yaml", "version: 1\ntarget: {catalogue: three-modes}\ndivergence: '"+text+"'\n")
		s, err := file.Decode([]byte("version: 1\ntarget: {catalogue: three-modes}\ndivergence: '"+text+"'\n"), nil)
		r := runs("scenario", "validate", "file.yaml")
		if (r.status == exitOK) != good || good && err != nil {
			t.Errorf("%s is read as %q (%v) and validated with %v, expected it good: %v", text, s.Divergence, err, r, good)
		}
		if !good && err == nil {
			t.Errorf("the schema takes %s", text)
		}
	}
}

// A target is divided as the flag says, and the copied command says so too.
func TestTheFlagDividesTheTarget(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"--density", "exp(-x^2-y^2)", "--window=-3,3,-3,3"}, `"name":"upper left"`},
		{[]string{"--scenario", "three-modes", "--regions", "auto"}, `"name":"A left"`},
		{[]string{"--scenario", "banana", "--regions", "named"}, `"name":"apex"`},
		{[]string{"--scenario", "banana", "--regions", "auto"}, `"name":"lower left"`},
	} {
		r := runs(append([]string{"run", "--steps", "1", "--particles", "200", "--json"}, c.args...)...)
		if r.status != exitOK || !strings.Contains(r.out, c.want) {
			t.Errorf("%v gives %v, expected %s", c.args, r, c.want)
		}
	}
	for want, args := range map[string][]string{
		`--regions is "basin", expected basins`:                                       {"run", "--regions", "basin"},
		"--regions: named, but uneven-ring names no regions, expected auto or basins": {"run", "--regions", "named"},
	} {
		if r := runs(args...); r.status != exitUsage || !strings.Contains(r.err, want) {
			t.Errorf("%v gives %v, expected %q", args, r, want)
		}
	}
}
