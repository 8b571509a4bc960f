package file

import (
	"encoding/json"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"undercurrent/scenarios/catalogue"
)

// keysOf are the names of a document's fields, and of those that must be there.
func keysOf(v any) (names, needed []string) {
	for _, f := range (values{map[reflect.Type][]field{}}).fieldsOf(reflect.TypeOf(v)) {
		names = append(names, f.name)
		if f.must {
			needed = append(needed, f.name)
		}
	}
	slices.Sort(names)
	slices.Sort(needed)
	return names, needed
}

// The schema has the fields that are read, no more and no less, and needs the same.
func TestTheSchemaHasTheFieldsOfTheFile(t *testing.T) {
	type object struct {
		Properties map[string]object
		Required   []string
		Items      *object
	}
	var s struct {
		object
		Defs map[string]object `json:"$defs"`
	}
	if err := json.Unmarshal([]byte(Schema()), &s); err != nil {
		t.Fatal(err)
	}
	begin, regions := s.Properties["start"], s.Properties["regions"].Items
	for what, c := range map[string]struct {
		of   object
		like any
	}{
		"the file":     {s.object, document{}},
		"a target":     {s.Properties["target"], target{}},
		"a start":      {begin, start{}},
		"a Gaussian":   {begin.Properties["gaussian"], gaussianStart{}},
		"a ring":       {begin.Properties["ring"], ringStart{}},
		"a component":  {*s.Defs["mixture"].Items, component{}},
		"a region":     {*regions, region{}},
		"a disc":       {regions.Properties["disc"], disc{}},
		"a half plane": {regions.Properties["half_plane"], halfPlane{}},
	} {
		names, needed := keysOf(c.like)
		if got := slices.Sorted(maps.Keys(c.of.Properties)); !slices.Equal(got, names) {
			t.Errorf("of %s the schema has %v, expected %v", what, got, names)
		}
		if slices.Sort(c.of.Required); !slices.Equal(c.of.Required, needed) {
			t.Errorf("of %s the schema needs %v, expected %v", what, c.of.Required, needed)
		}
	}
}

