// Package fuzztest has what fuzz targets of all packages hold a parser to.
package fuzztest

import (
	"runtime"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// OneLine holds an error to one line of text that a terminal can show as it is.
func OneLine(t *testing.T, input any, err error) {
	t.Helper()
	if err == nil {
		return
	}
	said := err.Error()
	if said == "" || strings.ContainsFunc(said, unicode.IsControl) || !utf8.ValidString(said) {
		t.Fatalf("%q gives %q, expected one line of text without control characters", input, said)
	}
}

// Bounded holds a parser to an amount of memory.
func Bounded(t *testing.T, input any, bytes uint64, parse func()) {
	t.Helper()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	parse()
	runtime.ReadMemStats(&after)
	if grown := after.TotalAlloc - before.TotalAlloc; grown > bytes {
		t.Fatalf("%.100q takes %d bytes of memory, expected at most %d", input, grown, bytes)
	}
}
