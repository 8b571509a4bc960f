// Package bench runs samplers against each other: every method on a scenario from
// the same cloud, with the same count of points, judged by the same exact samples.
package bench

import (
	"fmt"
	"slices"
	"strings"

	"undercurrent/divergences"
	"undercurrent/sim/baseline"
	"undercurrent/sim/sampler"
)

// Method names a way to sample: "exact", a baseline, or a route with a drift, as
// divergences.Catalogue.Parse reads it, such as "generator:pearson" or
// "particles:alpha:0.5".
type Method string

const (
	// Exact draws from the target itself: the floor.
	Exact Method = "exact"
	// particles is the route of the flow.
	particles = "particles"
)

// ParseMethod is the method of that name. A route without a divergence takes
// reverse-kl.
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

// plain are the methods that take no divergence.
func plain() []string {
	names := []string{string(Exact)}
	for _, m := range baseline.Methods() {
		names = append(names, string(m))
	}
	return names
}

// routes are the methods that take one.
func routes() []string {
	names := []string{particles}
	for _, r := range sampler.Routes() {
		names = append(names, string(r))
	}
	return names
}

// DefaultMethods are those of a bench where none are given.
func DefaultMethods() []string { return append(plain(), routes()...) }

// route and divergence of a method; the divergence of a plain method is empty.
func (m Method) split() (route, divergence string) {
	route, divergence, _ = strings.Cut(string(m), ":")
	return route, divergence
}
