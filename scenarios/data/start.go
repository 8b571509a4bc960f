package data

import (
	"fmt"

	"undercurrent/scenarios"
)

// StartFrom sets the initial cloud of a scenario to the points in a file, those of a selection of
// columns, and returns their number.
func StartFrom(s *scenarios.Scenario, name string, of scenarios.Selection, files Files) (int, error) {
	path := files.Locate(name)
	cloud, err := files.Points(path, of)
	if err != nil {
		return 0, err
	}
	points, err := scenarios.NewWeightedPoints(cloud.Points, cloud.Weights)
	if err != nil {
		return 0, fmt.Errorf("%s: %w", path, err)
	}
	points.Name, points.Selection = path, of
	weighted := ""
	if cloud.Weights != nil {
		weighted = "weighted "
	}
	s.Start = scenarios.Start{Sampler: points, Text: fmt.Sprintf("%d %spoints of %s", len(cloud.Points), weighted, path)}
	s.Taken = append(s.Taken, cloud.Taken...)
	return len(cloud.Points), nil
}
