//go:build long && linux

package cli

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// What a program may have in memory, in MB: with the history that suits a few thousand particles, and with the frames of
// a stream.
const (
	soakOfFlows  = 256
	soakOfFrames = 356
)

// soakKeys leave out the key of a narrower kernel: pressed often enough, it asks for grids of a million nodes for each
// flow, and a node takes 0.15 kB beside what the program may have (BenchmarkScreenStates).
var soakKeys = strings.ReplaceAll(randomKeys, "[", "")

// resources are what a process has of the system.
type resources struct {
	after            time.Duration
	resident         int // MB
	threads, handles int
}

// resources are those of the program, which is a child of the shell or has replaced it.
func (p *person) resources(since time.Time) (r resources, ok bool) {
	pid := programOf(p.cmd.Process.Pid)
	resident, ok := processStatus(pid, "VmRSS")
	if !ok {
		return r, false
	}
	threads, ok := processStatus(pid, "Threads")
	handles, _ := os.ReadDir(fmt.Sprintf("/proc/%d/fd", pid))
	return resources{time.Since(since), resident / 1024, threads, len(handles)}, ok
}

// programOf is the process that runs the program, of a shell with one or of itself.
func programOf(pid int) int {
	for {
		children, err := os.ReadFile(fmt.Sprintf("/proc/%d/task/%d/children", pid, pid))
		list := strings.Fields(string(children))
		if err != nil || len(list) == 0 {
			return pid
		}
		// The last of a pipeline is the program.
		pid, _ = strconv.Atoi(list[len(list)-1])
	}
}

// judged logs a sample of the resources over time, and fails if they grow beyond their bounds.
func judged(t *testing.T, list []resources, allowed int) {
	t.Helper()
	if len(list) < 4 {
		t.Fatalf("there are %d readings", len(list))
	}
	for k := range 12 {
		r := list[k*(len(list)-1)/11]
		t.Logf("%6.0f s  %4d MB resident  %3d threads  %3d handles", r.after.Seconds(), r.resident, r.threads, r.handles)
	}
	largest := slices.MaxFunc(list, func(a, b resources) int { return a.resident - b.resident })
	t.Logf("at most %d MB resident, after %.0f s", largest.resident, largest.after.Seconds())
	if largest.resident > allowed {
		t.Errorf("%d MB are resident after %.0f s, expected at most %d", largest.resident, largest.after.Seconds(), allowed)
	}
	half, end := list[len(list)/2], list[len(list)-1]
	if end.handles > half.handles+2 || end.threads > half.threads+8 {
		t.Errorf("from %+v to %+v the program keeps handles or threads", half, end)
	}
}

// soaks uses a program at random, and judges what it has of the system meanwhile.
func soaks(t *testing.T, line, first string, seed uint64, allowed int) {
	t.Helper()
	p := enters(t, t.TempDir(), line)
	p.sees(first)
	rng, began := rand.New(rand.NewPCG(*useSeed, seed)), time.Now()
	var list []resources
	for time.Since(began) < time.Duration(*minutes*float64(time.Minute)) {
		p.uses(rng, soakKeys, time.Second)
		if r, ok := p.resources(began); ok {
			list = append(list, r)
		}
	}
	p.presses("\x03")
	p.mustEnd(20 * time.Second)
	if status := p.leaves(); status != exitOK {
		t.Errorf("the exit status is %d", status)
	}
	judged(t, list, allowed)
}

// mustEnd waits for the program to end, and says what it does if it does not.
func (p *person) mustEnd(within time.Duration) {
	p.t.Helper()
	pid := programOf(p.cmd.Process.Pid)
	for late := time.Now().Add(within); ; time.Sleep(50 * time.Millisecond) {
		// A program that has ended is gone, or waits for the shell to hear of it.
		if state, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid)); err != nil || strings.Contains(string(state), ") Z ") {
			return
		}
		if time.Now().After(late) {
			p.t.Logf("the program does not end, %v after it last wrote; the screen is\n%s", time.Since(p.lastWrote()).Round(time.Second), p.shows())
			p.dumps()
		}
	}
}

// Random use at sixty frames a second leaks nothing.
func TestSoakOfRandomUse(t *testing.T) {
	soaks(t, "exec "+program(t)+" --fps 60", "uneven-ring", 60, soakOfFlows)
}

// A stream of a hundred frames a second leaks nothing.
func TestSoakOfAStream(t *testing.T) {
	sampler := `awk 'BEGIN { for (;;) { for (i = 0; i < 1000; i++) print 4*rand()-2 "," 4*rand()-2; print "" } }'`
	soaks(t, sampler+" | "+program(t)+" watch --scenario three-modes --rate 100 --fps 60", "frame", 100, soakOfFrames)
}
