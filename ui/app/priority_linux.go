package app

import (
	"os"
	"runtime"
	"strconv"

	"golang.org/x/sys/unix"
)

// background is by how much the threads that do not paint are nicer than the one that does.
const background = 5

// favour gives the goroutine that calls it a thread of its own and makes the other threads of the
// program nicer, and so those that they start: while the flow, a target and a sampler are computed, a
// key is still shown at once. What cannot be changed stays as it is.
func favour() {
	runtime.LockOSThread()
	own := unix.Gettid()
	now, err := unix.Getpriority(unix.PRIO_PROCESS, own)
	if err != nil {
		return
	}
	// Threads that were started meanwhile by others of before are found by another look.
	for range 3 {
		threads, err := os.ReadDir("/proc/self/task")
		if err != nil {
			return
		}
		for _, t := range threads {
			if id, err := strconv.Atoi(t.Name()); err == nil && id != own {
				// The system call gives 20 less the niceness.
				_ = unix.Setpriority(unix.PRIO_PROCESS, id, 20-now+background)
			}
		}
	}
}
