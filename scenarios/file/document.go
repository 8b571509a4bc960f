package file

import (
	"errors"
	"fmt"
	"math"
	"strings"

	"undercurrent/scenarios"
	"undercurrent/scenarios/catalogue"
	"undercurrent/scenarios/data"
	"undercurrent/scenarios/formula"
)

// document is a scenario file, version 1, as YAML has it. Lengths are in the units of
// the window; a list of two is (x, y).
type document struct {
	Version    int       `yaml:"version" expected:"version: 1"`
	ID         string    `yaml:"id,omitempty"`
	Name       string    `yaml:"name,omitempty"`
	Story      string    `yaml:"story,omitempty"`
	Source     string    `yaml:"source,omitempty"`
	Target     target    `yaml:"target" expected:"one such as target: {catalogue: banana}"`
	Start      *start    `yaml:"start,omitempty" expected:"a mapping such as {uniform: [-1, 1, -1, 1]}"`
	Window     []float64 `yaml:"window,flow,omitempty" expected:"[xmin, xmax, ymin, ymax]"`
	Regions    []region  `yaml:"regions,omitempty" expected:"a list of regions"`
	Particles  *int      `yaml:"particles,omitempty"`
	Bandwidth  *float64  `yaml:"bandwidth,omitempty"`
	Divergence string    `yaml:"divergence,omitempty"`
	Notes      string    `yaml:"notes,omitempty"`
}

// target is exactly one of its fields, but that the kernel goes with samples.
type target struct {
	Mixture   []component `yaml:"mixture,omitempty" expected:"a list of components"`
	Catalogue *string     `yaml:"catalogue,omitempty"`
	// Formulas of x and y; see Formula.
	LogDensity *string `yaml:"log_density,omitempty"`
	Density    *string `yaml:"density,omitempty"`
	// Files of arrays; see Data.
	Samples *string  `yaml:"samples,omitempty"`
	Kernel  *float64 `yaml:"kernel,omitempty"`
	LogGrid *string  `yaml:"log_density_grid,omitempty"`
	Grid    *string  `yaml:"density_grid,omitempty"`
	Image   *string  `yaml:"image,omitempty"`
}

// start is exactly one of its fields.
type start struct {
	Gaussian *gaussianStart `yaml:"gaussian,omitempty" expected:"a mapping such as {mean: [0, 0], sigma: 1}"`
	Uniform  []float64      `yaml:"uniform,flow,omitempty" expected:"[xmin, xmax, ymin, ymax]"`
	Ring     *ringStart     `yaml:"ring,omitempty" expected:"a mapping such as {centre: [0, 0], radius: 1}"`
	Mixture  []component    `yaml:"mixture,omitempty" expected:"a list of components"`
	Samples  *string        `yaml:"samples,omitempty"` // a file of points
}

type gaussianStart struct {
	Mean  []float64 `yaml:"mean,flow" expected:"two numbers [x, y]"`
	Sigma float64   `yaml:"sigma"`
}

type ringStart struct {
	Centre []float64 `yaml:"centre,flow" expected:"two numbers [x, y]"`
	Radius float64   `yaml:"radius"`
	Sigma  float64   `yaml:"sigma,omitempty"`
}

// scenario is what the document describes, with what it names in files.
func (d *document) scenario(files data.Files) (s scenarios.Scenario, err error) {
	if d.Version != Version {
		return s, wrong("$.version", "version is %d, expected %d", d.Version, Version)
	}
	s = scenarios.Scenario{ID: d.ID, Name: d.Name, Story: d.Story, Source: d.Source, Notes: d.Notes, Divergence: d.Divergence}
	if err := d.fillDefaults(&s); err != nil {
		return s, err
	}
	if d.Window != nil {
		if s.Window, err = rectangle("$.window", d.Window); err != nil {
			return s, err
		}
	}
	if err := d.Target.fill(&s, files); err != nil {
		return s, err
	}
	if err := fillWindow(&s); err != nil {
		return s, err
	}
	if d.Start != nil {
		if err := d.Start.fill(&s, files); err != nil {
			return s, err
		}
	}
	if d.Regions != nil {
		if s.Regions, err = regionsOf(d.Regions); err != nil {
			return s, err
		}
	}
	s.FillDefaults()
	return s, nil
}

// fillDefaults sets the number of particles and the bandwidth that are given.
func (d *document) fillDefaults(s *scenarios.Scenario) error {
	if n := d.Particles; n != nil {
		if s.Particles = *n; *n < 2 || *n > scenarios.MaxParticles {
			return wrong("$.particles", "number of particles is %d, expected 2 to %d", *n, scenarios.MaxParticles)
		}
	}
	if h := d.Bandwidth; h != nil {
		if s.Bandwidth = *h; !(*h > 0) || !scenarios.IsFinite(*h) {
			return wrong("$.bandwidth", "bandwidth is %g, expected a positive number", *h)
		}
	}
	return nil
}

