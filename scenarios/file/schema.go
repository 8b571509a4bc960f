package file

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"sync"

	"github.com/goccy/go-yaml"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"undercurrent/scenarios/catalogue"
)

//go:embed schema.json
var schemaText string

// Schema returns the JSON Schema of scenario files. A title is the expectation in the error
// messages of Decode; a description is the meaning of the value. The divergence of a file
// must match the regular expression drifts, which is the caller's, since Decode leaves the
// choice of divergences to it; the empty one matches all.
func Schema(drifts string) string {
	ids, _ := json.Marshal(catalogue.IDs()) // texts alone, like the next
	pattern, _ := json.Marshal(drifts)
	return strings.NewReplacer(`["CATALOGUE"]`, string(ids), `"DRIFTS"`, string(pattern)).Replace(schemaText)
}

// compiled is the compiled schema. The library costs 10 ms at every start of the program and
// as much again for the first file; in return the program and an editor validate by the same
// rules.
var compiled = sync.OnceValue(func() *jsonschema.Schema {
	text, err := jsonschema.UnmarshalJSON(strings.NewReader(Schema("")))
	if err != nil {
		panic(fmt.Sprintf("schema.json: %v", err))
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("schema.json", text); err != nil {
		panic(err)
	}
	return c.MustCompile("schema.json")
})

// outline is a part of the schema with its fields in order, which the compiled one does not
// keep.
type outline struct {
	root yaml.MapSlice
	part yaml.MapSlice
}

func newOutline() outline {
	var root yaml.MapSlice
	// JSON is YAML.
	if err := yaml.UnmarshalWithOptions([]byte(Schema("")), &root, yaml.UseOrderedMap()); err != nil {
		panic(fmt.Sprintf("schema.json: %v", err))
	}
	return outline{root, root}
}

// at returns the part for the value at a location, which must exist in the schema.
func (o outline) at(where location) outline {
	for _, name := range where {
		if _, err := strconv.Atoi(name); err == nil {
			o.part, _ = o.get("items").(yaml.MapSlice)
		} else {
			fields, _ := o.get("properties").(yaml.MapSlice)
			o.part, _ = outline{o.root, fields}.get(name).(yaml.MapSlice)
		}
	}
	return o
}

// get returns the value of a keyword, its own or that of its $ref.
func (o outline) get(keyword string) any {
	for _, entry := range o.part {
		if entry.Key == keyword {
			return entry.Value
		}
	}
	for _, entry := range o.part {
		if to, ok := entry.Value.(string); ok && entry.Key == "$ref" {
			part := outline{o.root, o.root}
			for _, name := range strings.Split(strings.TrimPrefix(to, "#/"), "/") {
				part.part, _ = part.get(name).(yaml.MapSlice)
			}
			return part.get(keyword)
		}
	}
	return nil
}

// title is the expectation in error messages.
func (o outline) title() string { return fmt.Sprint(o.get("title")) }

// fields returns the names of the fields, in the order of the schema.
func (o outline) fields() (names []string) {
	fields, _ := o.get("properties").(yaml.MapSlice)
	for _, entry := range fields {
		names = append(names, fmt.Sprint(entry.Key))
	}
	return names
}

// choices returns the names of which exactly one is required, in the order of the schema.
func (o outline) choices() (names []string) {
	list, _ := o.get("oneOf").([]any)
	for _, choice := range list {
		one, _ := choice.(yaml.MapSlice)
		required, _ := outline{o.root, one}.get("required").([]any)
		for _, name := range required {
			names = append(names, fmt.Sprint(name))
		}
	}
	return names
}
