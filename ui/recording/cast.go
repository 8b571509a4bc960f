package recording

import (
	"bytes"
	"encoding/json"
	"fmt"
	"image/color"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/charmbracelet/colorprofile"
	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
)

// Cast writes an asciicast of version 2: a line of JSON about the recording, then a line for
// every change of the screen, [seconds, "o", what a terminal receives].
// Source: https://docs.asciinema.org/manual/asciicast/v2/.
type Cast struct {
	out    io.Writer
	screen *Screen
	// What a terminal of the screen's size needs to show the next screen goes to changes.
	renderer *uv.TerminalRenderer
	changes  bytes.Buffer
	began    bool
	last     Frame
}

// header is the first line.
type header struct {
	Version int               `json:"version"`
	Width   int               `json:"width"`
	Height  int               `json:"height"`
	Title   string            `json:"title,omitempty"`
	Env     map[string]string `json:"env"`
	Theme   theme             `json:"theme"`
}

// theme is the colours of a terminal, as #rrggbb; those of the palette are separated by colons.
type theme struct {
	Fg      string `json:"fg"`
	Bg      string `json:"bg"`
	Palette string `json:"palette"`
}

// terminal is what the sequences are for: nothing that a player may not know.
const terminal = "xterm-256color"

// basicColors is the number of colours of a theme's palette.
const basicColors = 16

// NewCast begins a recording of screens of a size in cells, on a ground.
func NewCast(out io.Writer, title string, width, height int, g Ground) (*Cast, error) {
	c := &Cast{out: out, last: Frame{Ground: g}}
	c.resize(width, height)
	palette := make([]string, basicColors)
	for k := range palette {
		palette[k] = hex(opaque(ansi.BasicColor(k), color.RGBA{}))
	}
	return c, c.line(header{
		Version: 2, Width: width, Height: height, Title: title, Env: map[string]string{"TERM": terminal},
		Theme: theme{hex(g.Text), hex(g.Ground), strings.Join(palette, ":")},
	})
}

func hex(c color.RGBA) string { return fmt.Sprintf("#%02x%02x%02x", c.R, c.G, c.B) }

// resize begins with an empty screen of a size.
func (c *Cast) resize(width, height int) {
	c.screen = NewScreen(width, height)
	c.renderer = uv.NewTerminalRenderer(&c.changes, []string{"TERM=" + terminal})
	c.renderer.SetColorProfile(colorprofile.TrueColor)
	c.renderer.SetFullscreen(true)
	c.renderer.SetRelativeCursor(false)
	c.renderer.Resize(width, height)
	c.renderer.Erase()
}

// Resize says that the screens have another size from a time on.
func (c *Cast) Resize(at time.Duration, width, height int) error {
	c.resize(width, height)
	c.last.Screen = ""
	return c.event(at, "r", fmt.Sprintf("%dx%d", width, height))
}

// Add adds a frame.
func (c *Cast) Add(f Frame) error {
	if c.began && f.same(c.last) {
		return nil
	}
	if !c.began {
		c.changes.WriteString(ansi.SetModeAltScreenSaveCursor + ansi.HideCursor)
		c.began = true
	}
	if f.Ground != c.last.Ground {
		c.changes.WriteString(ansi.SetForegroundColor(hex(f.Ground.Text)) + ansi.SetBackgroundColor(hex(f.Ground.Ground)))
	}
	c.last = f
	c.screen.Draw(f)
	c.renderer.Render(c.screen.buffer.RenderBuffer)
	if err := c.renderer.Flush(); err != nil {
		return err
	}
	return c.flush(f.At)
}

// End ends the recording at a time, until which the last screen is seen.
func (c *Cast) End(at time.Duration) error {
	c.changes.WriteString(ansi.ShowCursor)
	return c.flush(at)
}

// flush writes what a terminal receives at a time, if that is anything.
func (c *Cast) flush(at time.Duration) error {
	if c.changes.Len() == 0 {
		return nil
	}
	defer c.changes.Reset()
	return c.event(at, "o", c.changes.String())
}

func (c *Cast) event(at time.Duration, kind, data string) error {
	return c.line([]any{json.Number(strconv.FormatFloat(at.Seconds(), 'f', 3, 64)), kind, data})
}

// line writes a value as a line of JSON, in whose texts < and > stay as they are.
func (c *Cast) line(v any) error {
	e := json.NewEncoder(c.out)
	e.SetEscapeHTML(false)
	return e.Encode(v)
}
