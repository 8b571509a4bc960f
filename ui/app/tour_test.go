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
	"undercurrent/ui/panel"
	"undercurrent/ui/session"
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
	a, player := lessonScreen(t, "two-kl", 80, 24, colorprofile.TrueColor)
	send(a, press("enter"), press("enter"))
	for a.tour.play.Phase() != lesson.Answered {
		play(a, player, 1)
	}
	requireScreens(t, [][2]int{{80, 24}, {120, 40}}, shownAs(a))
}

// short is a lesson of few particles, with a comparison and without.
const short = `id: short
title: A short one
question: Does it end?
steps:
  - scene: {scenario: three-modes, flows: [reverse-kl, forward-kl], particles: 200, bandwidth: 0.6}
    say: Two flows.
    ask: Which?
    choices: [A, B]
    run: 4
    answer: TV is {tv of A} and {tv of B}.
  - scene: {scenario: three-modes, divergence: reverse-kl, particles: 200, bandwidth: 0.6}
    look: weight
    say: One flow.
    run: 4
    answer: TV is {tv}.
`

// shortScreen is the program in the short lesson.
func shortScreen(t *testing.T, width, height int) (*App, *still) {
	t.Helper()
	l, err := lesson.Decode([]byte(short))
	if err != nil {
		t.Fatal(err)
	}
	_, player := newStill(t, "three-modes", "reverse-kl")
	a := New(player, Options{FPS: 10, CommandLine: shortCommand, Lesson: l})
	send(a, tea.ColorProfileMsg{Profile: colorprofile.ASCII}, tea.WindowSizeMsg{Width: width, Height: height}, tick{})
	return a, player
}

// In every phase, size and view the screen is whole.
func TestALessonKeepsTheScreenWhole(t *testing.T) {
	t.Parallel()
	for _, size := range [][2]int{{60, 20}, {80, 24}, {120, 32}, {200, 60}} {
		a, player := shortScreen(t, size[0], size[1])
		for n := 0; a.tour.on(); n++ {
			checkCells(t, a, size[0], size[1])
			if !strings.Contains(plain(a), "A short one · ") || n > 20 {
				t.Fatalf("%d×%d, after %d keys: there is no box:\n%s", size[0], size[1], n, plain(a))
			}
			send(a, press("enter"))
			play(a, player, 12)
			send(a, press("?"))
			checkCells(t, a, size[0], size[1])
			send(a, press("esc"))
		}
	}
}

// A viewer opens the list, predicts, releases, reads the number, leaves, and plays on from there.
func TestALessonIsPlayed(t *testing.T) {
	t.Parallel()
	a, player := screen(t, "grid9", 80, 24, 3, colorprofile.ASCII)
	says := func(words ...string) {
		t.Helper()
		for _, w := range words {
			if !strings.Contains(plain(a), w) {
				t.Fatalf("the screen lacks %q:\n%s", w, plain(a))
			}
		}
	}
	send(a, press("L"))
	says("lessons", "One field, one weight", "From particles to a sampler")
	for _, r := range "two" {
		send(a, press(string(r)))
	}
	send(a, press("esc"), press("L"), press("down"), press("enter"), tick{})
	says("Forward and reverse KL · 1 of 4", "Two flows from one broad cloud", "enter asks", "A reverse", "❚❚ paused")
	still := a.frame.Now
	play(a, player, 5)
	if a.frame.Now != still || still != 0 {
		t.Fatalf("time goes on in the lesson: step %d", a.frame.Now)
	}
	send(a, press("enter"))
	says("Which of them empties the blue places?", "A · B · both", "predict, then enter")
	send(a, press("enter"), press("enter"), tick{})
	play(a, player, 20)
	if a.frame.Now == 0 || a.frame.Now >= 40 || a.tour.play.Phase() != lesson.Released {
		t.Fatalf("after 20 frames the release is at step %d", a.frame.Now)
	}
	send(a, press("space"), tick{})
	says("space goes on")
	send(a, press("enter"))
	play(a, player, 160)
	says("A. In blue places", "excess mass hardly moves.", "enter goes on", "step 40", "❚❚ paused")
	send(a, press("enter"), tick{})
	says("2 of 4", "Region 1, the heavy one")
	send(a, press("backspace"), tick{})
	if says("1 of 4", "Two flows from one broad cloud"); a.frame.Now != 0 {
		t.Errorf("back at step %d", a.frame.Now)
	}
	send(a, press("enter"), press("enter"), tick{})
	play(a, player, 10)
	at := a.frame.Now
	send(a, press("esc"))
	if says("left the lesson"); a.tour.on() || len(a.frame.Runs) != 2 {
		t.Errorf("after esc the lesson is on: %v, %d flows", a.tour.on(), len(a.frame.Runs))
	}
	play(a, player, 140)
	if a.frame.Paused || a.frame.Now <= 40 || at >= 40 {
		t.Errorf("left at step %d, the flow is at %d, paused %v", at, a.frame.Now, a.frame.Paused)
	}
}

