package cli

import (
	"bytes"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"
)

// processStatus is a number of the status of a process, memory in kB. ok is false where there is no /proc, or no such
// process.
func processStatus(pid int, name string) (n int, ok bool) {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0, false
	}
	_, after, found := strings.Cut(string(status), "\n"+name+":")
	if !found {
		return 0, false
	}
	n, err = strconv.Atoi(strings.Fields(after)[0])
	return n, err == nil
}

// processTime is how long a process has kept processors busy so far; ok is as that of processStatus.
func processTime(pid int) (busy time.Duration, ok bool) {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return 0, false
	}
	// The name of the program, in brackets, may have spaces.
	fields := strings.Fields(string(stat[bytes.LastIndexByte(stat, ')')+1:]))
	const user, system, tick = 11, 12, 10 * time.Millisecond // on every Linux
	for _, f := range []string{fields[user], fields[system]} {
		n, err := strconv.Atoi(f)
		if err != nil {
			return 0, false
		}
		busy += time.Duration(n) * tick
	}
	return busy, true
}
