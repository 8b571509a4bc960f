package app

import (
	"testing"

	"undercurrent/ui/session"
)

// A message that answers a key is read although the session has something to say in the same moment.
func TestAnAnswerToAKeyStaysForASecond(t *testing.T) {
	m := messages{ticks: 10}
	m.say("theme light")
	if m.receive(session.Note{Serial: 1, Text: "the target is made"}); m.note.Text != "theme light" {
		t.Fatalf("a message of the session takes its place: %q", m.note.Text)
	}
	for range 9 {
		if m.tick() || m.receive(session.Note{Serial: 1, Text: "the target is made"}) {
			t.Fatalf("after less than a second it is %q", m.note.Text)
		}
	}
	if !m.tick() || m.note.Text != "the target is made" || m.left != seconds(m.note)*10 {
		t.Errorf("after a second it is %q, for %d ticks", m.note.Text, m.left)
	}
	m.say("theme dark")
	m.pressed()
	if !m.receive(session.Note{Serial: 2, Text: "paused"}) || m.note.Text != "paused" {
		t.Errorf("the answer of the session to the next key is not shown: %q", m.note.Text)
	}
	if m.receive(session.Note{Serial: 2, Text: "paused"}) {
		t.Error("what was said once is news again")
	}
}
