package cli

import (
	"image/color"
	"sync"
	"time"

	"undercurrent/ui/app"
	"undercurrent/ui/output"
	"undercurrent/ui/recording"
)

// castEnding is that of the recordings of the program itself.
const castEnding = ".cast"

// maxScreens is the number of screens that wait to be written; beyond it they are left out, as a
// terminal leaves out what it has no time for.
const maxScreens = 256

// castFile writes an asciicast in a goroutine of its own, so that the screen does not wait for the disk.
type castFile struct {
	stem, name string
	file       *output.File
	screens    chan sizedFrame
	end        time.Duration
	written    chan error

	mu     sync.Mutex
	ended  bool
	result error
}

var _ app.Recorder = (*castFile)(nil)

// sizedFrame is a frame of a screen that may have another size than the one before.
type sizedFrame struct {
	recording.Frame
	width, height int
}

// beginCast begins a recording to a new file in the working directory, whose name is made of a text.
func beginCast(text string, width, height int) (app.Recorder, error) {
	c := &castFile{stem: output.Name(text), screens: make(chan sizedFrame, maxScreens), written: make(chan error, 1)}
	var err error
	if c.file, c.name, err = output.CreateNumbered(c.stem, castEnding); err != nil {
		return nil, err
	}
	go func() { c.written <- c.write(width, height) }()
	return c, nil
}

// Name is that of the file.
func (c *castFile) Name() string { return c.name }

// Add adds a screen, unless too many wait.
func (c *castFile) Add(at time.Duration, width, height int, screen string, text, ground color.Color) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.ended {
		return
	}
	select {
	case c.screens <- sizedFrame{recording.Frame{At: at, Screen: screen, Ground: groundIn(text, ground)}, width, height}:
	default:
	}
}

// write writes what comes until the end. After an error it takes the rest and drops it.
func (c *castFile) write(width, height int) (err error) {
	var cast *recording.Cast
	for f := range c.screens {
		if err == nil && cast == nil {
			cast, err = recording.NewCast(c.file, programName, width, height, f.Ground)
		}
		if err == nil && (f.width != width || f.height != height) {
			width, height = f.width, f.height
			err = cast.Resize(f.At, width, height)
		}
		if err == nil {
			err = cast.Add(f.Frame)
		}
	}
	if err == nil && cast != nil {
		err = cast.End(c.end)
	}
	return err
}

// Keep ends the recording and gives the file its name.
func (c *castFile) Keep(at time.Duration) (name string, err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.ended {
		c.ended, c.end = true, at
		close(c.screens)
		c.result = c.keep()
	}
	return c.name, c.result
}

// keep waits until everything is written, and gives the file its name.
func (c *castFile) keep() error {
	defer c.file.Abandon()
	err := <-c.written
	if err == nil {
		c.name, err = c.file.KeepNumbered(c.stem, castEnding)
	}
	return err
}

// groundIn are colours of text and ground, white on black where the terminal has its own.
func groundIn(text, ground color.Color) recording.Ground {
	g := recording.Ground{Text: color.RGBA{255, 255, 255, 255}, Ground: color.RGBA{A: 255}}
	if text != nil && ground != nil {
		g.Text, g.Ground = color.RGBAModel.Convert(text).(color.RGBA), color.RGBAModel.Convert(ground).(color.RGBA)
	}
	return g
}