// validator says what the schema makes of a file, as an editor would.
func validator(t *testing.T) func(text []byte) error {
	t.Helper()
	read := func(text []byte) any {
		v, err := jsonschema.UnmarshalJSON(strings.NewReader(string(text)))
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("scenario.json", read([]byte(Schema()))); err != nil {
		t.Fatal(err)
	}
	compiled, err := c.Compile("scenario.json")
	if err != nil {
		t.Fatal(err)
	}
	return func(text []byte) error {
		asJSON, err := yaml.YAMLToJSON(text)
		if err != nil {
			t.Fatalf("%v in\n%s", err, text)
		}
		return compiled.Validate(read(asJSON))
	}
}

// What is written passes the schema.
func TestTheSchemaTakesWhatIsWritten(t *testing.T) {
	validate := validator(t)
	for _, s := range catalogue.All() {
		text, err := Encode(s)
		if err != nil {
			t.Fatal(err)
		}
		if err := validate(text); err != nil {
			t.Errorf("%s: %v\n%s", s.ID, err, text)
		}
	}
}

// The schema and the program agree on what is a scenario file and what is none.
func TestTheSchemaAgreesWithTheProgram(t *testing.T) {
	validate := validator(t)
	const one = "version: 1\ntarget: {mixture: [{mean: [0, 0], sigma: 1}]}\n"
	for _, c := range []struct {
		text string
		good bool
	}{
		{one, true},
		{"version: 1\ntarget: {mixture: [{mean: [0, 0], scales: [1, 2], degrees: 30, weight: 2}, {mean: [1, 1], covariance: [[1, 0], [0, 1]]}]}\n", true},
		{"version: 1\ntarget: {log_density: '-x^2 - y^2'}\nwindow: [-1, 1, -1, 1]\n", true},
		{"version: 1\ntarget: {samples: three.csv, kernel: 0.5}\nstart: {samples: three.csv}\n", true},
		{"version: 1\ntarget: {samples: three.csv}\n", true},
		{"version: 1\ntarget: {density_grid: placed.npz}\n", true},
		{"version: 1\ntarget: {log_density_grid: bare.npy}\nwindow: [0, 1, 0, 1]\n", true},
		{"version: 1\ntarget: {image: grey.png}\nnotes: x\nname: y\nid: z\nstory: a\nsource: b\ndivergence: pearson\n", true},
		{one + "start: {uniform: [0, 1, 0, 1]}\nparticles: 30\nbandwidth: 0.5\n", true},
		{one + "start: {ring: {centre: [0, 0], radius: 1}}\n", true},
		{one + "start: {gaussian: {mean: [0, 0], sigma: 1}}\n", true},
		{one + "regions: [{name: a, box: [0, 1, 0, 1]}, {name: b, disc: {centre: [0, 0], radius: 1}}, {name: c, half_plane: {through: [0, 0], normal: [0, 1]}}]\n", true},

		{"version: 2\ntarget: {catalogue: banana}\n", false},
		{"target: {catalogue: banana}\n", false},
		{"version: 1\n", false},
		{"version: 1\ntarget: {}\n", false},
		{"version: 1\ntarget: {catalogue: banana, image: grey.png}\n", false},
		{"version: 1\ntarget: {samples: three.csv, image: grey.png, kernel: 1}\n", false},
		{"version: 1\ntarget: {image: grey.png, kernel: 1}\n", false},
		{"version: 1\ntarget: {samples: three.csv, kernel: 0}\n", false},
		{"version: 1\ntarget: {mixture: []}\n", false},
		{"version: 1\ntarget: {mixture: [{mean: [0, 0]}]}\n", false},
		{"version: 1\ntarget: {mixture: [{mean: [0], sigma: 1}]}\n", false},
		{"version: 1\ntarget: {mixture: [{mean: [0, 0], sigma: -1}]}\n", false},
		{"version: 1\ntarget: {mixture: [{mean: [0, 0], sigma: 1, scales: [1, 1]}]}\n", false},
		{"version: 1\ntarget: {mixture: [{mean: [0, 0], sigma: 1, weight: -1}]}\n", false},
		{"version: 1\ntarget: {mixture: [{mean: [0, 0], sigma: 1, degrees: 0}]}\n", false},
		{"version: 1\ntarget: {mixture: [{mean: ['1', 0], sigma: 1}]}\n", false},
		{"version: 1\ntarget: {mixture: [{mean: [true, 0], sigma: 1}]}\n", false},
		{"version: 1\ntarget: {mixture: [{mean: 0, sigma: 1}]}\n", false},
		{"version: 1\ntarget: {mixture: [{mean: {x: 0, y: 0}, sigma: 1}]}\n", false},
		{"version: 1\ntarget: {mixture: [{mean: [0, 0], sigma: 0}]}\n", false},
		{"version: 1\ntarget: {mixture: [{mean: [0, 0], sigma: '1'}]}\n", false},
		{"version: 1\ntarget: {mixture: [{sigma: 1}]}\n", false},
		{"version: 1\ntarget: {mixture: {mean: [0, 0], sigma: 1}}\n", false},
		{"version: 1\ntarget: {catalogue: ''}\n", false},
		{"version: 1\ntarget: {samples: ''}\n", false},
		{"version: 1\ntarget: {log_density: 0}\nwindow: [-1, 1, -1, 1]\n", false},
		{"version: '1'\n" + one[11:], false},
		{"version: 1.5\n" + one[11:], false},
		{"version: 1.0\n" + one[11:], true},
		{"version: true\n" + one[11:], false},
		{one + "particles: 3.5\n", false},
		{one + "particles: 300.0\n", true},
		{one + "particles: 0\n", false},
		{one + "particles: 1\n", false},
		{one + "particles: 2\n", true},
		{one + "particles: 20000000\n", true},
		{one + "particles: 20000001\n", false},
		{one + "particles: '300'\n", false},
		{one + "particles:\n", false},
		{one + "bandwidth: 0\n", false},
		{one + "bandwidth: '0.5'\n", false},
		{one + "bandwidth: 1\n", true},
		{one + "name: 5\n", false},
		{one + "name: 0.5\n", false},
		{one + "name: true\n", false},
		{one + "name: [a]\n", false},
		{one + "name: null\n", false},
		{one + "name: '5'\nid: \"1e3\"\nstory: 'true'\nsource: ''\n", true},
		{one + "notes: 5\n", false},
		{one + "notes:\n", false},
		{one + "notes: |\n  5\n", true},
		{one + "divergence: 1\n", false},
		{one + "window: 5\n", false},
		{one + "window: ['-1', 1, -1, 1]\n", false},
		{one + "start: [1]\n", false},
		{one + "start: {gaussian: {mean: [0, 0]}}\n", false},
		{one + "start: {ring: {centre: [0, 0]}}\n", false},
		{one + "start: {samples: ''}\n", false},
		{one + "regions: {name: a, box: [0, 1, 0, 1]}\n", false},
		{one + "regions: [{name: 5, box: [0, 1, 0, 1]}]\n", false},
		{one + "regions: [{name: a, disc: {radius: 1}}]\n", false},
		{one + "regions: [{name: a, half_plane: {through: [0, 0]}}]\n", false},
		{one + "colour: red\n", false},
		{one + "window: [0, 1]\n", false},
		{one + "particles: -5\n", false},
		{one + "bandwidth: -1\n", false},
		{one + "start: {}\n", false},
		{one + "start: {samples: three.csv, uniform: [0, 1, 0, 1]}\n", false},
		{one + "start: {ring: {centre: [0, 0], radius: 0}}\n", false},
		{one + "regions: []\n", false},
		{one + "regions: [{box: [0, 1, 0, 1]}]\n", false},
		{one + "regions: [{name: a}]\n", false},
		{one + "regions: [{name: elsewhere, box: [0, 1, 0, 1]}]\n", false},
		{one + "regions: [{name: a, box: [0, 1, 0, 1], disc: {centre: [0, 0], radius: 1}}]\n", false},
	} {
		bySchema := validate([]byte(c.text))
		_, byProgram := Decode([]byte(c.text), memory{})
		if (bySchema == nil) != c.good || (byProgram == nil) != c.good {
			t.Errorf("%s: the schema says %v, the program %v", c.text, bySchema, byProgram)
		}
	}
}
