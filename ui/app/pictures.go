package app

import (
	"regexp"
	"strconv"

	tea "charm.land/bubbletea/v2"

	"undercurrent/ui/paint"
	"undercurrent/ui/panel"
)

// pictures are the maps that the terminal draws itself, none before it has answered that it
// can.
type pictures struct {
	wanted  bool
	on      bool
	refused bool
	version string // of the terminal, as it says
	left    int    // ticks that its answer is waited for
	maps    []*panel.Map
}

// newPictures are those of maps; wanted asks the terminal for them.
func newPictures(wanted bool, ticks int, maps []*panel.Map) pictures {
	return pictures{wanted: wanted, left: ticks, maps: maps}
}

// ask asks the terminal whether it knows kitty's pictures, and its version: an older kitty
// says yes and shows empty boxes.
func (p *pictures) ask() tea.Cmd {
	if !p.wanted {
		return nil
	}
	return tea.Batch(paint.AskForGraphics(), tea.RequestTerminalVersion)
}

// Cells that stand for a picture are known to kitty from this version on.
const kittyMinor = 28

// tooOld reports whether the terminal is a kitty before version 0.28.
func (p *pictures) tooOld() bool {
	m := regexp.MustCompile(`^kitty\((\d+)\.(\d+)`).FindStringSubmatch(p.version)
	if m == nil {
		return false
	}
	major, _ := strconv.Atoi(m[1])
	minor, _ := strconv.Atoi(m[2])
	return major == 0 && minor < kittyMinor
}

// awaited reports whether the answer of the terminal is still waited for.
func (p *pictures) awaited() bool { return p.wanted && !p.on && !p.refused && p.left >= 0 }

// decide switches pictures on once the terminal has answered, or returns why not. One that
// does not report its version is waited for for a second.
func (p *pictures) decide() (refusal string) {
	if !p.wanted || p.on || p.refused {
		return ""
	}
	yes, no := paint.GraphicsAnswer()
	switch {
	case no:
		p.refused = true
		return "the terminal does not support kitty's graphics: maps are drawn with cells"
	case yes && p.tooOld():
		p.refused = true
		return "this is " + p.version + ", pictures need kitty 0.28: maps are drawn with cells"
	case yes && (p.version != "" || p.left < 0):
		p.on = true
		for n, m := range p.maps {
			m.Graphics = paint.NewGraphics(n)
		}
	}
	return ""
}

// update takes what the terminal and the library say of pictures, and reports whether the
// screen changes by it.
func (p *pictures) update(msg tea.Msg) (cmd tea.Cmd, fresh bool) {
	if v, ok := msg.(tea.TerminalVersionMsg); ok {
		p.version = v.Name
	}
	if !p.wanted || !paint.IsGraphics(msg) {
		return nil, false
	}
	cmds := []tea.Cmd{paint.ReceiveAnswer(msg)}
	if p.on {
		for _, m := range p.maps {
			cmds = append(cmds, m.Graphics.Update(msg))
		}
	}
	return tea.Batch(cmds...), true
}

// draw is what the pictures of the screen have left to do.
func (p *pictures) draw() tea.Cmd {
	if !p.on {
		return nil
	}
	var cmds []tea.Cmd
	for _, m := range p.maps {
		cmds = append(cmds, m.Graphics.Command())
	}
	return tea.Batch(cmds...)
}
