package cli

import (
	"bytes"
	"io"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/charmbracelet/x/vt"
	"github.com/creack/pty"

	"undercurrent/scenarios/catalogue"
)

// These figures need a machine that does nothing else; they are reported, not tested:
//
//	go test -run '^$' -bench Screen -benchtime 1x ./ui/cli
const (
	benchWidth, benchHeight = 200, 60
	benchSeconds            = 8
	// slowBytes is what a slow terminal reads in a second.
	slowBytes = 1 << 20
)

// terminal is a pseudo-terminal with the program in it, that reads what is written
// and answers as terminals do.
type terminal struct {
	b     *testing.B
	tty   *os.File
	cmd   *exec.Cmd
	begun time.Time

	mu     sync.Mutex
	text   []byte
	seen   chan struct{} // a token a read
	slowly bool
	screen *vt.Emulator // nil where nobody looks
}

// built is the path of the program, built for a benchmark.
func built(b *testing.B) string {
	b.Helper()
	path := b.TempDir() + "/undercurrent"
	if text, err := exec.Command("go", "build", "-o", path, "undercurrent").CombinedOutput(); err != nil {
		b.Fatalf("go build: %v\n%s", err, text)
	}
	return path
}

// benchSize is the usual size of the terminal.
func benchSize() pty.Winsize { return pty.Winsize{Rows: benchHeight, Cols: benchWidth} }

func open(b *testing.B, slowly, looked bool, args ...string) *terminal {
	b.Helper()
	return openBuilt(b, built(b), benchSize(), slowly, looked, args...)
}

func openBuilt(b *testing.B, path string, size pty.Winsize, slowly, looked bool, args ...string) *terminal {
	b.Helper()
	t := &terminal{b: b, cmd: exec.Command(path, args...), seen: make(chan struct{}, 1), slowly: slowly}
	if looked {
		t.screen = vt.NewEmulator(int(size.Cols), int(size.Rows))
		go io.Copy(io.Discard, t.screen)
	}
	t.cmd.Env = append(os.Environ(), "TERM=xterm-256color", "COLORTERM=truecolor", "NO_COLOR=", "UNDERCURRENT_OPENING=0", "XDG_CONFIG_HOME="+b.TempDir())
	var err error
	t.begun = time.Now()
	if t.tty, err = pty.StartWithSize(t.cmd, &size); err != nil {
		b.Fatal(err)
	}
	go t.read()
	return t
}

// synchronized begins a frame where the terminal has said that it knows of them.
const synchronized = "\x1b[?2026h"

func (t *terminal) read() {
	chunk := make([]byte, 64<<10)
	if t.slowly {
		chunk = chunk[:slowBytes/100]
	}
	for {
		n, err := t.tty.Read(chunk)
		if err != nil {
			return
		}
		if bytes.Contains(chunk[:n], []byte("\x1b[?2026$p")) {
			t.types("\x1b[?2026;2$y")
		}
		t.mu.Lock()
		t.text = append(t.text, chunk[:n]...)
		if t.screen != nil {
			// It reads everything that it is given.
			_, _ = t.screen.Write(chunk[:n])
		}
		t.mu.Unlock()
		select {
		case t.seen <- struct{}{}:
		default:
		}
		if t.slowly {
			time.Sleep(time.Second * time.Duration(n) / slowBytes)
		}
	}
}

func (t *terminal) types(keys string) {
	if _, err := io.WriteString(t.tty, keys); err != nil {
		t.b.Error(err)
	}
}

// size is how much has been read.
func (t *terminal) size() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return len(t.text)
}

// since is what was read after a size.
func (t *terminal) since(size int) []byte {
	t.mu.Lock()
	defer t.mu.Unlock()
	return bytes.Clone(t.text[size:])
}

// latency is the time from a key until its answer is on the screen.
func (t *terminal) latency(keys string, answered func(before, now string) bool) time.Duration {
	before, at := t.shows(), time.Now()
	late := time.After(5 * time.Second)
	t.types(keys)
	for {
		select {
		case <-t.seen:
			if answered(before, t.shows()) {
				return time.Since(at)
			}
		case <-late:
			t.b.Fatalf("nothing answers %q on\n%s", keys, t.shows())
		}
	}
}

// shows is what is on the screen.
func (t *terminal) shows() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.screen.String()
}

func lastLine(text string) string { return text[strings.LastIndex(strings.TrimSpace(text), "\n")+1:] }

// cores is the processor time of the program over the time it ran, after it quits.
func (t *terminal) cores() float64 {
	t.types("q")
	wall := time.Since(t.begun)
	_ = t.cmd.Wait()
	t.tty.Close()
	return (t.cmd.ProcessState.UserTime() + t.cmd.ProcessState.SystemTime()).Seconds() / wall.Seconds()
}

func percentile95(list []time.Duration) float64 {
	slices.Sort(list)
	return list[len(list)*95/100].Seconds() * 1000
}

// BenchmarkScreen is the program at 200×60, 60 frames a second and 20 000 particles, in
// a terminal that reads as fast as is written.
func BenchmarkScreen(b *testing.B) {
	for b.Loop() {
		t := open(b, false, false, "--fps", "60", "--particles", "20000")
		time.Sleep(2 * time.Second)
		from := t.size()
		time.Sleep(benchSeconds * time.Second)
		frames := bytes.Count(t.since(from), []byte(synchronized))
		b.ReportMetric(float64(frames)/benchSeconds, "frames/s")
		b.ReportMetric(float64(t.size()-from)/benchSeconds/1e6, "MB/s")
		b.ReportMetric(float64(onScreen(b, t.since(0), `(\d+) fps`)), "drawn/s")
		b.ReportMetric(t.cores(), "cores")
	}
}

