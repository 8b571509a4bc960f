package output

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/sbinet/npyio"
	"github.com/sbinet/npyio/npz"
	"gonum.org/v1/gonum/mat"

	"undercurrent/scenarios"
	"undercurrent/scenarios/data/arrays"
	"undercurrent/sim"
)

// Results are the files of run --out: reports as JSON lines, and particles, velocities and
// fields at the end as NumPy arrays. They appear under their names together.
type Results struct {
	dir     string
	created bool // the directory, which is removed with the files
	reports *File
	files   []*File
}

// CreateResults creates the directory if there is none, and the file of the reports. The
// error says which directory cannot be written.
func CreateResults(dir string) (*Results, error) {
	_, missing := os.Stat(dir)
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return nil, fmt.Errorf("%s cannot be created (%w), expected a writable directory", dir, arrays.Plain(err))
	}
	r := &Results{dir: dir, created: errors.Is(missing, os.ErrNotExist)}
	f, err := r.create("metrics.jsonl")
	if err != nil {
		return nil, fmt.Errorf("%s cannot be written (%w), expected a writable directory", dir, arrays.Plain(err))
	}
	r.reports = f
	return r, nil
}

// create opens one of the files.
func (r *Results) create(name string) (*File, error) {
	f, err := Create(filepath.Join(r.dir, name))
	if err != nil {
		return nil, err
	}
	r.files = append(r.files, f)
	return f, nil
}

// AddReport appends a line to the reports.
func (r *Results) AddReport(line []byte) error {
	_, err := r.reports.Write(line)
	return err
}

// Keep writes the arrays of a flow and gives every file its name.
func (r *Results) Keep(f *sim.Flow) error {
	points := make([]scenarios.Point, f.Settings().Particles)
	f.Points(points)
	if err := r.writePoints("particles.npy", points); err != nil {
		return err
	}
	f.Velocities(points)
	if err := r.writePoints("velocities.npy", points); err != nil {
		return err
	}
	if err := r.writeFields(f); err != nil {
		return err
	}
	for _, f := range r.files {
		if err := f.close(); err != nil {
			return err
		}
	}
	for _, f := range r.files {
		if err := f.Keep(); err != nil {
			return err
		}
	}
	r.created = false
	return nil
}

// Abandon removes what was not kept.
func (r *Results) Abandon() {
	for _, f := range r.files {
		f.Abandon()
	}
	if r.created {
		os.Remove(r.dir)
	}
}

// writePoints writes an N×2 array of float64.
func (r *Results) writePoints(name string, points []scenarios.Point) error {
	flat := make([]float64, 0, 2*len(points))
	for _, p := range points {
		flat = append(flat, p.X, p.Y)
	}
	f, err := r.create(name)
	if err != nil {
		return err
	}
	return npyio.Write(f, mat.NewDense(len(points), 2, flat))
}

// writeFields writes the nodes as [iy, ix] and their coordinates.
func (r *Results) writeFields(flow *sim.Flow) error {
	d := &sim.Fields{}
	flow.Fields(d)
	x, y := make([]float64, d.Grid.NX), make([]float64, d.Grid.NY)
	for ix := range x {
		x[ix] = d.Grid.X(ix)
	}
	for iy := range y {
		y[iy] = d.Grid.Y(iy)
	}
	f, err := r.create("fields.npz")
	if err != nil {
		return err
	}
	nodes := func(v []float64) *mat.Dense { return mat.NewDense(d.Grid.NY, d.Grid.NX, v) }
	return npz.Write(f.file.Name(), map[string]any{
		"x": x, "y": y, "log_p": nodes(d.LogP), "log_q": nodes(d.LogQ), "log_r": nodes(d.LogR),
		"vx": nodes(d.VX), "vy": nodes(d.VY),
	})
}
