package cli

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/sbinet/npyio"
	"github.com/sbinet/npyio/npz"
	"gonum.org/v1/gonum/mat"

	"undercurrent/scenarios"
	"undercurrent/sim"
)

// results are the files of run --out. Each appears under its name when all of them
// are whole.
type results struct {
	dir     string
	made    bool // the directory is ours to remove
	metrics *newFile
	files   []*newFile
}

// createResults makes the directory and opens the metrics. The error says which
// directory cannot be written.
func createResults(dir string) (*results, error) {
	_, missing := os.Stat(dir)
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return nil, fmt.Errorf("--out %s cannot be made (%w), expected a directory that can be written", dir, plain(err))
	}
	r := &results{dir: dir, made: errors.Is(missing, os.ErrNotExist)}
	f, err := r.create("metrics.jsonl")
	if err != nil {
		return nil, fmt.Errorf("--out %s cannot be written (%w), expected a directory that can be written", dir, plain(err))
	}
	r.metrics = f
	return r, nil
}

// plain is the reason alone, without the call and the path.
func plain(err error) error {
	var p *os.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	return err
}

// create opens a file that is to become name.
func (r *results) create(name string) (*newFile, error) {
	f, err := createFile(filepath.Join(r.dir, name))
	if err != nil {
		return nil, err
	}
	r.files = append(r.files, f)
	return f, nil
}

func (r *results) addLine(text []byte) error {
	_, err := r.metrics.Write(text)
	return err
}

// keep writes the arrays and gives every file its name.
func (r *results) keep(f *sim.Flow) error {
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
		if err := f.finish(); err != nil {
			return err
		}
	}
	for _, f := range r.files {
		if err := f.keep(); err != nil {
			return err
		}
	}
	r.made = false
	return nil
}

// abandon removes what was not kept.
func (r *results) abandon() {
	for _, f := range r.files {
		f.abandon()
	}
	if r.made {
		os.Remove(r.dir)
	}
}

// writePoints writes an N×2 array of float64.
func (r *results) writePoints(name string, points []scenarios.Point) error {
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
func (r *results) writeFields(flow *sim.Flow) error {
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
