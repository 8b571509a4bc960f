package file

import (
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"undercurrent/scenarios"
	"undercurrent/scenarios/catalogue"
	"undercurrent/scenarios/data"
)

// keysOf are the names of a document's fields, and of those that must be there. The target
// reads and writes itself.
func keysOf(t reflect.Type) (names, needed []string) {
	if t == reflect.TypeFor[target]() {
		names = []string{"mixture", scenarios.Catalogue, "kernel", "columns", "weights", "axes"}
		for _, source := range data.Sources() {
			names = append(names, source.Key)
		}
	} else {
		for k := range t.NumField() {
			name, options, _ := strings.Cut(t.Field(k).Tag.Get("json"), ",")
			if names = append(names, name); !strings.Contains(options, "omitempty") {
				needed = append(needed, name)
			}
		}
	}
	slices.Sort(names)
	slices.Sort(needed)
	return names, needed
}

// parts calls f with every part of the schema that is for a value, and with where it is.
func parts(o outline, where string, f func(o outline, where string)) {
	f(o, where)
	for _, name := range o.fields() {
		parts(o.at(location{name}), where+"."+name, f)
	}
	if items, ok := o.get("items").(yaml.MapSlice); ok {
		parts(outline{o.root, items}, where+"[]", f)
	}
}

// The schema has the fields that are read, no more and no less, and needs the same.
func TestTheSchemaHasTheFieldsOfTheFile(t *testing.T) {
	like := map[string]reflect.Type{
		"":                      reflect.TypeFor[document](),
		".target":               reflect.TypeFor[target](),
		".target.mixture[]":     reflect.TypeFor[component](),
		".start":                reflect.TypeFor[start](),
		".start.gaussian":       reflect.TypeFor[gaussianStart](),
		".start.ring":           reflect.TypeFor[ringStart](),
		".start.mixture[]":      reflect.TypeFor[component](),
		".regions[]":            reflect.TypeFor[region](),
		".regions[].disc":       reflect.TypeFor[disc](),
		".regions[].half_plane": reflect.TypeFor[halfPlane](),
	}
	parts(newOutline(), "", func(o outline, where string) {
		if o.get("type") != "object" {
			return
		}
		kind, known := like[where]
		if !known {
			t.Errorf("the schema has a mapping %s, which the document has not", where)
			return
		}
		delete(like, where)
		names, needed := keysOf(kind)
		got := slices.Sorted(slices.Values(o.fields()))
		var required []string
		list, _ := o.get("required").([]any)
		for _, name := range list {
			required = append(required, fmt.Sprint(name))
		}
		if slices.Sort(required); !slices.Equal(got, names) || !slices.Equal(required, needed) {
			t.Errorf("of %s the schema has %v and needs %v, expected %v and %v", where, got, required, names, needed)
		}
		if o.get("additionalProperties") != false {
			t.Errorf("of %s the schema takes any field", where)
		}
	})
	for where := range like {
		t.Errorf("the schema has no mapping %s", where)
	}
}

// Every field of a file has a title and a description.
func TestEveryFieldHasATitleAndADescription(t *testing.T) {
	parts(newOutline(), "", func(o outline, where string) {
		for _, keyword := range []string{"title", "description"} {
			if text, _ := o.get(keyword).(string); text == "" {
				t.Errorf("%s has no %s", where, keyword)
			}
		}
	})
}

