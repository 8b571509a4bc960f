package diagnosis

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// threeModes is a mixture of unit Gaussians with masses ½, ¼, ¼, near enough that chains cross.
type threeModes struct{}

var (
	centres = [3][2]float64{{0, 0}, {3.2, 0}, {0, 3.2}}
	masses  = []float64{0.5, 0.25, 0.25}
)

func (threeModes) at(x, y float64) (logP, gx, gy float64) {
	sum := 0.0
	for k, c := range centres {
		dx, dy := x-c[0], y-c[1]
		w := masses[k] * math.Exp(-(dx*dx+dy*dy)/2)
		sum, gx, gy = sum+w, gx-w*dx, gy-w*dy
	}
	return math.Log(sum), gx / sum, gy / sum
}

// region is the mode that a point most likely is of.
func (threeModes) region(x, y float64) int {
	best, at := math.Inf(-1), 0
	for k, c := range centres {
		if v := math.Log(masses[k]) - ((x-c[0])*(x-c[0])+(y-c[1])*(y-c[1]))/2; v > best {
			best, at = v, k
		}
	}
	return at
}

// mala are chains of the Metropolis-adjusted Langevin algorithm with steps ε; sign −1 goes down the gradient,
// in the proposal and in its correction. frozen is a chain that stays, −1 for none.
func mala(seed uint64, chains, draws int, epsilon, sign float64, frozen int) (Draws, *Target) {
	rng := rand.New(rand.NewPCG(seed, 7))
	d := Draws{Names: []string{"x", "y"}, Columns: [][]float64{{}, {}}, LogDensity: []float64{}}
	t := &Target{Names: make([]string, 3), Masses: regionMasses()}
	var p threeModes
	for c := range chains {
		x, y := centres[c%3][0], centres[c%3][1]
		l, gx, gy := p.at(x, y)
		for range draws {
			u := x + sign*epsilon*gx + math.Sqrt(2*epsilon)*rng.NormFloat64()
			v := y + sign*epsilon*gy + math.Sqrt(2*epsilon)*rng.NormFloat64()
			m, hx, hy := p.at(u, v)
			forth := (u-x-sign*epsilon*gx)*(u-x-sign*epsilon*gx) + (v-y-sign*epsilon*gy)*(v-y-sign*epsilon*gy)
			back := (x-u-sign*epsilon*hx)*(x-u-sign*epsilon*hx) + (y-v-sign*epsilon*hy)*(y-v-sign*epsilon*hy)
			if c != frozen && math.Log(rng.Float64()) < m-l+(forth-back)/(4*epsilon) {
				x, y, l, gx, gy = u, v, m, hx, hy
			}
			d.Columns[0], d.Columns[1] = append(d.Columns[0], x), append(d.Columns[1], y)
			d.LogDensity, t.Regions = append(d.LogDensity, l), append(t.Regions, p.region(x, y))
		}
		d.Lengths = append(d.Lengths, draws)
	}
	return d, t
}

// regionMasses are the masses of the regions, by a sum over a fine grid.
func regionMasses() []float64 {
	var p threeModes
	sums, all := make([]float64, 3), 0.0
	for x := -5.0; x < 9; x += 0.05 {
		for y := -5.0; y < 9; y += 0.05 {
			l, _, _ := p.at(x, y)
			sums[p.region(x, y)] += math.Exp(l)
			all += math.Exp(l)
		}
	}
	for k := range sums {
		sums[k] /= all
	}
	return sums
}

// kinds are the kinds of the findings, in their order.
func kinds(r *Report) (list []string) {
	for _, f := range r.Findings {
		list = append(list, f.Kind)
	}
	return list
}

