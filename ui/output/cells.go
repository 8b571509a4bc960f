package output

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"undercurrent/sim/bench"
)

// Cells are the finished cells of a benchmark, a file each, so that an interrupted benchmark
// continues where it stopped. The zero value keeps nothing.
type Cells struct{ dir string }

// NewCells creates the directory of the cells in that of a benchmark. The error says why it
// cannot.
func NewCells(dir string) (Cells, error) {
	c := Cells{filepath.Join(dir, "cells")}
	if err := MakeFolder(c.dir); err != nil {
		return Cells{}, err
	}
	return c, Check(filepath.Join(c.dir, "writable"))
}

// tunedStep is the step size to which a baseline was tuned under settings.
type tunedStep struct {
	bench.Settings
	Step float64 `json:"step"`
}

func cellFile(c bench.Cell) string {
	return fmt.Sprintf("%s.%s.%d.json", Name(c.Scenario), Name(string(c.Method)), c.Seed)
}

func stepFile(m bench.Method, scenario string) string {
	return fmt.Sprintf("%s.%s.step.json", Name(scenario), Name(string(m)))
}

// Result is the result that was kept of a cell under the same settings, nil if none was. Exact
// samples without a floor are one of another version.
func (c Cells) Result(cell bench.Cell, settings bench.Settings) (*bench.Result, error) {
	r := &bench.Result{}
	if found, err := c.read(cellFile(cell), r); !found || err != nil || r.Cell != cell || r.Settings != settings || cell.Method == bench.Exact && r.Floor == nil {
		return nil, err
	}
	return r, nil
}

// Step is the step size that was kept of a baseline under the same settings, 0 if none was.
func (c Cells) Step(m bench.Method, scenario string, settings bench.Settings) (float64, error) {
	t := tunedStep{}
	if found, err := c.read(stepFile(m, scenario), &t); !found || err != nil || t.Settings != settings {
		return 0, err
	}
	return t.Step, nil
}

// Keep keeps a result.
func (c Cells) Keep(r *bench.Result) error { return c.write(cellFile(r.Cell), r) }

// KeepStep keeps the step size of a baseline.
func (c Cells) KeepStep(m bench.Method, scenario string, settings bench.Settings, step float64) error {
	return c.write(stepFile(m, scenario), tunedStep{settings, step})
}

func (c Cells) read(name string, v any) (found bool, err error) {
	if c.dir == "" {
		return false, nil
	}
	text, err := os.ReadFile(filepath.Join(c.dir, name))
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	if err := json.Unmarshal(text, v); err != nil {
		return false, fmt.Errorf("%s is not a cell of a benchmark (%w), expected one; remove the file to compute the cell again", filepath.Join(c.dir, name), err)
	}
	return true, nil
}

func (c Cells) write(name string, v any) error {
	if c.dir == "" {
		return nil
	}
	return Write(filepath.Join(c.dir, name), func(w io.Writer) error { return json.NewEncoder(w).Encode(v) })
}
