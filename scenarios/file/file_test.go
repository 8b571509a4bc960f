package file

import (
	"errors"
	"math"
	"strings"
	"testing"

	"undercurrent/internal/fuzztest"
	"undercurrent/scenarios"
	"undercurrent/scenarios/catalogue"
	"undercurrent/scenarios/data"
	"undercurrent/scenarios/formula"
	"undercurrent/scenarios/internal/scenariotest"
)

// Every scenario of the catalogue, and an edited one, is bit-identical after
// writing and reading.
func TestScenariosRoundTrip(t *testing.T) {
	all := catalogue.All()
	changed, err := all[0].Edited(scenarios.Edit{Verb: scenarios.Move, Mode: 3, At: scenarios.Point{X: 1. / 3, Y: math.Pi}}, scenarios.Edit{Verb: scenarios.Weigh, Mode: 2, By: 1.7},
		scenarios.Edit{Verb: scenarios.Widen, Mode: 5, By: 1.1}, scenarios.Edit{Verb: scenarios.Add, At: scenarios.Point{X: 0.1, Y: -0.2}, By: 0.3}, scenarios.Edit{Verb: scenarios.Delete, Mode: 1})
	if err != nil {
		t.Fatal(err)
	}
	changed.Notes = "line one: with a colon\nline two"
	all = append(all, changed)
	uniform, ringed, mixed := all[0], all[0], all[0]
	uniform.Start = scenarios.NewBoxStart(scenarios.Window{XMin: -1. / 3, XMax: 2, YMin: -1, YMax: 1})
	ringed.Start = scenarios.NewRingStart(scenarios.Ring{Centre: scenarios.Point{X: 0.1, Y: 0}, Radius: 2.2, Sigma: 0})
	mixed.Start = scenarios.Start{Sampler: changed.Target.(*scenarios.Mixture), Text: "mixture of 8"}
	zoned := all[0]
	zoned.Regions = []scenarios.Region{
		{Name: "left well", Shape: scenarios.HalfPlane{Through: scenarios.Point{X: 1. / 3, Y: 0}, Normal: scenarios.Point{X: -1, Y: math.Pi}}},
		{Name: "kern: µ #1", Shape: scenarios.Disc{Centre: scenarios.Point{X: -1e-300, Y: 1. / 7}, Radius: 0.1}},
		{Name: "no", Shape: scenarios.Box{Window: scenarios.Window{XMin: -1. / 3, XMax: 2, YMin: -1, YMax: 1}}},
	}
	for _, s := range append(all, uniform, ringed, mixed, zoned) {
		text, err := Encode(s)
		if err != nil {
			t.Fatal(err)
		}
		got, err := Decode(text, nil)
		if err != nil {
			t.Fatalf("%s: %v\n%s", s.ID, err, text)
		}
		if !scenariotest.Same(got, s) {
			t.Errorf("%s comes back as\n%+v, expected\n%+v\n%s", s.ID, got, s, text)
		}
	}
}

func TestFormulasRoundTrip(t *testing.T) {
	for _, source := range []string{"log_density", "density"} {
		s, err := data.NewScenario(scenarios.Origin{Source: source, Text: "exp(-x^2) + 0.1*gauss(y, 0, 1)"}, scenarios.Window{XMin: -2, XMax: 2, YMin: -3, YMax: 3}, nil)
		if err != nil {
			t.Fatal(err)
		}
		text, err := Encode(s)
		if err != nil {
			t.Fatal(err)
		}
		got, err := Decode(text, nil)
		if err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
		f := got.Target.(*formula.Target)
		if f.Text != s.Target.(*formula.Target).Text || f.Log != (source == "log_density") || got.Origin != s.Origin || f.LogDensity(0.3, 0.7) != s.Target.LogDensity(0.3, 0.7) || got.Window != s.Window || got.Start != s.Start {
			t.Errorf("it comes back as %+v, expected %+v", got, s)
		}
	}
}

func TestMissingFieldsGetDefaults(t *testing.T) {
	s, err := Decode([]byte("version: 1\ntarget:\n  mixture:\n    - {mean: [0, 0], sigma: 1}\n    - {mean: [4, 0], scales: [2, 0.5], degrees: 90, weight: 3}\n"), nil)
	if err != nil {
		t.Fatal(err)
	}
	m := s.Target.(*scenarios.Mixture).Components()
	if math.Abs(m[1].Cov.XX-0.25) > 1e-12 || math.Abs(m[1].Cov.YY-4) > 1e-12 || m[0].Weight != 0.25 {
		t.Errorf("the components are %+v", m)
	}
	if s.Window != (scenarios.Window{XMin: -5, XMax: 6.5, YMin: -10, YMax: 10}) || s.Particles != 4000 || !(s.Bandwidth > 0.1 && s.Bandwidth < 0.2) || s.Start.Sampler == nil {
		t.Errorf("what is left out is %+v", s)
	}
}

