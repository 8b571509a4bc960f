package lesson_test

import (
	"testing"

	"undercurrent/ui/lesson"
)

// Every lesson of the program is played to its end, and what it claims of numbers is true.
func TestTheClaimsOfTheLessonsAreTrue(t *testing.T) {
	for _, l := range lesson.All() {
		t.Run(l.ID, func(t *testing.T) {
			p := begins(t, newSession(t), l)
			for over := false; !over; over = p.next() {
				p.alerts()
				claimed(p)
			}
		})
	}
}

// claimed fails where a claim of an answered step does not hold.
func claimed(p *player) {
	p.t.Helper()
	step, number := p.play.Step()
	if p.play.Phase() != lesson.Answered && (len(step.Claims) == 0 || step.Ask != "" || step.Run > 0) {
		return
	}
	text, _ := p.play.Answer()
	p.t.Logf("step %d: %s", number, text)
	for _, c := range step.Claims {
		left, right := c.Sides(p.frame())
		p.t.Logf("step %d: %s: %.5g, %.5g", number, c.Text, left, right)
		if !c.Holds(p.frame()) {
			p.t.Errorf("step %d: %q is not true: %.5g, %.5g", number, c.Text, left, right)
		}
	}
}
