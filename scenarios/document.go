package scenarios

import (
	"fmt"
	"math"
	"strings"
)

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
	Regions    []zone    `yaml:"regions,omitempty"`
	Particles  int       `yaml:"particles,omitempty"`
	Bandwidth  float64   `yaml:"bandwidth,omitempty"`
	Divergence string    `yaml:"divergence,omitempty"`
	Notes      string    `yaml:"notes,omitempty"`
}

// target is exactly one of its fields, but that the kernel goes with samples.
type target struct {
	Mixture   []component `yaml:"mixture,omitempty"`
	Catalogue string      `yaml:"catalogue,omitempty"`
	// Formulas of x and y; see Formula.
	LogDensity string `yaml:"log_density,omitempty"`
	Density    string `yaml:"density,omitempty"`
	// Files of arrays; see Data.
	Samples string   `yaml:"samples,omitempty"`
	Kernel  *float64 `yaml:"kernel,omitempty"`
	LogGrid string   `yaml:"log_density_grid,omitempty"`
	Grid    string   `yaml:"density_grid,omitempty"`
	Image   string   `yaml:"image,omitempty"`
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
	Samples  string         `yaml:"samples,omitempty"` // a file of points
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

// scenario is what the document describes, with what it names in files.
func (d *document) scenario(files Files) (s Scenario, err error) {
	if d.Version != FileVersion {
		return s, wrong("$.version", "version is %d, expected %d", d.Version, FileVersion)
	}
	s = Scenario{ID: d.ID, Name: d.Name, Story: d.Story, Source: d.Source, Notes: d.Notes,
		Divergence: d.Divergence, Particles: d.Particles, Bandwidth: d.Bandwidth}
	if d.Window != nil {
		if s.Window, err = rectangle("$.window", d.Window); err != nil {
			return s, err
		}
	}
	if err := d.Target.fill(&s, files); err != nil {
		return s, err
	}
	if err := s.fillWindow(); err != nil {
		return s, err
	}
	if d.Start != nil {
		if err := d.Start.fill(&s, files); err != nil {
			return s, err
		}
	}
	if d.Regions != nil {
		if s.Zones, err = zonesOf(d.Regions); err != nil {
			return s, err
		}
	}
	if d.Particles < 0 {
		return s, wrong("$.particles", "number of particles is %d, expected a positive whole number", d.Particles)
	}
	if d.Bandwidth < 0 || !finite(d.Bandwidth) {
		return s, wrong("$.bandwidth", "bandwidth is %g, expected a positive number", d.Bandwidth)
	}
	s.complete()
	return s, nil
}

// fill sets the target and what is known of it. Only data is given the window.
func (t target) fill(s *Scenario, files Files) error {
	ways := count(t.Mixture != nil, t.Catalogue != "", t.LogDensity != "", t.Density != "", t.Samples != "", t.LogGrid != "", t.Grid != "", t.Image != "")
	if ways != 1 {
		return wrong("$.target", "%d of mixture, catalogue, log_density, density, samples, log_density_grid, density_grid and image, expected one", ways)
	}
	if t.Kernel != nil && t.Samples == "" {
		return wrong("$.target.kernel", "kernel without samples, expected samples: FILE beside")
	}
	switch {
	case t.Catalogue != "":
		return fillFromCatalogue(s, t.Catalogue)
	case t.Mixture != nil:
		m, err := mixtureOf("$.target.mixture", t.Mixture)
		if err != nil {
			return err
		}
		s.Kind, s.Target, s.Truth = mixtureKind, m, mixtureTruth(m)
		return nil
	case t.LogDensity != "":
		return fillFormula(s, "$.target.log_density", t.LogDensity, true)
	case t.Density != "":
		return fillFormula(s, "$.target.density", t.Density, false)
	}
	return t.fillFromFile(s, files)
}

// count is how many are true.
func count(given ...bool) (n int) {
	for _, g := range given {
		if g {
			n++
		}
	}
	return n
}

func fillFromCatalogue(s *Scenario, id string) error {
	c, err := Named(id)
	if err != nil {
		return wrong("$.target.catalogue", "%v, expected one of %s", err, strings.Join(IDs(), ", "))
	}
	s.Kind, s.Target, s.Truth, s.Start = c.Kind, c.Target, c.Truth, c.Start
	if s.Window == (Window{}) {
		// In another window there may be nothing of a zone.
		s.Window, s.Zones = c.Window, c.Zones
	}
	if s.Particles == 0 {
		s.Particles = c.Particles
	}
	if s.Bandwidth == 0 {
		s.Bandwidth = c.Bandwidth
	}
	return nil
}

func fillFormula(s *Scenario, path, text string, log bool) error {
	f, err := NewFormula(text, log)
	if err != nil {
		return wrong(path, "%v", err)
	}
	s.Kind, s.Target, s.Truth = formulaKind, f, Truth{LogZ: math.NaN()}
	return nil
}

// OfFormula is a scenario of a formula in a window, with what it needs by default.
func OfFormula(text string, log bool, w Window) (Scenario, error) {
	f, err := NewFormula(text, log)
	if err != nil {
		return Scenario{}, err
	}
	s := Scenario{ID: formulaKind, Name: formulaKind, Kind: formulaKind, Story: text, Target: f, Truth: Truth{LogZ: math.NaN()}, Window: w}
	s.complete()
	return s, nil
}

// mixtureOf is the mixture of a list of components.
func mixtureOf(path string, list []component) (*Mixture, error) {
	if len(list) > MostComponents {
		return nil, wrong(path, "%d components, expected at most %d", len(list), MostComponents)
	}
	components := make([]Component, len(list))
	for k, c := range list {
		at := fmt.Sprintf("%s[%d]", path, k)
		var err error
		if components[k], err = c.component(at); err != nil {
			return nil, err
		}
		if err := components[k].check(); err != nil {
			return nil, wrong(at, "%v", err)
		}
	}
	m, err := NewMixture(components)
	if err != nil {
		return nil, wrong(path, "%v", err)
	}
	return m, nil
}

// component is a Gaussian by whichever way it is written.
func (c component) component(path string) (Component, error) {
	mean, err := point(path+".mean", c.Mean)
	if err != nil {
		return Component{}, err
	}
	out := Component{Mean: mean, Weight: 1}
	if c.Weight != nil {
		out.Weight = *c.Weight
	}
	ways := 0
	if c.Covariance != nil {
		ways++
		if out.Cov, err = covariance(path+".covariance", c.Covariance); err != nil {
			return out, err
		}
	}
	if c.Sigma != 0 {
		ways++
		if !(c.Sigma > 0) || !finite(c.Sigma) {
			return out, wrong(path+".sigma", "standard deviation is %g, expected a positive number", c.Sigma)
		}
		out.Cov = Cov{XX: c.Sigma * c.Sigma, YY: c.Sigma * c.Sigma}
	}
	if c.Scales != nil {
		ways++
		scales, err := point(path+".scales", c.Scales)
		if err != nil || !(scales.X > 0) || !(scales.Y > 0) {
			return out, wrong(path+".scales", "scales are %v, expected two positive numbers", c.Scales)
		}
		out.Cov = turned(scales.X, scales.Y, c.Degrees)
	} else if c.Degrees != 0 {
		return out, wrong(path+".degrees", "degrees without scales, expected scales: [a, b] beside")
	}
	if ways != 1 {
		return out, wrong(path, "%d of covariance, sigma and scales, expected one", ways)
	}
	return out, nil
}

// turned is the covariance of an ellipse whose first axis is turned by so many degrees
// from x.
func turned(a, b, degrees float64) Cov {
	sin, cos := math.Sincos(degrees * math.Pi / 180)
	a, b = a*a, b*b
	return Cov{XX: a*cos*cos + b*sin*sin, XY: (a - b) * sin * cos, YY: a*sin*sin + b*cos*cos}
}

// covariance reads [[xx, xy], [xy, yy]].
func covariance(path string, rows [][]float64) (Cov, error) {
	if len(rows) != 2 || len(rows[0]) != 2 || len(rows[1]) != 2 || rows[0][1] != rows[1][0] {
		return Cov{}, wrong(path, "covariance is %v, expected a symmetric [[xx, xy], [xy, yy]]", rows)
	}
	return Cov{XX: rows[0][0], XY: rows[0][1], YY: rows[1][1]}, nil
}

// point reads [x, y].
func point(path string, list []float64) (Point, error) {
	if len(list) != 2 || !finite(list[0]) || !finite(list[1]) {
		return Point{}, wrong(path, "%v, expected two numbers [x, y]", list)
	}
	return Point{list[0], list[1]}, nil
}

// rectangle reads [xmin, xmax, ymin, ymax].
func rectangle(path string, list []float64) (Window, error) {
	if len(list) != 4 {
		return Window{}, wrong(path, "%v, expected [xmin, xmax, ymin, ymax]", list)
	}
	w := Window{list[0], list[1], list[2], list[3]}
	if !(w.XMin < w.XMax && w.YMin < w.YMax) || !finite(w.XMax-w.XMin) || !finite(w.YMax-w.YMin) {
		return w, wrong(path, "%v, expected xmin below xmax and ymin below ymax", list)
	}
	return w, nil
}

// fillWindow sets a missing window: a mixture has the room of five standard deviations
// around its modes.
func (s *Scenario) fillWindow() error {
	switch m, ok := s.Target.(*Mixture); {
	case s.Window != (Window{}):
	case ok:
		s.Window = m.around(5)
	default:
		return wrong("$", "there is no window, expected window: [xmin, xmax, ymin, ymax] beside a formula")
	}
	return nil
}

// around is the rectangle of so many standard deviations around every mode.
func (m *Mixture) around(deviations float64) Window {
	w := Window{math.Inf(1), math.Inf(-1), math.Inf(1), math.Inf(-1)}
	for _, c := range m.components {
		sx, sy := deviations*math.Sqrt(c.Cov.XX), deviations*math.Sqrt(c.Cov.YY)
		w.XMin, w.XMax = min(w.XMin, c.Mean.X-sx), max(w.XMax, c.Mean.X+sx)
		w.YMin, w.YMax = min(w.YMin, c.Mean.Y-sy), max(w.YMax, c.Mean.Y+sy)
	}
	return w
}

// fill sets the initial cloud; one of a file has as many particles as the file, unless
// their number is given.
func (d *start) fill(s *Scenario, files Files) (err error) {
	ways := count(d.Gaussian != nil, d.Uniform != nil, d.Ring != nil, d.Mixture != nil, d.Samples != "")
	if ways != 1 {
		return wrong("$.start", "%d of gaussian, uniform, ring, mixture and samples, expected one", ways)
	}
	if d.Samples != "" {
		return d.fillFromFile(s, files)
	}
	s.Start, err = d.start()
	return err
}

// start is the initial cloud of the document alone.
func (d *start) start() (Start, error) {
	switch {
	case d.Gaussian != nil:
		mean, err := point("$.start.gaussian.mean", d.Gaussian.Mean)
		if err != nil {
			return Start{}, err
		}
		if sigma := d.Gaussian.Sigma; !(sigma > 0) || !finite(sigma) {
			return Start{}, wrong("$.start.gaussian.sigma", "standard deviation is %g, expected a positive number", sigma)
		}
		return cloud(mean.X, mean.Y, d.Gaussian.Sigma), nil
	case d.Uniform != nil:
		w, err := rectangle("$.start.uniform", d.Uniform)
		return box(w), err
	case d.Ring != nil:
		centre, err := point("$.start.ring.centre", d.Ring.Centre)
		if err != nil {
			return Start{}, err
		}
		if r := d.Ring; !(r.Radius > 0) || !(r.Sigma >= 0) || !finite(r.Radius+r.Sigma) {
			return Start{}, wrong("$.start.ring", "radius %g and sigma %g, expected a positive radius and a sigma from 0 on", r.Radius, r.Sigma)
		}
		return circle(Ring{centre, d.Ring.Radius, d.Ring.Sigma}), nil
	}
	m, err := mixtureOf("$.start.mixture", d.Mixture)
	return Start{Sampler: m, Text: fmt.Sprintf("mixture of %d", len(d.Mixture))}, err
}

// What a scenario has by default.
const (
	defaultParticles = 4000
	// bandwidthsAcross is how many bandwidths the shorter side of the window has.
	bandwidthsAcross = 80
	// startShare is the standard deviation of the start over the shorter side.
	startShare = 1. / 7
)

// complete chooses what a file has left out.
func (s *Scenario) complete() {
	across := s.Window.shorter()
	if s.Particles == 0 {
		s.Particles = defaultParticles
	}
	if s.Bandwidth == 0 {
		s.Bandwidth = roundDown(across / bandwidthsAcross)
	}
	if s.Start.Sampler == nil {
		at := s.Window.centre()
		s.Start = cloud(at.X, at.Y, roundDown(across*startShare))
	}
}

// roundDown keeps two digits.
func roundDown(v float64) float64 {
	scale := math.Pow(10, math.Floor(math.Log10(v))-1)
	return math.Floor(v/scale) * scale
}