// degrees are no radians: a turn of 30 has the covariance of its closed form.
func TestAnglesAreInDegrees(t *testing.T) {
	got, want := scenarios.Ellipse(2, 1, 30), scenarios.Cov{XX: 4*0.75 + 0.25, XY: 3 * math.Sqrt(3) / 4, YY: 4*0.25 + 0.75}
	if math.Abs(got.XX-want.XX)+math.Abs(got.XY-want.XY)+math.Abs(got.YY-want.YY) > 1e-12 {
		t.Errorf("the covariance is %+v, expected %+v", got, want)
	}
}

func TestErrorsAreLocated(t *testing.T) {
	one := "version: 1\ntarget:\n  mixture:\n    - mean: [0, 0]\n      sigma: 1\n"
	for _, c := range []struct{ text, want string }{
		{"", "documents, expected one"},
		{"version: 2\n" + one[11:], "line 1, column 10: version: 2, expected version: 1"},
		{"version: 1\n", "line 1, column 1: there is no target, expected a target such as {catalogue: banana}"},
		{"version: 1\ntarget: {kernel: 1}\n", "line 2, column 18: target.kernel: kernel without samples, expected both"},
		{"# mine\n" + one[11:], "line 2, column 1: there is no version, expected version: 1"},
		{"version: '1'\n" + one[11:], "line 1, column 10: version: the text \"1\", expected version: 1 without quotes"},
		{"version:\n" + one[11:], "version: nothing, expected version: 1"},
		{"- 1\n- 2\n", "line 1, column 1: a list of 2, expected a scenario file of version 1"},
		{"scenario\n", "line 1, column 1: scenario, expected a scenario file of version 1"},
		{"version: 1\ntarget: banana\n", "line 2, column 9: target: banana, expected a target such as {catalogue: banana}"},
		{"version: 1\ntarget: {catalogue: ''}\n", "line 2, column 21: target.catalogue: the text \"\", expected one of uneven-ring"},
		{"version: 1\ntarget: {image: ''}\n", "line 2, column 17: target.image: the text \"\", expected the name of a picture, PNG, JPEG or GIF"},
		{"version: 1\ntarget: {density: ''}\nwindow: [0, 1, 0, 1]\n", "line 2, column 19: target.density: the formula is empty"},
		{"version: 1\ntarget: {log_density: '-x^2'}\n", "there is no window"},
		{"version: 1\ntarget:\n  log_density: '-x^2 - z'\nwindow: [-1, 1, -1, 1]\n", "line 3, column 24: target.log_density: unknown name z, expected a formula"},
		{"version: 1\ntarget: {log_density: -x^2 - z}\nwindow: [-1, 1, -1, 1]\n", "line 2, column 30: target.log_density: unknown name z, expected"},
		{"version: 1\ntarget:\n  density: \"  -x^2 - z\"  # mine\nwindow: [-1, 1, -1, 1]\n", "line 3, column 22: target.density: unknown name z, expected"},
		{"version: 1\ntarget:\n  density: \"\\x20-x^2 - z\"\nwindow: [-1, 1, -1, 1]\n", "line 3, column 12: target.density: unknown name z at column 9 of the formula, expected"},
		{"version: 1\ntarget:\n  density: -x^2\n    - z\nwindow: [-1, 1, -1, 1]\n", "line 3, column 12: target.density: unknown name z at column 8 of the formula, expected"},
		{"version: 1\ntarget:\n  density: '-x^2\n    - z'\nwindow: [-1, 1, -1, 1]\n", "target.density: unknown name z at column 8 of the formula, expected"},
		{"version: 1\ntarget:\n  density: |\n    -x^2 - z\nwindow: [-1, 1, -1, 1]\n", "target.density: unknown name z at column 8 of the formula, expected"},
		{"version: 1\ntarget:\n  density: |\n    -x^2\n    - z\nwindow: [-1, 1, -1, 1]\n", "target.density: unknown name z at line 2, column 3 of the formula, expected"},
		{"version: 1\ntarget: {density: '1', log_density: '0'}\n", "target: 2 of mixture, catalogue, log_density, density, log_density_grid, density_grid, samples and image, expected one"},
		{one + "colour: red\n", "line 6, column 1: unknown field \"colour\", expected one of version, id, name"},
		{one + "particels: 5\ncolour: red\n" + strings.Repeat("a", 90) + ": 1\n", "line 6, column 1: unknown field \"particels\", did you mean particles, expected one of version"},
		{one + strings.Repeat("a", 90) + ": 1\ncolour: red\n", "unknown field \"" + strings.Repeat("a", 40) + "…\", expected one of"},
		{strings.Replace(one, "sigma: 1", "sgima: 1", 1), "line 5, column 7: target.mixture[0]: unknown field \"sgima\", did you mean sigma, expected one of mean, covariance"},
		{one + "? [a]\n: 1\n", "line 7, column 1: found an invalid key"},
		{strings.Replace(one, "sigma: 1", "sigma: -1", 1), "line 5, column 14: target.mixture[0].sigma: -1, expected a number from 1e-75 to 1e+15"},
		{strings.Replace(one, "sigma: 1", "sigma: 0", 1), "line 5, column 14: target.mixture[0].sigma: 0, expected a number from 1e-75 to 1e+15"},
		{strings.Replace(one, "sigma: 1", "sigma: 1e-200", 1), "line 5, column 14: target.mixture[0].sigma: 1e-200, expected a number from 1e-75 to 1e+15"},
		{strings.Replace(one, "sigma: 1", "sigma: 1e400", 1), "line 5, column 14: target.mixture[0].sigma: 1e400, expected a number from 1e-75 to 1e+15"},
		{strings.Replace(one, "sigma: 1", "sigma: wide", 1), "line 5, column 14: target.mixture[0].sigma: wide, expected a number"},
		{strings.Replace(one, "sigma: 1", "sigma: '1'", 1), "line 5, column 14: target.mixture[0].sigma: the text \"1\", expected a number from 1e-75 to 1e+15 without quotes"},
		{strings.Replace(one, "sigma: 1", "sigma: 010", 1), "target.mixture[0].sigma: 010, expected a number"},
		{strings.Replace(one, "sigma: 1", "sigma: {a: 1}", 1), "line 5, column 14: target.mixture[0].sigma: a mapping, expected a number"},
		{strings.Replace(one, "sigma: 1", "scales: [1, 0]", 1), "line 5, column 19: target.mixture[0].scales[1]: 0, expected a number from 1e-75 to 1e+15"},
		{strings.Replace(one, "sigma: 1", "scales: 2", 1), "target.mixture[0].scales: 2, expected two positive numbers [a, b]"},
		{strings.Replace(one, "sigma: 1", "scales: [1, 2]\n      degrees: .inf", 1), "line 6, column 16: target.mixture[0].degrees: .inf, expected a number"},
		{strings.Replace(one, "sigma: 1", "sigma: 1\n      degrees: 0", 1), "line 6, column 16: target.mixture[0].degrees: degrees without scales"},
		{strings.Replace(one, "sigma: 1", "covariance: [[1, zero], [0, 1]]", 1), "line 5, column 24: target.mixture[0].covariance[0][1]: zero, expected a number"},
		{strings.Replace(one, "sigma: 1", "covariance: 1", 1), "covariance: 1, expected a symmetric [[xx, xy], [xy, yy]]"},
		{strings.Replace(one, "mean: [0, 0]", "weight: 1", 1), "line 4, column 7: target.mixture[0]: there is no mean, expected two numbers [x, y]"},
		{strings.Replace(one, "[0, 0]", "0", 1), "line 4, column 13: target.mixture[0].mean: 0, expected two numbers [x, y]"},
		{strings.Replace(one, "[0, 0]", "['1', 0]", 1), "line 4, column 14: target.mixture[0].mean[0]: the text \"1\", expected a coordinate up to 1e+15 without quotes"},
		{strings.Replace(one, "[0, 0]", "[1e300, 0]", 1), "line 4, column 14: target.mixture[0].mean[0]: 1e300, expected a coordinate up to 1e+15"},
		{strings.Replace(one, "[0, 0]", "[1e12, 0]", 1), "line 1, column 1: the window is [9.99999999995e+11, 1.000000000005e+12, -5, 5], expected it wider and higher than 1e-09 times its coordinates"},
		{strings.Replace(one, "sigma: 1", "covariance: [[1e60, 0], [0, 1]]", 1), "the window is [-5e+30, 5e+30, -5, 5], expected coordinates up to 1e+15"},
		{one + "window: [-1e20, 1e20, -1, 1]\n", "line 6, column 9: window: the window is [-1e+20, 1e+20, -1, 1], expected coordinates up to 1e+15"},
		{one + "window: [100, 110, 100, 110]\n", "line 6, column 9: window: less than 1e-12 of the mixture is in the window, expected a visible part"},
		{"version: 1\ntarget: {catalogue: three-modes}\nwindow: [100, 110, 100, 110]\n", "line 3, column 9: window: less than 1e-12"},
		{strings.Replace(one, "[0, 0]", "[0, 0, 0]", 1), "target.mixture[0].mean: [0, 0, 0], expected two numbers [x, y]"},
		{strings.Replace(one, "[0, 0]", "[0, .nan]", 1), "line 4, column 17: target.mixture[0].mean[1]: .nan, expected a coordinate"},
		{strings.Replace(one, "sigma: 1", "covariance: [[1, 2], [2, 1]]", 1), "not positive definite"},
		{strings.Replace(one, "sigma: 1", "covariance: [[1, 0.5], [0, 1]]", 1), "expected a symmetric"},
		{strings.Replace(one, "sigma: 1", "degrees: 30", 1), "degrees without scales"},
		{strings.Replace(one, "sigma: 1", "weight: 1", 1), "0 of covariance, sigma and scales"},
		{one + "      weight: 0\n", "sum to 0"},
		{one + "      weight: -1\n", "weight: -1, expected a number from 0 on"},
		{one + "window: [0, 1]\n", "expected [xmin, xmax, ymin, ymax]"},
		{one + "window: [1, 0, 0, 1]\n", "line 6, column 9: window: [1 0 0 1], expected xmin below xmax"},
		{one + "particles: -5\n", "line 6, column 12: particles: -5, expected a whole number from 2 to 20000000"},
		{one + "particles: 0\n", "line 6, column 12: particles: 0, expected a whole number"},
		{one + "particles: 1\n", "particles: 1, expected a whole number from 2"},
		{one + "particles: 1e11\n", "particles: 1e11, expected a whole number from 2 to 20000000"},
		{one + "particles: 1e30\n", "particles: 1e30, expected a whole number"},
		{one + "particles: 3.5\n", "line 6, column 12: particles: 3.5, expected a whole number"},
		{one + "bandwidth: 0\n", "line 6, column 12: bandwidth: 0, expected a positive number"},
		{one + "notes: 5\n", "line 6, column 8: notes: 5, expected a text, which must stand in quotes here"},
		{one + "name: true\n", "line 6, column 7: name: true, expected a text of at most 200 characters, which must stand in quotes here"},
		{one + "id: " + strings.Repeat("é", 201) + "\n", "line 6, column 5: id: a text of 201 characters, expected a text of at most 200"},
		{one + "name: 1e3\n", "name: 1e3, expected a text of at most 200 characters, which must stand in quotes here"},
		{one + "name:\n", "line 6, column 7: name: nothing, expected a text"},
		{one + "name: [a]\n", "line 6, column 7: name: [a], expected a text"},
		{one + "bandwidth: .inf\n", "bandwidth: .inf, expected a positive number"},
		{one + "start:\n  gaussian: {mean: [0, 0], sigma: 0}\n", "start.gaussian.sigma: 0, expected a number from 1e-75"},
		{one + "start: {uniform: [0, 1, 0, 1], ring: {centre: [0, 0], radius: 1, sigma: 0}}\n", "2 of gaussian, uniform, ring, mixture and samples"},
		{"version: 1\ntarget: {catalogue: gmm41}\n", "line 2, column 21: target.catalogue: gmm41, did you mean gmm40, expected one of uneven-ring, ring8"},
		{"version: 1\nversion: 1\n", "line 2, column 1: there are two fields \"version\", expected one"},
		{one + "regions: []\n", "line 6, column 10: regions: [], expected auto, basins, named, or a list of 1 to 64 regions"},
		{one + "regions:\n" + strings.Repeat("  - {name: a, box: [0, 1, 0, 1]}\n", 65), "regions: a list of 65, expected auto, basins, named, or a list of 1 to 64 regions"},
		{one + "regions:\n  - {box: [0, 1, 0, 1]}\n", "line 7, column 5: regions[0]: there is no name, expected 1 to 24 characters that can be printed"},
		{one + "regions:\n  - {name: '', box: [0, 1, 0, 1]}\n", "line 7, column 12: regions[0].name: the text \"\", expected 1 to 24 characters"},
		{one + "regions: [{name: " + strings.Repeat("é", 25) + ", box: [0, 1, 0, 1]}]\n", "line 6, column 18: regions[0].name: a text of 25 characters, expected 1 to 24"},
		{one + "regions: [{name: \"a\\e[2J\", box: [0, 1, 0, 1]}]\n", "line 6, column 18: a text with the control character U+001B, expected text that can be printed"},
		{one + "name: 'a\x1b[2J'\n", "line 6, column 9: the control character U+001B, expected text"},
		{one + "notes: |\n  a\n  b\tc\n", "a text with the control character U+0009, expected text"},
		{one + "name: \"\xff\"\n", "line 6, column 8: the byte 0xff, expected text in UTF-8"},
		{"name: a\rversion: 1\n", "line 1, column 8: the control character U+000D"},
		{one + "regions: [{name: ' a', box: [0, 1, 0, 1]}]\n", "no blank at an end"},
		{one + "regions: [{name: elsewhere, box: [0, 1, 0, 1]}]\n", "regions[0].name: elsewhere, expected 1 to 24 characters that can be printed, no blank at an end, other than elsewhere"},
		{one + "regions:\n  - {name: a, box: [0, 1, 0, 1]}\n  - {name: a, box: [0, 1, 0, 1]}\n", "line 8, column 12: regions[1].name: there are two regions \"a\""},
		{one + "regions: [{name: a}]\n", "regions[0]: 0 of half_plane, disc and box, expected one"},
		{one + "regions: [{name: a, box: [0, 1, 0, 1], disc: {centre: [0, 0], radius: 1}}]\n", "2 of half_plane, disc and box"},
		{one + "regions: [{name: a, box: [0, 1, 0]}]\n", "line 6, column 26: regions[0].box: [0, 1, 0], expected [xmin, xmax, ymin, ymax]"},
		{one + "regions: [{name: a, box: [0, 1, 1, 0]}]\n", "expected xmin below xmax"},
		{one + "regions:\n  - name: a\n    disc: {centre: [0, 0], radius: 0}\n", "line 8, column 36: regions[0].disc.radius: 0, expected a positive number"},
		{one + "regions: [{name: a, disc: {centre: [0, 0], radius: .inf}}]\n", "radius: .inf, expected a positive number"},
		{one + "regions: [{name: a, disc: {radius: 1}}]\n", "line 6, column 27: regions[0].disc: there is no centre, expected two numbers [x, y]"},
		{one + "regions: [{name: a, half_plane: {through: [0, 0], normal: [0, 0]}}]\n", "regions[0].half_plane.normal: [0, 0], expected a direction [x, y] other than [0, 0]"},
		{one + "regions: [{name: a, half_plane: {through: [0], normal: [0, 1]}}]\n", "regions[0].half_plane.through: [0], expected two numbers"},
		{one + "regions: [{name: a, half_plane: {through: [0, 0], normal: [0, 1], tilt: 1}}]\n", "unknown field \"tilt\""},
		{"b: *x\n", "line 1, column 4: an alias, an anchor or a tag, expected the value itself"},
		{"name: &x a\n", "line 1, column 7: an alias, an anchor or a tag"},
		{"<<: {a: 1}\n", "line 1, column 1: an alias, an anchor or a tag"},
		{"version: 1\ntarget:\n  mixture: ! ", "line 3, column 12: an alias, an anchor or a tag"},
		{"version: [1\n", "expected a scenario file"},
		{one + "---\n" + one, "2 documents"},
	} {
		s, err := Decode([]byte(c.text), nil)
		var wrong Error
		if !errors.As(err, &wrong) || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "\n") || !strings.Contains(err.Error(), "expected") {
			t.Errorf("%q gives %+v and %v, expected %q", c.text, s.ID, err, c.want)
		}
	}
}

