//go:build long

package app

import "testing"

func TestLinesOfOtherScenariosHaveTheWidthOfTheScreen(t *testing.T) {
	linesHaveTheWidth(t, "uneven-ring", "banana")
}

func TestTheProbeStaysOnEveryScreen(t *testing.T) {
	probeStays(t, [][2]int{{60, 20}, {80, 24}, {80, 50}, {110, 31}, {200, 60}})
}

func TestNamesFitEveryScreen(t *testing.T) {
	namesFit(t, [][2]int{{60, 20}, {61, 33}, {80, 24}, {80, 50}, {110, 31}, {120, 40}, {132, 40}, {173, 47}, {200, 60}})
}
