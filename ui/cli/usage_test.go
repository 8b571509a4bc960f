package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestInvalidUsageGivesOneSentence(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		args string
		says []string
	}{
		{"run --scenario gmm4", []string{`"gmm4"`, "gmm40"}},
		{"run --divergence reverse-lk", []string{`"reverse-lk"`, "reverse-kl"}},
		{"run --particles 1", []string{"particles is 1", "2 to 20000000"}},
		{"run --particles 20000001", []string{"20000001", "2 to 20000000"}},
		{"run --particles -5", []string{"-5"}},
		{"run --bandwidth 0", []string{"bandwidth is 0", "positive"}},
		{"run --bandwidth -1", []string{"bandwidth is -1", "positive"}},
		{"run --bandwidth NaN", []string{"bandwidth is NaN", "positive"}},
		{"run --bandwidth 0.001", []string{"0.001", "1024"}},
		{"run --weight r+", []string{"--weight", "line 1"}},
		{"run --weight r-2", []string{"--weight", "is -1 at r = 1", "positive"}},
		{"run --weight 1/(r-1)", []string{"--weight", "expected a positive finite number"}},
		{"run --weight rr", []string{"--weight", "rr"}},
		{"run --weight r --divergence pearson", []string{"--weight", "pearson"}},
		{"run --divergence custom", []string{"custom", "--weight"}},
		{"run --divergence alpha --alpha 5", []string{"alpha is 5", "-3 to 3"}},
		{"run --divergence alpha --alpha NaN", []string{"alpha is NaN", "-3 to 3"}},
		{"run --divergence skew-forward-kl --lambda 0", []string{"lambda is 0", "between 0 and 1"}},
		{"run --divergence skew-reverse-kl --lambda 1", []string{"lambda is 1", "between 0 and 1"}},
		{"run --divergence lv --reference moon", []string{`"moon"`, "target"}},
		{"run --divergence lv --reference mixture --lambda 1", []string{"lambda is 1", "between 0 and 1"}},
		{"run --divergence pearson --reference target", []string{"--reference", "pearson"}},
		{"run --divergence alpha:5", []string{"alpha is 5", "-3 to 3"}},
		{"run --divergence alpha:half", []string{"--divergence", `"half" after alpha`, "a number"}},
		{"run --divergence pearson:2", []string{"--divergence", "pearson takes no parameter"}},
		{"run --divergence lv:moon", []string{`"moon"`, "target"}},
		{"run --divergence reverse-kl@0", []string{"--divergence", `bandwidth "0"`, "positive"}},
		{"run --divergence alpha:0.5 --alpha 0.3", []string{"--alpha 0.3 and --divergence alpha:0.5"}},
		{"run --divergence lv:target --reference uniform", []string{"--reference uniform and --divergence lv:target"}},
		{"run --divergence reverse-kl@0.4 --bandwidth 0.3", []string{"--bandwidth 0.3 and --divergence reverse-kl@0.4"}},
		{"--divergence lv --reference target --switch 30=pearson", []string{"not a terminal"}},
		{"run --divergence lv --reference target --scenario banana", []string{"reference target vanishes", "covers the cloud"}},
		{"run --divergence lv-surrogate --velocity blob", []string{"lv-surrogate", "--velocity plugin"}},
		{"run --birth-death NaN", []string{"--birth-death", "NaN", "a number from 0"}},
		{"run --birth-death Inf", []string{"--birth-death", "+Inf", "a number from 0"}},
		{"run --birth-death much", []string{`--birth-death is "much", expected a number`}},
		{"run --divergence reverse-kl+birth-death:-2", []string{"--divergence", `":-2"`, "a number from 0"}},
		{"run --divergence reverse-kl+birth-death --birth-death 2", []string{"--birth-death 2 and --divergence reverse-kl+birth-death"}},
		{"compare --divergences reverse-kl,lv-surrogate+birth-death", []string{"--divergences", "lv-surrogate", "no birth–death"}},
		{"train --divergence reverse-kl+birth-death --out model", []string{"--divergence", "birth–death", "a flow alone"}},
		{"--compare reverse-kl,pearson+birth-death", []string{"--compare", "pearson+birth-death"}},
		{"run --velocity fast", []string{"--velocity", "plugin", "blob"}},
		{"run --tau 0", []string{"tau is 0", "positive"}},
		{"run --softness -1", []string{"softness s is -1", "positive"}},
		{"run --functional moon", []string{`"moon"`, "under-coverage"}},
		{"--tau NaN", []string{"tau is NaN"}},
		{"check --scenario gmm4", []string{`"gmm4"`, "gmm40"}},
		{"check extra", []string{`"extra"`}},
		{"run --time foo", []string{"--time", "unit", "physical"}},
		{"run --time physical --dt 0", []string{"time step is 0", "positive"}},
		{"run --smoothing foo", []string{"--smoothing", "matched", "sharp"}},
		{"run --steps 0", []string{"--steps is 0"}},
		{"run --every -1", []string{"--every is -1"}},
		{"run --out " + file, []string{"--out " + file, "directory"}},
		{"run --out " + file + "/below", []string{"--out", "directory"}},
		{"run --alpha x", []string{`--alpha is "x", expected a number`}},
		{"run --steps 1.5", []string{`--steps is "1.5", expected a whole number`}},
		{"run --seed -1", []string{`--seed is "-1", expected a whole number of at least 0`}},
		{"train --hidden 3,x", []string{`--hidden is "3,x", expected whole numbers separated by commas`}},
		{"run --json=maybe", []string{`--json is "maybe", expected true or false`}},
		{"run --scenario ring8 --kernel 3", []string{"--kernel 3 without --target-samples"}},
		{"check --kernel 3", []string{"--kernel 3 without --target-samples"}},
		{"run --nope", []string{"--nope", "see undercurrent run --help"}},
		{"run --divergance pearson", []string{"unknown flag --divergance, expected --divergence (see"}},
		{"list --jsno", []string{"--json"}},
		{"run -x", []string{"'x'"}},
		{"run --scenario", []string{"--scenario", "argument"}},
		{"run extra", []string{`"extra"`}},
		{"rnu", []string{`"rnu"`, "run"}},
		{"scenario foo", []string{`unknown command "foo"`, "expected new, show or"}},
		{"scenario schem", []string{`"schem"`, "schema"}},
		{"scenario schema foo", []string{"see undercurrent scenario schema --help"}},
		{"completion foo", []string{`unknown command "foo"`, "bash"}},
		{"completion bash foo", []string{"see undercurrent completion bash --help"}},
		{"help foo", []string{`unknown command "foo"`}},
		{"help scenario foo", []string{`unknown command "foo"`}},
		{"scenario show", []string{"no arguments, expected one file"}},
		{"scenario show a b", []string{"2 arguments, expected one file"}},
		{"list", []string{"scenarios, divergences or keys"}},
		{"list targets", []string{`"targets"`, "scenarios, divergences or keys"}},
		{"--fps 0", []string{"--fps is 0"}},
		{"", []string{"not a terminal", "undercurrent run"}},
		{"--scenario nowhere", []string{`"nowhere"`}},
	} {
		t.Run(c.args, func(t *testing.T) {
			r := runs(strings.Fields(c.args)...)
			if r.status != exitUsage || r.out != "" || strings.Count(r.err, "\n") != 1 || !strings.HasPrefix(r.err, "undercurrent: ") {
				t.Fatalf("expected status 2 and one sentence on standard error, got %v", r)
			}
			for _, s := range c.says {
				if !strings.Contains(r.err, s) {
					t.Errorf("expected it to say %q: %s", s, r.err)
				}
			}
		})
	}
}

