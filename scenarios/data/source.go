package data

import (
	"fmt"
	"slices"

	"undercurrent/scenarios"
)

// Source is a way to bring a target along that is not in the catalogue: a formula, or what a
// file holds. Flags, fields of scenario files, the command line that reproduces a view and
// messages are made from the list of Sources.
type Source struct {
	// Key is the field of a target in a scenario file, and Flag the flag of a command line.
	Key, Flag string
	// Help is what the flag takes.
	Help string
	// File is set where the text is the name of a file. Endings are those that it may have, in
	// lower case; without them the file is known by its content.
	File    bool
	Endings []string
	// NeedsWindow is set where there is no window but a given one.
	NeedsWindow bool
	// Kernel is set where a kernel smooths what is read.
	Kernel bool
	// Remedy is that of the Origin.
	Remedy string

	scenario func(o scenarios.Origin, w scenarios.Window, files Files) (scenarios.Scenario, error)
}

// ArrayEndings are the endings of files of points and of values on a grid.
func ArrayEndings() []string { return []string{".npy", ".npz", ".csv", ".txt"} }

// Sources are all sources, in the order in which they are offered.
func Sources() []Source {
	return []Source{
		{
			Key: "log_density", Flag: "log-density", Help: "target as a formula of x and y in place of a scenario, such as '-(x^2-2)^2 - y^2/2'",
			NeedsWindow: true, Remedy: "x > 0 ? … : -1/0", scenario: ofLogDensity,
		},
		{
			Key: "density", Flag: "density", Help: "the same for the density itself, up to a factor",
			NeedsWindow: true, Remedy: "x > 0 ? … : 0", scenario: ofDensity,
		},
		{
			Key: "log_density_grid", Flag: "log-density-grid", Help: "target as an array of log-densities, .npy, .npz, .csv or .txt, a row for each y from ymin",
			File: true, Endings: ArrayEndings(), scenario: ofLogGrid,
		},
		{
			Key: "density_grid", Flag: "density-grid", Help: "the same for densities, up to a factor",
			File: true, Endings: ArrayEndings(), scenario: ofGrid,
		},
		{
			Key: "samples", Flag: "target-samples", Help: "target as points, .npy, .npz, .csv or .txt: the kernel density estimate of them",
			File: true, Endings: ArrayEndings(), Kernel: true, scenario: ofSamples,
		},
		{
			Key: "image", Flag: "target-image", Help: "target as a picture, PNG, JPEG or GIF: its grey level is the density",
			File: true, scenario: ofPicture,
		},
	}
}

// SourceOf is the source that a target comes from; ok is false for one of the catalogue and
// for a mixture.
func SourceOf(o scenarios.Origin) (s Source, ok bool) {
	all := Sources()
	k := slices.IndexFunc(all, func(s Source) bool { return s.Key == o.Source })
	if k < 0 {
		return Source{}, false
	}
	return all[k], true
}

// NewScenario is a scenario of a formula or a file in a window, with what it needs by default.
// The origin has the Source, the Text and a Kernel. The window may be the zero value where the
// source needs none: points are then shown with some room, a picture is two high, and a grid
// must bring coordinates, which take no other window. It panics at an unknown source. A formula
// asks for no files.
func NewScenario(o scenarios.Origin, w scenarios.Window, files Files) (scenarios.Scenario, error) {
	source, ok := SourceOf(o)
	if !ok {
		panic(fmt.Sprintf("data: unknown source %q", o.Source))
	}
	s, err := source.scenario(o, w, files)
	if err == nil {
		err = s.Window.Check()
	}
	if err != nil {
		return scenarios.Scenario{}, err
	}
	s.Origin.Source, s.Origin.Remedy = source.Key, source.Remedy
	s.ID, s.Name = s.Kind, s.Kind
	s.FillDefaults()
	return s, nil
}
