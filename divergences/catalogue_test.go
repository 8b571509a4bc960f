package divergences_test

import (
	"errors"
	"math"
	"slices"
	"strings"
	"testing"

	"undercurrent/divergences"
)

func TestDivergencesAreInTheOrderOfTheIDs(t *testing.T) {
	c := divergences.Standard()
	all, err := c.Divergences(nil)
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, d := range all {
		ids = append(ids, d.Info().ID)
	}
	if want := c.IDs()[:len(ids)]; len(ids) != 11 || !slices.Equal(ids, want) {
		t.Errorf("Divergences gives %v, expected %v", ids, want)
	}
}

func TestUnknownID(t *testing.T) {
	for _, text := range []string{"total-variation", "total-variation:3^2"} {
		_, err := divergences.Standard().Parse(text, nil)
		var unknown divergences.UnknownError
		if !errors.As(err, &unknown) || unknown.ID != "total-variation" {
			t.Fatalf("Parse(%q) gives %v, expected an UnknownError", text, err)
		}
		if want := `unknown divergence "total-variation"`; err.Error() != want {
			t.Errorf("the error is %q, expected %q", err, want)
		}
	}
}

func TestBadParameters(t *testing.T) {
	number := divergences.Number
	for _, v := range []divergences.Values{
		{"alpha": number(5)}, {"lambda": number(1)}, {"alpha": number(math.NaN())}, {"lambda": number(0)},
	} {
		if all, err := divergences.Standard().Divergences(v); err == nil || all != nil {
			t.Errorf("Divergences(%+v) gives %d members and error %v, expected an error alone", v, len(all), err)
		}
	}
	for text, want := range map[string]string{
		"alpha:5":          "alpha is 5, expected a number from -3 to 3",
		"lv:moon":          `unknown reference "moon"`,
		"lv:mixture:1":     "lambda is 1, expected a number strictly between 0 and 1",
		"lv-surrogate:sun": `unknown reference "sun"`,
		"jeffreys^1e9":     "factor of the normalizing constant is 1e+09, expected 0.0001 to 10000",
	} {
		if d, err := parsed(t, text).Build(); d != nil || err == nil || err.Error() != want {
			t.Errorf("%s is built as %v with error %v, expected %s", text, d, err, want)
		}
	}
}

