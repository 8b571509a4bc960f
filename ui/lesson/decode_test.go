package lesson_test

import (
	"errors"
	"strings"
	"testing"

	"undercurrent/scenarios/file"
	"undercurrent/sim/target"
	"undercurrent/ui/lesson"
	"undercurrent/ui/panel"
)

// whole is a lesson with every field.
const whole = `id: mine
title: A lesson of my own
question: Does it read?
steps:
  - scene: {scenario: three-modes, start: narrow, divergence: reverse-kl+birth-death, particles: 300, bandwidth: 0.5, smoothing: sharp, seed: 9}
    maps: {left: q, right: -div V, over: both}
    do: [softness 0.5, region 2]
    look: weight
    say: >-
      Two lines
      of text.
    ask: What now?
    choices: [this, that]
    then: [divergence pearson]
    run: 12
    answer: TV is {tv}, and {region 2 ratio} of it is there.
    claims: [tv < 2, region 2 ratio > 0]
  - look: region 1
    say: The end.
`

func TestEveryFieldIsRead(t *testing.T) {
	l, err := lesson.Decode([]byte(whole))
	if err != nil {
		t.Fatal(err)
	}
	s := l.Steps[0]
	if l.ID != "mine" || l.Title != "A lesson of my own" || l.Question != "Does it read?" || len(l.Steps) != 2 {
		t.Errorf("the lesson is %+v", l)
	}
	if s.Say != "Two lines of text." || s.Ask != "What now?" || len(s.Choices) != 2 || s.Run != 12 || s.Look != panel.Weight || len(s.Do) != 2 || len(s.Then) != 1 || len(s.Claims) != 2 {
		t.Errorf("the step is %+v", s)
	}
	scene := s.Scene
	if scene.Scenario.ID != "three-modes" || scene.Scenario.StartName != "narrow" || scene.Scenario.Particles != 300 || scene.Scenario.Bandwidth != 0.5 ||
		scene.Smoothing != target.Sharp || scene.Seed != 9 || len(scene.Motions) != 1 || scene.Motions[0].BirthDeath != 1 {
		t.Errorf("the scene is %+v", scene)
	}
	left, right, over := lesson.Begin(l).Maps()
	if left != panel.Density || right != panel.Compression || over != panel.Both {
		t.Errorf("the maps show %v and %v under %v", left, right, over)
	}
	if last := l.Steps[1]; last.Look != panel.Coverage || last.Region != 1 {
		t.Errorf("the last step is %+v", last)
	}
}

