package file

import (
	"undercurrent/scenarios"
	"undercurrent/scenarios/data"
)

// fillFromFile sets a target of data and its window.
func (t target) fillFromFile(s *scenarios.Scenario, files data.Files) error {
	d := data.Data{}
	path := "$.target.image"
	switch {
	case t.Samples != nil:
		path, d.Samples = "$.target.samples", *t.Samples
	case t.LogGrid != nil:
		path, d.LogGrid = "$.target.log_density_grid", *t.LogGrid
	case t.Grid != nil:
		path, d.Grid = "$.target.density_grid", *t.Grid
	default:
		d.Image = *t.Image
	}
	if err := checkName(path, d.Samples+d.LogGrid+d.Grid+d.Image); err != nil {
		return err
	}
	if files == nil {
		return wrong(path, "a file, expected a target without one here")
	}
	if k := t.Kernel; k != nil {
		if d.Kernel = *k; !(*k > 0) || !scenarios.IsFinite(*k) {
			return wrong("$.target.kernel", "kernel is %g, expected a positive number, or none for Scott's rule", *k)
		}
	}
	own, err := data.NewScenario(d, s.Window, files)
	if err != nil {
		return wrong(path, "%v", err)
	}
	s.Kind, s.Target, s.Truth, s.Window = own.Kind, own.Target, own.Truth, own.Window
	return nil
}

// maxName bounds the name of a file in bytes; systems do too.
const maxName = 4096

// checkName refuses what is the name of no file.
func checkName(path, name string) error {
	switch {
	case name == "":
		return wrong(path, "an empty name, expected that of a file")
	case len(name) > maxName:
		return wrong(path, "a name of %d bytes, expected that of a file", len(name))
	}
	return nil
}

// fillFromFile sets an initial cloud of points.
func (d *start) fillFromFile(s *scenarios.Scenario, files data.Files) error {
	if files == nil {
		return wrong("$.start.samples", "a file, expected a start without one here")
	}
	if err := checkName("$.start.samples", *d.Samples); err != nil {
		return err
	}
	cloud, n, err := data.NewStart(*d.Samples, files)
	if err != nil {
		return wrong("$.start.samples", "%v", err)
	}
	if s.Start = cloud; s.Particles == 0 {
		s.Particles = n
	}
	return nil
}

// gridDocument is a target on nodes as a document names it.
func gridDocument(g *data.Gridded) target {
	switch {
	case g.Picture:
		return target{Image: &g.Name}
	case g.Log:
		return target{LogGrid: &g.Name}
	}
	return target{Grid: &g.Name}
}

// sampledDocument is a target of points as a document names it.
func sampledDocument(s *data.Sampled) target {
	t := target{Samples: &s.Name}
	if s.Asked != 0 {
		t.Kernel = &s.Asked
	}
	return t
}