func TestHelpAndVersionGoToStandardOutput(t *testing.T) {
	for _, args := range []string{"--help", "run --help", "list --help", "--version", "completion bash", "completion", "scenario", "help", "help scenario schema"} {
		r := runs(strings.Fields(args)...)
		if r.status != exitOK || r.out == "" || r.err != "" {
			t.Errorf("%s: %v", args, r)
		}
	}
	if r := runs("--version"); !strings.Contains(r.out, version) {
		t.Errorf("--version: %v", r)
	}
	if r := runs("__complete", "run", "--scenario", "g"); !strings.Contains(r.out, "gmm40") || !strings.Contains(r.out, "grid9") {
		t.Errorf("completion of --scenario g: %v", r)
	}
	if r := runs("__complete", "record", "--lesson", ""); !strings.Contains(r.out, "islands\n") {
		t.Errorf("completion of --lesson: %v", r)
	}
}

// What a flag is completed by is told to cobra, which keeps it for ever, only where a shell asks for it.
func TestOnlyAShellIsOfferedCompletions(t *testing.T) {
	t.Parallel()
	for ask, want := range map[string]bool{"run": false, "__complete": true, "__completeNoDesc": true} {
		root := newRoot()
		offerCompletions(root, []string{ask, "run", "--regions", ""})
		run, _, err := root.Find([]string{"run"})
		if err != nil {
			t.Fatal(err)
		}
		for _, flag := range []string{"scenario", "regions", "start"} {
			if _, told := run.GetFlagCompletionFunc(flag); told != want {
				t.Errorf("%s: the completion of --%s is told: %t, expected %t", ask, flag, told, want)
			}
		}
	}
}
