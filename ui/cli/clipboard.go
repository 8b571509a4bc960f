package cli

import (
	"errors"
	"time"

	"github.com/atotto/clipboard"
)

// clipboardTimeout bounds the wait for a tool whose display does not answer.
const clipboardTimeout = 2 * time.Second

// clipboardTool puts a text into the clipboard by a tool of the system, such as wl-copy, xclip or pbcopy. It is nil
// where there is none, and over ssh, where it would be the clipboard of another screen.
func clipboardTool(env func(string) string) func(string) error {
	if clipboard.Unsupported || env("SSH_CONNECTION") != "" || env("SSH_TTY") != "" {
		return nil
	}
	return func(text string) error {
		done := make(chan error, 1)
		go func() { done <- clipboard.WriteAll(text) }()
		select {
		case err := <-done:
			return err
		case <-time.After(clipboardTimeout):
			return errors.New("the clipboard's tool does not answer")
		}
	}
}
