package cli

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/spf13/cobra"

	"undercurrent/scenarios"
	"undercurrent/sim/diagnosis"
	"undercurrent/sim/replay"
	"undercurrent/ui/session"
)

// reports are the lines of watch --json.
func reports(t *testing.T, r result) (lines []watchLine) {
	t.Helper()
	for d := json.NewDecoder(strings.NewReader(r.out)); d.More(); {
		var l watchLine
		if err := d.Decode(&l); err != nil {
			t.Fatal(err, r)
		}
		lines = append(lines, l)
	}
	return lines
}

// walks are a table of two chains of draws, and frames of the same points.
func walks(t *testing.T) (table, frames string, list [][]scenarios.Point) {
	t.Helper()
	list = clouds(2, 120)
	var b strings.Builder
	b.WriteString("chain,mu,tau\n")
	for c, points := range list {
		for _, p := range points {
			fmt.Fprintf(&b, "%d,%v,%v\n", c, p.X, p.Y)
		}
	}
	dir := t.TempDir()
	table, frames = filepath.Join(dir, "table.csv"), filepath.Join(dir, "frames.csv")
	writeFile(t, table, b.String())
	writeFile(t, frames, csvOf(list))
	return table, frames, list
}

// Without a target each chain of a table, and each frame of a file, is measured as against the points of all of
// them together.
func TestFilesAreComparedWithThemselves(t *testing.T) {
	t.Parallel()
	table, frames, list := walks(t)
	all := filepath.Join(t.TempDir(), "all.csv")
	writeFile(t, all, csvOf([][]scenarios.Point{append(append([]scenarios.Point(nil), list[0]...), list[1]...)}))
	want := reports(t, runs("watch", frames, "--target-samples", all, "--json"))
	for name, says := range map[string]string{
		table:  "no target given: the map is the density (KDE) of all chains; each chain is compared with them\n",
		frames: "no target given: the map is the density (KDE) of all frames; each frame is compared with them\n",
	} {
		r := runs("watch", name, "--json")
		got := reports(t, r)
		if r.status != exitOK || !strings.HasSuffix(r.err, says) || len(got) != 2 {
			t.Fatalf("%s gives %v", name, r)
		}
		for k, l := range got {
			if !strings.HasPrefix(l.Scenario, "KDE of all ") || l.TV != want[k].TV || l.Particles != len(list[k]) || l.Bandwidth != want[k].Bandwidth {
				t.Errorf("frame %d of %s is reported as %+v, expected TV %g", k+1, name, l, want[k].TV)
			}
			// Frames are of the same particles, chains are not.
			if tracked := l.Transport != nil && l.Transport[0] != nil && k > 0; k > 0 && tracked != (name == frames) {
				t.Errorf("frame %d of %s has the transport %v", k+1, name, l.Transport)
			}
		}
	}
	// A cloud that is all there is, is not compared with itself in words.
	one := filepath.Join(t.TempDir(), "one.csv")
	writeFile(t, one, csvOf(list[:1]))
	if r := runs("watch", one, "--json"); r.status != exitOK || !strings.HasSuffix(r.err, "the density (KDE) of all particles, which they are not compared with\n") {
		t.Errorf("one frame gives %v", r)
	}
	if r := runs("watch", table, "--pool", "2", "--json"); r.status != exitUsage || !strings.Contains(r.err, "--pool 2 of chains that are compared with all") {
		t.Errorf("pooled chains give %v", r)
	}
	if r := runs("watch", table, "--weights", "tau", "--columns", "mu,mu", "--json"); r.status != exitUsage || !strings.Contains(r.err, "column tau is") {
		t.Errorf("negative weights give %v", r)
	}
}