// A wrong file is refused in one sentence, with the place and what was expected.
func TestAWrongFileIsExplained(t *testing.T) {
	change := func(old, new string) string {
		if !strings.Contains(whole, old) {
			t.Fatalf("the lesson has no %q", old)
		}
		return strings.Replace(whole, old, new, 1)
	}
	for name, c := range map[string]struct{ text, want string }{
		"empty":              {"", "the file is not one document, expected a lesson with id, title, question and steps"},
		"no mapping":         {"[1, 2]", `line 1, column 1: a list, expected fields such as id`},
		"YAML":               {"id: [1", "line 1, column 5: "},
		"unknown field":      {change("question:", "qestion:"), `line 3, column 1: unknown field "qestion", expected question`},
		"unknown step field": {change("    choices:", "    choces:"), `line 13, column 5: steps[0]: unknown field "choces", expected choices`},
		"twice":              {change("title:", "id: x\ntitle:"), `line 2, column 1: there are two fields id, expected one`},
		"missing":            {change("title: A lesson of my own\n", ""), "line 1, column 1: there is no title, expected a few words"},
		"no steps":           {"id: x\ntitle: x\nquestion: x\nsteps: []\n", "line 4, column 8: steps: 0 entries, expected 1 to 12"},
		"steps as text":      {"id: x\ntitle: x\nquestion: x\nsteps: none\n", `line 4, column 8: steps: "none", expected a list`},
		"no say":             {change("  - look: region 1\n    say: The end.\n", "  - look: region 1\n"), "line 18, column 5: steps[1]: there is no say, expected two or three sentences"},
		"empty text":         {change("ask: What now?", "ask: ''"), "line 12, column 10: steps[0].ask: a text of 0 characters, expected 1 to 400"},
		"null":               {change("ask: What now?", "ask:"), "steps[0].ask: nothing, expected a text"},
		"scenario":           {change("three-modes", "three-mods"), `line 5, column 23: steps[0].scene.scenario: unknown scenario "three-mods", expected three-modes`},
		"start":              {change("start: narrow", "start: narow"), `steps[0].scene.start: unknown initial cloud "narow", expected narrow`},
		"divergence":         {change("reverse-kl+birth-death", "revers-kl"), `steps[0].scene.divergence: unknown divergence "revers-kl", expected reverse-kl`},
		"no drift":           {change("divergence: reverse-kl+birth-death, ", ""), "there is neither divergence nor flows nor chains, expected one of them"},
		"flows":              {change("divergence: reverse-kl+birth-death", "flows: [reverse-kl+birth-death, pearson]"), "reverse-kl+birth-death among flows, expected divergences and movers alone"},
		"many flows":         {change("divergence: reverse-kl+birth-death", "flows: [reverse-kl, pearson, neyman, ula, svgd]"), "scene.flows: 5 entries, expected 1 to 4"},
		"particles":          {change("particles: 300", "particles: 3e9"), "steps[0].scene.particles: \"3e9\", expected a whole number from 2 to 100000"},
		"few particles":      {change("particles: 300", "particles: 1"), "steps[0].scene.particles: \"1\", expected a whole number from 2 to 100000"},
		"bandwidth":          {change("bandwidth: 0.5", "bandwidth: -1"), `steps[0].scene.bandwidth: "-1", expected a positive number`},
		"smoothing":          {change("smoothing: sharp", "smoothing: no"), `"no", expected matched or sharp`},
		"map":                {change("left: q", "left: r"), `line 6, column 18: steps[0].maps.left: unknown quantity "r", expected one of p, q, log p/q, speed, weight, -div V`},
		"over":               {change("over: both", "over: all"), `steps[0].maps.over: unknown overlay "all", expected one of none, arrows, trails, both`},
		"command":            {change("softness 0.5", "softnes 0.5"), `line 7, column 10: steps[0].do[0]: unknown command "softnes", expected softness`},
		"argument":           {change("softness 0.5", "softness soft"), `steps[0].do[0]: "soft", expected a number`},
		"then":               {change("divergence pearson", "divergence person"), `steps[0].then[0]: unknown divergence "person", expected pearson`},
		"chains":             {change("divergence: reverse-kl+birth-death", "chains: rigth"), `unknown chains "rigth", expected right`},
		"chains and a drift": {change("seed: 9", "seed: 9, chains: right"), "steps[0].scene: there are chains and reverse-kl+birth-death, expected one of them"},
		"run of chains":      {change("divergence: reverse-kl+birth-death", "chains: right"), "steps[0]: there is run or train in a scene of chains, expected neither: no time passes there"},
		"panel":              {change("look: weight", "look: weigth"), `line 8, column 11: steps[0].look: unknown panel "weigth", expected weight, or region N`},
		"run":                {change("run: 12", "run: 0"), `line 15, column 10: steps[0].run: "0", expected a whole number from 1 to 5000`},
		"quantity":           {change("{tv}", "{vt}"), `line 16, column 13: steps[0].answer: unknown quantity "vt", expected `},
		"brace":              {change("{tv}", "{tv"), `steps[0].answer: unknown quantity`},
		"open brace":         {change("is there.", "is {there."), "steps[0].answer: a { without a } after it, expected a quantity in braces"},
		"closed brace":       {change("is there.", "is there.}"), "steps[0].answer: a } without a { before it"},
		"claim":              {change("tv < 2", "tv is small"), `line 17, column 14: steps[0].claims[0]: "tv is small", expected a quantity, < or >, and a number or a quantity, such as tv < 0.1`},
		"claim's bound":      {change("tv < 2", "tv < two"), `steps[0].claims[0]: unknown quantity "two", expected `},
		"no answer":          {change("    answer: TV is {tv}, and {region 2 ratio} of it is there.\n", ""), "steps[0]: there is no answer, expected one after ask, then, run or train"},
		"no question":        {change("    ask: What now?\n", ""), "steps[0]: there are choices and no ask, expected a question"},
		"answer alone":       {change("say: The end.", "say: The end.\n    answer: 42"), "steps[1]: there is an answer and no ask, then, run or train, expected one of them"},
		"no scene":           {"id: x\ntitle: x\nquestion: x\nsteps:\n  - say: x\n", "line 5, column 5: steps[0]: there is no scene, expected one in the first step"},
		"after training":     {change("run: 12", "train: 12"), "steps[1]: there is no scene, expected one after a step that trains"},
		"alias":              {change("ask: What now?", "ask: *a"), "an alias, an anchor or a tag"},
		"control character":  {change("What now?", `"\x1b[31m"`), ""},
	} {
		_, err := lesson.Decode([]byte(c.text))
		var e file.Error
		switch {
		case c.want == "":
			if err != nil && !errors.As(err, &e) {
				t.Errorf("%s: %v", name, err)
			}
		case err == nil || !errors.As(err, &e) || !strings.Contains(err.Error(), c.want):
			t.Errorf("%s: %v, expected %q", name, err, c.want)
		case strings.Contains(err.Error(), "\n"):
			t.Errorf("%s: the error has several lines: %q", name, err)
		}
	}
}

func TestALargeFileIsRefused(t *testing.T) {
	if _, err := lesson.Decode([]byte(whole + "#" + strings.Repeat("x", 1<<18))); err == nil || !strings.Contains(err.Error(), "expected a lesson") {
		t.Errorf("the error is %v", err)
	}
}
