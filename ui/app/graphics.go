package app

import (
	"regexp"
	"strconv"

	tea "charm.land/bubbletea/v2"

	"undercurrent/ui/paint"
	"undercurrent/ui/panel"
)

// pictures are the maps that the terminal draws itself, none before it has answered
// that it can.
type pictures struct {
	on      bool
	version string // of the terminal, as it says
	refused bool
}

// everyMap is every map that there may be on a screen.
func (a *App) everyMap() []*panel.Map {
	return append(a.board.panels.Maps(), a.compared.flows...)
}

// askForPictures asks the terminal whether it knows kitty's pictures, and its version:
// an older kitty says yes and shows empty boxes.
func (a *App) askForPictures() tea.Cmd {
	return tea.Batch(paint.AskForGraphics(), tea.RequestTerminalVersion)
}

// Cells that stand for a picture are known to kitty from this version on.
const kittyMinor = 28

// tooOld tells whether the terminal is a kitty before version 0.28.
func (p pictures) tooOld() bool {
	m := regexp.MustCompile(`^kitty\((\d+)\.(\d+)`).FindStringSubmatch(p.version)
	if m == nil {
		return false
	}
	major, _ := strconv.Atoi(m[1])
	minor, _ := strconv.Atoi(m[2])
	return major == 0 && minor < kittyMinor
}

// decidePictures switches pictures on or says why not, once the terminal has answered.
// One that does not tell its version is waited for for a second.
func (a *App) decidePictures() {
	p := &a.pictures
	if !a.options.Kitty || p.on || p.refused {
		return
	}
	yes, no := paint.GraphicsAnswer()
	known := p.version != "" || a.ticks > pollsPerFrame*a.fps
	switch {
	case no:
		p.refused = true
		a.say("the terminal does not know kitty's graphics: maps are drawn with cells")
	case yes && p.tooOld():
		p.refused = true
		a.say("this is " + p.version + ", pictures need kitty 0.28: maps are drawn with cells")
	case yes && known:
		p.on = true
		for n, m := range a.everyMap() {
			m.Graphics = paint.NewGraphics(n)
		}
	}
}

// onGraphics takes what the terminal and the library say of pictures, and tells
// whether the screen changes by it.
func (a *App) onGraphics(msg tea.Msg) (cmd tea.Cmd, fresh bool) {
	if v, ok := msg.(tea.TerminalVersionMsg); ok {
		a.pictures.version = v.Name
	}
	if !a.options.Kitty || !paint.IsGraphics(msg) {
		return nil, false
	}
	cmds := []tea.Cmd{paint.HearAnswer(msg)}
	if a.pictures.on {
		for _, m := range a.everyMap() {
			cmds = append(cmds, m.Graphics.Update(msg))
		}
	}
	return tea.Batch(cmds...), true
}

// withPictures adds what the pictures of the screen have left to do.
func (a *App) withPictures(cmd tea.Cmd) tea.Cmd {
	a.decidePictures()
	if !a.pictures.on {
		return cmd
	}
	cmds := []tea.Cmd{cmd}
	for _, m := range a.everyMap() {
		cmds = append(cmds, m.Graphics.Command())
	}
	return tea.Batch(cmds...)
}
