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

// keepFile writes a file whole or not at all.
func keepFile(name string, write func(io.Writer) error) error {
	file, err := createFile(name)
	if err != nil {
		return usage(err)
	}
	defer file.abandon()
	if err := write(file); err != nil {
		return err
	}
	return file.keep()
}
