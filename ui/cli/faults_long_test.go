//go:build long && unix

package cli

import (
	"bytes"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// killed runs a command and kills it after a random time.
func killed(t *testing.T, random *rand.Rand, within time.Duration, binary string, args ...string) {
	t.Helper()
	cmd := exec.Command(binary, args...)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	time.Sleep(time.Duration(random.Int64N(int64(within))))
	_ = cmd.Process.Kill() // or it has ended
	_ = cmd.Wait()
}

// Commands that are killed at any moment leave the files of a run that was not, bit for bit,
// or none; the next one removes what else there is.
func TestKilledCommandsLeaveWholeFiles(t *testing.T) {
	binary, dir := program(t), t.TempDir()
	random := rand.New(rand.NewPCG(3, 4))
	model := filepath.Join(dir, "model.json")
	whole := func(args ...string) time.Duration {
		began := time.Now()
		if text, err := exec.Command(binary, args...).CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, text)
		}
		return time.Since(began)
	}
	whole("train", "--scenario", "ring8", "--iterations", "3", "--batch", "64", "--cloud", "256", "--hidden", "8", "--samples", "100", "--out", model)
	for _, c := range []struct {
		files []string
		args  func(out string) []string
	}{
		{[]string{"metrics.jsonl", "particles.npy", "velocities.npy", "fields.npz"}, func(out string) []string { return small("--json", "--out", out) }},
		{[]string{"model.json"}, func(out string) []string {
			return []string{"train", "--scenario", "ring8", "--iterations", "3", "--batch", "64", "--cloud", "256", "--hidden", "8", "--samples", "100", "--out", out + "/model.json"}
		}},
		{[]string{"points.npy"}, func(out string) []string {
			return []string{"sample", model, "-n", "300000", "--out", out + "/points.npy"}
		}},
		{[]string{"map.svg"}, func(out string) []string { return []string{"sample", model, "--map", out + "/map.svg"} }},
	} {
		expected, out := t.TempDir(), t.TempDir()
		within := whole(c.args(expected)...)
		for range 60 {
			killed(t, random, within*5/4, binary, c.args(out)...)
			holdsNoHalf(t, expected, out, c.files)
		}
		whole(c.args(out)...)
		if left := entries(t, out); len(left) != len(c.files) {
			t.Errorf("there are %v, expected %v", left, c.files)
		}
	}
}

// holdsNoHalf fails where a file differs from the expected one, or where another is no
// temporary of them.
func holdsNoHalf(t *testing.T, expected, out string, files []string) {
	t.Helper()
	for _, name := range entries(t, out) {
		if strings.Contains(name, ".undercurrent-unfinished-") {
			continue
		}
		got, err := os.ReadFile(filepath.Join(out, name))
		want, missing := os.ReadFile(filepath.Join(expected, name))
		if err != nil || missing != nil || !bytes.Equal(got, want) {
			t.Errorf("%s has %d bytes, expected %d (%v, %v)", name, len(got), len(want), err, missing)
		}
	}
	if left, _ := filepath.Glob(filepath.Join(out, ".*")); len(left) > len(files) {
		t.Errorf("there are %v, expected at most a temporary for each of %v", left, files)
	}
}
