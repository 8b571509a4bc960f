package cli

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"undercurrent/scenarios"
)

// framesOf are frames of four chains of exact draws of three modes, of which one may stand still.
func framesOf(t *testing.T, draws, still int) (list [][]scenarios.Point) {
	t.Helper()
	content, err := os.ReadFile(chainsFile(t, 4, draws, -1, still))
	if err != nil {
		t.Fatal(err)
	}
	list = make([][]scenarios.Point, draws)
	for k, line := range strings.Split(strings.TrimSpace(string(content)), "\n")[1:] {
		var p scenarios.Point
		parts := strings.Split(line, ",")
		if err := json.Unmarshal([]byte("["+parts[2]+"]"), &[]*float64{&p.X}); err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal([]byte("["+parts[3]+"]"), &[]*float64{&p.Y}); err != nil {
			t.Fatal(err)
		}
		list[k%draws] = append(list[k%draws], p)
	}
	return list
}

// diagnosed is the report of diagnose --json, without where its draws are from.
func diagnosed(t *testing.T, r result) (l diagnosisLine) {
	t.Helper()
	if err := json.Unmarshal([]byte(r.out), &l); err != nil {
		t.Fatalf("%v: %v", err, r)
	}
	return l
}

// Particles that are chains are diagnosed as the same draws in a file: by diagnose from a file and from a pipe in
// every format, and in the last line of watch.
func TestFramesOfChainsAreDiagnosedAsDraws(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	list := framesOf(t, 300, 2)
	npy := filepath.Join(dir, "a.npy")
	writeFile(t, npy, npyOf(list))
	want := diagnosed(t, runs("diagnose", npy, "--axes", "draw,chain,variable", "--scenario", "three-modes", "--json"))
	for k, name := range []string{"x", "y"} {
		want.Columns[k].Name = name
	}
	want.Particles, want.Frames, want.Every, want.Findings = 4, 300, 1, nil
	check := func(what string, got diagnosisLine) {
		if len(got.Findings) == 0 || got.Findings[0].Text != "chain 3 stays at one draw for 100 % of its 299 transitions" {
			t.Errorf("of %s found is %v", what, got.Findings)
		}
		if got.Findings = nil; !reflect.DeepEqual(got, want) {
			t.Errorf("%s gives %+v, expected %+v", what, got, want)
		}
	}
	for name, text := range map[string]string{"a.csv": csvOf(list), "a.jsonl": jsonlOf(list), "a.npy": npyOf(list)} {
		path := filepath.Join(dir, name)
		writeFile(t, path, text)
		for what, r := range map[string]result{name: runs("diagnose", "--chains", path, "--scenario", "three-modes", "--json"),
			name + " in a pipe": runsOn(strings.NewReader(text), "diagnose", "--chains", "-", "--scenario", "three-modes", "--json")} {
			if r.status != exitFailure || !strings.Contains(r.err, ": 4 particles are chains; their draws are 300 frames\n") {
				t.Errorf("%s gives %d, %q", what, r.status, r.err)
			}
			check(what, diagnosed(t, r))
		}
	}
	want.Scenario = ""
	// The map of four particles is so wide that its modes are one: the regions are not those of it.
	wide := watchLines(t, csvOf(list), "--chains")
	if len(wide[299].Regions) != 1 {
		t.Errorf("the map has %d regions", len(wide[299].Regions))
	}
	narrow := fmt.Sprintf("--bandwidth=%g", builtIn(t, "three-modes").Bandwidth)
	for what, lines := range map[string][]watchLine{
		"a pipe":                wide,
		"a narrow map":          watchLines(t, csvOf(list), "--chains", narrow),
		"a pipe that is cut":    cutLines(t, csvOf(list)+"1,1\n2,", narrow),
		"a pipe that is broken": cutLines(t, csvOf(list)+"1,1\n2,2\n\n", narrow),
	} {
		if len(lines) != 300 {
			t.Fatalf("%s gives %d lines", what, len(lines))
		}
		for k, l := range lines {
			if (l.Diagnosis != nil) != (k == 299) || l.Step != k+1 {
				t.Fatalf("line %d of %s is %+v", k, what, l)
			}
		}
		check(what, *lines[299].Diagnosis)
	}
}