// What the list of sources says of a source, the schema says of its field.
func TestTheSchemaHasTheSources(t *testing.T) {
	schema := newOutline()
	choices := []string{"mixture", scenarios.Catalogue}
	for _, source := range data.Sources() {
		choices = append(choices, source.Key)
		field := schema.at(location{"target", source.Key})
		pattern, _ := field.get("pattern").(string)
		if (source.Endings != nil) != (pattern != "") {
			t.Errorf("%s has the pattern %q, expected the endings %v", source.Key, pattern, source.Endings)
			continue
		}
		for _, ending := range append(source.Endings, ".yaml", "", ".npy.gz") {
			taken := regexp.MustCompile(pattern).MatchString("a" + ending)
			upper := regexp.MustCompile(pattern).MatchString("A" + strings.ToUpper(ending))
			if want := source.Endings == nil || slices.Contains(source.Endings, ending); taken != want || upper != want {
				t.Errorf("%s takes a name that ends in %q: %v, expected %v", source.Key, ending, taken, want)
			}
			if source.Endings != nil && slices.Contains(source.Endings, ending) && !strings.Contains(field.title(), ending) {
				t.Errorf("%s expects %s, which does not name %s", source.Key, field.title(), ending)
			}
		}
		text := fmt.Sprintf("version: 1\ntarget: {%s: a.csv}\n", source.Key)
		if _, err := Decode([]byte(text), memory{}); err == nil || strings.Contains(err.Error(), "there is no window, expected [xmin") != source.NeedsWindow {
			t.Errorf("%s gives %v", text, err)
		}
		text = fmt.Sprintf("version: 1\ntarget: {%s: a.csv, kernel: 1}\nwindow: [0, 1, 0, 1]\n", source.Key)
		if _, err := Decode([]byte(text), memory{}); err == nil && !source.Kernel && source.File || err != nil && strings.Contains(err.Error(), "kernel without") == source.Kernel {
			t.Errorf("%s gives %v", text, err)
		}
	}
	if got := schema.at(location{"target"}).choices(); !slices.Equal(got, choices) {
		t.Errorf("a target is one of %v, expected one of %v", got, choices)
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
	if err := c.AddResource("scenario.json", read([]byte(Schema("")))); err != nil {
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

// The numbers of the schema are those of the program.
func TestTheSchemaHasTheLimits(t *testing.T) {
	schema := newOutline()
	for _, c := range []struct {
		where   location
		keyword string
		want    float64
	}{
		{location{"particles"}, "maximum", scenarios.MaxParticles},
		{location{"regions"}, "maxItems", scenarios.MaxRegions},
		{location{"target", "mixture"}, "maxItems", scenarios.MaxComponents},
		{location{"target", "mixture", "0", "sigma"}, "maximum", scenarios.MaxLength},
		{location{"target", "mixture", "0", "mean", "0"}, "maximum", scenarios.MaxLength},
		{location{"target", "mixture", "0", "mean", "0"}, "minimum", -scenarios.MaxLength},
		{location{"version"}, "const", Version},
	} {
		if got, err := strconv.ParseFloat(fmt.Sprint(schema.at(c.where).get(c.keyword)), 64); err != nil || got != c.want {
			t.Errorf("the %s of %s is %g, expected %g", c.keyword, c.where, got, c.want)
		}
	}
	if name := schema.at(location{"regions", "0", "name"}); !strings.Contains(name.title(), scenarios.Elsewhere) {
		t.Errorf("the name of a region is %s, expected it other than %s", name.title(), scenarios.Elsewhere)
	}
}

// What is written passes the schema.
func TestTheSchemaAcceptsEncodedScenarios(t *testing.T) {
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
func TestTheSchemaAndDecodeAgree(t *testing.T) {
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
		{"version: 1\ntarget: {density: 'exp(-x^2)'}\nwindow: [-1, 1, -1, 1]\n", true},
		{"version: 1\ntarget: {samples: points.txt}\n", true},
		{"version: 1\ntarget: {samples: points.NPZ}\nstart: {samples: points.npy}\n", true},
		{"version: 1\ntarget: {density_grid: grid.txt}\n", true},
		{"version: 1\ntarget: {log_density_grid: grid.csv}\n", true},
		{"version: 1\ntarget: {image: a.gif}\n", true},
		{"version: 1\ntarget: {image: a.jpeg}\nwindow: [0, 4, 0, 2]\n", true},
		{"version: 1\ntarget: {image: a.JPG}\n", true},
		{"version: 1\ntarget: {image: no ending}\n", true},
		{one + "start: {mixture: [{mean: [0, 0], sigma: 1}, {mean: [1, 0], scales: [1, 2], degrees: -45}]}\n", true},
		{one + "start: {ring: {centre: [0, 0], radius: 1, sigma: 0.2}}\n", true},
		{one + "divergence: alpha:0.5\n", true},
		{one + "divergence: lv:mixture:0.2^1e-3@0.4~blob\n", true},
		{one + "divergence: jeffreys^10\n", true},
		{one + "divergence: reverse-kl@.5\n", true},
		{one + "divergence: pearson~blob\n", true},
		{one + "divergence: pearson@0.4+birth-death:2~blob\n", true},
		{one + "divergence: pearson+birth-death@0.4\n", false},
		{one + "divergence: ''\n", true},
		{one + "regions: [{name: 'Käse, 3 #µ', box: [0, 1, 0, 1]}]\n", true},
		{one + "notes: ''\nid: a\n", true},

		{"version: 1\ntarget: {samples: points.gif}\n", false},
		{"version: 1\ntarget: {samples: points}\n", false},
		{"version: 1\ntarget: {density_grid: grid.json}\nwindow: [0, 1, 0, 1]\n", false},
		{"version: 1\ntarget: {log_density_grid: .npy.gz}\nwindow: [0, 1, 0, 1]\n", false},
		{"version: 1\ntarget: {image: ''}\n", false},
		{"version: 1\ntarget: {catalogue: gmm41}\n", false},
		{"version: 1\ntarget: {log_density: '-x^2'}\n", false},
		{"version: 1\ntarget: {density: '1'}\n", false},
		{"version: 1\ntarget: {mixture: [{mean: [0, 2e15], sigma: 1}]}\n", false},
		{"version: 1\ntarget: {mixture: [{mean: [0, 0], sigma: 1e-80}]}\n", false},
		{"version: 1\ntarget: {mixture: [{mean: [0, 0], scales: [1, 0]}]}\n", false},
		{"version: 1\ntarget: {mixture: [{mean: [0, 0], covariance: [[1, 0]]}]}\n", false},
		{one + "start: {samples: points.png}\n", false},
		{one + "start: {ring: {centre: [0, 0], radius: 2e15}}\n", false},
		{one + "start: {ring: {centre: [0, 0], radius: 1, sigma: -1}}\n", false},
		{one + "divergence: pearson@\n", false},
		{one + "divergence: pearson@0\n", false},
		{one + "divergence: pearson@wide\n", false},
		{one + "divergence: pearson^-1\n", false},
		{one + "divergence: pearson~blob@0.4\n", false},
		{one + "divergence: pearson~sharp\n", false},
		{one + "divergence: 'alpha: 0.5'\n", false},
		{one + "regions: [{name: ' a', box: [0, 1, 0, 1]}]\n", false},
		{one + "regions: [{name: '', box: [0, 1, 0, 1]}]\n", false},
		{one + "regions: [{name: " + strings.Repeat("a", 25) + ", box: [0, 1, 0, 1]}]\n", false},
		{one + "regions: [{name: a, half_plane: {through: [0, 0], normal: [0, 0]}}]\n", false},
		{one + "regions: [{name: a, disc: {centre: [0, 0], radius: 0}}]\n", false},
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
