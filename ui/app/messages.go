package app

import (
	"unicode/utf8"

	"undercurrent/ui/paint"
	"undercurrent/ui/session"
)

// messages is what the last line says before it shows the keys again.
type messages struct {
	note  session.Note
	left  int           // ticks that it stays
	sure  int           // ticks that it stays whatever the session says
	next  *session.Note // what the session says meanwhile
	ticks int           // a second
}

// noteSeconds is how long a message stays, and a second for every twenty letters.
const (
	noteSeconds = 4
	readLetters = 20
)

// seconds is how long a message stays.
func seconds(n session.Note) int { return noteSeconds + utf8.RuneCountInString(n.Text)/readLetters }

// say shows a message of the screen's own.
func (m *messages) say(text string) { m.own(session.Note{Text: text}) }

// warn shows what went wrong.
func (m *messages) warn(err error) { m.own(session.Note{Text: err.Error(), Alert: true}) }

// own shows a message that is not of the session, for a second at least: it answers a key.
func (m *messages) own(note session.Note) {
	note.Serial = m.note.Serial
	m.show(note)
	m.sure = m.ticks
}

func (m *messages) show(note session.Note) {
	m.note, m.left, m.sure, m.next = note, seconds(note)*m.ticks, 0, nil
}

// pressed says that a key was pressed: what the session says from now on may answer it.
func (m *messages) pressed() { m.sure = 0 }

// receive keeps a message of the session, if it is news, shows it unless the screen's own has not stayed
// long enough, and reports whether it does.
func (m *messages) receive(note session.Note) (shown bool) {
	if note.Serial != m.note.Serial {
		m.note.Serial, m.next = note.Serial, &note
	}
	return m.turn()
}

// turn shows what the session said if it is time to.
func (m *messages) turn() bool {
	if m.next == nil || m.sure > 0 {
		return false
	}
	m.show(*m.next)
	return true
}

// tick lets time pass, and reports whether another message is shown, or none any more.
func (m *messages) tick() (changed bool) {
	m.left--
	m.sure--
	return m.turn() || m.left == 0
}

// passing reports whether a message is shown, or is to be shown, for some time.
func (m *messages) passing() bool { return m.left > 0 || m.sure > 0 || m.next != nil }

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
