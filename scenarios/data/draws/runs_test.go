package draws

import (
	"math"
	"path/filepath"
	"slices"
	"testing"
)

// run reads files of testdata/runs: what samplers wrote in a run of their own, see run.R and run.py there.
func run(t *testing.T, o Options, names ...string) *Table {
	t.Helper()
	var paths []string
	for _, name := range names {
		paths = append(paths, filepath.Join("testdata", "runs", name))
	}
	table, err := Read(paths, o)
	if err != nil {
		t.Fatal(err)
	}
	return table
}

// normalModel is the log-density of the model of run.R, of which Stan takes log τ as a coordinate.
func normalModel(mu, tau float64) float64 {
	l := -mu*mu/8 - math.Pow(math.Log(tau), 2)/2 // the density 1/τ and the Jacobian τ cancel
	for _, y := range []float64{0.3, 1.2, -0.5, 0.8, 0.1} {
		l -= math.Pow((y-mu)/tau, 2)/2 + math.Log(tau)
	}
	return l
}

// The draws of a run of Stan have the log-density of its model, up to a constant and the six digits of the file;
// its warm-up is left out.
func TestARunOfStanIsRead(t *testing.T) {
	stan := run(t, Options{}, "rstan_*.csv")
	if stan.Format != "CmdStan" || !slices.Equal(stan.Names, []string{"mu", "tau"}) || !slices.Equal(stan.ChainLengths(), []int{30, 30}) || stan.Divergent == nil || stan.Energy == nil {
		t.Errorf("the run is taken for %s of %v with chains of %v", stan.Format, stan.Names, stan.ChainLengths())
	}
	exact := run(t, Options{All: true}, "posterior.csv")
	if !slices.Equal(exact.Names, []string{"mu", "tau"}) || !slices.Equal(exact.ChainLengths(), []int{30, 30}) {
		t.Errorf("the table is taken for %v with chains of %v", exact.Names, exact.ChainLengths())
	}
	for _, table := range []*Table{stan, exact} {
		constant := table.LogDensity[0] - normalModel(table.Columns[0][0], table.Columns[1][0])
		for i, l := range table.LogDensity {
			if want := normalModel(table.Columns[0][i], table.Columns[1][i]) + constant; math.Abs(l-want) > 2e-4 {
				t.Errorf("draw %d has the log-density %g, expected %g", i, l, want)
			}
		}
	}
	for k := range stan.Columns {
		if !closeTo(stan.Columns[k], exact.Columns[k], 1e-5) {
			t.Errorf("column %s is %v, expected %v", stan.Names[k], stan.Columns[k], exact.Columns[k])
		}
	}
}

func TestARunOfJAGSIsRead(t *testing.T) {
	table := run(t, Options{All: true}, "coda.csv")
	if !slices.Equal(table.Names, []string{"mu", "tau"}) || !slices.Equal(table.ChainLengths(), []int{30, 30}) || slices.Min(table.Columns[1]) <= 0 {
		t.Errorf("the run is taken for %v with chains of %v", table.Names, table.ChainLengths())
	}
}

// A run of emcee has the log-density of its model, and the array of its chains is that of the archive.
func TestARunOfEmceeIsRead(t *testing.T) {
	archive := run(t, Options{All: true}, "emcee.npz")
	array := run(t, Options{Axes: []Axis{Draw, Chain, Variable}}, "emcee.npy")
	if !slices.Equal(archive.ChainLengths(), slices.Repeat([]int{40}, 8)) || !slices.Equal(array.ChainLengths(), archive.ChainLengths()) {
		t.Errorf("the chains have lengths %v and %v", archive.ChainLengths(), array.ChainLengths())
	}
	x, y := archive.Columns[0], archive.Columns[1]
	if !slices.Equal(array.Columns[0], x) || !slices.Equal(array.Columns[1], y) {
		t.Error("array and archive differ")
	}
	for i, l := range archive.LogDensity {
		if want := -x[i]*x[i]/8 - math.Pow(y[i]-0.3*x[i]*x[i], 2)/2; math.Abs(l-want) > 1e-13*(1+math.Abs(want)) {
			t.Errorf("draw %d has the log-density %g, expected %g", i, l, want)
		}
	}
}

// Reference draws in the form of posteriordb are those that they were made from.
func TestReferenceDrawsAreRead(t *testing.T) {
	got, want := run(t, Options{All: true}, "posteriordb.npz"), run(t, Options{All: true}, "posterior.csv")
	if !slices.Equal(got.Names, want.Names) || !slices.Equal(got.ChainLengths(), want.ChainLengths()) || !slices.Equal(got.Columns[0], want.Columns[0]) || !slices.Equal(got.Columns[1], want.Columns[1]) {
		t.Errorf("the reference draws are %v with chains of %v", got.Names, got.ChainLengths())
	}
}

// A table of Turing has columns of its sampler, which are no variables.
func TestATableOfTuringHasItsVariables(t *testing.T) {
	text := "iteration,chain,μ,\"θ[1]\",lp,n_steps,is_accept,acceptance_rate,log_density,hamiltonian_energy,hamiltonian_energy_error," +
		"max_hamiltonian_energy_error,tree_depth,numerical_error,step_size,nom_step_size,logprior,loglikelihood\n" +
		"501,1,0.1,1.5,-3.2,7.0,1.0,0.9,-3.2,4.1,-0.01,0.02,3.0,0.0,0.8,0.8,-1.2,-2.0\n" +
		"502,1,0.2,1.4,-3.1,7.0,1.0,0.9,-3.1,4.0,-0.01,0.02,3.0,1.0,0.8,0.8,-1.1,-2.0\n" +
		"501,2,0.3,1.3,-3.0,7.0,1.0,0.9,-3.0,3.9,-0.01,0.02,3.0,0.0,0.8,0.8,-1.0,-2.0\n"
	table, err := readText(t, "turing.csv", text, Options{All: true})
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(table.Names, []string{"μ", "θ[1]"}) || !slices.Equal(table.ChainLengths(), []int{2, 1}) || !slices.Equal(table.Divergent, []bool{false, true, false}) ||
		!slices.Equal(table.Energy, []float64{4.1, 4, 3.9}) || !slices.Equal(table.LogDensity, []float64{-3.2, -3.1, -3}) {
		t.Errorf("the table is %+v", table)
	}
}
