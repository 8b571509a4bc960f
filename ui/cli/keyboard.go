package cli

import (
	"fmt"
	"io"

	tea "charm.land/bubbletea/v2"

	"undercurrent/scenarios/data/arrays"
)

// keyboard is the input of keys: the terminal itself where standard input is something else,
// such as a stream, a file or nothing.
func keyboard(stdin io.Reader) (io.Reader, error) {
	if isTerminal(stdin) {
		return stdin, nil
	}
	in, _, err := tea.OpenTTY()
	if err != nil {
		return nil, fmt.Errorf("the terminal cannot be read (%w), expected one for the keys", arrays.Plain(err))
	}
	return in, nil
}
