package data

import (
	"fmt"

	"undercurrent/scenarios"
)

// NewStart returns the initial cloud of the points in a file, and their number.
func NewStart(name string, files Files) (scenarios.Start, int, error) {
	path := files.Locate(name)
	list, err := files.Points(path)
	if err != nil {
		return scenarios.Start{}, 0, err
	}
	points, err := scenarios.NewFixedPoints(list)
	if err != nil {
		return scenarios.Start{}, 0, fmt.Errorf("%s: %w", path, err)
	}
	points.Name = path
	return scenarios.Start{Sampler: points, Text: fmt.Sprintf("%d points of %s", len(list), path)}, len(list), nil
}
