//go:build unix

package cli

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/spf13/cobra"
)

// A person logs a session; it is checked, shown, recorded, and held to the files that it read.
func TestAPersonLogsASession(t *testing.T) {
	t.Parallel()
	dir, binary := t.TempDir(), program(t)
	log, points := filepath.Join(dir, "s.jsonl"), filepath.Join(dir, "points.csv")
	if err := os.WriteFile(points, []byte(csvOf(clouds(1, 200))), 0o600); err != nil {
		t.Fatal(err)
	}
	p := enters(t, dir, binary+" --scenario three-modes --start-samples "+points+" --particles 300 --switch 2=pearson --opening 0 --log s.jsonl")
	p.sees("Pearson").presses("d").sees("Neyman").presses("]]").sees("h 0.303").presses(" ").sees("❚❚ paused").presses("q")
	if status := p.leaves(); status != exitOK {
		t.Fatalf("the status is %d", status)
	}

	t.Run("checked", func(t *testing.T) {
		if r := runs("replay", log); r.status != exitOK || r.err != "" || !strings.HasPrefix(r.out, log+": the particles are those of the log at step ") || strings.Contains(r.out, ";") {
			t.Error(r)
		}
		r := runs("replay", log, "--json")
		var line replayLine
		if err := json.Unmarshal([]byte(r.out), &line); err != nil || r.status != exitOK {
			t.Fatalf("%v: %v", err, r)
		}
		if f := line.Flows[0]; !line.Agrees || !line.Ended || line.Difference != nil || line.Digests < 2 || f.Scenario != "three-modes" || f.Motion != "neyman@0.303" || f.Particles != 300 || f.Step != line.Step || len(f.Regions) != 3 {
			t.Errorf("the line is %+v", line)
		}
	})
	t.Run("shown", func(t *testing.T) {
		p := enters(t, dir, binary+" replay s.jsonl")
		p.sees("three-modes │").sees("▶ s.jsonl 0:0").presses("+").sees("×2").presses("-").presses("-").sees("×1/2").presses(" ").sees("❚❚ s.jsonl").presses(" ").presses("++++++")
		p.sees("the log needs 132×41, has 132×40").sees("■ s.jsonl").sees("Neyman").presses("q")
		if status := p.leaves(); status != exitOK {
			t.Errorf("the status is %d", status)
		}
	})
	t.Run("recorded", func(t *testing.T) {
		out := filepath.Join(dir, "s.cast")
		if r := runs("record", "--log", log, "--out", out, "--fps", "2"); r.status != exitOK {
			t.Fatal(r)
		}
		cast, err := os.ReadFile(out)
		if err != nil {
			t.Fatal(err)
		}
		if text, _ := lastScreen(t, cast); !strings.Contains(text, "❚❚ paused") || !strings.Contains(text, "Neyman") {
			t.Errorf("the last screen is\n%s", text)
		}
	})
	t.Run("damaged", func(t *testing.T) { damagedLogsAreRefused(t, dir, log) })
	t.Run("of other files", func(t *testing.T) {
		if err := os.WriteFile(points, []byte(csvOf(clouds(2, 200))), 0o600); err != nil {
			t.Fatal(err)
		}
		if r := runs("replay", log); r.status != exitUsage || !strings.Contains(r.err, points+" is not the file of the log: it has ") {
			t.Error(r)
		}
		if err := os.Remove(points); err != nil {
			t.Fatal(err)
		}
		if r := runs("record", "--log", log, "--out", filepath.Join(dir, "n.cast")); r.status != exitUsage || !strings.Contains(r.err, points+": no such file, expected the file of the log\n") {
			t.Error(r)
		}
	})
}

