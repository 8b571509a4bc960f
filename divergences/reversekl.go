package divergences

// ReverseKL is KL(q‖p), with
//
//	f(r) = −ln r,   w(r) = 1,   e(r) = 0.
//
// Its drift is V = β for every r, and its flow is that of the density of Langevin
// dynamics. It is ForwardKL with p and q exchanged, and α = 0 of the family Alpha up to
// the linear term r − 1.
//
// Kullback, Leibler (1951), On information and sufficiency, Annals of
// Mathematical Statistics 22, 79–86.
type ReverseKL struct{}

var _ Divergence = ReverseKL{}

// Info describes the member.
func (ReverseKL) Info() Info {
	return Info{
		ID:            "reverse-kl",
		Name:          "reverse KL",
		Definition:    "KL(q‖p)",
		Formula:       "−ln r",
		WeightFormula: "1",
		Character:     "same weight everywhere",
		NeedsZ:        false,
		Citation:      "Kullback, Leibler 1951",
	}
}

// F is −ln r.
func (ReverseKL) F(logR float64) float64 { return -logR }

// Potential is ln r − 1.
func (ReverseKL) Potential(logR float64) float64 { return logR - 1 }

// Weight is 1.
func (ReverseKL) Weight(float64) float64 { return 1 }

// Elasticity is 0.
func (ReverseKL) Elasticity(float64) float64 { return 0 }
