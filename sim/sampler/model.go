package sampler

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"

	"undercurrent/scenarios"
	"undercurrent/sim/network"
)

// Version is the version of the model file. Incompatible changes increase it.
const Version = 1

// kind identifies a model file.
const kind = "undercurrent-sampler"

// Model is a trained sampler with its origin.
type Model struct {
	Origin
	mapping mapping
}

// Origin describes the training of a model.
type Origin struct {
	Scenario   string  `json:"scenario"`
	Divergence string  `json:"divergence"`
	Bandwidth  float64 `json:"bandwidth"`
	Seed       uint64  `json:"seed"`
	Iterations int     `json:"iterations"`
	Batch      int     `json:"batch"`
}

// file is a model as JSON. Numbers keep all their bits.
type file struct {
	Kind    string `json:"kind"`
	Version int    `json:"version"`
	Origin
	Route      Route           `json:"route"`
	Latent     int             `json:"latent"`
	Hidden     []int           `json:"hidden"`
	Activation string          `json:"activation"`
	Couplings  int             `json:"couplings,omitempty"`
	Centre     scenarios.Point `json:"centre"`
	Spread     scenarios.Point `json:"spread"`
	Reach      scenarios.Point `json:"reach"`
	Parameters []float64       `json:"parameters"`
}

// Model returns the model trained so far, with averaged parameters.
func (t *Trainer) Model() *Model {
	return &Model{mapping: t.averaged(), Origin: Origin{
		Scenario: t.estimator.Scenario().ID, Divergence: t.trainedBy(), Bandwidth: t.bandwidth,
		Seed: t.settings.Seed, Iterations: t.progress.Iteration, Batch: t.settings.Batch}}
}

// trainedBy names the drifts that have trained the mapping, or the one that is to.
func (t *Trainer) trainedBy() string {
	if len(t.drifts) == 0 {
		return t.estimator.Settings().Drift.ID()
	}
	return strings.Join(t.drifts, ", then ")
}

// Save writes the model.
func (m *Model) Save(w io.Writer) error {
	f := file{Kind: kind, Version: Version, Origin: m.Origin, Parameters: m.mapping.Parameters(), Latent: m.mapping.Latent()}
	var shape network.Shape
	var a affine
	switch g := m.mapping.(type) {
	case *generator:
		f.Route, shape, a = Generator, g.net.Shape(), g.affine
	case *coupling:
		f.Route, shape, a = Flow, g.shape, g.affine
		f.Couplings = len(g.nets)
	}
	f.Hidden, f.Activation = shape.Hidden, shape.Activation.String()
	f.Centre, f.Spread, f.Reach = a.Centre, a.Spread, a.Reach
	return json.NewEncoder(w).Encode(f)
}

// maxModel bounds the size of a model file in bytes; the largest valid network is smaller.
const maxModel = 1 << 30

// Load reads a model. The error describes in one sentence what is wrong with the file.
func Load(r io.Reader) (*Model, error) {
	text, err := io.ReadAll(io.LimitReader(r, maxModel))
	if err != nil {
		return nil, err
	}
	if err := checkVersion(text); err != nil {
		return nil, err
	}
	f := &file{}
	if err := strictly(text, f); err != nil {
		return nil, err
	}
	return f.model()
}

// checkVersion checks kind and version, which every version has.
func checkVersion(text []byte) error {
	head := struct {
		Kind    string `json:"kind"`
		Version int    `json:"version"`
	}{}
	if err := json.Unmarshal(text, &head); err != nil {
		return reason(err, len(text))
	}
	if head.Kind != kind {
		return fmt.Errorf("it is not a model of undercurrent train, expected the kind %q, found %q", kind, head.Kind)
	}
	if head.Version != Version {
		return fmt.Errorf("it has version %d, expected %d", head.Version, Version)
	}
	return nil
}

// strictly decodes the text and rejects unknown fields.
func strictly(text []byte, f *file) error {
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(f); err != nil {
		return reason(err, len(text))
	}
	return nil
}

// reason returns an error of the JSON decoder as one sentence.
func reason(err error, size int) error {
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF), errors.As(err, &syntax) && int(syntax.Offset) >= size:
		return fmt.Errorf("it ends after %d bytes in the middle of a model, expected a whole one", size)
	case errors.As(err, &syntax):
		return fmt.Errorf("it is not valid JSON at byte %d (%v), expected a model", syntax.Offset, err)
	case errors.As(err, &kind):
		return fmt.Errorf("its %s is a %s, expected a %s", kind.Field, kind.Value, kind.Type)
	}
	return fmt.Errorf("it is not a model: %w", err)
}

// model builds the model; the error names an invalid part.
func (f *file) model() (*Model, error) {
	activation, err := network.ActivationNamed(f.Activation)
	if err != nil {
		return nil, fmt.Errorf("its %w, expected one of %v", err, network.Activations())
	}
	s := Defaults(f.Route)
	s.Latent, s.Hidden, s.Activation, s.Couplings = f.Latent, f.Hidden, activation, f.Couplings
	if err := s.Validate(); err != nil {
		return nil, fmt.Errorf("its %w", err)
	}
	for _, p := range []struct {
		name  string
		point scenarios.Point
		above float64
	}{{"centre", f.Centre, math.Inf(-1)}, {"spread", f.Spread, 0}, {"reach", f.Reach, 0}} {
		if !(p.point.X > p.above && p.point.Y > p.above) || math.IsInf(p.point.X+p.point.Y, 0) {
			return nil, fmt.Errorf("its %s is (%g, %g), expected finite numbers above %g", p.name, p.point.X, p.point.Y, p.above)
		}
	}
	m, err := f.mapping(s)
	if err != nil {
		return nil, err
	}
	return &Model{f.Origin, m}, nil
}

// mapping builds the mapping with the parameters of the file.
func (f *file) mapping(s Settings) (mapping, error) {
	in, networks := s.Latent, 1
	if f.Route == Flow {
		in, networks = 1, s.Couplings
	}
	shape := s.shape(in)
	if want := networks * shape.Count(); len(f.Parameters) != want {
		return nil, fmt.Errorf("it has %d parameters, expected the %d of its shape", len(f.Parameters), want)
	}
	// JSON numbers are finite.
	a := affine{f.Centre, f.Spread, f.Reach}
	if f.Route == Flow {
		return couplingOver(a, shape, slices.Clone(f.Parameters))
	}
	net, err := network.Over(shape, slices.Clone(f.Parameters))
	return &generator{a, net}, err
}

// Route is the kind of mapping.
func (m *Model) Route() Route {
	if _, ok := m.mapping.(*coupling); ok {
		return Flow
	}
	return Generator
}

// Parameters is the number of the mapping's parameters.
func (m *Model) Parameters() int { return len(m.mapping.Parameters()) }
