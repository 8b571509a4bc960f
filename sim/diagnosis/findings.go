package diagnosis

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"undercurrent/sim/chains"
)

// Thresholds beyond which something is found.
const (
	// MaxRHat is the largest R̂ of chains that agree, MinESSPerChain the least effective sample size by
	// chain with which R̂ and ESS can be trusted: Vehtari et al. 2021.
	MaxRHat        = 1.01
	MinESSPerChain = 100
	// MaxZ is the largest number of standard errors that the share of a region may be off its mass.
	MaxZ = 4
	// MinVisited is the target mass of a region from which on it should have draws.
	MinVisited = 0.01
	// MinEnergy is the least E-BFMI: Betancourt 2016, arXiv:1604.00695.
	MinEnergy = 0.3
)

// Finding is something that speaks against the sampler.
type Finding struct {
	// Kind names it, such as "frozen chain" or "r-hat".
	Kind string
	// Text is one sentence, with its numbers and n.
	Text string
	// weight orders findings: what explains others is before them.
	weight float64
}

// Weights of findings. What stops a chain is before what slows it down, and both are before what follows
// from them. Within a kind the worst is first.
const (
	weightStuck   = 60
	weightSign    = 50
	weightTrapped = 40
	weightEmpty   = 30
	weightMass    = 25
	weightDiverge = 20
	weightMoves   = 15
	weightRHat    = 10
	weightESS     = 5
	weightUnknown = 1
	// within is the room for the order within a kind.
	within = 0.9
)

// find fills the findings.
func (r *Report) find(suspicions []chains.Suspicion) {
	for _, s := range suspicions {
		r.add(string(s.Kind), r.sentence(s), weightOf(s.Kind), s.Statistic)
	}
	r.findRegions()
	r.findDivergent()
	r.findEnergies()
	r.findDisagreement()
	r.findSmallSizes()
	r.findUndefined()
	slices.SortStableFunc(r.Findings, func(a, b Finding) int { return cmp.Compare(b.weight, a.weight) })
}

// add adds a finding; the larger its excess, the earlier it is within its kind.
func (r *Report) add(kind, text string, weight, excess float64) {
	r.Findings = append(r.Findings, Finding{kind, text, weight + within*excess/(1+math.Abs(excess))})
}

// weightOf is that of a suspicion.
func weightOf(k chains.Kind) float64 {
	switch k {
	case chains.Frozen:
		return weightStuck
	case chains.AgainstGradient:
		return weightSign
	case chains.Trapped:
		return weightTrapped
	}
	return weightMoves
}

// sentence is a suspicion with the number of the region as the target counts it.
func (r *Report) sentence(s chains.Suspicion) string {
	if s.Kind != chains.Trapped || len(r.Regions) == 0 {
		return s.String()
	}
	return fmt.Sprintf("chain %d never left %s in %d draws; going by the chains that change regions, the probability of that is %.1g",
		s.Chain+1, r.place(s.Region), s.N, s.Statistic)
}

// place names a region.
func (r *Report) place(k int) string {
	if name := r.Regions[k].Name; name != "" {
		return fmt.Sprintf("region %d (%s)", k+1, name)
	}
	return fmt.Sprintf("region %d", k+1)
}

// findRegions finds regions without draws, and those whose share is off.
func (r *Report) findRegions() {
	n := r.Chains * r.Length
	for k, region := range r.Regions {
		switch {
		case region.Share == 0 && region.Target >= MinVisited:
			r.add("empty region", fmt.Sprintf("none of the %d draws is in %s, which has %.1f%% of the target", n, r.place(k), 100*region.Target), weightEmpty, region.Target)
		case region.Z.Defined() && math.Abs(region.Z.Value) > MaxZ:
			side := "above"
			if region.Z.Value < 0 {
				side = "short"
			}
			r.add("region mass", fmt.Sprintf("the mass of %s is %.1f standard errors %s: %.1f%% of %.1f%%, with an effective sample size of %.0f from %d draws",
				r.place(k), math.Abs(region.Z.Value), side, 100*region.Share, 100*region.Target, region.ESS.Value, n), weightMass, math.Abs(region.Z.Value)/100)
		}
	}
}

