package cli

import (
	"io"
	"os"
	"path/filepath"

	"undercurrent/scenarios"
	"undercurrent/sim/bench"
	"undercurrent/ui/figure"
)

// keepBench writes the rows and a figure a scenario.
func keepBench(dir string, rows []bench.Row, results []*bench.Result, list []scenarios.Scenario) error {
	if err := keepFile(filepath.Join(dir, "results.json"), func(w io.Writer) error { return printJSON(w, rows) }); err != nil {
		return err
	}
	figures := filepath.Join(dir, "figures")
	if err := os.MkdirAll(figures, 0o777); err != nil {
		return err
	}
	for _, s := range list {
		f := figure.NewBench(s, results)
		if err := keepFile(filepath.Join(figures, s.ID+".png"), f.PNG); err != nil {
			return err
		}
		if err := keepFile(filepath.Join(figures, s.ID+".svg"), f.SVG); err != nil {
			return err
		}
	}
	return nil
}
