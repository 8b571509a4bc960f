package formula

import (
	"errors"
	"math"
	"slices"
	"testing"
)

// The values are those of the columns by their names, whatever the names are.
func TestAFormulaOfNames(t *testing.T) {
	names := []string{"mu", "tau", "theta", "theta.1", "theta[1,2]", "theta_1", "e", "exp", "σ.0"}
	values := []float64{3, 2, 11, 5, 7, 13, 17, 19, 23}
	for text, want := range map[string]float64{
		"log(tau)": math.Log(2), "mu - tau": 1, "tau-mu": -1, "theta.1*2": 10, "theta[1,2]/theta.1": 7.0 / 5, "theta_1 - theta.1": 8,
		"2*theta": 22, "e + tau": 19, "exp(exp)": math.Exp(19), "pi*mu": 3 * math.Pi, "σ.0 + 0.5": 23.5, "mu + mu*mu": 12, "mu < tau ? mu : tau": 2, "norm(mu, tau, theta.1) + theta/theta_1": math.Sqrt(38) + 11.0/13, "mu < tau < theta.1 ? 1 : theta - mu": 8,
	} {
		p, uses, err := CompileOf(text, names)
		if err != nil {
			t.Errorf("%s gives %v", text, err)
			continue
		}
		var args []float64
		for _, k := range uses {
			args = append(args, values[k])
		}
		if v := p.Value(args...); math.Abs(v-want) > 1e-12*math.Abs(want) {
			t.Errorf("%s of %v is %g, expected %g", text, uses, v, want)
		}
	}
	if _, uses, _ := CompileOf("tau + mu", names); !slices.Equal(uses, []int{1, 0}) {
		t.Errorf("tau + mu uses %v, expected 1 and 0", uses)
	}
}

func TestWhatIsWrongWithAFormulaOfNames(t *testing.T) {
	names := []string{"mu", "tau", "theta.1"}
	for text, want := range map[string]string{
		"":                 "the formula is empty, expected a formula of mu such as log(mu)",
		"log(2)":           `the formula "log(2)" has no name, expected a formula of mu such as log(mu)`,
		"log(tua)":         "unknown name tua",
		"lug(tau)":         "unknown function lug at line 1, column 1, expected a formula of tau such as log(tau)",
		"mu + theta.1 tau": `unexpected "tau" (a product has a *, as in 2*mu) at line 1, column 14, expected a formula of mu such as log(mu)`,
		"theta.1 < 2":      `"<" does not give a number, it may only be used in the condition c of c ? a : b at line 1, column 9, expected a formula of theta.1 such as log(theta.1)`,
		"theta.12":         `unexpected ".12" (a product has a *, as in 2*mu) at line 1, column 6, expected a formula of mu such as log(mu)`,
	} {
		_, _, err := CompileOf(text, names)
		if err == nil || err.Error() != want {
			t.Errorf("%q gives %v, expected %s", text, err, want)
		}
	}
	var unknown UnknownNameError
	if _, _, err := CompileOf("log(tua)", names); !errors.As(err, &unknown) || unknown.Name != "tua" {
		t.Errorf("an unknown name gives %v", err)
	}
}

// A formula that compiles has some of the names, and a value for each argument.
func FuzzCompileOf(f *testing.F) {
	f.Add("log(theta.1) - theta[1,2]")
	names := []string{"mu", "theta", "theta.1", "theta[1,2]", "e", "a b"}
	f.Fuzz(func(t *testing.T, text string) {
		p, uses, err := CompileOf(text, names)
		if err != nil {
			if p != nil || err.Error() == "" {
				t.Fatalf("%q gives %v with an error %q", text, p, err)
			}
			return
		}
		if n := len(uses); n < 1 || n > len(names) || slices.Contains(uses, -1) {
			t.Fatalf("%q uses %v", text, uses)
		}
		p.Value(make([]float64, len(uses))...)
	})
}
