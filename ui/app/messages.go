package app

import (
	"undercurrent/ui/paint"
	"undercurrent/ui/session"
)

// messages is what the last line says before it shows the keys again.
type messages struct {
	note  session.Note
	left  int // ticks that it stays
	ticks int // a second
}

// noteSeconds is how long a message stays.
const noteSeconds = 4

// say shows a message of the screen's own.
func (m *messages) say(text string) { m.show(session.Note{Text: text}) }

// warn shows what went wrong.
func (m *messages) warn(err error) { m.show(session.Note{Text: err.Error(), Alert: true}) }

// show shows a message that is not of the session, whose next one is news still.
func (m *messages) show(note session.Note) {
	note.Serial = m.note.Serial
	m.note, m.left = note, noteSeconds*m.ticks
}

// receive shows a message of the session, and reports whether it is news.
func (m *messages) receive(note session.Note) (news bool) {
	if news = note.Serial != m.note.Serial; news {
		m.show(note)
		m.note = note
	}
	return news
}

// tick lets time pass, and reports whether the message has just gone.
func (m *messages) tick() (gone bool) {
	m.left--
	return m.left == 0
}

// write writes the message, if there is one.
func (m *messages) write(r *paint.Row, t paint.Theme) bool {
	if m.left <= 0 {
		return false
	}
	style := t.Accent
	if m.note.Alert {
		style = t.Alert
	}
	r.Text(m.note.Text, style)
	return true
}
