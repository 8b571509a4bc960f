package cli

import (
	"image/color"
	"time"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"undercurrent/ui/app"
	"undercurrent/ui/journal"
)

// filmed is a program without a terminal that is recorded, on a clock that is not that of the machine.
type filmed interface {
	// AdvanceTo lets time pass until a time after the start.
	AdvanceTo(at time.Duration)
	// Ended reports whether there is nothing more to see.
	Ended() bool
	Screen() string
	Ground() (text, ground color.Color)
	Close()
}

var (
	_ filmed = (*scripted)(nil)
	_ filmed = (*guided)(nil)
	_ filmed = (*replayed)(nil)
)

// program opens what is recorded: a session with a script, a lesson, or a log, whose screen has a size of its own.
func (r *record) program(cmd *cobra.Command, f *film) (filmed, error) {
	if r.log != "" || r.lesson != "" {
		if err := r.checkAlone(cmd); err != nil {
			return nil, err
		}
	}
	if r.log != "" {
		again, err := openReplay(r.log)
		if err == nil {
			f.width, f.height, err = loggedSize(r.log, again.log)
		}
		return again, err
	}
	config := defaultConfig()
	config.Theme, config.Palette = r.look.Theme, r.look.Palette
	options := config.options()
	options.Save, options.SaveModel, options.Figure, options.Record, options.Clipboard = nil, nil, nil, nil, nil // only the recording is written
	options.CommandLine = reproducingAs(programName, cmd)
	if r.lesson != "" {
		l, err := readLesson(r.lesson)
		if err != nil {
			return nil, err
		}
		opened, err := openLesson(l, config)
		if err != nil {
			return nil, usagef("%s: %w", r.lesson, err)
		}
		opened.Training.Inline(iterationsPerFrame)
		options.Lesson = l
		return &guided{Offscreen: app.NewOffscreen(opened, options, f.width, f.height)}, nil
	}
	shown, err := r.show.resolve()
	if err != nil {
		return nil, err
	}
	opened, err := r.show.open(shown, config)
	if err != nil {
		return nil, err
	}
	return &scripted{app.NewOffscreen(opened, options, f.width, f.height), f.script.Keys}, nil
}

// checkAlone refuses other flags that say what is recorded.
func (r *record) checkAlone(cmd *cobra.Command) error {
	of := "--lesson " + r.lesson
	others := []string{"keys"}
	if r.log != "" {
		of = "--" + logFlag + " " + r.log
		others = append(others, "lesson", "size", "theme", "palette")
	}
	for _, f := range flagsOf(cmd.Flags()) {
		others = append(others, f.Name)
	}
	for _, name := range others {
		if cmd.Flags().Changed(name) {
			return usagef("--%s is given with %s, expected it without", name, of)
		}
	}
	return nil
}

// loggedSize is that of the largest screen of a log.
func loggedSize(name string, log *journal.Log) (width, height int, err error) {
	for _, l := range log.Lines {
		if l.Resize != nil {
			width, height = max(width, l.Resize.Columns), max(height, l.Resize.Rows)
		}
	}
	if minColumns, minRows := app.SmallestScreen(); width < minColumns || height < minRows || width > maxColumns || height > maxRows {
		return 0, 0, usagef("%s: the screen has %d×%d, expected one from %d×%d to %d×%d", name, width, height, minColumns, minRows, maxColumns, maxRows)
	}
	return width, height, nil
}

// scripted is a program whose keys are pressed by a script.
type scripted struct {
	*app.Offscreen
	keys []app.TimedKey // that are left
}

// AdvanceTo presses the keys on the way.
func (s *scripted) AdvanceTo(at time.Duration) {
	for ; len(s.keys) > 0 && s.keys[0].At <= at; s.keys = s.keys[1:] {
		s.Offscreen.AdvanceTo(s.keys[0].At)
		s.Press(s.keys[0].Key)
	}
	s.Offscreen.AdvanceTo(at)
}

// guided is a lesson that goes on by itself, when its text has been read.
type guided struct {
	*app.Offscreen
	at    time.Duration
	text  string        // of the box
	since time.Duration // when it appeared
}

const (
	// iterationsPerFrame is how fast a sampler of a lesson learns, about as on the screen.
	iterationsPerFrame = 8
	// guideEvery is how often the text of a lesson is looked at.
	guideEvery = 100 * time.Millisecond
	// lettersPerSecond is how fast it is read, after a moment to see the scene; a question is thought about.
	lettersPerSecond = 20
	lookTime         = 1500 * time.Millisecond
	thinkTime        = 2500 * time.Millisecond
)

// AdvanceTo goes on with the lesson on the way.
func (g *guided) AdvanceTo(at time.Duration) {
	for g.at < at && !g.Ended() {
		g.at = min(g.at+guideEvery, at)
		g.Offscreen.AdvanceTo(g.at)
		box, on := g.Lesson()
		if text := box.Text; text != g.text {
			g.text, g.since = text, g.at
		}
		if on && !box.Released && g.at-g.since >= readTime(box) {
			g.Press(app.GoOn())
		}
	}
}

// Ended reports whether the lesson is over, and its last screen was seen.
func (g *guided) Ended() bool {
	_, on := g.Lesson()
	return g.Offscreen.Ended() || !on && g.at-g.since >= lookTime
}

// readTime is how long a box is read.
func readTime(box app.LessonBox) time.Duration {
	t := lookTime + time.Duration(utf8.RuneCountInString(box.Text))*time.Second/lettersPerSecond
	if box.Asks {
		t += thinkTime
	}
	return t
}
