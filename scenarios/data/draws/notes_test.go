package draws

import (
	"slices"
	"strings"
	"testing"
)

func TestNotesSayWhatWasTakenForWhat(t *testing.T) {
	for _, c := range []struct {
		file string
		o    Options
		want []string
	}{
		{"stan_*.csv", Options{}, []string{
			"stan_1.csv, stan_2.csv: CmdStan, 2 chains of 20 draws, 14 warm-up rows left out; columns mu, tau, divergent divergent__, log-density lp__, energy energy__",
			"stan_1.csv, stan_2.csv: 7 of 40 draws are divergent",
		}},
		{"pandas.csv", Options{}, []string{"pandas.csv: table (CSV), 40 draws; columns mu, tau"}},
		{"weighted.csv", Options{}, []string{
			"weighted.csv: table (CSV), 29 draws, 11 rows of weight 0 left out; columns mu, tau, weights weight",
			"weighted.csv: the effective size of the 29 draws by their weights is 25",
		}},
		{"getdist", Options{Columns: []string{"log(tau)"}}, []string{
			"getdist_1.txt, getdist_2.txt: GetDist chain, 2 chains of different lengths, 13 to 16 draws, 11 rows of weight 0 left out; column log(tau), weights weight, log-density −minuslogpost",
			"getdist_1.txt, getdist_2.txt: the effective size of the 29 draws by their weights is 25",
		}},
		{"emcee.npy", Options{}, []string{
			"emcee.npy: NumPy array, 2 chains of 20 draws; columns 1, 2",
			"emcee.npy: the axes of the array of shape 20×2×2 are taken for draw,chain,variable",
		}},
		{"posterior.npz", Options{Columns: []string{"mu"}}, []string{
			"posterior.npz: NumPy archive, 2 chains of 20 draws; column mu, divergent diverging, log-density lp",
			"posterior.npz: the arrays of shape 2×20… are taken for chain,draw",
			"posterior.npz: left out are seed of shape 3",
			"posterior.npz: 7 of 40 draws are divergent",
		}},
		{"stan_1.csv", Options{Columns: []string{"mu", "accept_stat__"}, Divergent: None, LogDensity: None}, []string{
			"stan_1.csv: CmdStan, 20 draws, 7 warm-up rows left out; columns mu, accept_stat__, energy energy__",
			"stan_1.csv: column accept_stat__ is 0.9 in every row",
		}},
	} {
		table, err := Read(inTestdata(c.file), c.o)
		if err != nil {
			t.Errorf("%s: %v", c.file, err)
			continue
		}
		var notes []string
		for _, n := range table.Notes {
			notes = append(notes, strings.ReplaceAll(n, "testdata/", ""))
		}
		if !slices.Equal(notes, c.want) {
			t.Errorf("%s gives\n%s\nexpected\n%s", c.file, strings.Join(notes, "\n"), strings.Join(c.want, "\n"))
		}
	}
}
