//go:build long && unix

package cli

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/creack/pty"
)

var (
	minutes = flag.Float64("minutes", 1, "for how long the program is used at random")
	useSeed = flag.Uint64("use-seed", 1, "seed of the random use")
	dump    = flag.Duration("dump", 0, "after which time without a reaction the program is killed, with the stacks of its goroutines")
)

// probeKey is a key whose effect can be recognised, and how.
type probeKey struct {
	name, keys string
	shown      func(before, now string) bool
}

// has is a screen that shows a text.
func has(text string) func(_, now string) bool {
	return func(_, now string) bool { return strings.Contains(now, text) }
}

// waitsSign is the sign that a command is not carried out yet.
const waitsSign = "⋯"

// takesUp is a screen that says that a command is not carried out yet, where the one before did not.
func takesUp(before, now string) bool {
	return strings.Contains(now, waitsSign) && !strings.Contains(before, waitsSign)
}

// waiting is how many commands of a name wait for the session, as the screen says where that is the last one given.
func waiting(screen, name string) (times int) {
	_, said, _ := strings.Cut(screen, waitsSign+" "+name)
	if said == "" {
		return 0
	}
	if n, err := fmt.Sscanf(said, " ×%d", &times); n == 1 && err == nil {
		return times
	}
	return 1
}

// flips is a screen that shows a text where the one before did not, or the reverse, or that it is under way.
func flips(text string) func(before, now string) bool {
	return func(before, now string) bool {
		return strings.Contains(before, text) != strings.Contains(now, text) || takesUp(before, now)
	}
}

// status is the status line of a screen.
func statusLine(screen string) string {
	line, _, _ := strings.Cut(screen, "\n")
	return line
}

// probeKeys are pressed one after the other in every state that random use leads to.
func probeKeys() []probeKey {
	const next = "divergence" // what the key d is called
	divergence := func(s string) string { return strings.Join(strings.Split(statusLine(s), "│")[1:2], "") }
	return []probeKey{
		{"?", "?", has("PgDn")},
		{"esc", "\x1b", func(_, now string) bool { return !strings.Contains(now, "PgDn") }},
		{"space", " ", flips("❚❚ paus")},
		{"T", "T", has("theme ")},
		{"d", "d", func(before, now string) bool {
			return divergence(before) != divergence(now) || takesUp(before, now) || waiting(now, next) > waiting(before, next) || !strings.Contains(before, "│")
		}},
		{":", ":", has("enter runs")},
		{"esc", "\x1b", func(_, now string) bool { return !strings.Contains(now, "enter runs") }},
		{"?", "?", has("PgDn")},
		{"esc", "\x1b", func(_, now string) bool { return !strings.Contains(now, "PgDn") }},
	}
}

// reaction is how long a key took to show.
type reaction struct {
	key, state string
	after      time.Duration
}

// randomKeys are those of random use: all that neither end the program nor write files.
const randomKeys = "dD<>ebuUHAE{}()vVoTCrRS+-[],. ca xnN\tgG123456789hjklimXwWfFpPzZJKOBML;'?\r"

// uses uses the program at random for a while, with some of the random keys.
func (p *person) uses(rng *rand.Rand, chosen string, while time.Duration) (keys string) {
	var all strings.Builder
	for end := time.Now().Add(while); time.Now().Before(end); {
		switch n := rng.IntN(40); {
		case n == 0:
			size := [][2]uint16{{80, 24}, {120, 40}, {200, 60}, {160, 48}}[rng.IntN(4)]
			p.resizes(size[0], size[1])
			fmt.Fprintf(&all, "[%d×%d]", size[0], size[1])
		case n < 5:
			x, y := 2+rng.IntN(60), 3+rng.IntN(15)
			p.presses(fmt.Sprintf("\x1b[<0;%d;%dM", x, y))
			for k := range rng.IntN(20) {
				p.presses(fmt.Sprintf("\x1b[<32;%d;%dM", x+k, y+k/3))
			}
			p.presses(fmt.Sprintf("\x1b[<0;%d;%dm", x, y))
			all.WriteString("[drag]")
		case n < 9:
			arrow := []string{"\x1b[A", "\x1b[B", "\x1b[C", "\x1b[D"}[rng.IntN(4)]
			p.presses(strings.Repeat(arrow, 1+rng.IntN(30)))
			all.WriteString("[arrows]")
		case n < 11:
			key := chosen[rng.IntN(len(chosen))]
			p.presses(strings.Repeat(string(key), 5))
			fmt.Fprintf(&all, "%c×5", key)
		default:
			key := chosen[rng.IntN(len(chosen))]
			p.presses(string(key))
			all.WriteByte(key)
		}
		time.Sleep(time.Duration(rng.IntN(150)) * time.Millisecond)
	}
	// What is open is closed.
	p.presses("\x1b")
	time.Sleep(100 * time.Millisecond)
	p.presses("\x1b")
	// A key right behind the byte of Escape would be another one, with alt.
	time.Sleep(100 * time.Millisecond)
	return all.String()
}

