package lesson_test

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"undercurrent/ui/lesson"
	"undercurrent/ui/session"
)

// tiny is a lesson of few particles with steps that go on from one another, in randomness too.
const tiny = `id: tiny
title: Tiny
question: Does it come back?
steps:
  - scene: {scenario: three-modes, divergence: reverse-kl, particles: 150, bandwidth: 0.6}
    maps: {left: q}
    say: A scene.
    ask: A question?
    run: 10
    answer: Step {step}.
  - do: [birth-death 1]
    maps: {over: trails}
    say: Birth and death.
    run: 8
    answer: Step {step}, TV {tv}.
    claims: [step > 17, step < 19]
  - say: A change without time.
    ask: Which?
    then: [birth-death 0, divergence pearson]
    answer: Done.
  - say: And on.
    run: 5
    answer: Step {step}.
  - say: The end.
`

func decoded(t testing.TB, text string) *lesson.Lesson {
	t.Helper()
	l, err := lesson.Decode([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// A step goes from its text to its question, to the release and to the answer, and the lesson ends.
func TestAStepHasItsPhases(t *testing.T) {
	p := begins(t, newSession(t), decoded(t, tiny))
	var seen []string
	for over := false; !over; over = p.next() {
		_, number := p.play.Step()
		text, holds := p.play.Answer()
		seen = append(seen, fmt.Sprintf("%d %d %d %s %v", number, p.play.Phase(), p.frame().Now, strings.TrimRight(text, "0123456789."), holds))
	}
	want := []string{
		"1 0 0  false", "1 1 0  false", "1 3 10 Step  true",
		"2 0 10  false", "2 3 18 Step 18, TV  true",
		"3 0 18  false", "3 1 18  false", "3 3 18 Done true",
		"4 0 18  false", "4 3 23 Step  true",
		"5 0 23  false",
	}
	if !slices.Equal(seen, want) {
		t.Errorf("the phases are\n%s\nexpected\n%s", strings.Join(seen, "\n"), strings.Join(want, "\n"))
	}
	if f := p.frame(); f.Info.ID != "pearson" || f.Settings.BirthDeath != 0 {
		t.Errorf("the lesson ends under %s, birth–death %v", f.Info.ID, f.Settings.BirthDeath)
	}
}

// Going back sets every scene as it was, bit by bit, whatever the viewer has done.
func TestGoingBackSetsTheScene(t *testing.T) {
	l := decoded(t, tiny)
	p := begins(t, newSession(t), l)
	scenes := map[int][]float64{}
	var last lesson.Play
	for over := false; !over; over = p.next() {
		if _, number := p.play.Step(); p.play.Phase() == lesson.Said {
			scenes[number] = cloud(p.frame())
		}
		last = p.play
	}
	p.session.Motion.SetMover("ula")
	p.session.Scene.SetSeed(5)
	for range 3 {
		p.session.Clock.SingleStep()
		p.session.Advance()
	}
	p.play = last
	for range l.Steps {
		p.play.Again()(p.session)
		_, number := p.play.Step()
		if got := cloud(p.frame()); !slices.Equal(got, scenes[number]) {
			t.Errorf("the scene of step %d differs", number)
		}
		p.play = p.play.Back()
	}
	if _, number := p.play.Step(); number != 1 || p.play.Back() != p.play {
		t.Errorf("the way back ends at step %d", number)
	}
}

// cloud is what a scene is compared by.
func cloud(f *session.Frame) []float64 {
	list := []float64{float64(f.Now), f.Report.TV, f.Settings.BirthDeath}
	for _, p := range f.Particles {
		list = append(list, p.X, p.Y)
	}
	return list
}

// Back goes to the beginning of the step first.
func TestBackGoesToTheBeginningOfTheStep(t *testing.T) {
	play := lesson.Begin(decoded(t, tiny))
	play, _ = play.Next()
	if play.Phase() != lesson.Asked {
		t.Fatalf("the phase is %d", play.Phase())
	}
	play = play.Back()
	if _, number := play.Step(); number != 1 || play.Phase() != lesson.Said {
		t.Errorf("step %d, phase %d", number, play.Phase())
	}
}

// A viewer who has changed the scene is told that the claims do not hold.
func TestClaimsOfAChangedSceneDoNotHold(t *testing.T) {
	p := begins(t, newSession(t), decoded(t, tiny))
	for range 3 {
		p.next()
	}
	p.session.Clock.Skip(4)
	p.next()
	if text, holds := p.play.Answer(); holds || !strings.HasPrefix(text, "Step 22, TV 0.") {
		t.Errorf("%q, holds %v", text, holds)
	}
}

func TestMapsStayUntilTheyAreChanged(t *testing.T) {
	p := begins(t, newSession(t), decoded(t, tiny))
	for over := false; !over; over = p.next() {
		left, right, over := p.play.Maps()
		_, number := p.play.Step()
		want := "density q, log p/q, no overlay"
		if number > 1 {
			want = "density q, log p/q, trails"
		}
		if got := fmt.Sprintf("%v, %v, %v", left, right, over); got != want {
			t.Errorf("step %d shows %s, expected %s", number, got, want)
		}
	}
}

// A release takes two to six seconds.
func TestAReleaseTakesSeconds(t *testing.T) {
	for steps, want := range map[int]float64{0: 2, 1: 2, 40: 4, 100: 6, 5000: 6} {
		if got := lesson.Seconds(steps); math.Abs(got-want) > 1e-12 {
			t.Errorf("%d steps take %v s, expected %v", steps, got, want)
		}
	}
}