// damagedLogsAreRefused changes a log in several ways.
func damagedLogsAreRefused(t *testing.T, dir, log string) {
	t.Helper()
	whole, err := os.ReadFile(log)
	if err != nil {
		t.Fatal(err)
	}
	text := string(whole)
	last := strings.LastIndex(text, `"digest":"`) + len(`"digest":"`)
	other := "0"
	if text[last] == '0' {
		other = "1"
	}
	for _, c := range []struct {
		text, want string
		status     int
	}{
		{text[:last] + other + text[last+1:], ": the particles are not those of the log: at step ", exitFailure},
		{strings.Replace(text, `"commands":[1]`, `"commands":[8]`, 1), ": command 8, expected one that was given", exitFailure},
		{strings.Replace(text, `"asked"`, `"askd"`, 1) + "x\n", "line ", exitUsage},
		{strings.Replace(text, `"name":"particles"`, `"name":"partikles"`, 1), `, line 1: flag "partikles", expected one of a session`, exitUsage},
		{strings.Replace(text, `"value":"300"`, `"value":"many"`, 1), `, line 1: --particles is "many", expected a whole number`, exitUsage},
		{strings.Replace(text, `"value":"three-modes"`, `"value":"tree-modes"`, 1), `unknown scenario "tree-modes"`, exitUsage},
		{strings.Replace(text, `"fps":30`, `"fps":0`, 1), `, line 1: fps is 0, expected a whole number from 1 to 120`, exitUsage},
		{"", ", line 1: the file is empty, expected the log of a session", exitUsage},
	} {
		name := filepath.Join(dir, "damaged.jsonl")
		if err := os.WriteFile(name, []byte(c.text), 0o600); err != nil {
			t.Fatal(err)
		}
		if r := runs("replay", name, "--check"); r.status != c.status || !strings.HasPrefix(r.err, "undercurrent: "+name) || !strings.Contains(r.err, c.want) || strings.Count(r.err, "\n") != 1 || r.out != "" {
			t.Errorf("expected %q: %v", c.want, r)
		}
	}
	if r := runs("replay", filepath.Join(dir, "damaged.jsonl"), "more"); r.status != exitUsage || !strings.Contains(r.err, "2 arguments, expected one") {
		t.Error(r)
	}
	if r := runs("replay", filepath.Join(dir, "none.jsonl")); r.status != exitUsage || !strings.Contains(r.err, "none.jsonl: no such file, expected the log of a session") {
		t.Error(r)
	}
}

// A lesson is recorded without anybody: its text is read, its question asked, and the flow released.
func TestALessonIsRecorded(t *testing.T) {
	out := filepath.Join(t.TempDir(), "l.cast")
	if r := runs("record", "--lesson", "one-field", "--out", out, "--fps", "1", "--seconds", "22"); r.status != exitOK {
		t.Fatal(r)
	}
	cast, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	if text, _ := lastScreen(t, cast); !strings.Contains(text, "2 of 5") {
		t.Errorf("the last screen is\n%s", text)
	}
	for _, c := range []struct{ want, args string }{
		{"--keys is given with --lesson one-field, expected it without", "--lesson one-field --keys d"},
		{"--scenario is given with --log s.jsonl, expected it without", "--log s.jsonl --scenario ring8"},
		{"--size is given with --log s.jsonl, expected it without", "--log s.jsonl --size 80x24"},
		{"unknown lesson \"nothing\"", "--lesson nothing"},
	} {
		if r := runs(append([]string{"record", "--out", out}, strings.Fields(c.args)...)...); r.status != exitUsage || !strings.Contains(r.err, c.want) {
			t.Errorf("expected %q: %v", c.want, r)
		}
	}
}

func TestALogThatCannotBeWrittenIsRefusedAtOnce(t *testing.T) {
	name := filepath.Join(t.TempDir(), "no", "s.jsonl")
	for _, args := range [][]string{{}, {"lesson", "one-field"}} {
		if r := runs(append(args, "--log", name)...); r.status != exitUsage || !strings.Contains(r.err, "--log: "+name+" cannot be written (no such file or directory), expected a file in a writable directory\n") {
			t.Error(r)
		}
	}
}

// The flags of a log open the session that they opened.
func TestFlagsAreLoggedAsTheyWereGiven(t *testing.T) {
	args := []string{"--density", "-(x^2+y^2)/2", "--window=-3,3,-2.5,1e3", "--particles", "77", "--bandwidth", "0.30000000000000004", "--seed", "18446744073709551615", "--compare", "reverse-kl,alpha:0.5", "--switch", "2=pearson", "--switch", "5=lv:mixture:0.2@0.4",
		"--edit", "3=move:1:2,5", "--at", "9", "--theme", "light", "--log", "x"}
	given := newShow()
	first := given.command()
	if err := first.ParseFlags(args); err != nil {
		t.Fatal(err)
	}
	list := flagsOf(first.Flags())
	again, second := newShow(), &cobra.Command{}
	again.bindFlow(second)
	for _, f := range list {
		if err := second.Flags().Set(f.Name, f.Value); err != nil {
			t.Fatal(err)
		}
	}
	for _, f := range list {
		if a, b := first.Flags().Lookup(f.Name).Value.String(), second.Flags().Lookup(f.Name).Value.String(); a != b {
			t.Errorf("--%s is %s, expected %s", f.Name, b, a)
		}
		if f.Name == "theme" || f.Name == logFlag {
			t.Errorf("--%s is in the log", f.Name)
		}
	}
	if len(list) != 10 {
		t.Errorf("there are %d flags: %+v", len(list), list)
	}
}
