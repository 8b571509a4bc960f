package bench

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// Store keeps finished cells as files, one each, so that a bench goes on where it
// was stopped. The zero Store keeps nothing.
type Store struct{ dir string }

// NewStore makes the directory. The error says why it cannot be used.
func NewStore(dir string) (Store, error) {
	s := Store{filepath.Join(dir, "cells")}
	if err := os.MkdirAll(s.dir, 0o777); err != nil {
		return Store{}, err
	}
	return s, nil
}

// tuned is the step a baseline was tuned to.
type tuned struct {
	Settings
	Step float64 `json:"step"`
}

func (s Store) cellFile(c Cell) string {
	return fmt.Sprintf("%s.%s.%d.json", c.Scenario, strings.ReplaceAll(string(c.Method), ":", "-"), c.Seed)
}

func (s Store) stepFile(m Method, scenario string) string {
	return fmt.Sprintf("%s.%s.step.json", scenario, m)
}

// Result is the kept result of a cell under the same settings, nil where there is none.
func (s Store) Result(c Cell, settings Settings) (*Result, error) {
	r := &Result{}
	if found, err := s.read(s.cellFile(c), r); !found || err != nil || r.Cell != c || r.Settings != settings {
		return nil, err
	}
	return r, nil
}

// Step is the kept step of a baseline under the same settings, 0 where there is none.
func (s Store) Step(m Method, scenario string, settings Settings) (float64, error) {
	t := tuned{}
	if found, err := s.read(s.stepFile(m, scenario), &t); !found || err != nil || t.Settings != settings {
		return 0, err
	}
	return t.Step, nil
}

// Keep keeps a result.
func (s Store) Keep(r *Result) error { return s.write(s.cellFile(r.Cell), r) }

// KeepStep keeps a step.
func (s Store) KeepStep(m Method, scenario string, settings Settings, step float64) error {
	return s.write(s.stepFile(m, scenario), tuned{settings, step})
}

func (s Store) read(name string, v any) (found bool, err error) {
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

// write keeps a file whole or not at all.
func (s Store) write(name string, v any) error {
	if s.dir == "" {
		return nil
	}
	text, err := json.Marshal(v)
	if err != nil {
		return err
	}
	f, err := os.CreateTemp(s.dir, "."+name+"-*")
	if err != nil {
		return err
	}
	_, err = f.Write(append(text, '\n'))
	if err := errors.Join(err, f.Close()); err != nil {
		os.Remove(f.Name())
		return err
	}
	return os.Rename(f.Name(), filepath.Join(s.dir, name))
}
