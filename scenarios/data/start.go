package data

import (
	"fmt"

	"undercurrent/scenarios"
)

// NewStart is the initial cloud of the points in a file, and how many they are.
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
	return scenarios.Start{Sampler: points, Text: fmt.Sprintf("%d places of %s", len(list), path)}, len(list), nil
}