// parsed is the spec of the standard catalogue with the given text.
func parsed(t *testing.T, text string) divergences.Spec {
	t.Helper()
	s, err := divergences.Standard().Parse(text, nil)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// built is the drift with the given text.
func built(t *testing.T, text string) divergences.Drift {
	t.Helper()
	d, err := parsed(t, text).Build()
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestSpecsParseToThemselves(t *testing.T) {
	c := divergences.Standard()
	for _, s := range c.Members(divergences.Values{"lambda": divergences.Number(0.2)}) {
		for _, s := range []divergences.Spec{s, s.WithZFactor(10)} {
			back := parsed(t, s.String())
			if !back.Equal(s) {
				t.Errorf("%s comes back as %s", s, back)
			}
			if d, err := s.Build(); err != nil || d.Info().ID != s.ID() {
				t.Errorf("%s is built as %v, error %v", s, d, err)
			}
		}
	}
	for _, text := range []string{"alpha:0.5", "skew-forward-kl:0.3", "lv:mixture:0.2", "lv:target", "jeffreys^10", "alpha:-0.25^0.1"} {
		if got := parsed(t, text).String(); got != text {
			t.Errorf("%s is printed as %s", text, got)
		}
	}
}

func TestInvalidSpecsAreRejected(t *testing.T) {
	for text, want := range map[string]string{
		"alpha:x":       `"x" after alpha, expected a number`,
		"alpha:1:2":     `"2" after alpha:1, expected no more than 1 parameter`,
		"pearson:2":     "pearson takes no parameter, expected pearson alone",
		"lv:target:0.5": `"0.5" after lv:target, expected no more than 1 parameter`,
		"lv:mixture:x":  `"x" after lv, expected a number`,
		"alpha:1^x":     `factor "x" of Z in "alpha:1^x", expected a positive number after ^`,
		"alpha:1^-2":    `factor "-2" of Z in "alpha:1^-2", expected a positive number after ^`,
	} {
		if s, err := divergences.Standard().Parse(text, nil); err == nil || err.Error() != want {
			t.Errorf("%s parses as %v with error %v, expected %s", text, s, err, want)
		}
	}
}

// A parameter that a family does not have is kept for one that does, and does not affect
// Equal.
func TestParametersOfOtherFamiliesAreKept(t *testing.T) {
	alpha := parsed(t, "alpha:0.25")
	family, err := divergences.Standard().Family("pearson")
	if err != nil {
		t.Fatal(err)
	}
	pearson := alpha.WithFamily(family)
	if pearson.String() != "pearson" || !pearson.Equal(parsed(t, "pearson")) || len(pearson.Parameters()) != 0 {
		t.Errorf("alpha:0.25 turned into %s", pearson)
	}
	if back := pearson.WithFamily(alpha.Family()); !back.Equal(alpha) {
		t.Errorf("and back into %s", back)
	}
	if alpha.Equal(parsed(t, "alpha:0.5")) || alpha.Equal(alpha.WithZFactor(2)) || alpha.Equal(pearson) {
		t.Error("specs of different drifts are equal")
	}
	if target := parsed(t, "lv:target"); !target.Equal(target.With("lambda", divergences.Number(0.9))) {
		t.Error("lv:target depends on λ")
	}
}

// tempered is w = r^κ: one file of its own and a line in the catalogue would add it.
type tempered struct{ divergences.Alpha }

func (d tempered) Info() divergences.Info {
	info := d.Alpha.Info()
	info.ID = "tempered"
	return info
}

// A family with a parameter that nothing else knows is read, printed, labelled, built and
// found among the parameters.
func TestAddedFamilyIsParsedPrintedAndBuilt(t *testing.T) {
	family := divergences.NewFamily("tempered", func(v divergences.Values) (divergences.Divergence, error) {
		a, err := divergences.NewAlpha(v["kappa"].Number)
		return tempered{a}, err
	}, divergences.Parameter{Name: "kappa", Symbol: "κ", Usage: "exponent κ of the tempered family", Min: -3, Max: 3, Step: 0.5, Default: divergences.Number(0.5)})
	c := divergences.Standard().With(family)

	s, err := c.Parse("tempered:0.75", nil)
	if err != nil {
		t.Fatal(err)
	}
	if s.String() != "tempered:0.75" || s.Label() != "tempered 0.75" {
		t.Errorf("printed as %s and %s", s, s.Label())
	}
	d, err := s.Build()
	if err != nil {
		t.Fatal(err)
	}
	if got, want := d.Velocity(divergences.LogRatios{LogR: 2}).Beta, math.Exp(1.5); math.Abs(got/want-1) > 1e-12 {
		t.Errorf("w(e²) is %g, expected %g", got, want)
	}
	usual, err := c.Spec("tempered", nil)
	if err != nil || usual.Value("kappa").Number != 0.5 {
		t.Errorf("the default is %s, error %v", usual, err)
	}
	if ids := c.IDs(); ids[len(ids)-1] != "tempered" {
		t.Errorf("the ids are %s", strings.Join(ids, " "))
	}
	if !slices.ContainsFunc(c.Parameters(), func(p divergences.Parameter) bool { return p.Name == "kappa" }) {
		t.Error("κ is not among the parameters")
	}
	if _, err := c.Parse("tempered:7", nil); err != nil {
		t.Errorf("a number out of range is rejected before it is built: %v", err)
	} else if s, _ := c.Parse("tempered:7", nil); func() bool { _, err := s.Build(); return err == nil }() {
		t.Error("κ = 7 is built")
	}
}
