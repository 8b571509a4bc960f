package metrics

// ID names a metric; it is its key in JSON.
type ID string

// The metrics. Those of a cloud with shares s of the mass have these in the place of 1/n, and a sample of SampleSize;
// theory.md has the formulas.
const (
	// TV is the total variation distance ½∫|p − q| over the nodes, with p and q smoothed alike,
	// plus half of the mass of q outside the grid.
	TV ID = "tv"
	// SlicedW2 is (L⁻¹ Σ_θ n⁻¹ Σᵢ (⟨θ,x⟩₍ᵢ₎ − ⟨θ,y⟩₍ᵢ₎)²)^½ over L = 64 directions θ,
	// equally spaced over half a turn, in units of the window. It is not measured if squares of
	// distances overflow.
	SlicedW2 ID = "sliced_w2"
	// Energy is the energy distance 2E|x−y| − E|x−x′| − E|y−y′|, in units of the window. It is
	// the V-statistic, whose means include the pairs of a point with itself, so it is never
	// negative. It is computed from projections on the directions of SlicedW2.
	Energy ID = "energy_distance"
	// MMD is the unbiased estimate of MMD², which may be negative: mean k(x,x′) +
	// mean k(y,y′) − 2 mean k(x,y) over pairs of different points, k = exp(−d²/2ℓ²), ℓ the
	// median distance of 2¹⁴ random pairs of samples of the target. ℓ belongs to the target, so
	// all points are measured with the same kernel. It is not measured if no grid over the points
	// resolves ℓ.
	MMD ID = "mmd2"
	// Visited is the number of modes with a point within three standard deviations, of a cloud with shares those with
	// the mass of one of as many points as its effective size there. The
	// modes are the components of a mixture, otherwise the basins of attraction.
	Visited ID = "modes_visited"
	// Filled is the number of modes whose share of the points is at least half and at most twice that of the
	// target. A point, and a place of the target, belongs to the mode with the smallest Mahalanobis distance.
	Filled ID = "modes_filled"
	// Quality is the fraction of the points within three standard deviations of a mode.
	Quality ID = "quality"
	// Entropy (EMC) is −Σ c ln c / ln K of the masses c of the K basins, smoothed by the kernel,
	// as shares of the mass on the grid: 1 for equal shares, whether or not the target masses are
	// equal.
	Entropy ID = "mode_entropy"
	// MassKL is Σ c ln(c/m) with the same shares c and the target masses m of the basins, smoothed
	// alike, in nats. It is not measured if no point is in the padded window.
	MassKL ID = "mass_kl"
)

// Unit is the unit of the values of a metric.
type Unit int

const (
	// Number is a plain number.
	Number Unit = iota
	// Count is a number of modes out of Evaluator.Modes.
	Count
	// Share is a fraction of 1, shown in percent.
	Share
)

// Metric is one way to compare points with the target.
type Metric struct {
	ID ID
	// Name is the full name, Label a short one, Column the heading of a column.
	Name, Label, Column string
	Unit                Unit
	// LowerIsBetter reports whether lower is better; of counts and shares more are.
	LowerIsBetter bool
	// Positive reports whether the mean of the floor is positive, so that its error can be
	// relative to it. An unbiased estimate of 0 has none.
	Positive bool
	// Format prints Scale times a value in a Column.
	Format string
	Scale  float64

	// measure is the value, NaN where it is not measured.
	measure func(c *comparison) float64
	// mean, unless it is nil, has the expectation of measure between exact samples, with less
	// variance.
	mean func(c *comparison) float64
}

// Table returns the metrics, in the order in which they are printed and stored.
func Table() []Metric {
	return []Metric{
		{TV, "TV on the grid", "TV", "TV", Number, true, true, "%.3f", 1, (*comparison).tv, nil},
		{SlicedW2, "sliced W2", "sliced W2", "sliced W2", Number, true, true, "%.3f", 1, (*comparison).slicedW2, nil},
		{Energy, "energy distance", "energy dist.", "energy", Number, true, true, "%.4f", 1, (*comparison).energy, (*comparison).energyMean},
		{MMD, "MMD²", "MMD²", "MMD²·10³", Number, true, false, "%.2f", 1000, (*comparison).mmd, nil},
		{Visited, "modes visited", "modes visited", "visited", Count, false, false, "%.3g", 1, (*comparison).visited, nil},
		{Filled, "modes filled to a factor of 2", "modes filled", "filled", Count, false, false, "%.3g", 1, (*comparison).filled, nil},
		{Quality, "within 3σ", "within 3σ", "within 3σ", Share, false, false, "%.3f", 1, (*comparison).quality, nil},
		{Entropy, "normalised entropy of region masses", "norm. entropy", "entropy", Number, false, false, "%.3f", 1, (*comparison).entropy, nil},
		{MassKL, "KL of region masses", "KL of region masses", "KL of masses", Number, true, true, "%.4f", 1, (*comparison).massKL, nil},
	}
}
