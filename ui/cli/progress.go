package cli

import (
	"fmt"
	"io"
	"os"
	"sync"
	"time"

	"charm.land/bubbles/v2/progress"
	"github.com/charmbracelet/x/term"

	"undercurrent/ui/paint"
)

const (
	// barDelay is how long a command runs before its bar appears.
	barDelay = time.Second
	// barInterval is the least time between two drawings of the bar.
	barInterval = 100 * time.Millisecond
	// Columns of the bar with its percentage.
	minBar, maxBar = 10, 40
)

// progressBar shows the progress of a long command in one line, on a terminal only.
type progressBar struct {
	out     io.Writer
	width   func() int // of the terminal
	now     func() time.Time
	bar     progress.Model
	total   int
	unit    string
	pace    pace
	started time.Time
	drawn   time.Time
	visible bool
}

func newProgress(stderr io.Writer, total int, unit string) *progressBar {
	if !isTerminal(stderr) {
		stderr = nil
	}
	return newProgressOn(stderr, func() int { return terminalWidth(stderr) }, time.Now, total, unit)
}

// newProgressOn is a bar on a terminal of a width, nil for none, by a clock.
func newProgressOn(out io.Writer, width func() int, now func() time.Time, total int, unit string) *progressBar {
	return &progressBar{out: out, width: width, now: now, bar: progress.New(), total: total, unit: unit, started: now()}
}

// show shows that many units of the same work are done.
func (p *progressBar) show(done int) { p.showWith(done, "") }

// showWith shows a text after the count.
func (p *progressBar) showWith(done int, text string) {
	if p.out == nil {
		return
	}
	share := float64(done) / float64(p.total)
	p.pace.add(p.now().Sub(p.started), share)
	left, known := p.pace.left()
	if !known {
		left = -1
	}
	p.draw(share, fmt.Sprintf("%s %d of %d", p.unit, done, p.total), text, left)
}

// draw draws a share from 0 to 1, a count, a text that is shortened first, and the time left, unless that is
// negative.
func (p *progressBar) draw(share float64, count, text string, left time.Duration) {
	now := p.now()
	if p.out == nil || now.Sub(p.started) < barDelay || now.Sub(p.drawn) < barInterval {
		return
	}
	fmt.Fprint(p.out, "\r\x1b[K"+p.line(share, count, text, left, p.width()))
	p.drawn, p.visible = now, true
}

// line is the bar in one line, of fewer columns than the terminal has: some begin a new line after the last.
func (p *progressBar) line(share float64, count, text string, left time.Duration, width int) string {
	ending := ""
	if left >= 0 {
		ending = ", " + coarse(left).String() + " left"
	}
	room := width - 1 - minBar - len("  ") - paint.Width(count+ending)
	if text != "" && room < paint.Width(text) {
		text = paint.Cut(text, room)
	}
	words := count + text + ending
	p.bar.SetWidth(max(min(width-1-len("  ")-paint.Width(words), maxBar), 0))
	line := paint.Cut(words, width-1)
	if p.bar.Width() >= minBar {
		line = p.bar.ViewAs(share) + "  " + words
	}
	return line
}

// coarse is a duration in steps that an estimate deserves.
func coarse(d time.Duration) time.Duration {
	switch {
	case d > 10*time.Minute:
		return d.Round(time.Minute)
	case d > time.Minute:
		return d.Round(5 * time.Second)
	}
	return d.Round(time.Second)
}

func (p *progressBar) clear() {
	if p.visible {
		fmt.Fprint(p.out, "\r\x1b[K")
		p.visible = false
	}
}

// underWay says on a terminal what is under way, once it has taken a while. The function that it
// returns takes that off again; it may be called twice.
func underWay(stderr io.Writer, what string) (done func()) {
	if !isTerminal(stderr) {
		return func() {}
	}
	said := make(chan struct{})
	timer := time.AfterFunc(barDelay, func() {
		fmt.Fprint(stderr, paint.Cut(what+" … (ctrl+c stops)", terminalWidth(stderr)-1))
		close(said)
	})
	return sync.OnceFunc(func() {
		if !timer.Stop() {
			<-said
			fmt.Fprint(stderr, "\r\x1b[K")
		}
	})
}

// isTerminal reports whether a stream is a terminal.
func isTerminal(stream any) bool {
	f, ok := stream.(*os.File)
	return ok && term.IsTerminal(f.Fd())
}

// terminalWidth is the width of a terminal in columns, the usual one where it does not say.
func terminalWidth(stream any) int {
	if f, ok := stream.(*os.File); ok {
		if width, _, err := term.GetSize(f.Fd()); err == nil && width > 0 {
			return width
		}
	}
	return usualWidth
}