// BenchmarkScreenStates is the program in states that users leave it in: frames that it writes, processors that it keeps
// busy, and memory.
func BenchmarkScreenStates(b *testing.B) {
	for _, c := range []struct {
		name          string
		width, height uint16
		keys          string
		args          []string
	}{
		{"every panel at 200x60, 60 frames a second, 100000 particles", 200, 60, "", []string{"--fps", "60", "--particles", "100000"}},
		{"80x24, 30 frames a second, 4000 particles", 80, 24, "", []string{"--fps", "30", "--particles", "4000"}},
		{"120x40, paused", 120, 40, " ", []string{"--particles", "4000"}},
		{"120x40, four flows on grids of 1000x1000", 120, 40, "", []string{"--compare", "reverse-kl,forward-kl,neyman,pearson", "--bandwidth", "0.065", "--history", "64"}},
	} {
		b.Run(c.name, func(b *testing.B) {
			for b.Loop() {
				t := openBuilt(b, built(b), pty.Winsize{Rows: c.height, Cols: c.width}, false, false, c.args...)
				time.Sleep(time.Second)
				t.types(c.keys)
				time.Sleep(2 * time.Second)
				from := t.size()
				before, _ := processTime(t.cmd.Process.Pid)
				time.Sleep(benchSeconds * time.Second)
				after, ok := processTime(t.cmd.Process.Pid)
				resident, known := processStatus(t.cmd.Process.Pid, "VmRSS")
				if !ok || !known {
					b.Skip("what a process uses is read from /proc")
				}
				b.ReportMetric(float64(bytes.Count(t.since(from), []byte(synchronized)))/benchSeconds, "frames/s")
				b.ReportMetric(100*(after-before).Seconds()/benchSeconds, "%core")
				b.ReportMetric(float64(resident)/1024, "MB-resident")
				t.cores()
			}
		})
	}
}

// BenchmarkFirstFrame is the time from the start of the program to the first cell of a map on the screen, for every
// scenario: the median and the worst of the runs. It takes a number of runs, such as 9:
//
//	go test -run '^$' -bench FirstFrame -benchtime 9x ./ui/cli
func BenchmarkFirstFrame(b *testing.B) {
	path := built(b)
	for _, id := range catalogue.IDs() {
		b.Run(id, func(b *testing.B) {
			var times []float64
			for b.Loop() {
				t := openBuilt(b, path, benchSize(), false, false, "--scenario", id)
				times = append(times, t.until("▄").Seconds()*1000)
				t.kill()
			}
			slices.Sort(times)
			b.ReportMetric(times[len(times)/2], "ms-median")
			b.ReportMetric(times[len(times)-1], "ms-worst")
		})
	}
}

// kill ends the program, which may wait for answers of a terminal before it quits.
func (t *terminal) kill() {
	_ = t.cmd.Process.Kill()
	_ = t.cmd.Wait()
	t.tty.Close()
}

// until is the time from the start of the program until it has written a text.
func (t *terminal) until(text string) time.Duration {
	t.b.Helper()
	late := time.After(10 * time.Second)
	for {
		select {
		case <-t.seen:
			if bytes.Contains(t.since(0), []byte(text)) {
				return time.Since(t.begun)
			}
		case <-late:
			t.b.Fatalf("%q was not written", text)
		}
	}
}

// BenchmarkScreenKeys is the time from a key to the frame that it changes: ? opens the
// list of keys, whatever the flow is doing.
func BenchmarkScreenKeys(b *testing.B) {
	for name, args := range map[string][]string{
		"fast": {"--fps", "60", "--particles", "20000"},
		"slow": {"--fps", "60", "--particles", "9000000"},
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				t := open(b, false, true, args...)
				time.Sleep(4 * time.Second)
				var opens, steps []time.Duration
				for range 40 {
					opens = append(opens, t.latency("?", func(_, now string) bool { return strings.Contains(now, "type to filter") }))
					t.types("?")
					time.Sleep(150 * time.Millisecond)
					if name == "slow" {
						// A command to the flow is acknowledged in the last row before the step ends.
						steps = append(steps, t.latency("+", func(before, now string) bool { return lastLine(now) != lastLine(before) }))
						time.Sleep(300 * time.Millisecond)
						t.types("-")
						time.Sleep(300 * time.Millisecond)
					}
				}
				b.ReportMetric(percentile95(opens), "ms-p95")
				if steps != nil {
					b.ReportMetric(percentile95(steps), "ms-p95-command")
				}
				b.ReportMetric(t.cores(), "cores")
			}
		})
	}
}

// BenchmarkScreenSlowTerminal is the flow in a terminal that reads a megabyte a second:
// it loses frames, not steps.
func BenchmarkScreenSlowTerminal(b *testing.B) {
	for b.Loop() {
		t := open(b, true, false, "--fps", "60", "--particles", "4000")
		time.Sleep(benchSeconds * time.Second)
		text := t.since(0)
		b.ReportMetric(float64(bytes.Count(text, []byte(synchronized)))/benchSeconds, "frames/s")
		b.ReportMetric(float64(onScreen(b, text, `step (\d+)`))/benchSeconds, "steps/s")
		t.cores()
	}
}

// onScreen is the number that a pattern finds on the screen that the text leaves.
func onScreen(b *testing.B, text []byte, pattern string) int {
	b.Helper()
	screen := vt.NewEmulator(benchWidth, benchHeight)
	go io.Copy(io.Discard, screen)
	if _, err := screen.Write(text); err != nil {
		b.Fatal(err)
	}
	m := regexp.MustCompile(pattern).FindStringSubmatch(screen.String())
	if m == nil {
		b.Fatalf("%s is not seen on\n%s", pattern, screen.String())
	}
	n, err := strconv.Atoi(m[1])
	if err != nil {
		b.Fatal(err)
	}
	return n
}
