package data

import (
	"fmt"
	"slices"

	"undercurrent/scenarios"
)

// Source is a kind of user-defined target: a formula, or the contents of a file. Flags, fields
// of scenario files, the reproducing command line and messages are derived from the list of
// Sources.
type Source struct {
	// Key is the field of a target in a scenario file, and Flag the flag of a command line.
	Key, Flag string
	// Help describes the value of the flag.
	Help string
	// File reports whether the text is the name of a file. Endings are the valid endings of
	// the name, in lower case; if there are none, the format is detected from the content.
	File    bool
	Endings []string
	// NeedsWindow reports whether a window must be given.
	NeedsWindow bool
	// Kernel reports whether the data are smoothed by a kernel.
	Kernel bool
	// Remedy is the Remedy of the Origin.
	Remedy string

	scenario func(o scenarios.Origin, w scenarios.Window, files Files) (scenarios.Scenario, error)
}

// ArrayEndings returns the endings of files of values on a grid.
func ArrayEndings() []string { return []string{".npy", ".npz", ".csv", ".txt"} }

// PointEndings returns the endings of files of points, which may be tables of draws.
func PointEndings() []string {
	return append(ArrayEndings(), ".tsv", ".dat", ".jsonl", ".parquet")
}

// Sources returns all sources, in the order in which they are shown.
func Sources() []Source {
	return []Source{
		{
			Key: "log_density", Flag: "log-density", Help: "target as a formula of x and y in place of a scenario, such as '-(x^2-2)^2 - y^2/2'",
			NeedsWindow: true, Remedy: "x > 0 ? … : -1/0", scenario: fromLogDensity,
		},
		{
			Key: "density", Flag: "density", Help: "the same for the density itself, up to a factor",
			NeedsWindow: true, Remedy: "x > 0 ? … : 0", scenario: fromDensity,
		},
		{
			Key: "log_density_grid", Flag: "log-density-grid", Help: "target as an array of log-densities, .npy, .npz, .csv or .txt, a row for each y from ymin",
			File: true, Endings: ArrayEndings(), scenario: fromLogGrid,
		},
		{
			Key: "density_grid", Flag: "density-grid", Help: "the same for densities, up to a factor",
			File: true, Endings: ArrayEndings(), scenario: fromGrid,
		},
		{
			Key: "samples", Flag: "target-samples", Help: "target as points or draws, .npy, .npz, .csv, .txt, .tsv, .jsonl or .parquet: the kernel density estimate of them",
			File: true, Endings: PointEndings(), Kernel: true, scenario: fromSamples,
		},
		{
			Key: "image", Flag: "target-image", Help: "target as a picture, PNG, JPEG or GIF: its grey level is the density",
			File: true, scenario: fromPicture,
		},
	}
}

// SourceOf returns the source of a target; ok is false for the catalogue and for a mixture.
func SourceOf(o scenarios.Origin) (s Source, ok bool) {
	all := Sources()
	k := slices.IndexFunc(all, func(s Source) bool { return s.Key == o.Source })
	if k < 0 {
		return Source{}, false
	}
	return all[k], true
}

// NewScenario returns the scenario of a formula or a file, with defaults filled in. The origin
// has the Source, the Text and a Kernel. The window may be the zero value where the source
// does not need one: points then get a margin, a picture has the height 2, and a grid must have
// coordinates, which exclude another window. A formula does not use files, which may be nil. It
// panics if the source is unknown.
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
