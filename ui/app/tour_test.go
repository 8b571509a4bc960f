package app

import (
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"undercurrent/ui/layout"
	"undercurrent/ui/lesson"
	"undercurrent/ui/paint"
)

// phases are a play of a lesson in every phase, without a session: answers have names for numbers.
func phases(l *lesson.Lesson) (list []tour) {
	for play, over := lesson.Begin(l), false; !over; play, over = play.Next() {
		if play.Phase() == lesson.Released {
			play = play.Untimed()
		}
		list = append(list, tour{play: &play})
	}
	return list
}

// The texts of every lesson fit into the box of the smallest screens of both kinds: no line is cut, none left out.
func TestTheTextsOfTheLessonsFit(t *testing.T) {
	for _, width := range []int{layout.MinWidth, 80} {
		for _, l := range lesson.All() {
			for _, p := range phases(l) {
				step, number := p.play.Step()
				lines := 0
				for _, text := range p.text(step) {
					for _, line := range paint.Wrap(text.words, width-tourFrame) {
						lines++
						if paint.Width(line) > width-tourFrame {
							t.Errorf("%s, step %d: %q is wider than the box", l.ID, number, line)
						}
					}
				}
				if room := p.rows(width) - tourBorder; lines > room {
					t.Errorf("%s, step %d, phase %d: %d lines on a screen of %d columns, the box has %d:\n%v", l.ID, number, p.play.Phase(), lines, width, room, p.text(step)[0].words)
				}
			}
		}
	}
}

// plain is the screen without colours.
func plain(a *App) string { return ansi.Strip(a.drawn) }

// lessonScreen is the program in a lesson.
func lessonScreen(t *testing.T, id string, width, height int, p colorprofile.Profile) (*App, *still) {
	t.Helper()
	a, player := newStill(t, "uneven-ring", "reverse-kl")
	l, err := lesson.Named(id)
	if err != nil {
		t.Fatal(err)
	}
	send(a, tea.ColorProfileMsg{Profile: p}, tea.WindowSizeMsg{Width: width, Height: height}, tick{})
	a.beginLesson(l)
	send(a, tick{})
	return a, player
}

func TestScreensOfALesson(t *testing.T) {
	t.Parallel()
	requireScreens(t, [][2]int{{80, 24}, {120, 40}}, func(t *testing.T, width, height int, p colorprofile.Profile) *App {
		a, player := lessonScreen(t, "two-kl", width, height, p)
		send(a, press("enter"), press("enter"))
		for a.tour.play.Phase() != lesson.Answered {
			play(a, player, 1)
		}
		return a
	})
}

// In every phase, size and view the screen is whole.
func TestALessonKeepsTheScreenWhole(t *testing.T) {
	t.Parallel()
	for _, size := range [][2]int{{60, 20}, {80, 24}, {120, 32}, {120, 40}, {200, 60}} {
		a, player := lessonScreen(t, "two-kl", size[0], size[1], colorprofile.ASCII)
		for n := range 8 {
			checkCells(t, a, size[0], size[1])
			if !strings.Contains(plain(a), fmt.Sprintf("of %d", len(a.tour.play.Lesson().Steps))) {
				t.Fatalf("%d×%d, after %d keys: there is no box:\n%s", size[0], size[1], n, plain(a))
			}
			send(a, press("enter"))
			play(a, player, 2)
			send(a, press("?"))
			checkCells(t, a, size[0], size[1])
			send(a, press("esc"))
		}
	}
}
