package cli

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"undercurrent/divergences"
	"undercurrent/scenarios/catalogue"
	"undercurrent/sim"
)

// At the end of a run, no more than so many particles are compared, which the table says; an interrupt
// ends it.
func TestTheClosingComparisonIsBoundedAndInterruptible(t *testing.T) {
	s, err := catalogue.Named("ring8")
	if err != nil {
		t.Fatal(err)
	}
	drift, err := divergences.Standard().Parse("reverse-kl", nil)
	if err != nil {
		t.Fatal(err)
	}
	settings := sim.DefaultSettings(s, drift)
	settings.Particles = 1000
	flow, err := sim.New(s, settings)
	if err != nil {
		t.Fatal(err)
	}
	var out, stderr bytes.Buffer
	for limit, want := range map[int]string{300: "250 of 1000 particles against exact samples", 1000: "\n1000 particles against exact samples"} {
		out.Reset()
		if err := compareWithSamples(context.Background(), flow, limit, &out, &stderr); err != nil || !strings.Contains("\n"+out.String(), want) {
			t.Errorf("with a limit of %d the table is %v\n%s\nexpected %q", limit, err, out.String(), want)
		}
	}
	out.Reset()
	interrupted, stop := context.WithCancel(context.Background())
	stop()
	err = compareWithSamples(interrupted, flow, 1000, &out, &stderr)
	if err == nil || !strings.Contains(err.Error(), "interrupted while comparing") || out.Len() > 0 || stderr.Len() > 0 {
		t.Errorf("interrupted, it gives %v, %q and %q", err, out.String(), stderr.String())
	}
}
