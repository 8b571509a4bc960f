package lesson_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"undercurrent/ui/lesson"
	"undercurrent/ui/session"
)

// TestExplore plays /tmp/explore.txt: lines "== scene yaml", "do", "+N" steps, "? quantities".
func TestExplore(t *testing.T) {
	text, err := os.ReadFile("/tmp/explore.txt")
	if err != nil {
		t.Skip()
	}
	var s *session.Session
	for _, line := range strings.Split(strings.TrimSpace(string(text)), "\n") {
		switch {
		case strings.HasPrefix(line, "=="):
			l, err := lesson.Decode([]byte("id: x\ntitle: x\nquestion: x\nsteps:\n  - scene: " + line[2:] + "\n    say: x\n"))
			if err != nil {
				t.Fatal(line, err)
			}
			s = newSession(t)
			s.Show(session.Shown{Fields: true, Lines: true, Response: true, Effort: true, Identity: true, Exact: true})
			lesson.Begin(l).Again()(s)
			fmt.Println(line)
		case strings.HasPrefix(line, "+"):
			n := 0
			fmt.Sscan(line[1:], &n)
			s.Clock.Release(n, 180)
			for s.Clock.Releasing() {
				s.Advance()
				s.Frame(&session.Frame{})
			}
		case strings.HasPrefix(line, "?"):
			f := &session.Frame{}
			s.Frame(f)
			fmt.Printf("   step %d:", f.Report.Step)
			for _, name := range strings.Split(line[1:], ",") {
				q, err := lesson.ParseQuantity(name)
				if err != nil {
					t.Fatal(err)
				}
				fmt.Printf(" %s %.4g;", strings.TrimSpace(name), q.Value(f))
			}
			fmt.Println()
		default:
			l, err := lesson.Decode([]byte("id: x\ntitle: x\nquestion: x\nsteps:\n  - scene: {scenario: uneven-ring, divergence: reverse-kl}\n    say: x\n  - say: x\n    do: ['" + line + "']\n"))
			if err != nil {
				t.Fatal(line, err)
			}
			p, _ := lesson.Begin(l).Next()
			p.Enter()(s)
			fmt.Println("  ", line)
		}
	}
}
