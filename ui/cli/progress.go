package cli

import (
	"fmt"
	"io"
	"os"
	"time"

	"charm.land/bubbles/v2/progress"
	"github.com/charmbracelet/x/term"
)

const (
	// patience is how long a run may take before it owes a progress bar.
	patience = time.Second
	// redraw is how often the bar is drawn at the most.
	redraw   = 100 * time.Millisecond
	barWidth = 40
)

// progressBar shows how far a long run has come, on a terminal alone.
type progressBar struct {
	out     io.Writer
	bar     progress.Model
	total   int
	unit    string
	started time.Time
	drawn   time.Time
	visible bool
}

func newProgress(words io.Writer, total int, unit string) *progressBar {
	p := &progressBar{total: total, unit: unit, started: time.Now()}
	if isTerminal(words) {
		p.out = words
		p.bar = progress.New(progress.WithWidth(barWidth))
	}
	return p
}

func (p *progressBar) show(done int) { p.showWith(done, "") }

// showWith shows a figure beside the bar.
func (p *progressBar) showWith(done int, figure string) {
	now := time.Now()
	if p.out == nil || now.Sub(p.started) < patience || now.Sub(p.drawn) < redraw {
		return
	}
	left := ""
	if done > 0 {
		each := float64(now.Sub(p.started)) / float64(done)
		left = fmt.Sprintf(", %s left", time.Duration(each*float64(p.total-done)).Round(time.Second))
	}
	fmt.Fprintf(p.out, "\r\x1b[K%s  %s %d of %d%s%s", p.bar.ViewAs(float64(done)/float64(p.total)), p.unit, done, p.total, figure, left)
	p.drawn, p.visible = now, true
}

func (p *progressBar) clear() {
	if p.visible {
		fmt.Fprint(p.out, "\r\x1b[K")
		p.visible = false
	}
}

// isTerminal tells whether a stream is a terminal.
func isTerminal(stream any) bool {
	f, ok := stream.(*os.File)
	return ok && term.IsTerminal(f.Fd())
}
