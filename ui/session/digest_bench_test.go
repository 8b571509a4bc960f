package session

import (
	"testing"

	"undercurrent/divergences"
	"undercurrent/scenarios/catalogue"
	"undercurrent/sim"
)

func BenchmarkDigest(b *testing.B) {
	s, err := catalogue.Named("gmm40")
	if err != nil {
		b.Fatal(err)
	}
	d, err := divergences.Standard().Parse("reverse-kl", nil)
	if err != nil {
		b.Fatal(err)
	}
	settings := sim.DefaultSettings(s, d)
	settings.Particles = 100_000
	u, err := NewFunctional("under-coverage", 1, 1)
	if err != nil {
		b.Fatal(err)
	}
	session, err := New(divergences.Standard(), s, settings, u)
	if err != nil {
		b.Fatal(err)
	}
	digester := Digester{}
	digester.Digest(session)
	for b.Loop() {
		digester.Digest(session)
	}
}
