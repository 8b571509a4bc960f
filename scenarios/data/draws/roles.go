package draws

import (
	"slices"
	"strings"
)

// roles are the columns with a meaning of their own, by number from 0; −1 for none.
type roles struct {
	weight, chain, divergent, logDensity, energy int
	// negated reports whether the log-density column is its negative.
	negated bool
}

func noRoles() roles { return roles{weight: -1, chain: -1, divergent: -1, logDensity: -1, energy: -1} }

// The usual names of columns, in lower case. None is one that a parameter often has.
func weightNames() []string { return []string{"weight", "weights", "importance_weight", "weight__"} }
func chainNames() []string  { return []string{"chain", ".chain", "chain__", "chain_id", "walker"} }
func divergentNames() []string {
	return []string{"divergent__", "diverging", "divergent", "divergence", "divergences", "numerical_error"}
}
func logDensityNames() []string {
	return []string{"lp__", "lp", "log_density", "logdensity", "logp", "log_p", "log_prob", "logprob", "lnprob", "log_posterior", "potential_energy"}
}

// stanEnergy is the energy in the files of CmdStan, turingEnergy that of Turing. ArviZ and NumPyro name it energy, as a variable may be
// named: that is taken only beside other columns that a sampler writes.
const (
	stanEnergy   = "energy__"
	turingEnergy = "hamiltonian_energy"
	plainEnergy  = "energy"
)

// otherNames are those of further bookkeeping: iterations and indices of tables.
func otherNames() []string {
	return []string{"iteration", "iter", "draw", "sample", "index", "unnamed: 0"}
}

// statisticNames are those of what No-U-Turn samplers write of a transition.
func statisticNames() []string {
	return []string{
		"tree_depth", "treedepth", "n_steps", "num_steps", "step_size", "step_size_bar", "acceptance_rate", "accept_prob", "accept_stat",
		"mean_tree_accept", "energy_error", "max_energy_error", "reached_max_treedepth", "tune", "index_in_trajectory", "largest_eigval",
		"smallest_eigval", "process_time_diff", "perf_counter_diff", "perf_counter_start", "stepsize", "n_leapfrog", "is_accept", "is_adapt", turingEnergy, "hamiltonian_energy_error",
		"max_hamiltonian_energy_error", "nom_step_size", "logprior", "loglikelihood", "logjoint",
	}
}

// negativeNames are those of the negative log-density: NumPyro's potential energy, and Cobaya's.
func negativeNames() []string { return []string{"potential_energy", "minuslogpost"} }

// byUsualNames completes the roles that a format defines by columns with usual names.
func (h *head) byUsualNames() roles {
	r := h.roles
	find := func(role *int, names []string) {
		for k, name := range h.columns {
			if *role < 0 && h.numeric[k] && slices.Contains(names, strings.ToLower(name)) {
				*role = k
			}
		}
	}
	find(&r.weight, weightNames())
	find(&r.divergent, divergentNames())
	if r.logDensity < 0 {
		find(&r.logDensity, logDensityNames())
		r.negated = r.logDensity >= 0 && slices.Contains(negativeNames(), strings.ToLower(h.columns[r.logDensity]))
	}
	find(&r.energy, []string{stanEnergy, turingEnergy})
	if h.hasStatistics(r) {
		find(&r.energy, []string{plainEnergy})
	}
	// The names of chains need not be numbers.
	for k, name := range h.columns {
		if r.chain < 0 && slices.Contains(chainNames(), strings.ToLower(name)) {
			r.chain = k
		}
	}
	return r
}

// hasStatistics reports whether a file has what samplers write of a transition.
func (h *head) hasStatistics(r roles) bool {
	return r.divergent >= 0 || slices.ContainsFunc(h.columns, func(name string) bool {
		return slices.Contains(statisticNames(), strings.ToLower(name))
	})
}

// bookkeepingNames are the usual names of columns that describe the sampler.
func bookkeepingNames() map[string]bool {
	names := map[string]bool{}
	for _, list := range [][]string{weightNames(), chainNames(), divergentNames(), logDensityNames(), otherNames(), statisticNames()} {
		for _, name := range list {
			names[name] = true
		}
	}
	return names
}

// isBookkeeping reports whether a column describes the sampler and not a variable: by the
// format, by a role, or by its name, one of the usual names or such as those that end in __ (Stan) or begin with a dot (R).
func (h *head) isBookkeeping(k int, r roles, usual map[string]bool) bool {
	name := strings.ToLower(h.columns[k])
	return h.bookkeeping != nil && h.bookkeeping[k] || k == r.weight || k == r.chain || k == r.divergent || k == r.logDensity || k == r.energy ||
		strings.HasSuffix(name, "__") || strings.HasPrefix(name, ".") || usual[name]
}
