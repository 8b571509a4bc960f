package app

import (
	"testing"

	"github.com/charmbracelet/colorprofile"

	"undercurrent/internal/fuzztest"
	"undercurrent/ui/session"
)

// deaf is a player that carries nothing out.
type deaf struct{ Player }

func (deaf) Give(session.Command) {}

// Any line is completed to one that is completed to itself, and is carried out or refused in
// one line.
func FuzzCommandLine(f *testing.F) {
	a, player := screen(f, "uneven-ring", 80, 24, 1, colorprofile.ASCII)
	a.link.player = deaf{player}
	f.Add("scenario grid9")
	f.Fuzz(func(t *testing.T, line string) {
		p := newPalette(a.lines())
		p.input.SetValue(line)
		p.complete()
		once := p.input.Value()
		p.complete()
		if twice := p.input.Value(); twice != once {
			t.Errorf("%q is completed to %q, and that to %q", line, once, twice)
		}
		p.input.SetValue(line)
		_, err := p.execute()
		fuzztest.OneLine(t, line, err)
	})
}
