// Package lesson has guided tours of the running program: scenes that are set on a session, a few sentences about each,
// a question to answer before the flow is released, and the number that answers it. Lessons are YAML files; those of
// the program are embedded. A Play is where a viewer is in one of them.
package lesson

import (
	"undercurrent/ui/command"
	"undercurrent/ui/layout"
	"undercurrent/ui/panel"
	"undercurrent/ui/session"
)

// Lesson is a tour of one idea. It is immutable.
type Lesson struct {
	// ID names the lesson on the command line, Title on the screen; Question is what it answers, in one line.
	ID, Title, Question string
	Steps               []Step
}

// Step is a stop of a tour. Without a scene it goes on from where the one before ended.
type Step struct {
	// Scene is the beginning that the step opens, nil for none.
	Scene *session.Setup
	// Do are carried out on it before the text is shown.
	Do []command.Effect
	// Maps is what the maps show from here on; zero values change nothing.
	Maps Maps
	// Look is the panel that is pointed at, empty for none. Region is the region that is chosen, 0 for no change.
	Look   layout.ID
	Region int
	// Say is what the scene is about. Ask is what the viewer is to predict, empty for nothing, and Choices are
	// answers to choose from.
	Say, Ask string
	Choices  []string
	// Then are carried out after the question. Then Run steps are released, and Train iterations of a sampler.
	Then       []command.Effect
	Run, Train int
	// Answer is what came of it, with the numbers of the frame. Claims are what it says of these.
	Answer Template
	Claims []Claim
}

// Maps is what the maps show: quantities on the left and on the right one, and what is drawn over them.
type Maps struct {
	Left, Right *panel.Field
	Over        *panel.Overlay
}

// asks reports whether a step has a question or something to see happen, and so an answer.
func (s *Step) asks() bool { return s.Ask != "" || s.Run > 0 || s.Train > 0 || len(s.Then) > 0 }

// needs are the instruments that the numbers of a step are read from.
func (s *Step) needs() (all session.Shown) {
	for _, q := range s.Answer.quantities() {
		all = panel.Union(all, q.needs)
	}
	for _, c := range s.Claims {
		all = panel.Union(all, c.needs())
	}
	return all
}