// cutLines are the lines of watch for chains of a pipe that breaks off.
func cutLines(t *testing.T, text, bandwidth string) []watchLine {
	t.Helper()
	r := runsOn(strings.NewReader(text), "watch", "--scenario", "three-modes", "--json", "--chains", bandwidth)
	if r.status != exitUsage {
		t.Error(r)
	}
	return watchLinesOf(t, r.out)
}

// A file of frames needs no target: its chains are compared with each other.
func TestChainsOfAFileOfFramesNeedNoTarget(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "a.csv")
	writeFile(t, path, csvOf(framesOf(t, 60, -1)))
	r := runs("watch", path, "--chains", "--json")
	if r.status != exitOK || strings.Count(r.out, "\n") != 60 || strings.Count(r.out, `"diagnosis"`) != 1 || !strings.Contains(r.out, `"chains":4,"draws":60,"particles":4,"frames":60,"every":1`) {
		t.Errorf("status %d: %s\n%.300s", r.status, r.err, r.out)
	}
}

func TestWhatContradictsChainsIsRefused(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	table, frames := chainsFile(t, 2, 20, -1, -1), filepath.Join(dir, "a.csv")
	writeFile(t, frames, csvOf(framesOf(t, 5, -1)))
	pair := "1,1\n2,2\n\n"
	for _, c := range []struct{ in, args, want string }{
		{pair, "watch --json --chains --shuffled", "--chains and --shuffled given, expected one of them"},
		{pair, "watch --json --chains --last 9", "--chains and --last 9 given, expected one of them"},
		{pair, "watch --json --chains --pool 2", "--chains and --pool 2 given, expected one of them"},
		{pair + pair + "1,1\n2,2\n3,3\n\n", "watch --json --chains", "standard input: frame 3 has 3 particles, expected 2 as in the frames before: each is a chain"},
		{pair + "1,1\n2,nan\n3,3\n\n", "watch --json --chains", "standard input: frame 2 has 1 particles of 3 that are not finite, expected none: each is a draw of a chain"},
		{"", "watch --json --chains " + table, table + ", which is read as a table of draws, whose chains are named, expected frames of particles"},
		{"", "diagnose --chains " + table, table + ", which is read as a table of draws"},
		{"", "diagnose --chains " + frames + " " + frames, "--chains of 2 files, expected one file of frames or - for standard input"},
		{"", "diagnose --chains --columns 1,2 " + frames, "--chains and --columns 1,2 given, expected one of them"},
		{"", "diagnose --chains --axes draw,chain,variable " + frames, "--chains and --axes draw,chain,variable given, expected one of them"},
		{"", "diagnose --chains --divergent d " + frames, "--chains and --divergent d given, expected one of them"},
		{pair, "diagnose -", "standard input without --chains, expected it with frames of particles that are chains, or files of draws"},
		{pair, "diagnose --chains -", "standard input has one frame, expected several: each is a draw of every chain"},
		{"", "diagnose --chains -", "standard input has no particles, expected at least one frame"},
		{"", "diagnose --chains " + filepath.Join(dir, "none.csv"), "none.csv: no such file"},
	} {
		args := strings.Fields(c.args)
		if args[0] == "watch" {
			args = append(args, "--scenario", "three-modes")
		}
		if r := runsOn(strings.NewReader(c.in), args...); r.status != exitUsage || !strings.Contains(r.err, c.want) || strings.Count(r.err, "\n") != 1 {
			t.Errorf("%s: status %d, %q", c.args, r.status, r.err)
		}
	}
}