// findDivergent finds divergent transitions.
func (r *Report) findDivergent() {
	if len(r.Divergent) == 0 || r.Divergent[0] == 0 {
		return
	}
	text := fmt.Sprintf("%d of %d transitions are divergent", r.Divergent[0], r.Chains*r.Length)
	if by := r.Divergent[1:]; len(by) > 0 {
		if k := slices.Index(by, slices.Max(by)); 2*by[k] > r.Divergent[0] {
			text += fmt.Sprintf(", most of them (%d) in %s", by[k], r.place(k))
		}
	}
	r.add("divergent transitions", text, weightDiverge, float64(r.Divergent[0])/float64(r.Chains*r.Length))
}

// findEnergies finds chains whose energy changes too little between draws.
func (r *Report) findEnergies() {
	for k, e := range r.Energies {
		if e.Defined() && e.Value < MinEnergy {
			r.add("energy", fmt.Sprintf("E-BFMI of chain %d is %.2f from %d draws, expected at least %g (Betancourt 2016): the momentum changes the energy too little", k+1, e.Value, r.Length, MinEnergy), weightMoves, 1-e.Value)
		}
	}
}

// findDisagreement finds columns, or a log-density, in which the chains do not agree.
func (r *Report) findDisagreement() {
	var names []string
	worst, of := 0.0, Quantity{}
	for _, q := range r.All() {
		if q.Constant || !q.RHat.Defined() || q.RHat.Value <= MaxRHat {
			continue
		}
		if names = append(names, q.Name); q.RHat.Value > worst {
			worst, of = q.RHat.Value, q
		}
	}
	if len(names) > 0 {
		r.add("r-hat", fmt.Sprintf("R̂ of %s is %.3f from %d × %d draws, expected at most %g: the chains do not agree, or not yet%s",
			of.Name, worst, r.Chains, r.Length, MaxRHat, others(of.Name, names)), weightRHat, worst-1)
	}
}

// findSmallSizes finds columns, or a log-density, with too small an effective sample size.
func (r *Report) findSmallSizes() {
	var names []string
	worst, of, needed := math.Inf(1), Quantity{}, float64(MinESSPerChain*r.Chains)
	for _, q := range r.All() {
		least := q.leastESS()
		if q.Constant || least >= needed {
			continue
		}
		if names = append(names, q.Name); least < worst {
			worst, of = least, q
		}
	}
	if len(names) > 0 {
		r.add("effective sample size", fmt.Sprintf("the effective sample size of %s is %.0f from %d draws, expected at least %.0f (%d a chain)%s",
			of.Name, worst, r.Chains*r.Length, needed, MinESSPerChain, others(of.Name, names)), weightESS, 1-worst/needed)
	}
}

// leastESS is the lesser of the effective sample sizes of bulk and tails, +Inf if neither is defined.
func (q Quantity) leastESS() float64 {
	least := math.Inf(1)
	for _, e := range []chains.Estimate{q.ESSBulk, q.ESSTail} {
		if e.Defined() {
			least = min(least, e.Value)
		}
	}
	return least
}

// findUndefined finds constant columns, and those of which R̂ is not defined: one finding for all with the same reason.
func (r *Report) findUndefined() {
	var constant []string
	var reasons []chains.Reason
	undefined := map[chains.Reason][]string{}
	for _, q := range r.Quantities {
		switch {
		case q.Constant:
			constant = append(constant, q.Name)
		case !q.RHat.Defined():
			if undefined[q.RHat.Reason] == nil {
				reasons = append(reasons, q.RHat.Reason)
			}
			undefined[q.RHat.Reason] = append(undefined[q.RHat.Reason], q.Name)
		}
	}
	if len(constant) > 0 {
		r.add("constant column", fmt.Sprintf("all %d draws of %s are equal%s", r.Chains*r.Length, constant[0], others(constant[0], constant)), weightUnknown, 0)
	}
	for _, reason := range reasons {
		names := undefined[reason]
		r.add("undefined", fmt.Sprintf("R̂ of %s is not defined: %s%s", names[0], reason, others(names[0], names)), weightUnknown, 0)
	}
}

// others names the columns beside one, of which the same is to be said.
func others(one string, names []string) string {
	const most = 4
	rest := slices.DeleteFunc(slices.Clone(names), func(name string) bool { return name == one })
	switch {
	case len(rest) == 0:
		return ""
	case len(rest) > most+1: // one other is named
		return fmt.Sprintf("; it is alike for %s and %d others", strings.Join(rest[:most], ", "), len(rest)-most)
	}
	return "; it is alike for " + strings.Join(rest, ", ")
}

// Pass reports whether nothing speaks against the sampler.
func (r *Report) Pass() bool { return len(r.Findings) == 0 }
