package cli

import (
	"strings"
	"testing"
)

// A refused setting names the flag or the file that it came from.
func TestARefusedSettingNamesWhereItCameFrom(t *testing.T) {
	t.Chdir(t.TempDir())
	writeFile(t, "narrow.yaml", "version: 1\ntarget: {catalogue: banana}\nbandwidth: 0.001\n")
	writeFile(t, "dot.yaml", "version: 1\ntarget: {catalogue: banana}\nregions: [{name: dot, disc: {centre: [900, 900], radius: 1}}]\n")
	writeFile(t, "flat.yaml", "version: 1\ntarget: {log_density: '1e300'}\nwindow: [-1, 1, -1, 1]\n")
	writeFile(t, "far.yaml", "version: 1\ntarget: {catalogue: banana}\ndivergence: lv:target\n")
	writeFile(t, "frames.csv", "0,0\n1,1\n\n")
	r := runs("watch", "frames.csv", "--json", "--scenario", "uneven-ring", "--bandwidth", "0.001")
	if want := "undercurrent: --bandwidth: bandwidth 0.001 needs a grid"; r.status != exitUsage || r.out != "" || !strings.HasPrefix(r.err, want) {
		t.Errorf("watch gives %v, expected %q", r, want)
	}
	for args, want := range map[string]string{
		"--particles 1":                                        "--particles: number of particles is 1",
		"--bandwidth 0":                                        "--bandwidth: bandwidth is 0",
		"--bandwidth 0.001":                                    "--bandwidth: bandwidth 0.001 needs a grid",
		"--divergence reverse-kl@0.001":                        "--divergence: bandwidth 0.001 needs a grid",
		"--scenario narrow.yaml":                               "narrow.yaml: bandwidth 0.001 needs a grid",
		"--scenario dot.yaml":                                  `dot.yaml: region "dot" contains no node`,
		"--scenario flat.yaml":                                 "flat.yaml: the highest log-density is 1e+300",
		"--scenario far.yaml":                                  "far.yaml: reference target vanishes",
		"--log-density -x^2-y^2 --window=-1,1,-900,900":        "--window: bandwidth 0.025 needs a grid",
		"--log-density 1e17-x^2-y^2 --window=-1,1,-1,1":        "--log-density: the highest log-density is 1e+17",
		"--divergence alpha --alpha 5":                         "--alpha: alpha is 5",
		"--divergence alpha:5":                                 "--divergence: alpha is 5",
		"--alpha 5":                                            "--alpha is for alpha, expected no --alpha 5 with reverse-kl",
		"--divergence skew-forward-kl --lambda 0":              "--lambda: lambda is 0",
		"--z-factor -1":                                        "--z-factor: factor of the normalizing constant is -1",
		"--weight 1 --z-factor -1":                             "--z-factor: factor of the normalizing constant is -1",
		"--divergence pearson^1e9":                             "--divergence: factor of the normalizing constant is 1e+09",
		"--scenario banana --divergence lv --reference target": "--reference: reference target vanishes",
		"--scenario banana --divergence lv:target":             "--divergence: reference target vanishes",
		"--divergence lv-surrogate --velocity blob":            "--velocity: lv-surrogate is not the gradient flow",
		"--birth-death -1":                                     "--birth-death: rate of birth–death is -1",
		"--birth-death 1 --divergence lv-surrogate":            "--birth-death: lv-surrogate is not the gradient flow",
		"--divergence lv-surrogate+birth-death":                "--divergence: lv-surrogate is not the gradient flow",
		"--divergence lv-surrogate~blob":                       "--divergence: lv-surrogate is not the gradient flow",
		"--time physical --dt 0":                               "--dt: time step is 0",
		"--tau 0":                                              "--tau: tau is 0",
		"--softness -1":                                        "--softness: softness s is -1",
		"--divergence lv --reference moon":                     `--reference: unknown reference "moon"`,
	} {
		r := runs(append([]string{"run", "--steps", "1"}, strings.Fields(args)...)...)
		if r.status != exitUsage || r.out != "" || !strings.HasPrefix(r.err, "undercurrent: "+want) || !strings.Contains(r.err, "expected") || strings.Count(r.err, "\n") != 1 {
			t.Errorf("%s gives %v, expected %q", args, r, want)
		}
	}
}
