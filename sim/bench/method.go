// Package bench compares samplers: every method on a scenario from the same initial cloud,
// with the same number of points, evaluated against the same exact samples.
package bench

import (
	"fmt"
	"slices"
	"strings"

	"undercurrent/divergences"
	"undercurrent/sim/baseline"
	"undercurrent/sim/sampler"
)

// Method is the name of a sampling method: "exact", a baseline, or a route with a drift in the
// format of divergences.Catalogue.Parse, such as "generator:pearson" or "particles:alpha:0.5".
type Method string

const (
	// Exact draws from the target: the exact sample. Its metrics are those of the floor, over as
	// many draws as that needs, so that one seed is enough.
	Exact Method = "exact"
	// particles is the route of the particle flow.
	particles = "particles"
)

// ParseMethod reads a method. A route without a divergence takes reverse-kl.
func ParseMethod(name string) (Method, error) {
	route, divergence, given := strings.Cut(name, ":")
	if !slices.Contains(routes(), route) {
		if !given && slices.Contains(plain(), name) {
			return Method(name), nil
		}
		return "", fmt.Errorf("unknown method %q, expected one of %s, or a route and a divergence such as generator:pearson", name, strings.Join(append(plain(), routes()...), ", "))
	}
	if !given {
		divergence = "reverse-kl"
	}
	spec, err := divergences.Standard().Parse(divergence, nil)
	if err == nil {
		_, err = spec.Build()
	}
	if err != nil {
		return "", fmt.Errorf("method %s: %w", name, err)
	}
	return Method(route + ":" + divergence), nil
}

// plain returns the methods without a divergence.
func plain() []string {
	names := []string{string(Exact)}
	for _, m := range baseline.Methods() {
		names = append(names, string(m))
	}
	return names
}

// routes returns the methods with a divergence.
func routes() []string {
	names := []string{particles}
	for _, r := range sampler.Routes() {
		names = append(names, string(r))
	}
	return names
}

// DefaultMethods returns the methods of a benchmark if none are given.
func DefaultMethods() []string { return append(plain(), routes()...) }

// Seeds is the number of cells of the method on a scenario if other methods have n.
func (m Method) Seeds(n int) int {
	if m == Exact {
		return 1
	}
	return n
}

// split returns route and divergence of a method; the divergence of a plain method is empty.
func (m Method) split() (route, divergence string) {
	route, divergence, _ = strings.Cut(string(m), ":")
	return route, divergence
}
