package command_test

import (
	"strings"
	"testing"

	"undercurrent/divergences"
	"undercurrent/internal/fuzztest"
	"undercurrent/scenarios/catalogue"
	"undercurrent/sim"
	"undercurrent/ui/command"
	"undercurrent/ui/session"
)

func newSession(t testing.TB) *session.Session {
	t.Helper()
	s, err := catalogue.Named("three-modes")
	if err != nil {
		t.Fatal(err)
	}
	s.Particles, s.Bandwidth = 60, 0.6
	d, err := divergences.Standard().Parse("reverse-kl", nil)
	if err != nil {
		t.Fatal(err)
	}
	u, err := session.NewFunctional("under-coverage", 1, 1)
	if err != nil {
		t.Fatal(err)
	}
	made, err := session.New(divergences.Standard(), s, sim.DefaultSettings(s, d), u)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(made.Close)
	return made
}

// examples are a line for every command, and what it does to a frame.
func examples() map[string]func(f *session.Frame) bool {
	return map[string]func(f *session.Frame) bool{
		"alpha 0.5":          func(f *session.Frame) bool { return f.Settings.Drift.Value("alpha").Number == 0.5 },
		"lambda 0.3":         func(f *session.Frame) bool { return f.Settings.Drift.Value("lambda").Number == 0.3 },
		"reference target":   func(f *session.Frame) bool { return f.Settings.Drift.Value("reference").Choice == "target" },
		"scenario banana":    func(f *session.Frame) bool { return f.Scenario.ID == "banana" },
		"start narrow":       func(f *session.Frame) bool { return f.Scenario.StartName == "narrow" },
		"regions auto":       func(f *session.Frame) bool { return len(f.Regions.List) > 3 },
		"region 2":           func(f *session.Frame) bool { return f.Chosen() == 2 },
		"divergence pearson": func(f *session.Frame) bool { return f.Info.ID == "pearson" },
		"aim coverage":       func(f *session.Frame) bool { return f.AimsAtCoverage },
		"best-weight":        func(f *session.Frame) bool { return f.Settings.Drift.ID() == divergences.TableID },
		"compare start":      func(f *session.Frame) bool { return len(f.Runs) == 4 },
		"z 2":                func(f *session.Frame) bool { return f.Settings.Drift.ZFactor() == 2 },
		"edit pour:1:1:1:40": func(f *session.Frame) bool { return f.Settings.Particles == 100 },
		"particles 77":       func(f *session.Frame) bool { return f.Settings.Particles == 77 },
		"bandwidth 0.7":      func(f *session.Frame) bool { return f.Settings.Bandwidth == 0.7 },
		"birth-death 2":      func(f *session.Frame) bool { return f.Settings.BirthDeath == 2 },
		"coarse 4":           func(f *session.Frame) bool { return f.Settings.Coarse.Factor == 4 },
		"mover ula":          func(f *session.Frame) bool { return f.Settings.Mover.String() == "ula" },
		"seed 9":             func(f *session.Frame) bool { return f.Settings.Seed == 9 },
		"speed 4":            func(f *session.Frame) bool { return f.Pace.Steps == 4 },
		"step 3":             func(f *session.Frame) bool { return f.Now == 3 },
		"train 5":            func(f *session.Frame) bool { return strings.Contains(f.Note.Text, "no sampler is trained") },
		"functional deficit": func(f *session.Frame) bool { return f.Functional.ID == "deficit" },
		"tau 2":              func(f *session.Frame) bool { return f.Functional.Tau == 2 },
		"softness 0.5":       func(f *session.Frame) bool { return f.Functional.S == 0.5 },
	}
}

func TestEveryCommandDoesWhatItNames(t *testing.T) {
	done := map[string]bool{}
	for line, holds := range examples() {
		s := newSession(t)
		for range 4 {
			s.Advance()
		}
		effect, err := command.Parse(divergences.Standard(), line)
		if err != nil {
			t.Errorf("%s: %v", line, err)
			continue
		}
		effect(s)
		f := &session.Frame{}
		if s.Frame(f); !holds(f) {
			t.Errorf("%s does not do it: %q", line, f.Note.Text)
		}
		name, _ := command.Split(line)
		done[name] = true
	}
	for _, c := range command.All(divergences.Standard()) {
		if !done[c.Name] || c.Help == "" {
			t.Errorf("%s has no example, or no help", c.Name)
		}
	}
}

func TestAWrongCommandIsExplained(t *testing.T) {
	for line, want := range map[string]string{
		"":                 `unknown command ""`,
		"divergenc pearso": `unknown command "divergenc", expected divergence`,
		"divergence":       "divergence has no argument, expected ID[:PARAMETER]",
		"divergence perso": `unknown divergence "perso", expected pearson`,
		"scenario banan":   `unknown scenario "banan", expected banana`,
		"start nowhere":    `unknown initial cloud "nowhere", expected one of default, narrow`,
		"regions none":     `unknown division "none", expected one of`,
		"region -1":        `"-1", expected a whole number`,
		"region two":       `"two", expected a whole number`,
		"best-weight 3":    `best-weight has the argument "3", expected none`,
		"compare there":    `"there", expected start, here or before`,
		"tau much":         `"much", expected a number`,
		"functional none":  `unknown coverage measure "none", expected under-coverage or deficit`,
		"edit move":        "move",
	} {
		if _, err := command.Parse(divergences.Standard(), line); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, expected %q", line, err, want)
		}
	}
}

// Any line has an effect, or is refused in one line.
func FuzzParse(f *testing.F) {
	for line := range examples() {
		f.Add(line)
	}
	f.Fuzz(func(t *testing.T, line string) {
		effect, err := command.Parse(divergences.Standard(), line)
		fuzztest.OneLine(t, line, err)
		if err == nil && effect == nil {
			t.Errorf("%q has no effect", line)
		}
	})
}