// The panel of a step is opened and pointed at, at every size, whatever has been opened before.
func TestALessonPointsAtAPanel(t *testing.T) {
	t.Parallel()
	for _, size := range [][2]int{{80, 24}, {200, 60}} {
		a, player := lessonScreen(t, "response", size[0], size[1], colorprofile.ASCII)
		if a.board.focus != "response" || !strings.Contains(plain(a), "predicted for the next step") {
			t.Errorf("%v: the first step points at %q:\n%s", size, a.board.focus, plain(a))
		}
		send(a, press("tab"))
		for n := 0; a.board.focus != "regions" && n < 8; n++ {
			send(a, press("enter"), tick{})
			play(a, player, 61)
		}
		if _, number := a.tour.play.Step(); number != 2 || !strings.Contains(plain(a), "% of target") {
			t.Errorf("%v: step %d points at %q:\n%s", size, number, a.board.focus, plain(a))
		}
	}
}

// The maps of a step show what it says, whatever they have shown before.
func TestTheMapsOfALessonShowWhatItSays(t *testing.T) {
	t.Parallel()
	a, _ := screen(t, "uneven-ring", 80, 24, 1, colorprofile.ASCII)
	send(a, press("v"), press("V"), press("o"), press("c"), tick{}, press("v"), press("v"))
	for id, want := range map[string][4]fmt.Stringer{
		"compression":  {panel.Target, panel.Compression, panel.NoOverlay, panel.Target},
		"two-kl":       {panel.Target, panel.Ratio, panel.NoOverlay, panel.Ratio},
		"log-variance": {panel.Target, panel.Ratio, panel.Arrows, panel.Ratio},
	} {
		l, err := lesson.Named(id)
		if err != nil {
			t.Fatal(err)
		}
		a.beginLesson(l)
		send(a, tick{})
		stage, coverage := a.board.panels.At(panel.Stage, nil).Map, a.board.panels.At(panel.Coverage, nil).Map
		if got := [4]fmt.Stringer{stage.Shows, coverage.Shows, stage.Overlay, a.compared.field}; got != want || coverage.Overlay != stage.Overlay || a.board.overlays != stage.Overlay {
			t.Errorf("%s shows %v, expected %v", id, got, want)
		}
	}
}

// late is a player that carries commands out when it is told to.
type late struct {
	*still
	waiting []session.Command
}

func (l *late) Give(c session.Command) { l.waiting = append(l.waiting, c) }

func (l *late) obey() {
	for _, c := range l.waiting {
		c.Do(l.session)
	}
	l.waiting = nil
	l.publish()
}

// Frames from before the release do not end it.
func TestAnOldFrameAnswersNothing(t *testing.T) {
	t.Parallel()
	_, player := newStill(t, "uneven-ring", "reverse-kl")
	slow := &late{still: player}
	l, err := lesson.Named("response")
	if err != nil {
		t.Fatal(err)
	}
	a := New(slow, Options{FPS: 30, CommandLine: shortCommand, Lesson: l})
	send(a, tea.ColorProfileMsg{Profile: colorprofile.ASCII}, tea.WindowSizeMsg{Width: 80, Height: 24}, tick{})
	slow.obey()
	send(a, tick{}, press("enter"), press("enter"))
	for range 3 {
		slow.publish()
		if send(a, tick{}); a.tour.play.Phase() != lesson.Released {
			t.Fatalf("before the session has the release, the phase is %d", a.tour.play.Phase())
		}
	}
	slow.obey()
	send(a, tick{})
	for n := 0; a.tour.play.Phase() == lesson.Released && n < 100; n++ {
		slow.advance(1)
		send(a, tick{})
	}
	if text, holds := a.tour.play.Answer(); !holds || a.frame.Now != 1 {
		t.Errorf("at step %d the answer is %q", a.frame.Now, text)
	}
}

