package cli

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"undercurrent/sim/bench"
)

// benchStore keeps finished cells as files, one each, so that a bench goes on where
// it was stopped. The zero store keeps nothing.
type benchStore struct{ dir string }

// newBenchStore makes the directory. The error says why it cannot be used.
func newBenchStore(dir string) (benchStore, error) {
	s := benchStore{filepath.Join(dir, "cells")}
	if err := os.MkdirAll(s.dir, 0o777); err != nil {
		return benchStore{}, err
	}
	return s, nil
}

// tuned is the step a baseline was tuned to.
type tuned struct {
	bench.Settings
	Step float64 `json:"step"`
}

func (s benchStore) cellFile(c bench.Cell) string {
	return fmt.Sprintf("%s.%s.%d.json", c.Scenario, strings.ReplaceAll(string(c.Method), ":", "-"), c.Seed)
}

func (s benchStore) stepFile(m bench.Method, scenario string) string {
	return fmt.Sprintf("%s.%s.step.json", scenario, m)
}

// result is the kept result of a cell under the same settings, nil where there is none.
func (s benchStore) result(c bench.Cell, settings bench.Settings) (*bench.Result, error) {
	r := &bench.Result{}
	if found, err := s.read(s.cellFile(c), r); !found || err != nil || r.Cell != c || r.Settings != settings {
		return nil, err
	}
	return r, nil
}

// step is the kept step of a baseline under the same settings, 0 where there is none.
func (s benchStore) step(m bench.Method, scenario string, settings bench.Settings) (float64, error) {
	t := tuned{}
	if found, err := s.read(s.stepFile(m, scenario), &t); !found || err != nil || t.Settings != settings {
		return 0, err
	}
	return t.Step, nil
}

// keep keeps a result.
func (s benchStore) keep(r *bench.Result) error { return s.write(s.cellFile(r.Cell), r) }

// keepStep keeps a step.
func (s benchStore) keepStep(m bench.Method, scenario string, settings bench.Settings, step float64) error {
	return s.write(s.stepFile(m, scenario), tuned{settings, step})
}

func (s benchStore) read(name string, v any) (found bool, err error) {
	if s.dir == "" {
		return false, nil
	}
	text, err := os.ReadFile(filepath.Join(s.dir, name))
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	if err := json.Unmarshal(text, v); err != nil {
		return false, fmt.Errorf("%s is no cell of a bench (%w), expected one; remove it to have it computed anew", filepath.Join(s.dir, name), err)
	}
	return true, nil
}

func (s benchStore) write(name string, v any) error {
	if s.dir == "" {
		return nil
	}
	return keepFile(filepath.Join(s.dir, name), func(w io.Writer) error { return json.NewEncoder(w).Encode(v) })
}
