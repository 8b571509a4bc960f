//go:build unix

package app

import (
	"io"
	"os"
	"time"

	"github.com/charmbracelet/x/term"
	"golang.org/x/sys/unix"
)

const (
	escapeByte = 0x1b
	// escapeKey is the Escape key in the Kitty keyboard protocol, which no other sequence begins with.
	escapeKey = "\x1b[27u"
	// escapeWait is how long the rest of an escape sequence may take from a terminal on this machine.
	escapeWait = 10 * time.Millisecond
)

// promptEscape returns the input with the key Escape told apart from the beginning of a sequence
// after 10 ms, where the library waits for 50. Through a connection, which may take longer between
// two bytes, it is the input itself.
func promptEscape(in io.Reader, env []string) io.Reader {
	file, ok := in.(*os.File)
	if !ok || !term.IsTerminal(file.Fd()) || variable(env, "SSH_TTY") != "" || variable(env, "SSH_CONNECTION") != "" {
		return in
	}
	return escapeReader{file}
}

// escapeReader is a terminal whose Escape key is unambiguous.
type escapeReader struct{ *os.File }

// Read reads what is there. A single escape byte at the end is the key if nothing follows.
func (r escapeReader) Read(data []byte) (n int, err error) {
	n, err = r.File.Read(data)
	if err != nil || n == 0 || data[n-1] != escapeByte || n > 1 && data[n-2] == escapeByte || len(data) < n+len(escapeKey)-1 {
		return n, err
	}
	switch followed, known := r.follows(); {
	case !known:
		return n, nil
	case followed:
		more, err := r.File.Read(data[n:])
		return n + more, err
	}
	return n - 1 + copy(data[n-1:], escapeKey), nil
}

// follows reports whether more bytes come in time, and whether that can be told.
func (r escapeReader) follows() (followed, known bool) {
	fds := []unix.PollFd{{Fd: int32(r.Fd()), Events: unix.POLLIN}}
	for late := time.Now().Add(escapeWait); ; {
		n, err := unix.Poll(fds, max(int(time.Until(late)/time.Millisecond), 0))
		switch {
		case err == unix.EINTR:
			continue
		case err != nil || n > 0 && fds[0].Revents&(unix.POLLIN|unix.POLLHUP) == 0:
			return false, false
		}
		return n > 0, true
	}
}
