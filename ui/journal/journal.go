// Package journal has the log of a session: settings, what was given to the program, what the session did and when, and
// digests of the particles, as lines of JSON. What a log has is enough to repeat the session bit for bit.
package journal

import (
	"errors"

	"undercurrent/sim/stream"
	"undercurrent/ui/session"
)

// Log is a log that was read.
type Log struct {
	Head  Head
	Lines []Line
	// Ended reports whether the program ended in order; without that, the log is that of one that was stopped. Cut
	// reports whether its last line was cut short, and left out.
	Ended, Cut bool
}

// Number is the number of a line in the file, from 1, given its index in Lines.
func Number(index int) int { return index + 2 }

// Head is the first line: what makes the session.
type Head struct {
	Format  string `json:"format"`
	Version int    `json:"version"`
	// Program is the version of the program, Machine the architecture of the processor.
	Program string `json:"program"`
	Machine string `json:"machine"`
	// Flags are those of the session that were given on the command line, and Lesson is the lesson that it began with,
	// by its name or its file, empty for none.
	Flags  []Flag `json:"flags,omitempty"`
	Lesson string `json:"lesson,omitempty"`
	// Watch is what is watched, nil for flows of the program.
	Watch *Watch `json:"watch,omitempty"`
	// Files are those that the session depends on.
	Files  []File `json:"files,omitempty"`
	Screen Screen `json:"screen"`
}

// Flag is a flag with one value.
type Flag struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// File is a file with the SHA-256 of its bytes, in hexadecimal digits.
type File struct {
	Name   string `json:"name"`
	SHA256 string `json:"sha256"`
	// Size is the number of its bytes, 0 where it is not known. Grows says that they are the first ones of a file that
	// may have more by now, which are not read.
	Size  int64 `json:"size,omitempty"`
	Grows bool  `json:"grows,omitempty"`
}

// Watch is what is watched in place of flows.
type Watch struct {
	// Inputs are the files, or the pipe, that were named on the command line, none for standard input.
	Inputs []string `json:"inputs,omitempty"`
	// Stream says that the frames came only once: the log has those that were shown, in Room bytes at most.
	Stream bool `json:"stream,omitempty"`
	Room   int  `json:"room,omitempty"`
}

// Screen is the configuration of the screen.
type Screen struct {
	FPS       int                 `json:"fps"`
	Opening   float64             `json:"opening"` // s
	History   int                 `json:"history"` // MB
	Theme     string              `json:"theme"`
	Palette   string              `json:"palette"`
	Mouse     bool                `json:"mouse"`
	Keys      map[string][]string `json:"keys,omitempty"`
	Clipboard bool                `json:"clipboard"`
}

// Format and Version are those of the logs that this package writes and reads.
const (
	Format  = "undercurrent session"
	Version = 1
)

// Line is a line after the head: an input, an act, a digest, points of a frame, the first frame, or an end.
type Line struct {
	// Time is that since the start in milliseconds, of an act that of its end. It never falls.
	Time int64 `json:"t"`
	// Step is that of the flow in focus, of an input the one on the screen.
	Step int `json:"step"`
	Input
	session.Act
	// Digest is that of the particles; see session.Digester.
	Digest string `json:"digest,omitempty"`
	// Points are a part of the points of the next frame of a stream, as a stream.Packer packs them; First is the frame
	// that the session begins with.
	Points []byte           `json:"points,omitempty"`
	First  *session.Arrival `json:"first,omitempty"`
	// Missing is the number of a frame that the log has no room for: it ends before that.
	Missing int `json:"missing,omitempty"`
	// End says that the program ends in order.
	End bool `json:"end,omitempty"`
}

// Input is what is given to the program. At most one field but Seen is set.
type Input struct {
	// Seen is the serial of the frame on the screen, 0 for none.
	Seen   int     `json:"seen,omitempty"`
	Key    *Key    `json:"key,omitempty"`
	Mouse  *Mouse  `json:"mouse,omitempty"`
	Paste  *string `json:"paste,omitempty"`
	Resize *Size   `json:"resize,omitempty"`
	// Dark says whether the terminal has a dark ground.
	Dark   *bool   `json:"dark,omitempty"`
	Answer *Answer `json:"answer,omitempty"`
}