// Texts that YAML could take for something else are written so that it does not.
func TestTextsRoundTrip(t *testing.T) {
	rng := scenariotest.Seeded(3)
	parts := strings.Split(" |:|: | #|#|- |-|?|? |[|]|{|}|,|&|*|!|||>|'|\"|%|@|`|\\|~|0|1e3|.5|yes|null|true|a|é|=|<<|---|...|\u00a0|\u2028|\ufeff|\n|\n  |\n\n", "|")
	text := func() string {
		var b strings.Builder
		for range 1 + rng.IntN(5) {
			b.WriteString(parts[rng.IntN(len(parts))])
		}
		return b.String()
	}
	small, err := data.NewScenario(scenarios.Origin{Source: "log_density", Text: "-x^2"}, scenarios.Window{XMin: -1, XMax: 1, YMin: -1, YMax: 1}, nil)
	if err != nil {
		t.Fatal(err)
	}
	line := func() string { return strings.ReplaceAll(text(), "\n", " ") }
	for range 2000 {
		s := small
		s.ID, s.Name, s.Story, s.Source, s.Notes = line(), line(), line(), line(), strings.Trim(text(), "\n")
		written, err := Encode(s)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := Decode(written, nil); err != nil || got.ID != s.ID || got.Name != s.Name || got.Story != s.Story || got.Source != s.Source || got.Notes != s.Notes {
			t.Fatalf("%s\ngives %q %q %q %q %q and %v", written, got.ID, got.Name, got.Story, got.Source, got.Notes, err)
		}
	}
}

