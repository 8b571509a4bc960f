package cli

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"undercurrent/divergences"
)

// The printed schema accepts a divergence of a file where the program does.
func TestTheSchemaAndTheProgramAgreeOnDivergences(t *testing.T) {
	t.Parallel()
	printed := runs("scenario", "schema")
	text, err := jsonschema.UnmarshalJSON(strings.NewReader(printed.out))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("schema.json", text); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile("schema.json")
	if err != nil {
		t.Fatal(err)
	}
	drifts := []string{"", "nope", "reverse-kl2", "lv:mixture:0.2", "alpha:0.5@0.4", "jeffreys^10", "pearson~blob",
		"pearson+birth-death", "alpha:0.5@0.4+birth-death:2~blob", "pearson+birth-death:0", "lv:target+birth-death:1.5e-1",
		"pearson+birth-death:x", "pearson+birth-death:-1", "pearson+birth-death:", "pearson+birth", "pearson~blob+birth-death", "pearson+birth-death@0.4",
		"pearson+coarse", "pearson@0.4+birth-death+coarse:4.5:100~blob", "pearson+coarse:32:1:0", "pearson+coarse:0.5", "pearson+coarse:33", "pearson+coarse:32.5",
		"pearson+coarse:8:0", "pearson+coarse:8:200:5", "pearson+coarse:", "pearson+coarse+birth-death", "pearson+coarse:x", "lv:target+coarse",
		"lv:target", "lv:target:0.5", "lv:mixture", "lv:mixture:x", "lv:nowhere", "alpha:x", "alpha:0.5:0.5", "alpha:",
		"table", "table:0:1", "table:0:1:0", "table:0:1:1:2e-3@0.4", "table:0:x"}
	for _, id := range divergences.Standard().IDs() {
		drifts = append(drifts, id, id+"x", id+":0.5")
	}
	path := filepath.Join(t.TempDir(), "one.yaml")
	for _, drift := range drifts {
		writeFile(t, path, fmt.Sprintf("version: 1\ntarget: {mixture: [{mean: [0, 0], sigma: 1}]}\ndivergence: %q\n", drift))
		program := runs("scenario", "validate", path).status == exitOK
		file := map[string]any{"version": 1, "divergence": drift,
			"target": map[string]any{"mixture": []any{map[string]any{"mean": []any{0, 0}, "sigma": 1}}}}
		if err := schema.Validate(file); (err == nil) != program {
			t.Errorf("%q: the program says %t, the schema %v", drift, program, err)
		}
	}
}
