package lesson

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"undercurrent/divergences"
	"undercurrent/internal/suggest"
	"undercurrent/scenarios"
	"undercurrent/scenarios/file"
	"undercurrent/ui/command"
	"undercurrent/ui/layout"
	"undercurrent/ui/panel"
)

// Limits of a lesson, so that it can be read at once and played in a few minutes.
const (
	maxFile = 1 << 18 // bytes
	// maxFields bounds the fields of a mapping as the library reads it.
	maxFields = 64
	// maxLine bounds titles and choices, maxText the texts that fill the box, in characters, before placeholders are
	// filled.
	maxLine, maxText = 72, 400
	maxSteps         = 12
	maxCommands      = 16
	maxChoices       = 4
	maxClaims        = 16
	maxParticles     = 100_000
	maxRun           = 5000
	maxTrain         = 5000
)

// Decode reads a lesson. The error is a file.Error, one sentence with line and column.
func Decode(written []byte) (*Lesson, error) {
	root, err := parse(written)
	if err != nil {
		return nil, err
	}
	l := &Lesson{}
	return l, l.read(root)
}

// parse is the tree of a file.
func parse(written []byte) (root ast.Node, err error) {
	if len(written) > maxFile {
		return nil, file.Error{Problem: fmt.Sprintf("the file has more than %d bytes, expected a lesson", maxFile)}
	}
	// The library panics at some broken files.
	defer func() {
		if failure := recover(); failure != nil {
			err = file.Error{Problem: fmt.Sprintf("the file cannot be read (%v), expected a lesson", failure)}
		}
	}()
	if err := file.CheckBounds(written, maxFields); err != nil {
		return nil, err
	}
	tree, err := parser.ParseBytes(written, 0, parser.AllowDuplicateMapKey())
	if err != nil {
		return nil, positioned(err)
	}
	if len(tree.Docs) != 1 || tree.Docs[0].Body == nil {
		return nil, file.Error{Problem: "the file is not one document, expected a lesson with id, title, question and steps"}
	}
	return tree.Docs[0].Body, nil
}

// positioned is an error of the YAML library in one sentence.
func positioned(err error) error {
	message := func(text string) string {
		text, _, _ = strings.Cut(text, "\n")
		return scenarios.Escaped(scenarios.Shortened(strings.TrimSpace(text), 100)) + ", expected a lesson"
	}
	var e yaml.Error
	if !errors.As(err, &e) || e.GetToken() == nil {
		return file.Error{Problem: message(err.Error())}
	}
	at := e.GetToken().Position
	return file.Error{Line: at.Line, Column: at.Column, Problem: message(e.GetMessage())}
}

func (l *Lesson) read(root ast.Node) error {
	steps := field{name: "steps", expected: "a list of steps", needed: true, read: func(n ast.Node, where string) error {
		return list(n, where, maxSteps, func(n ast.Node, where string) error {
			l.Steps = append(l.Steps, Step{})
			return l.Steps[len(l.Steps)-1].read(n, where, l.Steps[:len(l.Steps)-1])
		})
	}}
	return mapping(root, "", []field{
		must(textOf("id", "a name such as my-lesson", maxLine, &l.ID)),
		must(textOf("title", "a few words", maxLine, &l.Title)),
		must(textOf("question", "what the lesson answers, in one line", maxLine, &l.Question)),
		steps,
	})
}

func (s *Step) read(n ast.Node, where string, before []Step) error {
	doing := func(to *[]command.Effect) func(command.Effect) {
		return func(e command.Effect) { *to = append(*to, e) }
	}
	err := mapping(n, where, []field{
		must(textOf("say", "two or three sentences", maxText, &s.Say)),
		{name: "scene", read: func(n ast.Node, where string) error {
			scene, err := readScene(n, where)
			s.Scene = scene
			return err
		}},
		{name: "maps", read: s.Maps.read},
		parsedList("do", maxCommands, maxLine, parseCommand, doing(&s.Do)),
		parsed("look", maxLine, parseLook, func(p look) { s.Look, s.Region = p.panel, p.region }),
		textOf("ask", "", maxText, &s.Ask),
		parsedList("choices", maxChoices, maxLine, same, func(c string) { s.Choices = append(s.Choices, c) }),
		parsedList("then", maxCommands, maxLine, parseCommand, doing(&s.Then)),
		countOf("run", 1, maxRun, &s.Run),
		countOf("train", 1, maxTrain, &s.Train),
		parsed("answer", maxText, ParseTemplate, func(t Template) { s.Answer = t }),
		parsedList("claims", maxClaims, maxLine, ParseClaim, func(c Claim) { s.Claims = append(s.Claims, c) }),
	})
	if err != nil {
		return err
	}
	return s.check(n, where, before)
}

// check refuses a step that a viewer could not follow, or not come back to.
func (s *Step) check(n ast.Node, where string, before []Step) error {
	switch {
	case len(before) == 0 && s.Scene == nil:
		return wrong(n, where, "there is no scene, expected one in the first step")
	case s.Scene == nil && before[len(before)-1].Train > 0:
		return wrong(n, where, "there is no scene, expected one after a step that trains")
	case (s.Run > 0 || s.Train > 0) && s.ofChains(before):
		return wrong(n, where, "there is run or train in a scene of chains, expected neither: no time passes there")
	case s.asks() && s.Answer.IsZero():
		return wrong(n, where, "there is no answer, expected one after ask, then, run or train")
	case !s.asks() && !s.Answer.IsZero():
		return wrong(n, where, "there is an answer and no ask, then, run or train, expected one of them")
	case len(s.Choices) > 0 && s.Ask == "":
		return wrong(n, where, "there are choices and no ask, expected a question")
	}
	return nil
}

// ofChains reports whether the scene of a step is one of chains.
func (s *Step) ofChains(before []Step) bool {
	scene := s.Scene
	for k := len(before) - 1; scene == nil && k >= 0; k-- {
		scene = before[k].Scene
	}
	return scene != nil && scene.Chains != nil
}

func same(text string) (string, error) { return text, nil }

func parseCommand(line string) (command.Effect, error) {
	return command.Parse(divergences.Standard(), line)
}

// look is what a step points at.
type look struct {
	panel  layout.ID
	region int
}

// parseLook reads the name of a panel, or "region N".
func parseLook(text string) (look, error) {
	if region, rest, err := inRegion(text); region > 0 && rest == "" && err == nil {
		return look{panel.Coverage, region}, nil
	}
	places := map[string]layout.ID{}
	for _, p := range panel.All() {
		places[p.Caption] = p.ID // of one that takes the place of another
	}
	for _, p := range panel.All() {
		places[string(p.ID)] = p.ID
	}
	at, ok := places[text]
	if !ok {
		return look{}, fmt.Errorf("unknown panel %q, expected %s, or region N", text, suggest.Nearest(text, slices.Sorted(maps.Keys(places))))
	}
	return look{panel: at}, nil
}

func (m *Maps) read(n ast.Node, where string) error {
	return mapping(n, where, []field{
		parsed("left", maxLine, panel.FieldNamed, func(f panel.Field) { m.Left = &f }),
		parsed("right", maxLine, panel.FieldNamed, func(f panel.Field) { m.Right = &f }),
		parsed("over", maxLine, panel.OverlayNamed, func(o panel.Overlay) { m.Over = &o }),
	})
}
