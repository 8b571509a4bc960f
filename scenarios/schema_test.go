package scenarios

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// keysOf are the names of a document's fields.
func keysOf(v any) (names []string) {
	t := reflect.TypeOf(v)
	for i := range t.NumField() {
		name, _, _ := strings.Cut(t.Field(i).Tag.Get("yaml"), ",")
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// The schema has the fields that are read, no more and no less.
func TestTheSchemaHasTheFieldsOfTheFile(t *testing.T) {
	type object struct {
		Properties map[string]object
		Items      *object
	}
	var s struct {
		object
		Defs map[string]object `json:"$defs"`
	}
	if err := json.Unmarshal([]byte(Schema()), &s); err != nil {
		t.Fatal(err)
	}
	for what, c := range map[string]struct {
		of   map[string]object
		want []string
	}{
		"the file":     {s.Properties, keysOf(document{})},
		"a target":     {s.Properties["target"].Properties, keysOf(target{})},
		"a start":      {s.Properties["start"].Properties, keysOf(start{})},
		"a component":  {s.Defs["mixture"].Items.Properties, keysOf(component{})},
		"a region":     {s.Properties["regions"].Items.Properties, keysOf(zone{})},
		"a disc":       {s.Properties["regions"].Items.Properties["disc"].Properties, keysOf(disc{})},
		"a half plane": {s.Properties["regions"].Items.Properties["half_plane"].Properties, keysOf(halfPlane{})},
	} {
		var names []string
		for name := range c.of {
			names = append(names, name)
		}
		slices.Sort(names)
		if !slices.Equal(names, c.want) {
			t.Errorf("of %s the schema has %v, expected %v", what, names, c.want)
		}
	}
}
