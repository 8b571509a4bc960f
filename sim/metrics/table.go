package metrics

// ID names a metric; it is its key in JSON.
type ID string

// The metrics.
const (
	// TV is the total variation distance ½∫|p − q| over the nodes, q smoothed as p is, with
	// half of what the grid does not hold of q.
	TV ID = "tv"
	// SlicedW2 is (L⁻¹ Σ_θ n⁻¹ Σᵢ (⟨θ,x⟩₍ᵢ₎ − ⟨θ,y⟩₍ᵢ₎)²)^½, in units of the window. It
	// is not measured where squares of distances are beyond a float64.
	SlicedW2 ID = "sliced_w2"
	// Energy is the energy distance 2E|x−y| − E|x−x′| − E|y−y′|, in units of the window.
	Energy ID = "energy_distance"
	// MMD is the unbiased estimate of MMD², which may be negative: mean k(x,x′) +
	// mean k(y,y′) − 2 mean k(x,y) over pairs of different points, k = exp(−d²/2h²),
	// h the pooled median distance. It is not measured where points lie so far apart that
	// no grid over them resolves h.
	MMD ID = "mmd2"
	// Covered is the number of modes with a point within three standard deviations. The
	// modes are the components of a mixture, otherwise the basins of attraction.
	Covered ID = "modes_covered"
	// Quality is the share of the points that are so near to some mode.
	Quality ID = "quality"
	// Entropy (EMC) is −Σ c ln c / ln K of the shares over the K basins of the points in the
	// padded window: 1 when they are even, which is right only where the target's are.
	Entropy ID = "mode_entropy"
	// MassKL is Σ c ln(c/m) of those shares c from the basins' masses m, in nats. It is not
	// measured where no point is in the padded window.
	MassKL ID = "mass_kl"
)

// Unit is what the values of a metric are.
type Unit int

const (
	// Number is a plain number.
	Number Unit = iota
	// Count is a number of modes, out of Judge.Modes.
	Count
	// Share is a part of one, for people in percent.
	Share
)

// Metric is one way to compare a cloud with the target.
type Metric struct {
	ID ID
	// Name is for people, Label where there is little room, Column above the values of
	// several methods.
	Name, Label, Column string
	Unit                Unit
	// LowerIsBetter: then a value can be at its floor; see AboveFloor.
	LowerIsBetter bool
	// Format prints Scale times a value in a Column.
	Format string
	Scale  float64

	// measure is the value, NaN where it is not measured.
	measure func(c *comparison) float64
}

// Table are the metrics, in the order in which they are printed and kept.
func Table() []Metric {
	return []Metric{
		{TV, "TV on the grid", "TV", "TV", Number, true, "%.3f", 1, (*comparison).tv},
		{SlicedW2, "sliced W2", "sliced W2", "sliced W2", Number, true, "%.3f", 1, (*comparison).slicedW2},
		{Energy, "energy distance", "energy dist.", "energy", Number, true, "%.4f", 1, (*comparison).energy},
		{MMD, "MMD²", "MMD²", "MMD²·10³", Number, true, "%.2f", 1000, (*comparison).mmd},
		{Covered, "modes covered", "modes", "modes", Count, false, "%.3g", 1, (*comparison).covered},
		{Quality, "within 3 standard deviations", "within 3σ", "quality", Share, false, "%.3f", 1, (*comparison).quality},
		{Entropy, "entropy of the shares (EMC)", "norm. entropy", "EMC", Number, false, "%.3f", 1, (*comparison).entropy},
		{MassKL, "KL of the shares to the masses", "KL of region masses", "mass KL", Number, true, "%.4f", 1, (*comparison).massKL},
	}
}

// atFloor is how many times its floor a value may be to count as being there.
const atFloor = 2

// AboveFloor reports whether a value is clearly worse than the floor, what another sample
// of the target has.
func (m Metric) AboveFloor(value, floor float64) bool {
	return m.LowerIsBetter && value > atFloor*max(floor, -floor)
}
