package cli

import (
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"undercurrent/scenarios/data/draws"
)

// roleFlags name the columns of a table of draws that are no variables.
type roleFlags struct {
	chain, divergent, logDensity, energy string
	set                                  *pflag.FlagSet
}

func (f *roleFlags) bind(cmd *cobra.Command) {
	f.set = cmd.Flags()
	for _, c := range f.columns() {
		f.set.StringVar(c.value, c.flag, "", "column of "+c.is+", none for none (default: detected"+c.otherwise+")")
		complete(cmd, c.flag, nil)
	}
}

// roleFlag is one of roleFlags.
type roleFlag struct {
	flag, is, otherwise string
	value               *string
}

func (f *roleFlags) columns() []roleFlag {
	return []roleFlag{
		{"chain", "the number of the chain", "", &f.chain},
		{"divergent", "divergent transitions", "", &f.divergent},
		{"log-density-column", "the log-density of the target", ", or that of the target", &f.logDensity},
		{"energy", "the energy of Hamiltonian Monte Carlo", "", &f.energy},
	}
}

// given are those that are set, with their values.
func (f *roleFlags) given() (list []roleFlag) {
	for _, c := range f.columns() {
		if f.set.Changed(c.flag) {
			list = append(list, c)
		}
	}
	return list
}

// into adds the columns to options.
func (f *roleFlags) into(o *draws.Options) {
	o.Chain, o.Divergent, o.LogDensity, o.Energy = f.chain, f.divergent, f.logDensity, f.energy
}