// resizes gives the terminal another size, between two frames: the emulator keeps margins that belong to the size
// before, where a terminal does not. Where frames follow each other without a gap the size stays.
func (p *person) resizes(width, height uint16) {
	const gap = 4 * time.Millisecond
	for late := time.Now().Add(time.Second); ; time.Sleep(gap / 4) {
		p.mu.Lock()
		if time.Since(p.wroteAt) > gap {
			break
		}
		p.mu.Unlock()
		if time.Now().After(late) {
			return
		}
	}
	p.screen.Resize(int(width), int(height))
	p.mu.Unlock()
	if err := pty.Setsize(p.tty, &pty.Winsize{Rows: height, Cols: width}); err != nil {
		p.t.Fatal(err)
	}
}

// reacts presses a key and waits until its effect is seen.
func (p *person) reacts(k probeKey) (time.Duration, bool) {
	before := p.shows()
	seen, began := p.lastWrote(), time.Now()
	p.presses(k.keys)
	for time.Since(began) < 20*time.Second {
		// To look at a screen again that was not written to takes a processor from the program.
		if last := p.lastWrote(); last != seen {
			seen = last
			if k.shown(before, p.shows()) {
				return time.Since(began), true
			}
		}
		if *dump > 0 && time.Since(began) > *dump {
			p.dumps()
		}
		time.Sleep(time.Millisecond)
	}
	return time.Since(began), false
}

// lastWrote is when the program last wrote.
func (p *person) lastWrote() time.Time {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.wroteAt
}

// dumps ends the program with the stacks of its goroutines.
func (p *person) dumps() {
	p.mu.Lock()
	p.all = p.all[:0]
	p.mu.Unlock()
	_ = syscall.Kill(-p.cmd.Process.Pid, syscall.SIGABRT)
	time.Sleep(3 * time.Second)
	p.mu.Lock()
	defer p.mu.Unlock()
	p.t.Fatalf("stacks:\n%s", p.all)
}

// describes is the state of the program in a few words.
func (p *person) describes() string {
	screen := p.shows()
	words := []string{fmt.Sprintf("%d×%d", p.screen.Width(), p.screen.Height())}
	for _, w := range []string{"paused", "edits", "iteration", "watching", waitsSign} {
		if strings.Contains(screen, w) {
			words = append(words, w)
		}
	}
	return strings.Join(append(words, strings.TrimSpace(statusLine(screen))), " ")
}

// The time from a key to the screen that shows its effect, in states that random use leads to: a
// histogram by key, and the longest with their states. It asserts nothing of a busy machine.
func TestKeyLatency(t *testing.T) {
	// On this machine: through a connection the key Escape takes 50 ms to be told from a sequence.
	p := enters(t, t.TempDir(), "env -u SSH_TTY "+program(t))
	p.sees("uneven-ring")
	rng := rand.New(rand.NewPCG(*useSeed, 15))
	var all []reaction
	for end := time.Now().Add(time.Duration(*minutes * float64(time.Minute))); time.Now().Before(end); {
		used := p.uses(rng, randomKeys, time.Duration(2+rng.IntN(8))*time.Second)
		for _, k := range probeKeys() {
			state := p.describes()
			after, ok := p.reacts(k)
			if !ok {
				t.Errorf("%s is never shown in state %s after %s; the screen is\n%s", k.name, state, used, p.shows())
				p.presses("\x1b")
			}
			all = append(all, reaction{k.name, state + " after " + used[max(len(used)-60, 0):], after})
			time.Sleep(time.Duration(rng.IntN(100)) * time.Millisecond)
		}
	}
	p.presses("q")
	if status := p.leaves(); status != exitOK {
		t.Errorf("the exit status is %d", status)
	}
	report(t, all)
}

// report prints the reactions.
func report(t *testing.T, all []reaction) {
	slices.SortFunc(all, func(a, b reaction) int { return int(a.after - b.after) })
	byKey := map[string][]time.Duration{}
	for _, r := range all {
		byKey[r.key] = append(byKey[r.key], r.after)
		byKey["all"] = append(byKey["all"], r.after)
	}
	bounds := []time.Duration{10, 20, 30, 50, 70, 100, 200, 500, 1000, 20000}
	head := fmt.Sprintf("%-6s %6s %6s %6s %6s  ", "key", "n", "median", "99 %", "worst")
	for _, b := range bounds {
		head += fmt.Sprintf("≤%-6d", b)
	}
	t.Log(head + "ms")
	for _, key := range []string{"?", "esc", "space", "T", "d", ":", "all"} {
		list := byKey[key]
		if len(list) == 0 {
			continue
		}
		ms := func(d time.Duration) int64 { return d.Milliseconds() }
		row := fmt.Sprintf("%-6s %6d %6d %6d %6d  ", key, len(list), ms(list[len(list)/2]), ms(list[len(list)*99/100]), ms(list[len(list)-1]))
		from := time.Duration(0)
		for _, b := range bounds {
			n := 0
			for _, d := range list {
				if d > from && d <= b*time.Millisecond {
					n++
				}
			}
			row, from = row+fmt.Sprintf("%-7d", n), b*time.Millisecond
		}
		t.Log(row)
	}
	for _, r := range all[max(len(all)-12, 0):] {
		t.Logf("%5d ms  %-6s %s", r.after.Milliseconds(), r.key, r.state)
	}
}