// Key is a key that was pressed.
type Key struct {
	// Name is what a script calls the key. Where it does not say all, Exact is set, and the rest is as in the
	// KeyPressMsg of charm.land/bubbletea.
	Name    string `json:"name"`
	Exact   bool   `json:"exact,omitempty"`
	Code    rune   `json:"code,omitempty"`
	Shifted rune   `json:"shifted,omitempty"`
	Base    rune   `json:"base,omitempty"`
	Mod     int    `json:"mod,omitempty"`
	Text    string `json:"text,omitempty"`
	Repeat  bool   `json:"repeat,omitempty"`
}

// Mouse is what the mouse did: Press, Release, Move or Wheel at a cell. Button and Mod are those of charm.land/bubbletea.
type Mouse struct {
	Did    string `json:"did"`
	X      int    `json:"x"`
	Y      int    `json:"y"`
	Button int    `json:"button,omitempty"`
	Mod    int    `json:"mod,omitempty"`
}

// What a mouse does.
const (
	Press   = "press"
	Release = "release"
	Move    = "move"
	Wheel   = "wheel"
)

// Size is one in cells.
type Size struct {
	Columns int `json:"columns"`
	Rows    int `json:"rows"`
}

// Answer is what came of something that the program had asked the system for.
type Answer struct {
	// Of is what was asked for: one of Answers.
	Of string `json:"of"`
	// Name is that of a file, Names those of several, Weight a weight that a file cannot hold, Command a command line.
	Name    string   `json:"name,omitempty"`
	Names   []string `json:"names,omitempty"`
	Weight  string   `json:"weight,omitempty"`
	Command string   `json:"command,omitempty"`
	// Figure is the name of a figure that was saved with a target, NoFigure why there is none.
	Figure   string `json:"figure,omitempty"`
	NoFigure string `json:"no_figure,omitempty"`
	// SHA256 is that of the bytes of a file that was read.
	SHA256 string `json:"sha256,omitempty"`
	// Error is what went wrong, empty for nothing.
	Error string `json:"error,omitempty"`
}

// What the program asks the system for: names of scenario files, a file, that a target, a sampler or a figure be saved, that a
// recording begin or end, the command that reproduces the view, and that it be copied.
const (
	Listed     = "listed"
	Opened     = "opened"
	Saved      = "saved"
	SavedModel = "saved-model"
	Drawn      = "drawn"
	CastBegun  = "recording"
	CastKept   = "recorded"
	Recipe     = "recipe"
	Copied     = "copied"
)

// Answers are all of them.
func Answers() []string {
	return []string{Listed, Opened, Saved, SavedModel, Drawn, CastBegun, CastKept, Recipe, Copied}
}

// given is the number of kinds of input that are set.
func (in Input) given() (n int) {
	for _, set := range []bool{in.Key != nil, in.Mouse != nil, in.Paste != nil, in.Resize != nil, in.Dark != nil, in.Answer != nil} {
		if set {
			n++
		}
	}
	return n
}

// IsInput reports whether a line is an input.
func (l Line) IsInput() bool { return l.given() > 0 }

// IsAct reports whether a line is an act.
func (l Line) IsAct() bool { return l.others() == 0 && l.given() == 0 }

// others is the number of kinds of line that are set, but for inputs and acts.
func (l Line) others() (n int) {
	for _, set := range []bool{l.Digest != "", len(l.Points) > 0, l.First != nil, l.Missing != 0, l.End} {
		if set {
			n++
		}
	}
	return n
}

// FirstFrame is the frame that the session of a stream begins with. The error is a ReadError.
func (l *Log) FirstFrame() (session.Arrival, error) {
	u := stream.Unpacker{}
	for k, line := range l.Lines {
		var err error
		switch {
		case len(line.Points) > 0:
			err = u.Add(line.Points)
		case line.First != nil:
			first := *line.First
			if first.Frame, err = Unpacked(&u, first); err == nil {
				return first, nil
			}
		default:
			err = errNoFirst
		}
		if err != nil {
			return session.Arrival{}, ReadError{Number(k), err}
		}
	}
	return session.Arrival{}, ReadError{Number(len(l.Lines)), errNoFirst}
}

var errNoFirst = errors.New("no first frame, expected that of the stream before all else")

// Unpacked is the frame of an arrival whose points an unpacker was given, nil where the log does not have them.
func Unpacked(u *stream.Unpacker, a session.Arrival) (*stream.Frame, error) {
	if a.Packed == nil {
		return nil, nil
	}
	return u.Frame(a.Number, *a.Packed)
}
