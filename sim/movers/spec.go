package movers

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Spec describes a mover as data. Its zero value is none.
type Spec struct {
	Kind Kind
	// Step is ε in units of Info.Unit; 0 is the default:
	//
	//	ula, mala  h², of x + ε∇log p + √(2ε)ξ
	//	hmc        h, of a leapfrog step with unit masses
	//	svgd       h², of x + εφ/κ with the mean κ of its kernel over all pairs
	//	drifting   1, the field V itself
	Step float64
	// Leapfrogs is the number of leapfrog steps of hmc, 0 for the default; 0 for other kinds.
	Leapfrogs int
	// Kernel is "gaussian" or "laplace" for drifting, empty for the default; empty for other kinds.
	Kernel string
}

const (
	// DefaultLeapfrogs is the default of Spec.Leapfrogs, and MaxLeapfrogs bounds its cost.
	DefaultLeapfrogs = 5
	MaxLeapfrogs     = 1000
	// Gaussian is the default kernel exp(−|x−y|²/2h²) of drifting, Laplace is exp(−|x−y|/h).
	Gaussian = "gaussian"
	Laplace  = "laplace"
	// MaxStep bounds Spec.Step.
	MaxStep = 1e6
)

// IsZero reports whether s describes no mover.
func (s Spec) IsZero() bool { return s == Spec{} }

// step is ε, with its default.
func (s Spec) step() float64 {
	if s.Step == 0 {
		return s.Kind.Info().Step
	}
	return s.Step
}

// leapfrogs is the number of leapfrog steps, with its default.
func (s Spec) leapfrogs() int {
	if s.Leapfrogs == 0 {
		return DefaultLeapfrogs
	}
	return s.Leapfrogs
}

// canonical is s with zero values for the defaults.
func (s Spec) canonical() Spec {
	if s.Step == s.Kind.Info().Step {
		s.Step = 0
	}
	if s.Leapfrogs == DefaultLeapfrogs {
		s.Leapfrogs = 0
	}
	if s.Kernel == Gaussian {
		s.Kernel = ""
	}
	return s
}

// Validate returns an error that says what is invalid and what was expected.
func (s Spec) Validate() error {
	switch {
	case !slices.Contains(Kinds(), s.Kind):
		return fmt.Errorf("mover is %q, expected one of %s", string(s.Kind), kindList())
	case s.Step != 0 && !(s.Step > 0 && s.Step <= MaxStep):
		return fmt.Errorf("step of %s is %g, expected a number above 0 and up to %g", s.Kind, s.Step, MaxStep)
	case s.Kind != HMC && s.Leapfrogs != 0:
		return fmt.Errorf("%s has no leapfrog steps, expected a number of them for hmc alone", s.Kind)
	case s.Leapfrogs < 0 || s.Leapfrogs > MaxLeapfrogs:
		return fmt.Errorf("number of leapfrog steps is %d, expected 1 to %d", s.Leapfrogs, MaxLeapfrogs)
	case s.Kind != Drifting && s.Kernel != "":
		return fmt.Errorf("%s takes no kernel, expected one for drifting alone", s.Kind)
	case !slices.Contains([]string{"", Gaussian, Laplace}, s.Kernel):
		return fmt.Errorf("kernel of drifting is %q, expected gaussian or laplace", s.Kernel)
	}
	return nil
}

// String returns s in the format of Parse, without trailing defaults.
func (s Spec) String() string {
	s = s.canonical()
	text := string(s.Kind)
	if s.Kernel != "" {
		text += ":" + s.Kernel
	}
	if s.Step != 0 || s.Leapfrogs != 0 {
		text += ":" + strconv.FormatFloat(s.step(), 'g', -1, 64)
	}
	if s.Leapfrogs != 0 {
		text += ":" + strconv.Itoa(s.Leapfrogs)
	}
	return text
}

// Parse reads kind[:step], hmc[:step[:leapfrogs]] or drifting[:kernel][:step], such as ula:0.25,
// hmc:0.3:10 or drifting:laplace. A value that is the default is returned as zero, so that equal
// movers are equal specs.
func Parse(text string) (Spec, error) {
	kind, rest, more := strings.Cut(text, ":")
	s := Spec{Kind: Kind(kind)}
	if err := s.Validate(); err != nil {
		return Spec{}, err
	}
	var fields []string
	if more {
		fields = strings.Split(rest, ":")
	}
	if s.Kind == Drifting && len(fields) > 0 && slices.Contains([]string{Gaussian, Laplace}, fields[0]) {
		s.Kernel, fields = fields[0], fields[1:]
	}
	if len(fields) > 0 {
		v, err := strconv.ParseFloat(fields[0], 64)
		if err != nil || !(v > 0 && v <= MaxStep) {
			return Spec{}, fmt.Errorf("%q after %s in %q, expected %s", fields[0], s.Kind, text, s.expected())
		}
		s.Step, fields = v, fields[1:]
	}
	if s.Kind == HMC && len(fields) > 0 {
		n, err := strconv.Atoi(fields[0])
		if err != nil || n < 1 || n > MaxLeapfrogs {
			return Spec{}, fmt.Errorf("%q in %q, expected a number of leapfrog steps from 1 to %d", fields[0], text, MaxLeapfrogs)
		}
		s.Leapfrogs, fields = n, fields[1:]
	}
	if len(fields) > 0 {
		return Spec{}, fmt.Errorf("%q at the end of %q, expected %s", strings.Join(fields, ":"), text, s.format())
	}
	return s.canonical(), nil
}

// expected describes the first value after the kind.
func (s Spec) expected() string {
	step := fmt.Sprintf("a step above 0 and up to %g", MaxStep)
	if s.Kind == Drifting && s.Kernel == "" {
		return "gaussian, laplace, or " + step
	}
	return step
}

// format is what Parse reads for the kind.
func (s Spec) format() string {
	switch s.Kind {
	case HMC:
		return "hmc:step:leapfrogs"
	case Drifting:
		return "drifting:kernel:step"
	}
	return string(s.Kind) + ":step"
}

// kindList is the list of kinds in a sentence.
func kindList() string {
	names := make([]string, 0, len(Kinds()))
	for _, k := range Kinds() {
		names = append(names, string(k))
	}
	return strings.Join(names, ", ")
}