// A right sampler passes; one against the gradient, one with a stuck chain and one with short steps each have
// what is wrong with them before all else.
func TestFourSamplersAreToldApart(t *testing.T) {
	for _, c := range []struct {
		name          string
		epsilon, sign float64
		frozen        int
		first         string
	}{
		{"right", 0.9, 1, -1, ""},
		{"against the gradient", 0.3, -1, -1, "against the gradient"},
		{"stuck chain", 0.9, 1, 2, "frozen chain"},
		{"short steps", 0.009, 1, -1, "short moves"},
	} {
		for seed := range uint64(2) {
			d, target := mala(seed, 4, 20_000, c.epsilon, c.sign, c.frozen)
			r, err := Diagnose(d, target)
			if err != nil {
				t.Fatal(err)
			}
			if r.Pass() != (c.first == "") {
				t.Errorf("%s: passes: %t, %v", c.name, r.Pass(), kinds(r))
			} else if c.first != "" && kinds(r)[0] != c.first {
				t.Errorf("%s: the findings are %v", c.name, r.Findings)
			}
		}
	}
}

// The numbers of the report are those of the draws.
func TestAReportHasTheStatisticsOfTheDraws(t *testing.T) {
	d, target := mala(3, 3, 2000, 0.9, 1, -1)
	d.Divergent = make([]bool, 6000)
	for _, i := range []int{5, 2100, 5999} {
		d.Divergent[i] = true
	}
	r, err := Diagnose(d, target)
	if err != nil {
		t.Fatal(err)
	}
	mean := 0.0
	for _, x := range d.Columns[0] {
		mean += x / 6000
	}
	if q := r.Quantities[0]; q.Name != "x" || math.Abs(q.Mean.Value-mean) > 1e-12 || math.Abs(q.Time.Value-6000/essOf(q)) > 1e-9 {
		t.Errorf("the diagnostics of x are %+v", r.Quantities[0])
	}
	logs := Draws{Names: []string{"l"}, Columns: [][]float64{d.LogDensity}, Lengths: d.Lengths}
	if want, err := logs.Column(0); err != nil || r.LogDensity == nil || r.LogDensity.RHat != want.RHat || r.LogDensity.ESSTail != want.ESSTail || len(r.All()) != 3 || len(r.Quantities) != 2 {
		t.Errorf("the log-density is %+v, expected %+v (%v)", r.LogDensity, want, err)
	}
	for k, region := range r.Regions {
		n, byChain := 0, make([]float64, 3)
		for i, at := range target.Regions {
			if at == k {
				n++
				byChain[i/2000] += 1. / 2000
			}
		}
		if math.Abs(region.Share-float64(n)/6000) > 1e-12 || region.Target != target.Masses[k] {
			t.Errorf("region %d has %g of %g", k+1, region.Share, region.Target)
		}
		for c := range byChain {
			if math.Abs(byChain[c]-region.ByChain[c]) > 1e-12 {
				t.Errorf("chain %d has %g in region %d, expected %g", c+1, region.ByChain[c], k+1, byChain[c])
			}
		}
	}
	if r.Divergent[0] != 3 || r.Divergent[1]+r.Divergent[2]+r.Divergent[3] != 3 || r.Divergent[1+target.Regions[5]] == 0 {
		t.Errorf("divergent transitions are %v", r.Divergent)
	}
	if k := slices.Index(kinds(r), "divergent transitions"); k < 0 || strings.Contains(r.Findings[k].Text, "most of them") != (slices.Max(r.Divergent[1:]) > 1) || !strings.HasPrefix(r.Findings[k].Text, "3 of 6000 transitions are divergent") {
		t.Errorf("the findings are %v", r.Findings)
	}
}

// essOf is the effective sample size of the mean, from its standard error.
func essOf(q Quantity) float64 { return q.SD.Value * q.SD.Value / (q.MCSE.Value * q.MCSE.Value) }

