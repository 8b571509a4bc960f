package divergences

import (
	"fmt"
	"math"
	"strings"

	"undercurrent/internal/portable"
)

// ReferenceKind is the kind of the density ρ of a Log-Variance divergence.
type ReferenceKind int

const (
	// NoReference is the kind of the f-divergences.
	NoReference ReferenceKind = iota
	// Current is ρ = q.
	Current
	// Target is ρ = p.
	Target
	// Initial is the density that the cloud was drawn from.
	Initial
	// Gaussian is a broad Gaussian that covers the window.
	Gaussian
	// Uniform is constant over the window.
	Uniform
	// Mixture is ρ = λp + (1−λ)q.
	Mixture
)

var referenceNames = [...]string{"", "current", "target", "initial", "gaussian", "uniform", "mixture"}

func (k ReferenceKind) String() string { return referenceNames[k] }

// ReferenceNames returns the names of the kinds, without NoReference.
func ReferenceNames() []string { return append([]string(nil), referenceNames[1:]...) }

// UnknownReferenceError reports that no reference has the name Name.
type UnknownReferenceError struct{ Name string }

// Error returns a message with the name.
func (e UnknownReferenceError) Error() string { return fmt.Sprintf("unknown reference %q", e.Name) }

// Setting is the name of the parameter.
func (UnknownReferenceError) Setting() string { return "reference" }

// Reference is the density ρ of a drift.
type Reference struct {
	Kind ReferenceKind
	// Lambda is the weight of p in the mixture.
	Lambda float64
	// Differentiated reports whether the objective is differentiated through ρ, instead
	// of with ρ held fixed.
	Differentiated bool
}

// NewReference returns the reference with the given name; lambda is used by the mixture
// alone, strictly between 0 and 1. An unknown name gives an UnknownReferenceError.
func NewReference(name string, lambda float64) (Reference, error) {
	for k := Current; k <= Mixture; k++ {
		if k.String() != name {
			continue
		}
		if k != Mixture {
			return Reference{Kind: k}, nil
		}
		return Reference{Kind: Mixture, Lambda: lambda}, checkLambda(lambda)
	}
	return Reference{}, UnknownReferenceError{name}
}

// referenceParameters are the choice of ρ, and λ where it is the mixture.
func referenceParameters() []Parameter {
	lambda := lambdaParameter()
	lambda.When = Condition{"reference", Mixture.String()}
	return []Parameter{
		{Name: "reference", Symbol: "ρ", Usage: "density ρ of lv and lv-surrogate: " + strings.Join(ReferenceNames(), ", ") + "; m is the mean of log r under ρ where particles are",
			Choices: ReferenceNames(), Default: Choice(Current.String())},
		lambda,
	}
}

// referenceAt returns the reference with the values v, under a normalizing constant of p
// that is taken zFactor times too large.
func referenceAt(v Values, zFactor float64) (Reference, error) {
	r, err := NewReference(v["reference"].Choice, v["lambda"].Number)
	if err == nil && zFactor != 1 {
		r = r.scaledZ(zFactor)
	}
	return r, err
}

// External reports whether ρ does not depend on p and q.
func (r Reference) External() bool {
	return r.Kind == Initial || r.Kind == Gaussian || r.Kind == Uniform
}

// Text describes ρ, by a formula where there is one.
func (r Reference) Text() string {
	switch r.Kind {
	case Current:
		return "ρ = q"
	case Target:
		return "ρ = p"
	case Mixture:
		return fmt.Sprintf("ρ = %.4gp + %.4gq", r.Lambda, 1-r.Lambda)
	case NoReference:
		return ""
	}
	return "ρ " + r.Kind.String()
}

// LogRho is ln(ρ/q) where it is a function of r: 0 for ρ = q, ln r for ρ = p and
// ln(λr + 1 − λ) for the mixture. It is 0 for any other kind.
func (r Reference) LogRho(logR float64) float64 {
	switch r.Kind {
	case Target:
		return logR
	case Mixture:
		return logMixture(logR, r.Lambda)
	}
	return 0
}

// targetShare is d ln(ρ/q)/d ln r, the targetShare of p in ρ, so that γ = targetShare·β.
func (r Reference) targetShare(logR float64) float64 {
	switch r.Kind {
	case Target:
		return 1
	case Mixture:
		return logistic(logR + logit(r.Lambda))
	}
	return 0
}

// targetShareSlope is ds/d ln r.
func (r Reference) targetShareSlope(logR float64) float64 {
	if r.Kind != Mixture {
		return 0
	}
	z := logR + logit(r.Lambda)
	return logistic(z) * logistic(-z)
}

// softplus is ln(1 + eˣ).
func softplus(x float64) float64 {
	if x > 0 {
		return x + math.Log1p(portable.Exp(-x))
	}
	return math.Log1p(portable.Exp(x))
}
