//go:build long

package cli

import (
	"os"
	"strconv"
	"testing"
)

// numberOf is an environment variable as a whole number.
func numberOf(t *testing.T, name string, otherwise uint64) uint64 {
	t.Helper()
	text := os.Getenv(name)
	if text == "" {
		return otherwise
	}
	n, err := strconv.ParseUint(text, 10, 64)
	if err != nil {
		t.Fatalf("%s is %q, expected a whole number", name, text)
	}
	return n
}

// SETTINGS is the number of cases, SETTINGS_SEED another seed. The slowest cases are printed.
func TestRandomSettingsInGreatNumber(t *testing.T) {
	cases := checkSettings(t, numberOf(t, "SETTINGS_SEED", 2), int(numberOf(t, "SETTINGS", 10_000)), 5)
	for _, c := range cases[:min(20, len(cases))] {
		t.Logf("%v, case %d:\n%s", c.took, c.index, c)
	}
}
