package file

import (
	"reflect"
	"strings"
	"testing"

	"undercurrent/scenarios"
	"undercurrent/scenarios/data"
	"undercurrent/scenarios/internal/scenariotest"
)

// A target or a start in a file is bit-identical after writing and reading.
func TestDataRoundTrip(t *testing.T) {
	for _, c := range []struct {
		text, kind string
		window     scenarios.Window
		particles  int
	}{
		{"target: {samples: three.csv, kernel: 0.3}\nwindow: [-5, 5, -5, 5]\n", scenarios.KindSamples, scenarios.Window{XMin: -5, XMax: 5, YMin: -5, YMax: 5}, 4000},
		{"target: {samples: three.csv, kernel: 0.25}\n", scenarios.KindSamples, scenarios.Window{XMin: -2.2, XMax: 2.2, YMin: -1.2, YMax: 3.2}, 4000},
		{"target: {samples: three.csv, kernel: 0.25}\nstart: {samples: three.csv}\n", scenarios.KindSamples, scenarios.Window{XMin: -2.2, XMax: 2.2, YMin: -1.2, YMax: 3.2}, 3},
		{"target: {samples: draws.parquet, columns: 'mu,log(tau)', weights: w, axes: 'draw,chain,variable', kernel: 0.25}\n", scenarios.KindSamples, scenarios.Window{XMin: -2.2, XMax: 2.2, YMin: -1.2, YMax: 3.2}, 4000},
		{"target: {samples: three.csv, kernel: 0.25}\nstart: {samples: draws.parquet, columns: 'mu,log(tau)', weights: w, axes: 'draw,chain,variable'}\n", scenarios.KindSamples, scenarios.Window{XMin: -2.2, XMax: 2.2, YMin: -1.2, YMax: 3.2}, 3},
		{"target: {log_density_grid: bare.npy}\nwindow: [0, 3, 0, 2]\n", scenarios.KindGrid, scenarios.Window{XMin: 0, XMax: 3, YMin: 0, YMax: 2}, 4000},
		{"target: {density_grid: bare.npy}\nwindow: [0, 3, 0, 2]\nparticles: 70\nstart: {samples: three.csv}\n", scenarios.KindGrid, scenarios.Window{XMin: 0, XMax: 3, YMin: 0, YMax: 2}, 70},
		{"target: {log_density_grid: placed.npz}\n", scenarios.KindGrid, scenarios.Window{XMin: -1, XMax: 1. / 3, YMin: 0, YMax: 2}, 4000},
		{"target: {density_grid: placed.npz}\n", scenarios.KindGrid, scenarios.Window{XMin: -1, XMax: 1. / 3, YMin: 0, YMax: 2}, 4000},
		{"target: {image: grey.png}\n", scenarios.KindGrid, scenarios.Window{XMin: -2, XMax: 2, YMin: -1, YMax: 1}, 4000},
		{"target: {image: grey.png}\nwindow: [0, 4, 0, 2]\n", scenarios.KindGrid, scenarios.Window{XMin: 0, XMax: 4, YMin: 0, YMax: 2}, 4000},
	} {
		s, err := Decode([]byte("version: 1\n"+c.text), memory{})
		if err != nil {
			t.Errorf("%s gives %v", c.text, err)
			continue
		}
		if w := s.Window; s.Kind != c.kind || s.Particles != c.particles || !scenariotest.Near(w.XMin, c.window.XMin, 1e-12) || !scenariotest.Near(w.YMax, c.window.YMax, 1e-12) {
			t.Errorf("%s is of kind %s with %d particles in %+v", c.text, s.Kind, s.Particles, w)
		}
		text, err := Encode(s)
		if err != nil {
			t.Fatal(err)
		}
		if back, err := Decode(text, memory{}); err != nil || !scenariotest.Same(back, s) {
			t.Errorf("%s comes back as\n%+v (%v), expected\n%+v", text, back, err, s)
		}
	}
}

// A file of a scenario is the same target as the same data given by itself.
func TestDataOfAFileEqualDataOfAFlag(t *testing.T) {
	inFile, err := Decode([]byte("version: 1\ntarget: {samples: three.csv, kernel: 0.3}\n"), memory{})
	if err != nil {
		t.Fatal(err)
	}
	alone, err := data.NewScenario(scenarios.Origin{Source: "samples", Text: "three.csv", Kernel: 0.3}, scenarios.Window{}, memory{})
	if err != nil || !reflect.DeepEqual(alone.Target, inFile.Target) || alone.Window != inFile.Window || alone.Bandwidth != inFile.Bandwidth {
		t.Errorf("by itself it is %+v (%v), in a file %+v", alone, err, inFile)
	}
}

func TestInvalidDataIsLocatedInTheFile(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"target: {samples: no.csv}", "line 2, column 19: target.samples: in/no.csv: there is no such file"},
		{"target: {samples: one.csv}", "line 2, column 19: target.samples: in/one.csv: all 2 points are at (1, 1), expected at least two distinct ones"},
		{"target: {samples: three.csv, kernel: -1}", "line 2, column 38: target.kernel: -1, expected a positive number"},
		{"target: {samples: three.csv, kernel: 1e-9}", "line 2, column 19: target.samples: in/three.csv: kernel is 1e-09, expected at least"},
		{"target: {image: grey.png, kernel: 1}", "line 2, column 35: target.kernel: kernel without samples, expected both"},
		{"target: {image: grey.png, columns: 'a,b'}", "line 2, column 36: target.columns: columns without samples, expected both"},
		{"target: {catalogue: banana}\nstart: {uniform: [0, 1, 0, 1], weights: w}", "line 3, column 41: start.weights: weights without samples, expected both"},
		{"target: {samples: draws.parquet, columns: 'a,b'}", "line 2, column 19: target.samples: in/draws.parquet: the selection is {Columns:a,b Weights: Axes:}"},
		{"target: {image: grey.png, samples: three.csv}", "target: 2 of mixture, catalogue, log_density, density, log_density_grid, density_grid, samples and image, expected one"},
		{"target: {density_grid: negative.npy}\nwindow: [0, 1, 0, 1]", "line 2, column 24: target.density_grid: in/negative.npy: row 1, column 1: density -5 is negative, expected 0 or more"},
		{"target: {density_grid: bare.npy}", "target.density_grid: in/bare.npy: there is no window, expected xmin, xmax, ymin, ymax"},
		{"target: {density_grid: placed.npz}\nwindow: [0, 1, 0, 1]", "in/placed.npz: there are coordinates x and y, expected no window with them"},
		{"target: {image: grey.jpg}", "line 2, column 17: target.image: in/grey.jpg: there is no such file"},
		{"target: {catalogue: banana}\nstart: {samples: no.npy}", "line 3, column 18: start.samples: in/no.npy: there is no such file"},
		{"target: {catalogue: banana}\nstart: {samples: three.csv, uniform: [0, 1, 0, 1]}", "start: 2 of gaussian, uniform, ring, mixture and samples, expected one"},
	} {
		if _, err := Decode([]byte("version: 1\n"+c.text+"\n"), memory{}); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s gives %v, expected %q", c.text, err, c.want)
		}
	}
	for _, text := range []string{"target: {image: grey.png}", "target: {catalogue: banana}\nstart: {samples: three.csv}"} {
		if _, err := Decode([]byte("version: 1\n"+text+"\n"), nil); err == nil || !strings.Contains(err.Error(), "that needs no file") {
			t.Errorf("%s without files gives %v", text, err)
		}
	}
}
