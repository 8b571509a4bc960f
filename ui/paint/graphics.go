package paint

import (
	"image"
	"image/color"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/NimbleMarkets/ntcharts/v2/picture"
)

// Fineness is how many pixels of a picture there are along the width of a cell where
// the terminal draws pictures itself, and half of those along its height.
const Fineness = 4

// Graphics hands a picture to a terminal with kitty's protocol. One picture is
// under way at a time: what comes meanwhile is left out.
type Graphics struct {
	model picture.Model
	id    int
	on    bool
	busy  bool
	next  tea.Cmd
}

// firstPicture is the first id of our pictures in the terminal.
const firstPicture = 101

// NewGraphics is the n-th picture of the screen.
func NewGraphics(n int) *Graphics {
	id := firstPicture + n
	return &Graphics{id: id, model: picture.NewWithConfig(picture.Config{
		KittyID: id, Fit: picture.FitFill, CellPixelWidth: Fineness, CellPixelHeight: 2 * Fineness})}
}

// AskForGraphics asks the terminal whether it has the protocol.
func AskForGraphics() tea.Cmd { return picture.QueryKittySupport() }

// ReceiveAnswer takes the terminal's answer where the message is one.
func ReceiveAnswer(msg tea.Msg) tea.Cmd {
	m := picture.New()
	return m.Update(msg)
}

// GraphicsAnswer is what the terminal has answered: yes, or no; nothing yet is
// neither.
func GraphicsAnswer() (yes, no bool) {
	c := picture.KittySupported()
	return c == picture.KittyCapabilitySupported, c == picture.KittyCapabilityUnsupported
}

// IsGraphics reports whether a message is for pictures.
func IsGraphics(msg tea.Msg) bool { return picture.IsPictureMsg(msg) }

// Update takes a message for pictures.
func (g *Graphics) Update(msg tea.Msg) tea.Cmd {
	if f, ok := msg.(picture.KittyFrameMsg); ok && f.ID == g.id {
		g.busy = false
	}
	return g.model.Update(msg)
}

// On reports whether the terminal draws the picture. The terminal must have answered yes.
func (g *Graphics) On() bool {
	if g == nil {
		return false
	}
	if !g.on {
		g.on = true
		// Without a picture yet there is nothing to do for the switch.
		g.model.Toggle()
	}
	return true
}

// Lines are the cells that stand for the picture.
func (g *Graphics) Lines(img image.Image, cols, rows int) []string {
	if !g.busy {
		g.model.SetSize(cols, rows)
		if g.next = g.model.SetImage(img); g.next != nil {
			g.busy = true
		}
	}
	lines := strings.Split(g.model.String(), "\n")
	if len(lines) != rows {
		lines = make([]string, rows)
		for i := range lines {
			lines[i] = strings.Repeat(" ", cols)
		}
	}
	return lines
}

// Command is what the last Lines has left to do.
func (g *Graphics) Command() tea.Cmd {
	cmd := g.next
	g.next = nil
	return cmd
}

// Image is the bitmap under the dots, a pixel a level.
func (b *Bitmap) Image(dots *Dots, p Palette, t Theme) *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, b.Width(), b.Height()))
	for i, level := range b.Levels {
		x, y := i%b.Cols, i/b.Cols
		c := p.Colors[level]
		if dots != nil {
			if ink, ok := dots.at(x, y, t); ok {
				c = ink
			}
		}
		img.SetRGBA(x, y, c)
	}
	return img
}

// Bits of the upper and of the lower half of a cell's dots.
const (
	upperDots = 0x01 | 0x02 | 0x08 | 0x10
	lowerDots = 0x04 | 0x20 | 0x40 | 0x80
)

// at is the ink of a pixel, two of which are above each other in a cell of dots.
func (d *Dots) at(x, y int, t Theme) (ink color.RGBA, ok bool) {
	cell, half := y/2*d.cols+x, uint8(upperDots)
	if y%2 == 1 {
		half = lowerDots
	}
	switch {
	case d.bits[cell]&half == 0:
		return ink, false
	case d.line[cell] != 0:
		return t.lineInk[d.line[cell]], true
	}
	return t.particleInk[crowd(d.count[cell])], true
}