// The last step ends the lesson, and the rows of the box are given back.
func TestALessonEnds(t *testing.T) {
	t.Parallel()
	a, player := shortScreen(t, 80, 24)
	before := a.board.screen.Below.H
	for n := 0; a.tour.on(); n++ {
		if n > 300 {
			t.Fatalf("the lesson does not end:\n%s", plain(a))
		}
		send(a, press("enter"))
		play(a, player, 10)
	}
	if a.board.screen.Below.H != 0 || before == 0 || a.board.focus != "" || !strings.Contains(plain(a), "the lesson is over") {
		t.Errorf("the box had %d rows and has %d, the focus is on %q:\n%s", before, a.board.screen.Below.H, a.board.focus, plain(a))
	}
}

// Who changes the scene is told that the numbers are others.
func TestAChangedSceneIsSaid(t *testing.T) {
	t.Parallel()
	a, player := lessonScreen(t, "response", 80, 24, colorprofile.ASCII)
	send(a, press("enter"), press("4"), tick{}, press("enter"), tick{})
	for n := 0; a.tour.play.Phase() != lesson.Answered && n < 200; n++ {
		play(a, player, 1)
	}
	if !strings.Contains(plain(a), "other numbers, as you changed the scene") {
		t.Errorf("nothing is said:\n%s", plain(a))
	}
	send(a, press("backspace"), tick{})
	if a.frame.Info.ID != "reverse-kl" || a.frame.Now != 0 {
		t.Errorf("back under %s at step %d", a.frame.Info.ID, a.frame.Now)
	}
}

// The numbers of an answer are measured whether their panel is seen or not.
func TestTheNumbersOfALessonAreMeasured(t *testing.T) {
	t.Parallel()
	a, player := lessonScreen(t, "response", 80, 24, colorprofile.ASCII)
	send(a, press("tab"), press("tab"), press("tab"), press("enter"), press("enter"), tick{})
	for n := 0; a.tour.play.Phase() != lesson.Answered && n < 200; n++ {
		play(a, player, 1)
	}
	if text, holds := a.tour.play.Answer(); !holds || strings.Contains(text, "–") {
		t.Errorf("the answer is %q, holds %v", text, holds)
	}
}

// A program that opens with a lesson shows it from the first frame on.
func TestTheProgramOpensWithALesson(t *testing.T) {
	t.Parallel()
	l, err := lesson.Named("islands")
	if err != nil {
		t.Fatal(err)
	}
	_, player := newStill(t, "uneven-ring", "reverse-kl")
	a := New(player, Options{FPS: 30, CommandLine: shortCommand, Lesson: l})
	send(a, tea.ColorProfileMsg{Profile: colorprofile.ASCII}, tea.WindowSizeMsg{Width: 120, Height: 40}, tick{})
	if !strings.Contains(plain(a), "Islands · 1 of 4") || a.frame.Scenario.ID != "grid9" {
		t.Errorf("on %s the screen is\n%s", a.frame.Scenario.ID, plain(a))
	}
}

// A scene of chains is shown as a file of them is, and gives way to a flow where the lesson is left.
func TestAChainOfALessonGivesWayToAFlow(t *testing.T) {
	t.Parallel()
	a, player := lessonScreen(t, "chains", 120, 40, colorprofile.ASCII)
	for _, want := range []string{"nothing speaks against these chains", "ranks of x", "Stuck, wrong-signed, good chains"} {
		if !strings.Contains(plain(a), want) {
			t.Errorf("the screen lacks %q:\n%s", want, a.drawn)
		}
	}
	give(a, player, press("enter"), press("enter"))
	if a.tour.play.Phase() != lesson.Answered || !strings.Contains(plain(a), "of the moves were accepted") {
		t.Errorf("the answer is not there:\n%s", a.drawn)
	}
	give(a, player, press("esc"))
	play(a, player, 2)
	if a.frame.Watching != nil || a.frame.Scenario.ID != "three-modes" || !strings.Contains(plain(a), "a flow to the same target") {
		t.Errorf("after the lesson the screen is\n%s", a.drawn)
	}
	give(a, player, press("space"))
	if play(a, player, 3); a.frame.Report.Step == 0 {
		t.Error("the flow is not let go")
	}
}

// The key of the lessons has a capital too, as without it the probe is moved where there is one.
func TestASmallLOpensTheLessonsWithoutAProbe(t *testing.T) {
	t.Parallel()
	a, player := screen(t, "three-modes", 80, 24, 1, colorprofile.ASCII)
	send(a, press("l"))
	if _, open := a.overlay.(*lessonList); !open {
		t.Errorf("the lessons are not listed:\n%s", a.drawn)
	}
	send(a, press("esc"), press("h"))
	before := *a.probe.at
	give(a, player, press("l"))
	if a.overlay != nil || !(a.probe.at.X > before.X) {
		t.Errorf("the probe is at %v, before it was at %v", a.probe.at, before)
	}
}
