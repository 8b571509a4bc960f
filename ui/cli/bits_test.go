package cli

import (
	"crypto/sha256"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// digestsOnly, in the environment, makes a test binary print its digests.
const digestsOnly = "UNDERCURRENT_TEST_DIGESTS"

// flows are command lines whose results cover scenarios of every kind, every kind of drift,
// both velocity rules, metrics, and formulas with all that takes an exponential: each scenario
// with every stride-th of the drifts.
func flows(stride int) (list [][]string) {
	drifts := [][]string{
		{"--divergence", "reverse-kl"}, {"--divergence", "forward-kl"}, {"--divergence", "jensen-shannon"}, {"--divergence", "alpha:0.7"},
		{"--divergence", "skew-forward-kl:0.3"}, {"--divergence", "lv:mixture"}, {"--weight", "tanh(r) + r^0.3 + sinh(1/(1+r)) + cosh(1/(1+r)) + exp(-r)"},
	}
	common := []string{"--json", "--particles", "200", "--steps", "3"}
	for k, scenario := range []string{"uneven-ring", "banana", "funnel", "rings3"} {
		for i := k % stride; i < len(drifts); i += stride {
			velocity := []string{"plugin", "blob"}[i%2]
			list = append(list, slices.Concat([]string{"run", "--scenario", scenario, "--velocity", velocity}, common, drifts[i]))
		}
	}
	return append(list,
		append([]string{"run", "--log-density", "-abs(x)^2.5 - cosh(y) + tanh(x)", "--window=-4,4,-3,3"}, common...),
		append([]string{"compare", "--scenario", "two-moons", "--divergences", "le-cam,pearson,lv-surrogate:uniform"}, common...),
	)
}

// digests are those of what the command lines print, and of samples of a trained sampler.
func digests(t *testing.T, stride int) string {
	var b strings.Builder
	add := func(args []string, r result) {
		if r.status != 0 {
			t.Fatalf("%q: %s", args, r)
		}
		fmt.Fprintf(&b, "%x %s\n", sha256.Sum256([]byte(r.out)), strings.Join(args, " "))
	}
	for _, args := range flows(stride) {
		add(args, runs(args...))
	}
	for _, route := range []string{"generator", "flow"} {
		model := filepath.Join(t.TempDir(), route+".json")
		args := []string{"train", "--route", route, "--activation", "tanh", "--hidden", "8", "--iterations", "3", "--batch", "64", "--samples", "100", "--out", model}
		if r := runs(args...); r.status != 0 {
			t.Fatalf("%q: %s", args, r)
		}
		add([]string{"sample", route}, runs("sample", model, "-n", "100"))
	}
	return b.String()
}

// sameBits holds the digests of this process to those of one that uses no instruction beyond
// the first processors of its architecture: no fused multiply-add above all.
func sameBits(t *testing.T, stride int) {
	t.Helper()
	here := digests(t, stride)
	if os.Getenv(digestsOnly) != "" {
		fmt.Print(here)
		return
	}
	binary, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	child := exec.Command(binary, "-test.run", "^"+t.Name()+"$")
	child.Env = append(os.Environ(), digestsOnly+"=1", "GODEBUG=cpu.all=off")
	out, err := child.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for _, line := range strings.Split(strings.TrimSuffix(here, "\n"), "\n") {
		if !strings.Contains(string(out), line+"\n") {
			t.Errorf("%s is not that of a processor without extensions", line)
		}
	}
}

func TestBitsDoNotDependOnTheProcessor(t *testing.T) {
	t.Parallel()
	sameBits(t, 9)
}