// fill sets the target and what is known of it. Only data is given the window.
func (t target) fill(s *scenarios.Scenario, files data.Files) error {
	ways := count(t.Mixture != nil, t.Catalogue != nil, t.LogDensity != nil, t.Density != nil, t.Samples != nil, t.LogGrid != nil, t.Grid != nil, t.Image != nil)
	if ways != 1 {
		return wrong("$.target", "%d of mixture, catalogue, log_density, density, samples, log_density_grid, density_grid and image, expected one", ways)
	}
	if t.Kernel != nil && t.Samples == nil {
		return wrong("$.target.kernel", "kernel without samples, expected samples: FILE beside")
	}
	switch {
	case t.Catalogue != nil:
		return fillFromCatalogue(s, *t.Catalogue)
	case t.Mixture != nil:
		m, err := mixtureOf("$.target.mixture", t.Mixture)
		if err != nil {
			return err
		}
		s.Kind, s.Target, s.Truth = scenarios.KindMixture, m, m.Truth()
		return nil
	case t.LogDensity != nil:
		return fillFormula(s, "$.target.log_density", *t.LogDensity, true)
	case t.Density != nil:
		return fillFormula(s, "$.target.density", *t.Density, false)
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

func fillFromCatalogue(s *scenarios.Scenario, id string) error {
	c, err := catalogue.Named(id)
	if err != nil {
		return wrong("$.target.catalogue", "unknown scenario %q, expected one of %s", scenarios.Shortened(id, maxShown), strings.Join(catalogue.IDs(), ", "))
	}
	s.Kind, s.Target, s.Truth, s.Start = c.Kind, c.Target, c.Truth, c.Start
	if s.Window == (scenarios.Window{}) {
		// In another window there may be nothing of a region.
		s.Window, s.Regions = c.Window, c.Regions
	}
	if s.Particles == 0 {
		s.Particles = c.Particles
	}
	if s.Bandwidth == 0 {
		s.Bandwidth = c.Bandwidth
	}
	return nil
}

func fillFormula(s *scenarios.Scenario, path, text string, log bool) error {
	f, err := formula.NewTarget(text, log)
	var fault formula.Error
	switch {
	case errors.As(err, &fault) && fault.Line != 0:
		return wrongFormula{path, text, fault}
	case err != nil:
		return wrong(path, "%v", err)
	}
	s.Kind, s.Target, s.Truth = scenarios.KindFormula, f, scenarios.Truth{LogZ: math.NaN()}
	return nil
}

// point reads [x, y].
func point(path string, list []float64) (scenarios.Point, error) {
	if len(list) != 2 || !scenarios.IsFinite(list[0]) || !scenarios.IsFinite(list[1]) {
		return scenarios.Point{}, wrong(path, "%v, expected two numbers [x, y]", list)
	}
	return scenarios.Point{X: list[0], Y: list[1]}, nil
}

// rectangle reads [xmin, xmax, ymin, ymax].
func rectangle(path string, list []float64) (scenarios.Window, error) {
	if len(list) != 4 {
		return scenarios.Window{}, wrong(path, "%v, expected [xmin, xmax, ymin, ymax]", list)
	}
	w := scenarios.Window{XMin: list[0], XMax: list[1], YMin: list[2], YMax: list[3]}
	if !(w.XMin < w.XMax && w.YMin < w.YMax) || !scenarios.IsFinite(w.XMax-w.XMin) || !scenarios.IsFinite(w.YMax-w.YMin) {
		return w, wrong(path, "%v, expected xmin below xmax and ymin below ymax", list)
	}
	return w, nil
}

// fillWindow sets a missing window and refuses one that cannot be used: a mixture has the
// room of five standard deviations around its modes.
func fillWindow(s *scenarios.Scenario) error {
	switch m, ok := s.Target.(*scenarios.Mixture); {
	case s.Window != (scenarios.Window{}):
	case ok:
		s.Window = m.Around(5)
	default:
		return wrong("$", "there is no window, expected window: [xmin, xmax, ymin, ymax] beside a formula")
	}
	if err := s.Window.Check(); err != nil {
		return wrong("$.window", "%v", err)
	}
	if m, ok := s.Target.(*scenarios.Mixture); ok {
		return checkShown(m, s.Window)
	}
	return nil
}

// fill sets the initial cloud; one of a file has as many particles as the file, unless
// their number is given.
func (d *start) fill(s *scenarios.Scenario, files data.Files) (err error) {
	ways := count(d.Gaussian != nil, d.Uniform != nil, d.Ring != nil, d.Mixture != nil, d.Samples != nil)
	if ways != 1 {
		return wrong("$.start", "%d of gaussian, uniform, ring, mixture and samples, expected one", ways)
	}
	if d.Samples != nil {
		return d.fillFromFile(s, files)
	}
	s.Start, err = d.start()
	return err
}

// start is the initial cloud of the document alone.
func (d *start) start() (scenarios.Start, error) {
	switch {
	case d.Gaussian != nil:
		mean, err := place("$.start.gaussian.mean", d.Gaussian.Mean)
		if err != nil {
			return scenarios.Start{}, err
		}
		return scenarios.NewGaussianStart(mean.X, mean.Y, d.Gaussian.Sigma), deviation("$.start.gaussian.sigma", d.Gaussian.Sigma)
	case d.Uniform != nil:
		w, err := rectangle("$.start.uniform", d.Uniform)
		return scenarios.NewBoxStart(w), err
	case d.Ring != nil:
		centre, err := place("$.start.ring.centre", d.Ring.Centre)
		if err != nil {
			return scenarios.Start{}, err
		}
		if r := d.Ring; !(r.Radius > 0) || !(r.Sigma >= 0) || r.Radius > scenarios.MaxLength || r.Sigma > scenarios.MaxLength {
			return scenarios.Start{}, wrong("$.start.ring", "radius %g and sigma %g, expected a positive radius and a sigma from 0 on, up to %g", r.Radius, r.Sigma, scenarios.MaxLength)
		}
		return scenarios.NewRingStart(scenarios.Ring{Centre: centre, Radius: d.Ring.Radius, Sigma: d.Ring.Sigma}), nil
	}
	m, err := mixtureOf("$.start.mixture", d.Mixture)
	return scenarios.Start{Sampler: m, Text: fmt.Sprintf("mixture of %d", len(d.Mixture))}, err
}
