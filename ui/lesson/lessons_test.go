package lesson_test

import (
	"regexp"
	"strings"
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

// Lessons are short: a few steps, a few sentences, three minutes.
func TestLessonsAreShort(t *testing.T) {
	seen := map[string]bool{}
	for _, l := range lesson.All() {
		if seen[l.ID] || len(l.Steps) > 6 || len([]rune(l.Title)) > 34 {
			t.Errorf("%s: known already %v, %d steps, title %q", l.ID, seen[l.ID], len(l.Steps), l.Title)
		}
		seen[l.ID] = true
		seconds := 0.0
		for k, s := range l.Steps {
			for _, text := range []string{s.Say, s.Ask, s.Answer.Words()} {
				seconds += float64(len(strings.Fields(text))) / wordsPerSecond
				if n := len(sentenceEnd.FindAllString(text+" ", -1)); n > 4 || text == s.Say && n > 3 {
					t.Errorf("%s, step %d: %d sentences: %s", l.ID, k+1, n, text)
				}
			}
			if s.Ask != "" {
				seconds += prediction
			}
			if s.Run > 0 {
				seconds += lesson.Seconds(s.Run)
			}
			seconds += float64(s.Train) / iterationsPerSecond
		}
		if seconds > 180 {
			t.Errorf("%s takes %.0f s, expected at most 180", l.ID, seconds)
		}
	}
	if len(seen) < 12 {
		t.Errorf("there are %d lessons", len(seen))
	}
}

const (
	// wordsPerSecond is the speed of silent reading of non-fiction in English, 238 words a minute: Brysbaert, "How
	// many words do we read per minute?", Journal of Memory and Language 109 (2019).
	wordsPerSecond = 238. / 60
	prediction     = 3. // seconds to choose an answer
	// iterationsPerSecond of a sampler in training, on one slow processor.
	iterationsPerSecond = 20
)

// sentenceEnd is the end of a sentence; formulas and abbreviations have none within.
var sentenceEnd = regexp.MustCompile(`[.?!] `)
