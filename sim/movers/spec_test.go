package movers

import (
	"math"
	"strings"
	"testing"

	"undercurrent/internal/fuzztest"
)

func TestTextsOfSpecs(t *testing.T) {
	for text, want := range map[string]Spec{
		"ula":                    {Kind: ULA},
		"ula:0.25":               {Kind: ULA, Step: 0.25},
		"ula:0.5":                {Kind: ULA}, // the default
		"mala":                   {Kind: MALA},
		"hmc":                    {Kind: HMC},
		"hmc:0.3:10":             {Kind: HMC, Step: 0.3, Leapfrogs: 10},
		"hmc:2:10":               {Kind: HMC, Leapfrogs: 10},
		"hmc:0.3:5":              {Kind: HMC, Step: 0.3},
		"svgd":                   {Kind: SVGD},
		"drifting":               {Kind: Drifting},
		"drifting:0.5":           {Kind: Drifting, Step: 0.5},
		"drifting:laplace":       {Kind: Drifting, Kernel: Laplace},
		"drifting:laplace:0.5":   {Kind: Drifting, Kernel: Laplace, Step: 0.5},
		"drifting:gaussian:0.5":  {Kind: Drifting, Step: 0.5},
		"drifting:gaussian":      {Kind: Drifting},
		"drifting:laplace:1e-10": {Kind: Drifting, Kernel: Laplace, Step: 1e-10},
	} {
		got, err := Parse(text)
		if err != nil || got != want {
			t.Errorf("%q is read as %+v (%v), expected %+v", text, got, err, want)
		}
		if again, err := Parse(want.String()); err != nil || again != want {
			t.Errorf("%+v is written as %q and read as %+v (%v)", want, want.String(), again, err)
		}
	}
}

func TestDefaultsAreNotWritten(t *testing.T) {
	for want, s := range map[string]Spec{
		"ula":              {Kind: ULA, Step: ULA.Info().Step},
		"hmc":              {Kind: HMC, Step: HMC.Info().Step, Leapfrogs: DefaultLeapfrogs},
		"hmc:2:10":         {Kind: HMC, Leapfrogs: 10},
		"drifting":         {Kind: Drifting, Kernel: Gaussian, Step: 1},
		"drifting:laplace": {Kind: Drifting, Kernel: Laplace, Step: 1},
	} {
		if got := s.String(); got != want {
			t.Errorf("%+v is written as %q, expected %q", s, got, want)
		}
	}
}

func TestMistakesInSpecsAreExplained(t *testing.T) {
	for text, want := range map[string]string{
		"":                   `mover is "", expected one of ula, mala, hmc, svgd, drifting`,
		"nuts":               `mover is "nuts", expected one of ula, mala, hmc, svgd, drifting`,
		"ula:":               `"" after ula in "ula:", expected a step above 0 and up to 1e+06`,
		"ula:abc":            `"abc" after ula in "ula:abc", expected a step above 0 and up to 1e+06`,
		"ula:0":              `"0" after ula in "ula:0", expected a step above 0 and up to 1e+06`,
		"mala:-1":            `"-1" after mala in "mala:-1", expected a step above 0 and up to 1e+06`,
		"mala:NaN":           `"NaN" after mala in "mala:NaN", expected a step above 0 and up to 1e+06`,
		"svgd:1:2":           `"2" at the end of "svgd:1:2", expected svgd:step`,
		"hmc:1:0":            `"0" in "hmc:1:0", expected a number of leapfrog steps from 1 to 1000`,
		"hmc:1:2:3":          `"3" at the end of "hmc:1:2:3", expected hmc:step:leapfrogs`,
		"drifting:laplacian": `"laplacian" after drifting in "drifting:laplacian", expected gaussian, laplace, or a step above 0 and up to 1e+06`,
		"drifting:laplace:x": `"x" after drifting in "drifting:laplace:x", expected a step above 0 and up to 1e+06`,
		"drifting:1:laplace": `"laplace" at the end of "drifting:1:laplace", expected drifting:kernel:step`,
	} {
		if s, err := Parse(text); err == nil || err.Error() != want {
			t.Errorf("%q gives %+v and %v, expected %s", text, s, err, want)
		}
	}
}

func TestInvalidSpecs(t *testing.T) {
	for want, s := range map[string]Spec{
		"mover is":        {},
		"step of ula":     {Kind: ULA, Step: -1},
		"step of mala":    {Kind: MALA, Step: math.NaN()},
		"step of svgd":    {Kind: SVGD, Step: math.Inf(1)},
		"ula has no":      {Kind: ULA, Leapfrogs: 3},
		"number of":       {Kind: HMC, Leapfrogs: MaxLeapfrogs + 1},
		"mala takes no":   {Kind: MALA, Kernel: Laplace},
		"kernel of drift": {Kind: Drifting, Kernel: "cauchy"},
	} {
		if err := s.Validate(); err == nil || !strings.HasPrefix(err.Error(), want) || !strings.Contains(err.Error(), ", expected ") {
			t.Errorf("%+v gives %v, expected %s …, expected …", s, err, want)
		}
	}
	if !(Spec{}).IsZero() || (Spec{Kind: ULA}).IsZero() {
		t.Error("only the spec without a kind is zero")
	}
}

func TestEveryKindIsDescribed(t *testing.T) {
	for _, k := range Kinds() {
		i := k.Info()
		if i.Name == "" || i.Formula == "" || i.Source == "" || i.Unit == "" || !(i.Step > 0) || len([]rune(i.Character)) > 80 || i.Character == "" {
			t.Errorf("%s is described by %+v", k, i)
		}
		if err := (Spec{Kind: k}).Validate(); err != nil {
			t.Error(err)
		}
	}
	if (Kind("nuts").Info() != Info{}) {
		t.Error("an unknown kind is described")
	}
}

// The text of a mover is read and written without loss.
func FuzzParse(f *testing.F) {
	f.Add("hmc:0.3:10")
	f.Add("drifting:gaussian:0.5")
	f.Fuzz(func(t *testing.T, text string) {
		s, err := Parse(text)
		if err != nil {
			fuzztest.OneLine(t, text, err)
			return
		}
		if err := s.Validate(); err != nil {
			t.Fatalf("%q is read as %+v: %v", text, s, err)
		}
		if again, err := Parse(s.String()); err != nil || again != s {
			t.Fatalf("%q is read as %+v, written as %q, and read as %+v (%v)", text, s, s.String(), again, err)
		}
	})
}
