package app

import (
	"image/color"
	"time"

	"undercurrent/scenarios"
	"undercurrent/sim"
	"undercurrent/sim/sampler"
)

// withoutSystem are options under which nothing of the system is read or written, with what looks like a clipboard
// or without one.
func (o Options) withoutSystem(clipboard bool) Options {
	o.Kitty, o.Log, o.Clipboard = false, nil, nil
	o.Save = func(scenarios.Scenario) (string, error) { return "", nil }
	o.SaveModel = func(*sampler.Model, string) (string, error) { return "", nil }
	o.Figure = func(Figure, string) (string, error) { return "", nil }
	o.Open = func(string) (s scenarios.Scenario, m *sim.Motion, err error) { return s, nil, nil }
	o.Files = func() []string { return nil }
	o.Record = func(string, int, int) (Recorder, error) { return unrecorded(""), nil }
	if clipboard {
		o.Clipboard = func(string) error { return nil }
	}
	return o
}

// unrecorded is the name of a recording of which nothing is written.
type unrecorded string

var _ Recorder = unrecorded("")

func (u unrecorded) Name() string { return string(u) }

func (unrecorded) Add(time.Duration, int, int, string, color.Color, color.Color) {}

func (u unrecorded) Keep(time.Duration) (string, error) { return string(u), nil }
