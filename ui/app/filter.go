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
	// search is what of the list a typed text finds, best first.
	search func(typed string, all []T) []T
}

// newFiltered looks for the letters that are typed in a text of each, in their order.
func newFiltered[T any](all []T, text func(T) string) filter[T] {
	search := func(typed string, all []T) []T { return fuzzily(typed, all, text) }
	return filter[T]{input: newFilter(), all: all, found: all, search: search}
}

// fuzzily are those whose text has the typed letters in their order, best first.
func fuzzily[T any](typed string, all []T, text func(T) string) (found []T) {
	for _, m := range fuzzy.FindFrom(typed, texts[T]{all, text}) {
		found = append(found, all[m.Index])
	}
	return found
}

// texts is what fuzzy looks through.
type texts[T any] struct {
	all  []T
	text func(T) string
}

// String is the text of one.
func (s texts[T]) String(i int) string { return s.text(s.all[i]) }

// Len is how many there are.
func (s texts[T]) Len() int { return len(s.all) }

// newFilter is the line that is typed into.
func newFilter() textinput.Model {
	input := textinput.New()
	input.Prompt = "› "
	input.Placeholder = "type to filter"
	input.CharLimit = 40
	// The cursor is drawn with the line: the library's own would blink by a clock.
	input.SetVirtualCursor(false)
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
	f.found = f.search(typed, f.all)
}
