package app

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// One thread of the program paints at the niceness it was started with; the others are nicer.
func TestOneThreadIsFavoured(t *testing.T) {
	u := turnsOn(t, 0, "").sees("regions")
	// Threads of before and of after the change are there by now.
	files, err := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/stat", u.cmd.Process.Pid))
	if err != nil || len(files) < 3 {
		t.Fatalf("the threads are %q (%v)", files, err)
	}
	own := niceness(t, "/proc/self/stat")
	count := map[string]int{}
	for _, f := range files {
		count[niceness(t, f)]++
	}
	if nicer := fmt.Sprint(min(atoi(t, own)+background, 19)); count[own] != 1 || count[nicer] != len(files)-1 {
		t.Errorf("threads by niceness are %v, expected one of %s and the others of %s", count, own, nicer)
	}
	u.presses("q")
	u.leaves(0)
}

// niceness is that of a thread, as the kernel writes it.
func niceness(t *testing.T, file string) string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(text), ") ")
	const field = 16 // after the name
	return strings.Fields(rest)[field]
}

func atoi(t *testing.T, text string) (n int) {
	t.Helper()
	if _, err := fmt.Sscan(text, &n); err != nil {
		t.Fatal(err)
	}
	return n
}
