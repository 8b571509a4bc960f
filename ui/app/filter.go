package app

import (
	tea "charm.land/bubbletea/v2"

	"charm.land/bubbles/v2/textinput"
	"github.com/sahilm/fuzzy"
)

// filter is a list that typing narrows, with one of it chosen.
type filter[T any] struct {
	input textinput.Model
	all   []T
	found []T // best first where something was typed
	at    int
	text  func(T) string // that typing looks for
}

func newFiltered[T any](all []T, text func(T) string) filter[T] {
	return filter[T]{input: newFilter(), all: all, found: all, text: text}
}

// newFilter is the line that is typed into.
func newFilter() textinput.Model {
	input := textinput.New()
	input.Prompt = "› "
	input.Placeholder = "type to filter"
	input.CharLimit = 40
	input.SetVirtualCursor(true)
	input.Focus()
	return input
}

// chosen is the one that enter takes, if there is any.
func (f *filter[T]) chosen() (one T, ok bool) {
	if f.at >= len(f.found) {
		return one, false
	}
	return f.found[f.at], true
}

// key moves the choice or narrows the list.
func (f *filter[T]) key(msg tea.KeyPressMsg) tea.Cmd {
	switch msg.String() {
	case "up", "ctrl+p":
		f.move(-1)
	case "down", "ctrl+n", "tab":
		f.move(1)
	default:
		var cmd tea.Cmd
		f.input, cmd = f.input.Update(msg)
		f.narrow()
		return cmd
	}
	return nil
}

func (f *filter[T]) move(by int) {
	if n := len(f.found); n > 0 {
		f.at = (f.at + by + n) % n
	}
}

// narrow keeps what matches the typed text.
func (f *filter[T]) narrow() {
	f.at, f.found = 0, f.all
	typed := f.input.Value()
	if typed == "" {
		return
	}
	f.found = nil
	for _, m := range fuzzy.FindFrom(typed, f) {
		f.found = append(f.found, f.all[m.Index])
	}
}

// String and Len are what fuzzy looks through.
func (f *filter[T]) String(i int) string { return f.text(f.all[i]) }

// Len is how many there are before narrowing.
func (f *filter[T]) Len() int { return len(f.all) }
