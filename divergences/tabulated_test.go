package divergences_test

import (
	"bytes"
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"undercurrent/divergences"
)

// tabulated is the divergence of a table.
func tabulated(t *testing.T, nodes []divergences.WeightNode) *divergences.Custom {
	t.Helper()
	d, err := divergences.NewTabulated(nodes)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// randomNodes are nodes at random distances with weights over three orders of magnitude.
func randomNodes(rng *rand.Rand) (nodes []divergences.WeightNode) {
	for logR := -5 + rng.Float64(); logR < 6; logR += 0.1 + rng.Float64() {
		nodes = append(nodes, divergences.WeightNode{LogR: logR, Weight: math.Exp(7*rng.Float64() - 3.5)})
	}
	return nodes
}

// A tabulated weight has the values of its nodes, stays between those of neighbours, and is constant
// beyond the first and the last.
func TestATabulatedWeightInterpolatesItsNodes(t *testing.T) {
	t.Parallel()
	for seed := range uint64(20) {
		nodes := randomNodes(rand.New(rand.NewPCG(seed, 1)))
		d := tabulated(t, nodes)
		for k, n := range nodes {
			// Custom tabulates ln w again, which rounds off the corners of its slope.
			if got := d.Weight(n.LogR); math.Abs(math.Log(got/n.Weight)) > 0.01 {
				t.Errorf("w at ln r = %g is %g, expected %g", n.LogR, got, n.Weight)
			}
			if k == 0 {
				continue
			}
			lo, hi := min(n.Weight, nodes[k-1].Weight), max(n.Weight, nodes[k-1].Weight)
			for u := 0.; u <= 1; u += 0.05 {
				logR := nodes[k-1].LogR + u*(n.LogR-nodes[k-1].LogR)
				if got := d.Weight(logR); !(got > 0.99*lo && got < 1.01*hi) {
					t.Errorf("w at ln r = %g is %g, expected it between %g and %g", logR, got, lo, hi)
				}
			}
		}
		for _, c := range []struct{ logR, want float64 }{{-12, nodes[0].Weight}, {12, nodes[len(nodes)-1].Weight}} {
			if got := d.Weight(c.logR); math.Abs(got-c.want) > 1e-9*c.want {
				t.Errorf("w at ln r = %g is %g, expected %g", c.logR, got, c.want)
			}
		}
	}
}

// Nodes on a power law give that law, and its divergence between the first and the last.
func TestATableOfAPowerLawIsTheLaw(t *testing.T) {
	t.Parallel()
	var nodes []divergences.WeightNode
	for logR := -12.; logR <= 12; logR += 0.25 {
		nodes = append(nodes, divergences.WeightNode{LogR: logR, Weight: math.Exp(logR)})
	}
	d, named := tabulated(t, nodes), divergences.Centre(divergences.ForwardKL{})
	for logR := -8.; logR <= 8; logR += 0.37 {
		if got, want := d.Weight(logR), named.Weight(logR); math.Abs(got-want) > 1e-6*want {
			t.Errorf("w at ln r = %g is %g, expected %g", logR, got, want)
		}
		if got, want := d.F(logR), named.F(logR); math.Abs(got-want) > 1e-4*want {
			t.Errorf("f at ln r = %g is %g, expected %g", logR, got, want)
		}
	}
}

// f″ = w/r²: f(r) = ∫₁^r w(s)(r − s)/s² ds, by the midpoint rule.
func TestFOfATableIsTheIntegralOfItsWeight(t *testing.T) {
	t.Parallel()
	d := tabulated(t, randomNodes(rand.New(rand.NewPCG(7, 1))))
	for _, logR := range []float64{-4, -0.7, 0.3, 2, 5} {
		const cells = 20_000
		want, r := 0.0, math.Exp(logR)
		for k := range cells {
			at := logR * (float64(k) + 0.5) / cells
			want += d.Weight(at) * (r - math.Exp(at)) * math.Exp(-at) * logR / cells
		}
		if got := d.F(logR); math.Abs(got-want) > 1e-4*want {
			t.Errorf("f at ln r = %g is %g, expected %g", logR, got, want)
		}
	}
}

// A table is written and read without loss, as lines and in the text of a drift.
func TestATableRoundTrips(t *testing.T) {
	t.Parallel()
	for seed := range uint64(20) {
		nodes := randomNodes(rand.New(rand.NewPCG(seed, 2)))
		var file bytes.Buffer
		if err := divergences.WriteNodes(&file, nodes); err != nil {
			t.Fatal(err)
		}
		again, err := divergences.ReadNodes(&file)
		if err != nil || fmt.Sprint(again) != fmt.Sprint(nodes) {
			t.Fatalf("%v is read as %v (%v)", nodes, again, err)
		}
		family, err := divergences.TableFamily(nodes)
		if err != nil {
			t.Fatal(err)
		}
		spec := divergences.NewSpec(family, nil).WithZFactor(2)
		read, err := divergences.Standard().Parse(spec.String(), nil)
		if err != nil || !read.Equal(spec) || read.String() != spec.String() {
			t.Fatalf("%s is read as %s (%v)", spec, read, err)
		}
		a, b := builtSpec(t, spec), builtSpec(t, read)
		for logR := -6.; logR <= 6; logR += 0.5 {
			at := divergences.LogRatios{LogR: logR}
			if a.Velocity(at) != b.Velocity(at) {
				t.Fatalf("the weight of %s differs at ln r = %g", read, logR)
			}
		}
		other, err := divergences.TableFamily(nodes[1:])
		if err != nil || divergences.NewSpec(other, nil).WithZFactor(2).Equal(spec) {
			t.Errorf("tables of %d and %d nodes are equal (%v)", len(nodes), len(nodes)-1, err)
		}
	}
}

func builtSpec(t *testing.T, s divergences.Spec) divergences.Drift {
	t.Helper()
	d, err := s.Build()
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// With Z taken c times too large, a table is read at r/c.
func TestATableWithAWrongZIsReadElsewhere(t *testing.T) {
	t.Parallel()
	d := tabulated(t, []divergences.WeightNode{{LogR: -2, Weight: 0.1}, {LogR: 1, Weight: 3}})
	scaled, err := divergences.ScaleZ(d, 2)
	if err != nil {
		t.Fatal(err)
	}
	for logR := -4.; logR <= 4; logR += 0.3 {
		if got, want := scaled.Weight(logR), d.Weight(logR-math.Ln2); math.Abs(got-want) > 1e-3*want {
			t.Errorf("w at ln r = %g is %g, expected %g", logR, got, want)
		}
	}
	if id := scaled.Info().ID; id != divergences.TableID {
		t.Errorf("the id is %s, expected %s", id, divergences.TableID)
	}
}

func TestBadTablesAreRefusedWithTheirLine(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ text, want string }{
		{"", "no values, expected lines of log r and the weight"},
		{"# nothing\n\n", "no values, expected lines of log r and the weight"},
		{"0 1\n1 x\n", `line 2: the weight is "x", expected a number`},
		{"a 1\n", `line 1: log r is "a", expected a number`},
		{"# log r, w\n\n0, 1, 2\n", "line 3 has 3 columns, expected two: log r and the weight"},
		{"0 1\n0 2\n", "line 2: log r is 0 after 0, expected increasing values"},
		{"0 0\n", "line 1: the weight is 0, expected a number from 1e-100 to 1e+100"},
		{"0 -2\n", "line 1: the weight is -2, expected a number from 1e-100 to 1e+100"},
		{"0 nan\n", "line 1: the weight is NaN, expected a number from 1e-100 to 1e+100"},
		{"nan 1\n", "line 1: log r is NaN, expected -13.82 to 13.82"},
		{"20 1\n", "line 1: log r is 20, expected -13.82 to 13.82"},
	} {
		if _, err := divergences.ReadNodes(strings.NewReader(c.text)); err == nil || err.Error() != c.want {
			t.Errorf("%q: the error is %v, expected %q", c.text, err, c.want)
		}
	}
	for _, c := range []struct{ text, want string }{
		{"table:1", "table has 1 number, expected pairs log r:w such as table:-2:0.5:2:1"},
		{"table:1:2:0:2", "value 2: log r is 0 after 1, expected increasing values"},
		{"table:1:x", `value 1 of table: the weight is "x", expected a number`},
		{"table", `unknown divergence "table"`},
	} {
		if _, err := divergences.Standard().Parse(c.text, nil); err == nil || err.Error() != c.want {
			t.Errorf("%q: the error is %v, expected %q", c.text, err, c.want)
		}
	}
	if _, err := divergences.NewTabulated(make([]divergences.WeightNode, divergences.MaxWeightNodes+1)); err == nil {
		t.Error("a table with too many values is taken")
	}
}
