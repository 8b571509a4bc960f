package movers

// Kind is a method.
type Kind string

const (
	// ULA is the unadjusted Langevin algorithm.
	ULA Kind = "ula"
	// MALA is the Metropolis-adjusted Langevin algorithm.
	MALA Kind = "mala"
	// HMC is Hamiltonian Monte Carlo.
	HMC Kind = "hmc"
	// SVGD is Stein variational gradient descent.
	SVGD Kind = "svgd"
	// Drifting is the field of drifting models, applied to the particles themselves.
	Drifting Kind = "drifting"
)

// Kinds returns all kinds.
func Kinds() []Kind { return []Kind{ULA, MALA, HMC, SVGD, Drifting} }

// Info describes a kind.
type Info struct {
	// Name is for lists, such as "Langevin (ULA)".
	Name string
	// Character says in one line what the method does.
	Character string
	// Formula fits into a status line.
	Formula string
	// Source is the paper.
	Source string
	// Step is the default of Spec.Step, and Unit what that is a multiple of.
	Step float64
	Unit string
}

// Info returns the description of a kind, the zero value for an unknown one.
func (k Kind) Info() Info {
	switch k {
	case ULA:
		return Info{
			Name:      "Langevin (ULA)",
			Character: "uphill with noise; the cloud ends too wide, the more the longer the step",
			Formula:   "x + ε∇log p + √(2ε)ξ",
			Source:    "Roberts, Tweedie (1996), Exponential convergence of Langevin distributions and their discrete approximations, Bernoulli 2",
			Step:      0.5, Unit: "h²",
		}
	case MALA:
		return Info{
			Name:      "Metropolis-adjusted Langevin (MALA)",
			Character: "Langevin steps that are accepted or refused: exact, but no way between far modes",
			Formula:   "accept y = x + ε∇log p + √(2ε)ξ by p(y)k(y,x) / p(x)k(x,y)",
			Source:    "Roberts, Tweedie (1996), Exponential convergence of Langevin distributions and their discrete approximations, Bernoulli 2",
			Step:      2, Unit: "h²",
		}
	case HMC:
		return Info{
			Name:      "Hamiltonian Monte Carlo (HMC)",
			Character: "long frictionless paths with random momentum: exact, and far in one step",
			Formula:   "accept L leapfrog steps of −log p + |v|²/2 by exp(−ΔH)",
			Source:    "Neal (2011), MCMC using Hamiltonian dynamics, Handbook of Markov Chain Monte Carlo",
			Step:      2, Unit: "h",
		}
	case SVGD:
		return Info{
			Name:      "Stein variational gradient descent (SVGD)",
			Character: "one smooth field for all: uphill on average, apart by the kernel; no noise",
			Formula:   "x + εφ/κ, φ = mean_j [k(xⱼ,x)∇log p(xⱼ) + ∇k(xⱼ,x)]",
			Source:    "Liu, Wang (2016), Stein variational gradient descent, NeurIPS 29",
			Step:      1, Unit: "h²",
		}
	case Drifting:
		return Info{
			Name:      "drifting model",
			Character: "towards samples of the target, away from its own: a flow that never sees p",
			Formula:   "x + ε(V⁺ − V⁻), V± = Σk(x,y)(y − x)/Σk(x,y)",
			Source:    "Deng, Li, Li, Du, He (2026), Generative modeling via drifting, arXiv 2602.04770",
			Step:      1, Unit: "V",
		}
	}
	return Info{}
}
