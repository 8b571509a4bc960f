package lesson_test

import (
	"testing"

	"undercurrent/internal/fuzztest"
	"undercurrent/ui/lesson"
)

// Any text is a lesson that has a play in every phase, or is refused in one line.
func FuzzDecode(f *testing.F) {
	f.Add([]byte(whole))
	f.Add([]byte("id: [1"))
	f.Add([]byte("steps: !"))
	f.Fuzz(func(t *testing.T, text []byte) {
		l, err := lesson.Decode(text)
		fuzztest.OneLine(t, string(text), err)
		if err != nil {
			return
		}
		play, over := lesson.Begin(l), false
		for n := 0; !over; n++ {
			if play.Phase() == lesson.Released {
				play = play.Untimed()
			}
			play.Maps()
			play.Needs()
			if play, over = play.Next(); n > 4*len(l.Steps) {
				t.Fatalf("the play of %d steps does not end", len(l.Steps))
			}
		}
	})
}

// Any text is a claim that holds or does not of what it compares, or is refused in one line.
func FuzzParseClaim(f *testing.F) {
	for _, text := range []string{"tv < 0.1", "tv of B > tv of A", "region 1 ratio > 0.5", "efficiency pearson < 1e3", "<", "region 0 ratio > 1"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		_, err := lesson.ParseClaim(text)
		fuzztest.OneLine(t, text, err)
	})
}
