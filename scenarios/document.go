package scenarios

// document is a scenario file, version 1, as YAML has it. Lengths are in the units of
// the window; a list of two is (x, y).
type document struct {
	Version    int       `yaml:"version"`
	ID         string    `yaml:"id,omitempty"`
	Name       string    `yaml:"name,omitempty"`
	Story      string    `yaml:"story,omitempty"`
	Source     string    `yaml:"source,omitempty"`
	Target     target    `yaml:"target"`
	Start      *start    `yaml:"start,omitempty"`
	Window     []float64 `yaml:"window,flow,omitempty"`
	Particles  int       `yaml:"particles,omitempty"`
	Bandwidth  float64   `yaml:"bandwidth,omitempty"`
	Divergence string    `yaml:"divergence,omitempty"`
	Notes      string    `yaml:"notes,omitempty"`
}

// target is exactly one of its fields.
type target struct {
	Mixture   []component `yaml:"mixture,omitempty"`
	Catalogue string      `yaml:"catalogue,omitempty"`
	// Formulas of x and y; see Formula.
	LogDensity string `yaml:"log_density,omitempty"`
	Density    string `yaml:"density,omitempty"`
}

// component is a Gaussian by covariance, or by sigma, or by the scales of its axes and
// the degrees that the first of them is turned by, counter-clockwise from x.
type component struct {
	Mean       []float64   `yaml:"mean,flow"`
	Covariance [][]float64 `yaml:"covariance,flow,omitempty"`
	Sigma      float64     `yaml:"sigma,omitempty"`
	Scales     []float64   `yaml:"scales,flow,omitempty"`
	Degrees    float64     `yaml:"degrees,omitempty"`
	Weight     *float64    `yaml:"weight,omitempty"`
}

// start is exactly one of its fields.
type start struct {
	Gaussian *gaussianStart `yaml:"gaussian,omitempty"`
	Uniform  []float64      `yaml:"uniform,flow,omitempty"`
	Ring     *ringStart     `yaml:"ring,omitempty"`
	Mixture  []component    `yaml:"mixture,omitempty"`
}

type gaussianStart struct {
	Mean  []float64 `yaml:"mean,flow"`
	Sigma float64   `yaml:"sigma"`
}

type ringStart struct {
	Centre []float64 `yaml:"centre,flow"`
	Radius float64   `yaml:"radius"`
	Sigma  float64   `yaml:"sigma"`
}