// Chains of different lengths are looked at as far as the shortest, at their ends.
func TestLongerChainsAreCutAtTheirBeginnings(t *testing.T) {
	d, target := mala(1, 2, 500, 0.9, 1, -1)
	cut := Draws{Names: d.Names, Lengths: []int{500, 300}, LogDensity: d.LogDensity[:800]}
	for _, c := range d.Columns {
		cut.Columns = append(cut.Columns, c[:800])
	}
	of := *target
	of.Regions = target.Regions[:800]
	got, err := Diagnose(cut, &of)
	if err != nil {
		t.Fatal(err)
	}
	even := Draws{Names: d.Names, Lengths: []int{300, 300}}
	for _, c := range d.Columns {
		even.Columns = append(even.Columns, slices.Concat(c[200:500], c[500:800]))
	}
	want, err := Diagnose(even, nil)
	if err != nil {
		t.Fatal(err)
	}
	if got.Cut != 200 || got.Length != 300 || got.Quantities[1].Mean != want.Quantities[1].Mean {
		t.Errorf("%d draws are left out, %d are looked at, the mean of y is %v, expected %v", got.Cut, got.Length, got.Quantities[1].Mean, want.Quantities[1].Mean)
	}
}

func TestWhatIsWrongIsSaid(t *testing.T) {
	one := func(n int) Draws {
		rng := rand.New(rand.NewPCG(1, 1))
		d := Draws{Names: []string{"x", "c"}, Columns: [][]float64{make([]float64, n), make([]float64, n)}, Lengths: []int{n}}
		for i := range d.Columns[0] {
			d.Columns[0][i] = rng.NormFloat64()
		}
		return d
	}
	r, err := Diagnose(one(1), nil)
	if err != nil {
		t.Fatal(err)
	}
	if want := "R̂ of x is not defined: chains have fewer than 4 draws; it is alike for c"; len(r.Findings) != 1 || r.Findings[0].Text != want {
		t.Errorf("of one draw the findings are %v, expected %q", r.Findings, want)
	}
	if r, err = Diagnose(one(2000), nil); err != nil {
		t.Fatal(err)
	}
	if got := kinds(r); !slices.Equal(got, []string{"constant column"}) {
		t.Errorf("independent draws beside a constant column are %v", r.Findings)
	}
	// A model may have many columns that do not vary, such as the zeros of a Cholesky factor: one sentence.
	wide := one(2000)
	for k := range 9 {
		wide.Names, wide.Columns = append(wide.Names, fmt.Sprint("c", k)), append(wide.Columns, wide.Columns[1])
	}
	if r, err = Diagnose(wide, nil); err != nil {
		t.Fatal(err)
	}
	if want := "all 2000 draws of c are equal; it is alike for c0, c1, c2, c3 and 5 others"; len(r.Findings) != 1 || r.Findings[0].Text != want {
		t.Errorf("of ten constant columns the findings are %v, expected %q", r.Findings, want)
	}
	// The same draws in one place of a target with two.
	in := one(2000)
	r, err = Diagnose(in, &Target{Names: []string{"left", "right"}, Masses: []float64{0.6, 0.4}, Regions: make([]int, 2000)})
	if err != nil {
		t.Fatal(err)
	}
	if r.Findings[0].Text != "none of the 2000 draws is in region 2 (right), which has 40.0% of the target" {
		t.Errorf("the findings are %v", r.Findings)
	}
	in.Columns[1] = in.Columns[1][:1999]
	if _, err := Diagnose(in, nil); err == nil || err.Error() != "column c has 1999 draws, expected 2000" {
		t.Errorf("a short column: %v", err)
	}
	if _, err := Diagnose(Draws{}, nil); err == nil {
		t.Error("no draws are diagnosed")
	}
}

// A mass is found short by the number of standard errors that its autocorrelation leaves.
func TestAMassThatIsShortIsFoundWithItsErrors(t *testing.T) {
	d, target := mala(5, 4, 20_000, 0.9, 1, -1)
	target.Masses = []float64{0.40, 0.35, 0.25}
	r, err := Diagnose(d, target)
	if err != nil {
		t.Fatal(err)
	}
	if r.Pass() || !strings.HasPrefix(r.Findings[0].Text, "the mass of region") || !strings.Contains(r.Findings[0].Text, "standard errors") {
		t.Errorf("the findings are %v", r.Findings)
	}
}
