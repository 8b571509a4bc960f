package app

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"

	"undercurrent/internal/suggest"
	"undercurrent/ui/paint"
)

// TimedKey is a key that is pressed at a time after the start.
type TimedKey struct {
	At  time.Duration
	Key tea.KeyPressMsg
}

// Script is a list of keys in the order of their times, and how long it takes.
type Script struct {
	Keys   []TimedKey
	Length time.Duration
}

const (
	// typingTime is what passes after each key of a text, so that it can be read while it is typed.
	typingTime = 100 * time.Millisecond
	// maxWait bounds a wait, in seconds.
	maxWait = 3600
	// maxQuoted bounds what an error repeats of a script, in columns.
	maxQuoted = 40
)

// ScriptError says what of a script is wrong, and where.
type ScriptError struct {
	// Column counts characters from 1.
	Column int
	Reason string
}

func (e ScriptError) Error() string { return fmt.Sprintf("column %d: %s", e.Column, e.Reason) }

// ParseScript reads a script: items that are separated by semicolons, one done after the other. An item is
//
//	wait SECONDS   lets time pass
//	d              presses a key: a character, or a name such as space, enter or shift+left
//	:z 10<enter>   presses the keys of a text one by one; so does
//	type TEXT      for a text that does not begin with a colon
//
// A name in angle brackets within a text is that key; <semicolon> and <less> are the characters that a text
// cannot have otherwise. The error is a ScriptError.
func ParseScript(text string) (s Script, err error) {
	column := 1
	for item := range strings.SplitSeq(text, ";") {
		if trimmed := strings.TrimLeftFunc(item, unicode.IsSpace); trimmed != "" {
			at := column + utf8.RuneCountInString(item) - utf8.RuneCountInString(trimmed)
			if err := s.add(strings.TrimRightFunc(trimmed, unicode.IsSpace), at); err != nil {
				return Script{}, err
			}
		}
		column += utf8.RuneCountInString(item) + 1
	}
	return s, nil
}

// add adds an item that stands at a column.
func (s *Script) add(item string, column int) error {
	word, rest, spaced := strings.Cut(item, " ")
	switch {
	case word == "wait":
		return s.wait(strings.TrimSpace(rest), column)
	case word == "type" && spaced:
		return s.text(rest, column+len("type "))
	case utf8.RuneCountInString(item) > 1 && item[0] == ':':
		return s.text(item, column)
	}
	key, ok := keyNamed(item)
	if !ok {
		item = paint.Cut(item, maxQuoted)
		return ScriptError{column, fmt.Sprintf("unknown key %q, expected wait SECONDS, type TEXT, :COMMAND<enter>, a character, or %s", item, suggest.Nearest(item, keyNames()))}
	}
	s.Keys = append(s.Keys, TimedKey{s.Length, key})
	return nil
}

// wait adds a number of seconds.
func (s *Script) wait(seconds string, column int) error {
	v, err := strconv.ParseFloat(seconds, 64)
	if err != nil || !(v >= 0 && v <= maxWait) {
		return ScriptError{column, fmt.Sprintf("wait %q, expected a number of seconds from 0 to %d", paint.Cut(seconds, maxQuoted), maxWait)}
	}
	s.Length += time.Duration(math.Round(v * float64(time.Second)))
	return nil
}

// text adds the keys of a text.
func (s *Script) text(text string, column int) error {
	for text != "" {
		key, length, err := nextKey(text)
		if err != nil {
			return ScriptError{column, err.Error()}
		}
		s.Keys = append(s.Keys, TimedKey{s.Length, key})
		s.Length += typingTime
		column += utf8.RuneCountInString(text[:length])
		text = text[length:]
	}
	return nil
}

// nextKey is the first key of a text, and the length of what it is written as.
func nextKey(text string) (key tea.KeyPressMsg, length int, err error) {
	if text[0] != '<' {
		r, length := utf8.DecodeRuneInString(text)
		if !unicode.IsPrint(r) || r == utf8.RuneError && length == 1 {
			return key, 0, fmt.Errorf("%q, expected a character that can be typed", text[:length])
		}
		return characterKey(r), length, nil
	}
	end := strings.IndexByte(text, '>')
	if end < 0 {
		return key, 0, fmt.Errorf("%q has no >, expected the name of a key in angle brackets, or <less> for the character", paint.Cut(text, maxQuoted))
	}
	name := text[1:end]
	if key, ok := keyNamed(name); ok {
		return key, end + 1, nil
	}
	name = paint.Cut(paint.Visible(name), maxQuoted)
	return key, 0, fmt.Errorf("unknown key <%s>, expected %s", name, suggest.Nearest(name, keyNames()))
}

// characterKey is the key of a character.
func characterKey(r rune) tea.KeyPressMsg {
	if r == ' ' {
		return tea.KeyPressMsg{Code: tea.KeySpace, Text: " "}
	}
	key := tea.KeyPressMsg{Code: unicode.ToLower(r), Text: string(r)}
	if unicode.IsUpper(r) {
		key.Mod, key.ShiftedCode = tea.ModShift, r
	}
	return key
}

// specialKeys are the keys that a script knows by name, beside characters.
func specialKeys() map[string]rune {
	return map[string]rune{
		"space": ' ', "semicolon": ';', "less": '<', "enter": tea.KeyEnter, "esc": tea.KeyEscape, "tab": tea.KeyTab, "backspace": tea.KeyBackspace,
		"delete": tea.KeyDelete, "up": tea.KeyUp, "down": tea.KeyDown, "left": tea.KeyLeft, "right": tea.KeyRight, "home": tea.KeyHome, "end": tea.KeyEnd,
		"pgup": tea.KeyPgUp, "pgdown": tea.KeyPgDown,
	}
}

// keyNames are their names, sorted.
func keyNames() []string { return slices.Sorted(maps.Keys(specialKeys())) }

// keyNamed is the key with a name: a character, or a special key, either with what is held with it before.
func keyNamed(name string) (tea.KeyPressMsg, bool) {
	held := tea.KeyMod(0)
	for _, m := range []struct {
		prefix string
		mod    tea.KeyMod
	}{{"ctrl+", tea.ModCtrl}, {"alt+", tea.ModAlt}, {"shift+", tea.ModShift}} {
		if after, ok := strings.CutPrefix(name, m.prefix); ok {
			name, held = after, held|m.mod
		}
	}
	r, special := specialKeys()[name]
	if !special {
		if r, _ = utf8.DecodeRuneInString(name); utf8.RuneLen(r) != len(name) || !unicode.IsPrint(r) {
			return tea.KeyPressMsg{}, false
		}
	}
	switch {
	case !unicode.IsPrint(r):
		return tea.KeyPressMsg{Code: r, Mod: held}, true
	case held == 0:
		return characterKey(r), true
	}
	// With something held, a character is not typed.
	return tea.KeyPressMsg{Code: r, Mod: held}, held != tea.ModShift
}
