//go:build long

package app

import (
	"fmt"
	"testing"

	"undercurrent/scenarios/catalogue"
	"undercurrent/sim"
	"undercurrent/ui/session"
)

// ordered is a still that keeps the last command, and gives none to its session while it holds.
type ordered struct {
	*still
	holds bool
	last  session.Command
}

func (o *ordered) Give(c session.Command) {
	o.last = c
	if !o.holds {
		o.still.Give(c)
	}
}

// A pause comes to the same, whether it is carried out before or after a command that leaves the clock alone: it passes
// those that wait.
func TestAPauseCommutesWithWhatLeavesTheClockAlone(t *testing.T) {
	untimed := 0
	for _, key := range keymap() {
		key := key.Keys()[0]
		both := [2]*session.Frame{}
		var c session.Command
		for order := range both {
			s, err := catalogue.Named("three-modes")
			if err != nil {
				t.Fatal(err)
			}
			player := &ordered{still: &still{session: newSession(t, s, "reverse-kl", func(s *sim.Settings) { s.Particles, s.Bandwidth = 200, 0.6 })}}
			player.publish()
			a := New(player, Options{FPS: 30, CommandLine: shortCommand, Program: "undercurrent"})
			send(a, press("right"))
			player.advance(3)
			player.holds, player.last = true, session.Command{}
			if press, _, err := nextKey(key); err == nil {
				send(a, press)
			}
			if c = player.last; !c.Untimed {
				break
			}
			pause := session.Command{Run: func(s *session.Session, _ int) { s.Clock.TogglePause() }}
			for _, c := range [2][2]session.Command{{pause, c}, {c, pause}}[order] {
				c.Do(player.session)
			}
			player.advance(2)
			paused := player.ready
			(session.Command{Run: pause.Run}).Do(player.session)
			player.advance(2)
			if !paused.Paused || player.ready.Paused {
				t.Errorf("%s: paused %t, and then %t", key, paused.Paused, player.ready.Paused)
			}
			both[order] = player.ready
			player.session.Close()
		}
		if !c.Untimed {
			continue
		}
		untimed++
		if one, other := describe(both[0]), describe(both[1]); one != other {
			t.Errorf("%s: %s, and in the other order %s", key, one, other)
		}
	}
	if untimed < 30 {
		t.Errorf("%d keys leave the clock alone, expected most of them", untimed)
	}
}

// describe has what a frame says of the state of its session, but for the figures of its report.
func describe(f *session.Frame) string {
	return fmt.Sprint("step ", f.Report.Step, " of ", f.Flow, " with ", len(f.Runs), ", ", f.Settings, f.Functional, f.Edits, f.Probe, f.Pace, f.Note.Text, f.Particles)
}
