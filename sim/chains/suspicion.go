package chains

import "fmt"

// Kind is what is suspected.
type Kind string

const (
	// Frozen is a chain that stays at one draw.
	Frozen Kind = "frozen chain"
	// Trapped is a chain that never left a region that others leave, or never visit.
	Trapped Kind = "trapped chain"
	// RareMoves are proposals that are nearly all rejected.
	RareMoves Kind = "rare moves"
	// ShortMoves are moves that hardly change the log density.
	ShortMoves Kind = "short moves"
	// AgainstGradient are proposals that are rejected more than those of a random walk.
	AgainstGradient Kind = "against the gradient"
)

// Suspicion is one statistic that is beyond its threshold.
type Suspicion struct {
	Kind Kind
	// Chain is the chain that is suspected, −1 for all together.
	Chain int
	// Region is where a chain is trapped, 0 for other kinds.
	Region int
	// Statistic is the share of a chain that is one stay (Frozen), the probability not to leave
	// (Trapped), the rate of acceptance (RareMoves), the lesser of it and A₀ (ShortMoves), the
	// ratio of rejections (AgainstGradient). Threshold is what it is compared with.
	Statistic, Threshold float64
	// SE is the standard error of a ratio of rejections, 0 for other kinds.
	SE float64
	// N is the number of transitions, or for Trapped of draws, that the
	// statistic is made from.
	N int
}

// String is one sentence, with n.
func (s Suspicion) String() string {
	switch s.Kind {
	case Frozen:
		return fmt.Sprintf("chain %d stays at one draw for %.0f %% of its %d transitions", s.Chain+1, 100*s.Statistic, s.N)
	case Trapped:
		return fmt.Sprintf("chain %d never left region %d in %d draws; going by the chains that change regions, the probability of that is %.1g", s.Chain+1, s.Region, s.N, s.Statistic)
	case RareMoves:
		return fmt.Sprintf("moves are rare: %.1f %% of %d proposals are accepted, expected at least %.0f %%: the step is too long, or the proposals are bad", 100*s.Statistic, s.N, 100*s.Threshold)
	case ShortMoves:
		return fmt.Sprintf("moves are short: %.0f %% of %d proposals are accepted, or would be of a random walk with the same moves, expected at most %.0f %%", 100*s.Statistic, s.N, 100*s.Threshold)
	case AgainstGradient:
		return fmt.Sprintf("proposals go against the gradient, or overshoot: they are rejected %.2f ± %.2f times as often as those of a random walk with the same moves (n = %d), expected at most %g; if half the step leaves a ratio of about 2, it is the sign", s.Statistic, s.SE, s.N, s.Threshold)
	}
	return string(s.Kind)
}
