package cli

import (
	"fmt"
	"io"
	"os"
	"sync"
	"time"

	"charm.land/bubbles/v2/progress"
	"github.com/charmbracelet/x/term"
)

const (
	// barDelay is how long a command runs before its bar appears.
	barDelay = time.Second
	// barInterval is the least time between two drawings of the bar.
	barInterval = 100 * time.Millisecond
	barWidth    = 40
)

// progressBar shows the progress of a long command, on a terminal only.
type progressBar struct {
	out     io.Writer
	bar     progress.Model
	total   int
	unit    string
	started time.Time
	drawn   time.Time
	visible bool
}

func newProgress(stderr io.Writer, total int, unit string) *progressBar {
	p := &progressBar{total: total, unit: unit, started: time.Now()}
	if isTerminal(stderr) {
		p.out = stderr
		p.bar = progress.New(progress.WithWidth(barWidth))
	}
	return p
}

func (p *progressBar) show(done int) { p.showWith(done, "") }

// showWith shows a text after the bar.
func (p *progressBar) showWith(done int, text string) {
	now := time.Now()
	if p.out == nil || now.Sub(p.started) < barDelay || now.Sub(p.drawn) < barInterval {
		return
	}
	left := ""
	if done > 0 {
		each := float64(now.Sub(p.started)) / float64(done)
		left = fmt.Sprintf(", %s left", time.Duration(each*float64(p.total-done)).Round(time.Second))
	}
	fmt.Fprintf(p.out, "\r\x1b[K%s  %s %d of %d%s%s", p.bar.ViewAs(float64(done)/float64(p.total)), p.unit, done, p.total, text, left)
	p.drawn, p.visible = now, true
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
		fmt.Fprintf(stderr, "%s … (ctrl+c stops)", what)
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