// Frames that are invalid are said where they are, after those before them.
func TestAFileOfFramesIsReadToItsFault(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "frames.csv")
	for text, want := range map[string]struct {
		lines int
		says  string
	}{
		"0,0\n1,1\n\n2,2\n3,1\n\n2,x\n": {2, "line 7"},
		"0,0\n1,y\n":                    {0, "line 2"},
		"":                              {0, "has no particles"},
		"1,1\n1,1\n\n1,1\n1,1\n":        {0, "the density of all frames: all 4 points are at (1, 1)"},
	} {
		writeFile(t, path, text)
		if r := runs("watch", path, "--json"); r.status != exitUsage || strings.Count(r.out, "\n") != want.lines || !strings.Contains(r.err, want.says) {
			t.Errorf("%q gives %v", text, r)
		}
	}
}

// A view of a table is reproduced with the columns that are shown, without a target that nobody gave.
func TestAViewOfATableIsReproduced(t *testing.T) {
	t.Parallel()
	w := newWatch()
	cmd := w.command()
	if err := cmd.ParseFlags([]string{"--divergent", "bad"}); err != nil {
		t.Fatal(err)
	}
	w.args = []string{"draws.csv"}
	table := &session.Table{Draws: diagnosis.Draws{Names: []string{"a", "b", "log(c)"}, Lengths: []int{5, 5}}, Pair: [2]int{2, 0}}
	for _, own := range []bool{true, false} {
		table.Own = own
		s := builtIn(t, "banana")
		r := session.Recipe{Recipe: replay.Recipe{Scenario: s}, Stream: &session.Watch{Table: table, Own: table.Against()}}
		r.Settings.Bandwidth, r.Settings.Seed = s.Bandwidth, 1
		r.Stream.Fitted.Bandwidth = s.Bandwidth
		line := commandLine("undercurrent watch", w.streamArgs(), cmd.Flags(), r)
		want := "undercurrent watch draws.csv --divergent bad --columns 'log(c),a'"
		if !strings.HasPrefix(line, want) || strings.Contains(line, "--scenario") == own {
			t.Errorf("the command line is %s", line)
		}
	}
}

// The help says what is the target where none is given.
func TestTheHelpHasNoDefaultScenario(t *testing.T) {
	t.Parallel()
	for _, cmd := range []*cobra.Command{newWatch().command(), newDiagnose().command()} {
		if f := cmd.Flags().Lookup("scenario"); f.DefValue != "" || !strings.Contains(f.Usage, "(default: ") {
			t.Errorf("%s: --scenario is %q, by default %q", cmd.Name(), f.Usage, f.DefValue)
		}
	}
}

// Several files of draws are the chains of one table, in the order of their names; the command that is copied
// names all of them.
func TestSeveralFilesAreChains(t *testing.T) {
	t.Parallel()
	table, frames, list := walks(t)
	dir := t.TempDir()
	var names []string
	for c, points := range list {
		names = append(names, filepath.Join(dir, fmt.Sprintf("chain-%d.csv", c)))
		writeFile(t, names[c], "mu,tau\n"+csvOf([][]scenarios.Point{points}))
	}
	one, several := runs("watch", table, "--json"), runs(append([]string{"watch", "--json"}, names...)...)
	if several.status != exitOK || len(reports(t, several)) != 2 || several.out != one.out {
		t.Errorf("from several files: %v\nfrom one: %v", several, one)
	}
	w := newWatch()
	w.command()
	if w.args = names; strings.Join(w.streamArgs(), " ") != strings.Join(names, " ") || w.title() != names[0]+" and 1 more" {
		t.Errorf("%s is read again by %v", w.title(), w.streamArgs())
	}
	for want, args := range map[string][]string{
		"2 arguments with - among them":   {names[0], "-"},
		"2 files with --format or --last": {names[0], names[1], "--last", "3"},
		"no-file.csv: no such file":       {names[0], "no-file.csv"},
		"frames.csv: ":                    {names[0], frames},
	} {
		if r := runs(append([]string{"watch", "--json"}, args...)...); r.status != exitUsage || !strings.Contains(r.err, want) || r.out != "" {
			t.Errorf("%v gives %v", args, r)
		}
	}
}
