package app

import (
	tea "charm.land/bubbletea/v2"

	"undercurrent/ui/lesson"
	"undercurrent/ui/paint"
)

// lessonList is the list of lessons, narrowed by typing.
type lessonList struct {
	filter[*lesson.Lesson]
	begin func(*lesson.Lesson)
}

func newLessonList(list []*lesson.Lesson, begin func(*lesson.Lesson)) *lessonList {
	return &lessonList{newFiltered(list, func(l *lesson.Lesson) string { return l.Title + " " + l.Question + " " + l.ID }), begin}
}

func (a *App) openLessons() { a.overlay = newLessonList(lesson.All(), a.beginLesson) }

// lessonsOrRight opens the list of lessons where there is no probe, which otherwise moves to the right.
func (a *App) lessonsOrRight() {
	if a.probe.at != nil || a.tour.on() || a.frame == nil || a.frame.Watching != nil {
		a.moveProbe(1, 0)
		return
	}
	a.openLessons()
}

// update moves the choice, narrows the list, or begins the lesson that is chosen.
func (l *lessonList) update(msg tea.Msg) (cmd tea.Cmd, open bool) {
	switch msg := msg.(type) {
	case tea.PasteMsg:
		return l.paste(msg), true
	case tea.KeyPressMsg:
		switch msg.String() {
		case "esc":
			return nil, false
		case "enter":
			if chosen, ok := l.chosen(); ok {
				l.begin(chosen)
			}
			return nil, false
		}
		return l.key(msg), true
	}
	return nil, true
}

// titleColumn is where the questions begin, next to the titles.
const titleColumn = 36

func (l *lessonList) render(t paint.Theme, width, height int) []string {
	inner := min(width-marginX, 120) - 4
	lines := []string{paint.NewRow(inner).Text("› ", t.Key).Text(l.input.Value(), t.Strong).Text("▏", t.Accent).String()}
	room := max(height-marginY-2-len(lines), 1)
	from := max(l.at-room+1, 0)
	for k := from; k < min(from+room, len(l.found)); k++ {
		mark, style := "  ", t.Text
		if k == l.at {
			mark, style = "▸ ", t.Selected
		}
		r := paint.NewRow(inner).Text(mark, t.Accent).Text(l.found[k].Title, style).To(titleColumn)
		if r.Left() >= minSentence {
			r.Text(l.found[k].Question, t.Dim)
		}
		lines = append(lines, r.String())
	}
	if len(l.found) == 0 {
		lines = append(lines, paint.NewRow(inner).Text("  nothing matches", t.Dim).String())
	}
	return boxed(lines, t, inner, "lessons", "type to filter · ↑ ↓ · enter begins · esc closes")
}