func TestUnprintableTextsAreNotWritten(t *testing.T) {
	for _, name := range []string{"a\xff", "a\tb", "a\x1b[2J"} {
		s := catalogue.All()[0]
		s.Name = name
		if text, err := Encode(s); err == nil || !strings.Contains(err.Error(), "expected") {
			t.Errorf("%q is written as %s (%v)", name, text, err)
		}
	}
}

// A file of Windows is that of Unix, with or without a byte order mark, and a block of one
// text is one line of it.
func TestLineEnds(t *testing.T) {
	text := "version: 1\nname: >\n  two\n\n  lines\nnotes: |\n  a\n    b\ntarget:\n  log_density: |\n    -x^2\n      - y^2\nwindow: [-3, 3, -3, 3]\n"
	for _, text := range []string{text, strings.ReplaceAll(text, "\n", "\r\n"), "\ufeff" + text} {
		s, err := Decode([]byte(text), nil)
		if err != nil || s.Name != "two lines" || s.Notes != "a\n  b" || s.Target.(*formula.Target).Text != "-x^2 - y^2" {
			t.Errorf("%q is read as %q %q %+v (%v)", text, s.Name, s.Notes, s.Target, err)
		}
	}
}

func FuzzDecode(f *testing.F) {
	for _, s := range catalogue.All() {
		text, err := Encode(s)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
	}
	f.Add([]byte("version: 1\ntarget: {mixture: [{mean: [0, 1e308], scales: [1, 1e-300], degrees: 45}]}\nwindow: [-1e308, 1e308, 0, 1]"))
	for _, regions := range []string{
		"[{name: left well, half_plane: {through: [0, 0], normal: [-1, 0]}}, {name: core, disc: {centre: [1, 0], radius: 0.5}}, {name: strip, box: [0, 1, -2, 2]}]",
		"[{name: '- 1', box: [0, 1, 0, 1]}, {name: 'yes', box: [0, 1, 0, 1]}, {name: \"'\", disc: {centre: [1e308, -0.0], radius: 1e-320}}]",
		"[{name: null, half_plane: {through: [1e308, 0], normal: [1e308, 5e-324]}}, {name: 1e3, box: [-1e308, 1e307, 0, 1]}]",
	} {
		f.Add([]byte("version: 1\ntarget: {catalogue: banana}\nregions: " + regions + "\n"))
	}
	for _, data := range []string{
		"{samples: three.csv, kernel: 0.5}\nstart: {samples: three.csv}", "{samples: three.csv}\nwindow: [-9, 9, -9, 9]",
		"{log_density_grid: bare.npy}\nwindow: [0, 1, 0, 1]", "{density_grid: placed.npz}", "{image: grey.png}",
	} {
		f.Add([]byte("version: 1\ntarget: " + data + "\n"))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		s, err := Decode(text, memory{})
		if err != nil {
			fuzztest.OneLine(t, text, err)
			return
		}
		if s.Target == nil || s.Start.Sampler == nil || !(s.Window.XMin < s.Window.XMax) || !(s.Bandwidth > 0) || s.Particles <= 0 {
			t.Fatalf("an accepted file gives %+v", s)
		}
		again, err := Encode(s)
		if err != nil {
			t.Fatal(err)
		}
		if _, formula := s.Target.(*formula.Target); formula {
			return // holds functions, which compare with nothing
		}
		if back, err := Decode(again, memory{}); err != nil || !scenariotest.Same(back, s) {
			t.Fatalf("read again it is %+v (%v), expected %+v", back, err, s)
		}
	})
}
