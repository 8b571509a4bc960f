package app

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"undercurrent/ui/layout"
	"undercurrent/ui/lesson"
	"undercurrent/ui/paint"
	"undercurrent/ui/session"
)

// tour is the lesson that is played, in a box below the panels.
type tour struct {
	play *lesson.Play // nil without a lesson
	// sent is the number of the command that set the scene or released the flow: frames from before say nothing of it.
	sent int
	// pointed reports whether the panel of the step was pointed at.
	pointed bool
}

func (t *tour) on() bool { return t.play != nil }

// needs are the instruments that the current step reads.
func (t *tour) needs() (none session.Shown) {
	if !t.on() {
		return none
	}
	return t.play.Needs()
}

// beginLesson opens a lesson at its first step.
func (a *App) beginLesson(l *lesson.Lesson) {
	play := lesson.Begin(l)
	a.tour.play = &play
	a.resize(a.board.width, a.board.height)
	a.setScene(play.Again())
}

// resize gives the screen another size.
func (a *App) resize(width, height int) {
	rows := a.tour.rows(width)
	a.board.below, a.compared.below = rows, rows
	a.board.resize(width, height, a.frame)
	a.compared.resize(width, height)
}

// setScene gives the command that sets the scene of the current step, and shows what that is about.
func (a *App) setScene(set func(*session.Session)) {
	a.tour.pointed = false
	a.compared.single = false
	a.probe.at = nil
	a.board.showMaps(a.tour.play.Maps())
	_, right, _ := a.tour.play.Maps()
	a.compared.show(right)
	a.direct(set)
}

// direct gives a command of the lesson, and remembers it.
func (a *App) direct(do func(*session.Session)) {
	a.link.must(do)
	a.tour.sent = a.link.given
}

// followLesson goes on with the lesson as a frame tells.
func (a *App) followLesson(f *session.Frame) {
	t := &a.tour
	if !t.on() || f.Waiting.For(t.sent) {
		return
	}
	play := t.play.Follow(f)
	t.play = &play
	if step, _ := play.Step(); !t.pointed {
		t.pointed = true
		a.board.pointAt(step.Look)
	}
}

// onLessonKey takes the keys of a lesson, and reports whether it was one.
func (a *App) onLessonKey(msg tea.KeyPressMsg) bool {
	if !a.tour.on() {
		return false
	}
	switch msg.String() {
	case "enter":
		a.goOn()
	case "backspace":
		play := a.tour.play.Back()
		a.tour.play = &play
		a.setScene(play.Again())
	case "esc":
		a.endLesson("left the lesson, everything stays as it is: space goes on")
	default:
		return false
	}
	return true
}

// goOn goes to what comes next in the lesson. A release that was paused goes on.
func (a *App) goOn() {
	before, _ := a.tour.play.Step()
	if a.tour.play.Phase() == lesson.Released {
		if a.frame != nil && a.frame.Paused && a.frame.Releasing {
			a.link.must(func(s *session.Session) { s.Clock.TogglePause() })
		}
		return
	}
	play, over := a.tour.play.Next()
	if over {
		a.endLesson("the lesson is over: space goes on with the flow, L lists the lessons")
		return
	}
	a.tour.play = &play
	switch now, _ := play.Step(); {
	case now != before:
		a.setScene(play.Enter())
	case play.Phase() == lesson.Released:
		a.direct(play.Release(a.options.FPS))
	}
}

// endLesson closes the lesson, and leaves the flow as it is.
func (a *App) endLesson(why string) {
	a.tour = tour{}
	a.board.focus = ""
	a.resize(a.board.width, a.board.height)
	if a.frame != nil && a.frame.Watching != nil {
		a.link.must(func(s *session.Session) { s.Scene.EndExample() })
		why = "left the lesson, and its chains for a flow to the same target: space lets it go"
	}
	a.link.must(func(s *session.Session) { s.Clock.Hold() })
	a.messages.say(why)
}

// Sizes of the box.
const (
	maxTour = 120 // width
	// tourLines are the lines of text in it, more of them on a screen narrower than tourWidth.
	tourLines, moreTourLines = 4, 6
	tourWidth                = 78
	// tourFrame is what its border takes of the width, and of the height.
	tourFrame, tourBorder = 4, 2
)

// rows is the height of the box on a screen of some width, 0 without a lesson.
func (t *tour) rows(width int) int {
	switch {
	case !t.on():
		return 0
	case width < tourWidth:
		return moreTourLines + tourBorder
	}
	return tourLines + tourBorder
}

// render draws the box in the middle of the rows that are left for it.
func (t *tour) render(theme paint.Theme, room layout.Rect, paused bool) []string {
	width := min(room.W, maxTour)
	inner := width - tourFrame
	step, number := t.play.Step()
	l := t.play.Lesson()
	var lines []string
	for _, text := range t.text(step) {
		for _, line := range paint.Wrap(text.words, inner) {
			lines = append(lines, paint.NewRow(inner).Text(line, text.style(theme)).To(inner).String())
		}
	}
	for len(lines) < room.H-tourBorder {
		lines = append(lines, paint.NewRow(inner).To(inner).String())
	}
	name := fmt.Sprintf("%s · %d of %d", l.Title, number, len(l.Steps))
	box := boxed(lines[:room.H-tourBorder], theme, inner, name, t.hint(step, paused))
	left := strings.Repeat(" ", (room.W-width)/2)
	for k := range box {
		box[k] = left + box[k] + strings.Repeat(" ", room.W-width-len(left))
	}
	return box
}

// paragraph is a piece of the text of a step.
type paragraph struct {
	words string
	style func(paint.Theme) paint.Style
}

func plainly(t paint.Theme) paint.Style  { return t.Text }
func strongly(t paint.Theme) paint.Style { return t.Strong }
func brightly(t paint.Theme) paint.Style { return t.Accent }

// text is what the box says in the current phase.
func (t *tour) text(step *lesson.Step) []paragraph {
	switch t.play.Phase() {
	case lesson.Said:
		return []paragraph{{step.Say, plainly}}
	case lesson.Answered:
		answer, _ := t.play.Answer()
		return []paragraph{{answer, plainly}}
	}
	if step.Ask == "" {
		return []paragraph{{step.Say, plainly}}
	}
	return []paragraph{{step.Ask, strongly}, {strings.Join(step.Choices, " · "), brightly}}
}

// hint says what the keys do in the current phase.
func (t *tour) hint(step *lesson.Step, paused bool) string {
	const others = " · backspace back · esc leaves"
	_, holds := t.play.Answer()
	switch phase := t.play.Phase(); {
	case phase == lesson.Released && paused:
		return "space goes on" + others
	case phase == lesson.Released:
		return "…" + others
	case phase == lesson.Said && step.Ask != "":
		return "enter asks" + others
	case phase == lesson.Answered && !holds:
		return "other numbers, as you changed the scene · enter goes on" + others
	case phase == lesson.Asked:
		return "predict, then enter" + others
	}
	return "enter goes on" + others
}
