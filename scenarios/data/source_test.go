package data

import (
	"strings"
	"testing"

	"undercurrent/scenarios"
)

// Flows cannot be computed in a window of any size.
func TestInvalidWindowsAreRejected(t *testing.T) {
	parabola := scenarios.Origin{Source: "log_density", Text: "-x^2"}
	for _, w := range []scenarios.Window{{XMin: -1e30, XMax: 1e30, YMin: -1e30, YMax: 1e30}, {XMin: 1e12, XMax: 1e12 + 1, YMin: 0, YMax: 1}, {XMin: 0, XMax: 1e-12, YMin: 0, YMax: 1}} {
		if _, err := NewScenario(parabola, w, nil); err == nil || !strings.Contains(err.Error(), "expected") {
			t.Errorf("%v gives %v", w, err)
		}
	}
	if _, err := NewScenario(parabola, scenarios.Window{XMin: 1e12, XMax: 1e12 + 1e4, YMin: -1e-3, YMax: 1e6}, nil); err != nil {
		t.Error(err)
	}
}
