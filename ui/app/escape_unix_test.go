//go:build unix

package app

import (
	"io"
	"os"
	"testing"
	"time"

	"github.com/charmbracelet/x/term"
	"github.com/creack/pty"
)

// rawTerminal is both ends of a terminal in raw mode.
func rawTerminal(t *testing.T) (keyboard, program *os.File) {
	t.Helper()
	keyboard, program, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { keyboard.Close(); program.Close() })
	if _, err := term.MakeRaw(program.Fd()); err != nil {
		t.Fatal(err)
	}
	return keyboard, program
}

// Escape alone is the key; with what follows at once it begins a sequence.
func TestEscapeIsToldApartFromSequences(t *testing.T) {
	for name, c := range map[string]struct {
		first, second string
		want          string
	}{
		"the key":              {"\x1b", "", escapeKey},
		"after another key":    {"a\x1b", "", "a" + escapeKey},
		"alt and the key":      {"\x1b\x1b", "", "\x1b\x1b"},
		"a sequence":           {"\x1b[A", "", "\x1b[A"},
		"a sequence in pieces": {"\x1b", "[A", "\x1b[A"},
		"another key":          {"x", "", "x"},
	} {
		t.Run(name, func(t *testing.T) {
			got := reads(t, c.first, c.second)
			for tries := 0; c.second != "" && got != c.want && tries < 20; tries++ {
				// A busy machine may have taken longer for the second piece than a terminal.
				got = reads(t, c.first, c.second)
			}
			if got != c.want {
				t.Errorf("%q is read as %q, expected %q", c.first+c.second, got, c.want)
			}
		})
	}
}

// reads is what the program reads of two pieces, the second a millisecond after the first.
func reads(t *testing.T, first, second string) string {
	t.Helper()
	keyboard, program := rawTerminal(t)
	in := promptEscape(program, nil)
	io.WriteString(keyboard, first)
	written := make(chan bool)
	go func() {
		time.Sleep(time.Millisecond)
		io.WriteString(keyboard, second)
		close(written)
	}()
	data := make([]byte, 64)
	n, err := in.Read(data)
	if err != nil {
		t.Error(err)
	}
	<-written
	return string(data[:n])
}

// Through a connection, and from what is no terminal, the bytes are as they come.
func TestEscapeOfAConnectionIsTheLibrarys(t *testing.T) {
	_, program := rawTerminal(t)
	if in := promptEscape(program, []string{"SSH_CONNECTION=1.2.3.4 5 6.7.8.9 22"}); in != io.Reader(program) {
		t.Errorf("the input of a connection is %T", in)
	}
	if in := promptEscape(os.Stdin, nil); !term.IsTerminal(os.Stdin.Fd()) && in != io.Reader(os.Stdin) {
		t.Errorf("the input that is no terminal is %T", in)
	}
}
