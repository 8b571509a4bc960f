package divergences

import (
	"fmt"
	"strings"
)

// Parameters are the numbers that some members take; the others ignore them.
type Parameters struct {
	// Alpha is α of the α-divergence, from −3 to 3.
	Alpha float64
	// Lambda is the weight λ of p in the mixture λp + (1−λ)q of the skewed
	// KLs and of the mixture reference, strictly between 0 and 1.
	Lambda float64
	// Reference is the name of ρ for the Log-Variance drifts that have a choice.
	Reference string
	// ZFactor is how many times too large the drift takes the normalizing constant of
	// p, within MostZFactor; 1 is right. See Misjudged.
	ZFactor float64
}

// DefaultParameters returns parameters at which no member repeats another.
func DefaultParameters() Parameters {
	return Parameters{Alpha: 1.5, Lambda: 0.5, Reference: Current.String(), ZFactor: 1}
}

// IDs returns the ids of the members that New makes, in the order in which they
// are shown. A custom divergence is made by NewCustom and has no place here.
func IDs() []string {
	return []string{
		"reverse-kl",
		"forward-kl",
		"jeffreys",
		"pearson",
		"neyman",
		"hellinger",
		"jensen-shannon",
		"le-cam",
		"alpha",
		"skew-forward-kl",
		"skew-reverse-kl",
	}
}

// UnknownError says that no member has the id ID.
type UnknownError struct {
	ID string
}

// Error names the id.
func (e UnknownError) Error() string { return fmt.Sprintf("unknown divergence %q", e.ID) }

// New returns the member with the given id. The error is an UnknownError if
// there is none, and otherwise says which parameter is out of its range.
func New(id string, p Parameters) (Divergence, error) {
	switch id {
	case "reverse-kl":
		return ReverseKL{}, nil
	case "forward-kl":
		return ForwardKL{}, nil
	case "jeffreys":
		return Jeffreys{}, nil
	case "pearson":
		return Pearson{}, nil
	case "neyman":
		return Neyman{}, nil
	case "hellinger":
		return Hellinger{}, nil
	case "jensen-shannon":
		return JensenShannon{}, nil
	case "le-cam":
		return LeCam{}, nil
	case "alpha":
		return checked(NewAlpha(p.Alpha))
	case "skew-forward-kl":
		return checked(NewSkewForwardKL(p.Lambda))
	case "skew-reverse-kl":
		return checked(NewSkewReverseKL(p.Lambda))
	default:
		return nil, UnknownError{id}
	}
}

// checked keeps a zero member from leaving New beside an error.
func checked[D Divergence](d D, err error) (Divergence, error) {
	if err != nil {
		return nil, err
	}
	return d, nil
}

// All returns every member of IDs, in that order.
func All(p Parameters) ([]Divergence, error) {
	ids := IDs()
	all := make([]Divergence, len(ids))
	for i, id := range ids {
		d, err := New(id, p)
		if err != nil {
			return nil, err
		}
		all[i] = d
	}
	return all, nil
}

// DriftIDs are the ids that NewDrift knows: those of IDs, then the Log-Variance
// drifts.
func DriftIDs() []string { return append(IDs(), "lv", "lv-differentiated", "lv-surrogate") }

// NewDrift returns the drift with the given id. The error is an UnknownError if
// there is none, an UnknownReferenceError for the name of a reference, and
// otherwise says which parameter is out of its range.
func NewDrift(id string, p Parameters) (Drift, error) {
	if !(p.ZFactor >= 1/MostZFactor && p.ZFactor <= MostZFactor) {
		return nil, fmt.Errorf("factor of the normalizing constant is %g, expected %g to %g", p.ZFactor, 1/MostZFactor, MostZFactor)
	}
	if !strings.HasPrefix(id, "lv") {
		d, err := New(id, p)
		if err != nil {
			return nil, err
		}
		return Of(Misjudged(d, p.ZFactor)), nil
	}
	return newLogVariance(id, p)
}

// newLogVariance is one of the Log-Variance drifts.
func newLogVariance(id string, p Parameters) (Drift, error) {
	if id == "lv-differentiated" {
		return LogVarianceThrough{}, nil
	}
	if id != "lv" && id != "lv-surrogate" {
		return nil, UnknownError{id}
	}
	r, err := NewReference(p.Reference, p.Lambda)
	if err != nil {
		return nil, err
	}
	if p.ZFactor != 1 {
		r = r.misjudged(p.ZFactor)
	}
	if id == "lv" {
		return NewLogVariance(r), nil
	}
	return NewLogVarianceSurrogate(r), nil
}

// AllDrifts returns every drift of DriftIDs, the Log-Variance ones with each of
// their references.
func AllDrifts(p Parameters) ([]Drift, error) {
	var all []Drift
	for _, id := range DriftIDs() {
		references := []string{p.Reference}
		if id == "lv" || id == "lv-surrogate" {
			references = References()
		}
		for _, p.Reference = range references {
			d, err := NewDrift(id, p)
			if err != nil {
				return nil, err
			}
			all = append(all, d)
		}
	}
	return all, nil
}
