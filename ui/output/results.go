package output

import (
	"path/filepath"

	"github.com/sbinet/npyio"
	"github.com/sbinet/npyio/npz"
	"gonum.org/v1/gonum/mat"

	"undercurrent/scenarios"
	"undercurrent/sim"
)

// Names of the files of run --out.
const (
	reportsFile    = "metrics.jsonl"
	particlesFile  = "particles.npy"
	velocitiesFile = "velocities.npy"
	fieldsFile     = "fields.npz"
)

// Results are the files of run --out: reports as JSON lines, and particles, velocities and
// fields at the end as NumPy arrays. They appear under their names together.
type Results struct {
	dir     string
	made    folders // removed with the files
	reports *File
	files   []*File
}

// CreateResults creates the directory if there is none, and the file of the reports. The
// error says which directory or file cannot be written.
func CreateResults(dir string) (*Results, error) {
	made, err := makeFolders(dir)
	if err != nil {
		return nil, err
	}
	r := &Results{dir: dir, made: made}
	if r.reports, err = r.create(reportsFile); err != nil {
		r.Abandon()
		return nil, err
	}
	for _, name := range []string{particlesFile, velocitiesFile, fieldsFile} {
		if err := Check(filepath.Join(dir, name)); err != nil {
			r.Abandon()
			return nil, err
		}
	}
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
	if err := r.writePoints(particlesFile, points); err != nil {
		return err
	}
	f.Velocities(points)
	if err := r.writePoints(velocitiesFile, points); err != nil {
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
		if err := f.Keep(); err != nil {
			return err
		}
	}
	r.made = nil
	return nil
}

// Abandon removes what was not kept.
func (r *Results) Abandon() {
	for _, f := range r.files {
		f.Abandon()
	}
	r.made.remove()
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
	return f.cause(npyio.Write(f, mat.NewDense(len(points), 2, flat)))
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
	f, err := r.create(fieldsFile)
	if err != nil {
		return err
	}
	nodes := func(v []float64) *mat.Dense { return mat.NewDense(d.Grid.NY, d.Grid.NX, v) }
	archive := npz.NewWriter(f)
	for _, part := range []struct {
		name  string
		array any
	}{
		{"x", x}, {"y", y}, {"log_p", nodes(d.LogP)}, {"log_q", nodes(d.LogQ)}, {"log_r", nodes(d.LogR)},
		{"vx", nodes(d.VX)}, {"vy", nodes(d.VY)},
	} {
		if err := archive.Write(part.name, part.array); err != nil {
			return f.cause(err)
		}
	}
	return f.cause(archive.Close())
}
