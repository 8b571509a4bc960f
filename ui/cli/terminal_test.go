//go:build unix

package cli

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/charmbracelet/x/vt"
	"github.com/creack/pty"
)

// person sits at a pseudo-terminal with a shell's command line in it.
type person struct {
	t   *testing.T
	tty *os.File
	cmd *exec.Cmd

	mu      sync.Mutex
	screen  *vt.Emulator
	all     []byte // the last that was written
	wroteAt time.Time
}

// keptOutput bounds what is kept of the output.
const keptOutput = 4 << 20

const personWidth, personHeight = 132, 40

// enters runs a command line of a shell, in a directory, on a new terminal.
func enters(t *testing.T, dir, line string) *person {
	t.Helper()
	p := &person{t: t, cmd: exec.Command("sh", "-c", line), screen: vt.NewEmulator(personWidth, personHeight)}
	p.cmd.Dir = dir
	p.cmd.Env = append(os.Environ(), "TERM=xterm-256color", "NO_COLOR=1", "XDG_CONFIG_HOME="+t.TempDir(), "SSH_TTY=none", "TMUX=")
	var err error
	if p.tty, err = pty.StartWithAttrs(p.cmd, &pty.Winsize{Rows: personHeight, Cols: personWidth}, &syscall.SysProcAttr{Setsid: true, Setctty: true}); err != nil {
		t.Fatal(err)
	}
	go io.Copy(io.Discard, p.screen)
	go p.read()
	t.Cleanup(func() {
		// The whole session: a stream's source may wait for its reader.
		_ = syscall.Kill(-p.cmd.Process.Pid, syscall.SIGKILL)
		p.tty.Close()
	})
	return p
}

func (p *person) read() {
	chunk := make([]byte, 64<<10)
	for {
		n, err := p.tty.Read(chunk)
		if err != nil {
			return
		}
		p.mu.Lock()
		// It reads everything that it is given.
		_, _ = p.screen.Write(chunk[:n])
		p.wroteAt = time.Now()
		if p.all = append(p.all, chunk[:n]...); len(p.all) > 2*keptOutput {
			p.all = append(p.all[:0], p.all[len(p.all)-keptOutput:]...)
		}
		p.mu.Unlock()
	}
}

// shows is what is on the screen.
func (p *person) shows() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.screen.String()
}

// wrote reports whether something was ever written.
func (p *person) wrote(text string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return bytes.Contains(p.all, []byte(text))
}

// terminalTimeout bounds a failing test; it measures nothing.
const terminalTimeout = 60 * time.Second

// sees waits until the screen shows one of some texts.
func (p *person) sees(texts ...string) *person {
	p.t.Helper()
	for late := time.Now().Add(terminalTimeout); time.Now().Before(late); time.Sleep(20 * time.Millisecond) {
		if screen := p.shows(); slices.ContainsFunc(texts, func(text string) bool { return strings.Contains(screen, text) }) {
			return p
		}
	}
	p.t.Fatalf("%q is never seen; the screen is\n%s", texts, p.shows())
	return p
}

func (p *person) presses(keys string) *person {
	p.t.Helper()
	if _, err := io.WriteString(p.tty, keys); err != nil {
		p.t.Fatal(err)
	}
	return p
}

// leaves waits for the command to end and is its exit status.
func (p *person) leaves() int {
	p.t.Helper()
	ended := make(chan struct{})
	go func() {
		_ = p.cmd.Wait()
		close(ended)
	}()
	select {
	case <-ended:
		return p.cmd.ProcessState.ExitCode()
	case <-time.After(terminalTimeout):
		p.t.Fatalf("the command does not end; the screen is\n%s", p.shows())
		return -1
	}
}

// A person pipes a sampler into the program and uses the keyboard meanwhile.
func TestAPersonWatchesAPipe(t *testing.T) {
	t.Parallel()
	dir, binary := t.TempDir(), program(t)
	sampler := `awk 'BEGIN { for (;;) { for (i = 0; i < 300; i++) print 4*rand()-2 "," 4*rand()-2; print "" } }'`
	p := enters(t, dir, sampler+" | "+binary+" watch --scenario three-modes --rate 30")
	p.sees("three-modes │ stdin │ frame").sees("exact samples").presses(" ").sees("❚❚ paused").presses("d").sees("drift reverse KL").presses("d").sees("drift forward KL")
	p.presses(",").sees("●").presses("r").sees("restart: not for a stream").presses("q")
	if status := p.leaves(); status != exitOK {
		t.Errorf("the status is %d", status)
	}
	// What the program writes last may come after it has ended.
	for late := time.Now().Add(terminalTimeout); !p.wrote("\x1b[?1049l"); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(late) {
			t.Fatal("the terminal is not restored")
		}
	}
}

// Without a whole frame nothing is drawn.
func TestAPersonSeesNoScreenWithoutAFrame(t *testing.T) {
	t.Parallel()
	p := enters(t, t.TempDir(), `printf 'words\n' | `+program(t)+" watch --scenario three-modes")
	if status := p.leaves(); status != exitUsage {
		t.Errorf("the status is %d", status)
	}
	p.sees("expected")
	if p.wrote("\x1b[?1049h") {
		t.Error("a screen was opened")
	}
}

// A table is shown against itself, chain by chain; its columns are chosen, and what is seen is reproduced.
func TestAPersonLooksAtTheColumnsOfATable(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	text := "chain,mu,tau,theta\n"
	for c, points := range clouds(2, 60) {
		for _, p := range points {
			text += fmt.Sprintf("%d,%v,%v,%v\n", c, p.X, p.Y, p.X*p.Y)
		}
	}
	writeFile(t, dir+"/draws.csv", text)
	p := enters(t, dir, program(t)+" watch draws.csv --rate 40")
	p.sees("KDE of all chains").sees("chain 2 of 2").presses(">").sees("x mu, y theta").sees("chain 2 of 2")
	p.presses("t").sees("bulk ESS").presses("\x1b").presses(",").sees("chain 1 of 2")
	p.presses("y").sees("undercurrent watch draws.csv --rate 40 --columns mu,theta").presses(" ").sees("stage").presses("q")
	if status := p.leaves(); status != exitOK {
		t.Errorf("the status is %d; the screen is\n%s", status, p.shows())
	}
}

// The screen opens with the lesson, and the line that y copies is one for the flow.
func TestALessonIsOpenedOnATerminal(t *testing.T) {
	p := enters(t, ".", program(t)+" lesson islands")
	p.sees("Islands · 1 of 4").sees("Nine hills").presses("y").sees("--scenario grid9").presses("q")
	p.sees("Islands").presses("q")
	if status := p.leaves(); status != exitOK {
		t.Errorf("it ends with status %d:\n%s", status, p.shows())
	}
}
