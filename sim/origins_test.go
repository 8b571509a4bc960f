package sim

import (
	"reflect"
	"testing"

	"undercurrent/scenarios"
	"undercurrent/sim/internal/simtest"
)

// Origins are those that were set, whatever they take of memory, at the limits of a byte too.
func TestOriginsAreThoseThatWereSet(t *testing.T) {
	t.Parallel()
	var o origins
	if o.known() {
		t.Error("origins are known that never were")
	}
	for _, regions := range []int{1, 2, 255, 256, 257, 255, 5000} {
		set := []int{0, regions - 1, inNone, regions / 2}
		o = newOrigins(len(set), regions, o)
		for i, region := range set {
			o.set(i, region)
		}
		for i, want := range set {
			got, ok := o.at(i)
			if ok != (want != inNone) || ok && got != want {
				t.Errorf("of %d regions the origin is %d, %v, expected %d", regions, got, ok, want)
			}
		}
		if few := o.few != nil; few != (regions <= 255) || !o.known() {
			t.Errorf("%d regions take a byte: %v", regions, few)
		}
	}
}

// Whether transport is wanted from the beginning, later, or never changes nothing else, and takes memory only where it is.
func TestTransportIsKeptWhereItIsWanted(t *testing.T) {
	t.Parallel()
	started := func() *Flow {
		return newFlow(t, simtest.Scenario(t, "grid9"), simtest.Drift(t, "reverse-kl"), withParticles(3000), withBirthDeath(2))
	}
	from, later := started(), started()
	a, b := &Report{}, &Report{}
	without := Instruments{NoTransport: true}
	from.Report(a, Instruments{})
	same := func(what string, wanted bool) {
		t.Helper()
		if !wanted {
			for _, row := range b.Transport {
				for _, n := range row {
					if n != 0 {
						t.Errorf("%s: there is transport %v", what, b.Transport)
						return
					}
				}
			}
		} else if !reflect.DeepEqual(a.Transport, b.Transport) {
			t.Errorf("%s: the transport is %v, expected %v", what, b.Transport, a.Transport)
		}
		if !reflect.DeepEqual(a.Regions, b.Regions) || b.Untracked == wanted || later.particles.origins.known() != wanted {
			t.Errorf("%s: the regions are %v, expected %v; untracked: %v", what, b.Regions, a.Regions, b.Untracked)
		}
	}
	for range 4 {
		from.StepReport(a, Instruments{})
		later.StepReport(b, without)
		same("never", false)
	}
	later.Report(b, Instruments{})
	from.Report(a, Instruments{})
	same("later", true)
	for _, f := range []*Flow{from, later} {
		if err := f.Pour(scenarios.Point{X: 1}, 0.3, 40); err != nil {
			t.Fatal(err)
		}
	}
	from.StepReport(a, Instruments{})
	later.StepReport(b, Instruments{})
	same("after an edit", true)
	from.Restart()
	later.Restart()
	from.StepReport(a, Instruments{})
	later.StepReport(b, Instruments{})
	same("from the beginning again", true)
}
