package lesson

import (
	"fmt"
	"math"
	"slices"
	"strconv"

	"github.com/goccy/go-yaml/ast"

	"undercurrent/divergences"
	"undercurrent/internal/suggest"
	"undercurrent/scenarios"
	"undercurrent/scenarios/catalogue"
	"undercurrent/sim"
	"undercurrent/sim/diagnosis"
	"undercurrent/sim/target"
	"undercurrent/ui/command"
	"undercurrent/ui/session"
)

// readScene reads the beginning of a flow, or of several.
func readScene(n ast.Node, where string) (*session.Setup, error) {
	scene := &session.Setup{Seed: 1}
	var start string
	var particles, seed int
	var bandwidth float64
	motion := func(text string) (sim.Motion, error) { return command.ReadMotion(divergences.Standard(), text) }
	take := func(m sim.Motion) { scene.Motions = append(scene.Motions, m) }
	var chains diagnosis.Example
	err := mapping(n, where, []field{
		parsed("chains", maxLine, diagnosis.ExampleNamed, func(e diagnosis.Example) { chains = e }),
		must(withExpected("a built-in scenario", parsed("scenario", maxLine, namedScenario, func(s scenarios.Scenario) { scene.Scenario = s }))),
		parsed("start", maxLine, namedStart, func(name string) { start = name }),
		parsed("divergence", maxLine, motion, take),
		parsedList("flows", session.MaxRuns, maxLine, motion, take),
		countOf("particles", 2, maxParticles, &particles),
		parsed("bandwidth", maxLine, positive, func(h float64) { bandwidth = h }),
		parsed("smoothing", maxLine, parseSmoothing, func(s target.Smoothing) { scene.Smoothing = s }),
		countOf("seed", 1, 1<<30, &seed),
	})
	if err != nil {
		return nil, err
	}
	if seed > 0 {
		scene.Seed = uint64(seed)
	}
	if start != "" {
		if scene.Scenario, err = scene.Scenario.WithStart(start); err != nil {
			return nil, wrong(n, where, "%v", err)
		}
	}
	if particles > 0 {
		scene.Scenario.Particles = particles
	}
	if bandwidth > 0 {
		scene.Scenario.Bandwidth = bandwidth
	}
	if chains.ID != "" {
		if len(scene.Motions) > 0 {
			return nil, wrong(n, where, "there are chains and %s, expected one of them", scene.Motions[0])
		}
		scene.Chains = &chains
		// The flow that takes their place in the end.
		own, err := motion("reverse-kl")
		scene.Motions = []sim.Motion{own}
		return scene, err
	}
	return scene, checkMotions(n, where, scene.Motions)
}

// checkMotions refuses flows that cannot be compared.
func checkMotions(n ast.Node, where string, list []sim.Motion) error {
	if len(list) == 0 {
		return wrong(n, where, "there is neither divergence nor flows nor chains, expected one of them")
	}
	for _, m := range list {
		if d, err := m.Drift.Build(); err != nil {
			return wrong(n, where, "%v", err)
		} else if m.BirthDeath > 0 && !d.IsGradientFlow() {
			return wrong(n, where, "%s has no birth–death, expected none", m.Drift)
		}
		if len(list) > 1 && (m.BirthDeath != 0 || m.Coarse.On() || m.Velocity != sim.Plugin || m.Bandwidth != 0) {
			return wrong(n, where, "%s among flows, expected divergences and movers alone", m)
		}
	}
	return nil
}

func withExpected(expected string, f field) field {
	f.expected = expected
	return f
}

func namedScenario(id string) (s scenarios.Scenario, err error) {
	if !slices.Contains(catalogue.IDs(), id) {
		return s, fmt.Errorf("unknown scenario %q, expected %s", id, suggest.Nearest(id, catalogue.IDs()))
	}
	return catalogue.Named(id)
}

func namedStart(name string) (string, error) {
	if names := (scenarios.Scenario{}).StartNames(); !slices.Contains(names, name) {
		return "", fmt.Errorf("unknown initial cloud %q, expected %s", name, suggest.Nearest(name, names))
	}
	return name, nil
}

func parseSmoothing(text string) (target.Smoothing, error) {
	for _, s := range []target.Smoothing{target.Matched, target.Sharp} {
		if s.String() == text {
			return s, nil
		}
	}
	return 0, fmt.Errorf("%q, expected %s or %s", text, target.Matched, target.Sharp)
}

func positive(text string) (float64, error) {
	v, err := strconv.ParseFloat(text, 64)
	if err != nil || !(v > 0) || math.IsInf(v, 1) {
		return 0, fmt.Errorf("%q, expected a positive number", text)
	}
	return v, nil
}
