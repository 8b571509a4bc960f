//go:build long

package file

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"undercurrent/scenarios"
	"undercurrent/scenarios/catalogue"
	"undercurrent/scenarios/internal/scenariotest"
)

// What the YAML library would need seconds and gigabytes for is rejected before parsing.
func TestLimitsAreCheckedBeforeParsing(t *testing.T) {
	numbered := func(n int, line string) string {
		var b strings.Builder
		for k := range n {
			fmt.Fprintf(&b, line, k)
		}
		return b.String()
	}
	for _, c := range []struct{ what, text, want string }{
		{"open lists", "version: 1\ntarget: " + strings.Repeat("[", 20_000) + strings.Repeat("]", 20_000), "line 2, column 40: lists and mappings 33 deep, expected at most 32"},
		{"open mappings", "version: 1\ntarget: " + strings.Repeat("{a: ", 20_000), "lists and mappings 33 deep"},
		{"lists of one line", "target: 1\nstart:\n  " + strings.Repeat("- ", 20_000), "line 3, column 65: lists and mappings 33 deep"},
		{"lists of one line in brackets", "target: [" + strings.Repeat("- ", 200_000), "line 1, column 10: \"-\" in brackets, expected a comma"},
		{"keys of one line in brackets", "target: {" + strings.Repeat("? ", 200_000), "line 1, column 10: \"?\" in brackets, expected a comma"},
		{"colons in brackets", "target: {a: {b: 1}, c: {d: 1}, " + strings.Repeat("'a': ", 100_000), "line 1, column 40: \":\" in brackets, expected a comma"},
		{"keys of one line", strings.Repeat("? ", 20_000), "lists and mappings 33 deep"},
		{"fields", "version: 1\n" + numbered(200_000, "k%d: 1\n"), "line 65, column 4: 65 fields of a mapping, expected at most 64"},
		{"fields in brackets", "target: {" + numbered(200_000, "k%d, "), "65 fields of a mapping"},
		{"fields of a component", "target:\n  mixture:\n  - mean: [0, 0]\n" + numbered(20_000, "    k%d: 1\n"), "line 67, column 8: 65 fields of a mapping"},
		{"components", "version: 1\ntarget:\n  mixture:\n" + strings.Repeat("    - {mean: [0, 0], sigma: 1}\n", 100_000), "expected"},
		{"one component more", "version: 1\ntarget:\n  mixture:\n" + strings.Repeat("    - {mean: [0, 0], sigma: 1}\n", scenarios.MaxComponents+1), "line 10004, column 5: 10001 entries of a list, expected at most 10000"},
		{"numbers", "window: [" + strings.Repeat("0, ", 100_000), "line 1, column 30008: 10001 entries of a list"},
		{"brackets", strings.Repeat("é[", maxMarks+1), "line 1, column 1200002: more than 600000 marks such as [, expected"},
		{"dashes", "a: b\n" + strings.Repeat("- ", maxMarks+1), "line 2, column 1199999: more than 600000 marks such as -"},
		{"blank lines at an end", "notes: |\n  a\n" + strings.Repeat(" \n", 500_000), "line 53, column 1: more than 50 blank lines in a row"},
		{"blank lines", "notes: |\n  a\n" + strings.Repeat("\r\n", 500_000) + "name: b\n", "line 53, column 1: more than 50 blank lines in a row"},
		{"angles", "notes: é" + strings.Repeat("<", 500_000), "line 1, column 9: more than 100 of < in a row"},
		{"bars", "name: " + strings.Repeat("|", 1_000_000), "line 1, column 7: invalid header option: \"|||"},
		{"letters of a name", "version: 1\ntarget: {catalogue: " + strings.Repeat("x", 1_000_000) + "}\n", "line 2, column 21: target.catalogue: xxx"},
		{"letters of a file's name", "version: 1\ntarget: {image: " + strings.Repeat("x", 1_000_000) + "}\n", "line 2, column 17: target.image: a text of 1000000 characters, expected the name of a picture"},
		{"letters of a number", "version: " + strings.Repeat("1", 1_000_000), "line 1, column 10: version: 111"},
		{"percents", strings.Repeat("%a\n", 1_000_000), "more than 600000 marks such as %"},
		{"bytes", strings.Repeat(" ", maxFile+1), "the file has more than 4 MB"},
	} {
		_, err := Decode([]byte(c.text), memory{})
		var wrong Error
		if !errors.As(err, &wrong) || !strings.Contains(err.Error(), c.want) || len(err.Error()) > 600 {
			t.Errorf("of many %s the error is %.200v, expected %q", c.what, err, c.want)
		}
	}
}

// The largest scenario that can be described is read.
func TestLargestMixturesRoundTrip(t *testing.T) {
	rng := scenariotest.Seeded(2)
	list := make([]scenarios.Component, scenarios.MaxComponents)
	for k := range list {
		list[k] = scenarios.Component{Mean: scenarios.Point{X: -rng.Float64(), Y: -rng.Float64()}, Cov: scenarios.Cov{XX: 1 + rng.Float64(), XY: -rng.Float64() / 3, YY: 1 + rng.Float64()}, Weight: rng.Float64()}
	}
	m, err := scenarios.NewMixture(list)
	if err != nil {
		t.Fatal(err)
	}
	s := catalogue.All()[0]
	s.Target, s.Truth, s.Start = m, m.Truth(), scenarios.Start{Sampler: m, Text: fmt.Sprint("mixture of ", scenarios.MaxComponents)}
	text, err := Encode(s)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := Decode(text, nil); err != nil || !scenariotest.Same(got, s) {
		t.Errorf("of %d bytes it does not come back (%v)", len(text), err)
	}
}
