package file

import (
	"bytes"
	"cmp"
	"fmt"
	"unicode/utf8"

	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/token"

	"undercurrent/scenarios"
)

// Limits of a scenario file. The time and memory of the YAML library grow with the square of
// the depth of a file and of the number of fields of a mapping, and with its length.
const (
	// maxFile bounds a file in bytes; a target and a start of MaxComponents each, with all
	// bits, fill it.
	maxFile = 4 << 20
	// maxMarks bounds the structural characters; two such mixtures have 480,000.
	maxMarks = 600_000
	// maxBlank bounds the consecutive blank lines, and maxAngles the consecutive characters
	// <: the library takes quadratic time in both.
	maxBlank, maxAngles = 50, 100
	// maxDepth bounds the nesting of lists and mappings.
	maxDepth = 32
	// maxFields bounds the fields of a mapping.
	maxFields = 64
)

// checkMarks rejects a text with more structural characters than a scenario can have.
func checkMarks(text []byte) error {
	marks := 0
	for k, b := range text {
		if bytes.IndexByte([]byte("[]{},:-?#&*!%@`'\""), b) >= 0 {
			marks++
		}
		if marks > maxMarks {
			return atByte(text, k, fmt.Sprintf("more than %d marks such as %c, expected a scenario of at most %d components", maxMarks, b, scenarios.MaxComponents))
		}
	}
	return nil
}

// checkRuns rejects long runs of < and of blank lines.
func checkRuns(text []byte) error {
	if k := bytes.Index(text, bytes.Repeat([]byte("<"), maxAngles+1)); k >= 0 {
		return atByte(text, k, fmt.Sprintf("more than %d of < in a row, expected a description of a scenario", maxAngles))
	}
	line, blank := 0, 0
	for l := range bytes.Lines(text) {
		line++
		if len(bytes.TrimSpace(l)) > 0 {
			blank = 0
		} else if blank++; blank > maxBlank {
			return Error{line, 1, fmt.Sprintf("more than %d blank lines in a row, expected a description of a scenario", maxBlank)}
		}
	}
	return nil
}

// atByte returns the error of a problem at a byte of a text.
func atByte(text []byte, k int, problem string) error {
	from := 1 + bytes.LastIndexByte(text[:k], '\n')
	return Error{1 + bytes.Count(text[:k], []byte("\n")), 1 + utf8.RuneCount(text[from:k]), problem}
}

// CheckBounds rejects a YAML text of another kind than a scenario, such as a configuration, that
// is too expensive to read: one that is too deep, one with more than the given fields in a
// mapping, and one with references, which could expand beyond memory.
func CheckBounds(text []byte, fields int) error {
	_, err := tokensOf(text, fields)
	return err
}

// tokensOf returns the tokens of a text, and rejects one that is too expensive to parse, or has
// a mapping of more than the given fields.
func tokensOf(text []byte, fields int) (token.Tokens, error) {
	if err := cmp.Or(checkMarks(text), checkRuns(text)); err != nil {
		return nil, err
	}
	tokens := lexer.Tokenize(string(text))
	open := nesting{fields: fields}
	for _, t := range tokens {
		if err := open.next(t); err != nil {
			return nil, err
		}
	}
	return tokens, nil
}

// nesting is the stack of open lists and mappings at a token, the outermost first.
type nesting struct {
	levels []level
	fields int // that a mapping may have
}

// level is a list or a mapping: in brackets, or of lines that begin in the same column.
type level struct {
	list, brackets  bool
	colon           bool // the current entry in brackets has a colon already
	column, entries int
}

// next updates the nesting by a token. It rejects too much nesting, and references, which could
// expand beyond memory.
func (n *nesting) next(t *token.Token) error {
	switch t.Type {
	case token.AliasType, token.AnchorType, token.MergeKeyType, token.TagType:
		return at(t, "an alias, an anchor or a tag, expected the value itself, or a text in quotes")
	case token.DocumentHeaderType, token.DocumentEndType:
		n.levels = nil
	case token.SequenceStartType, token.MappingStartType:
		n.levels = append(n.levels, level{list: t.Type == token.SequenceStartType, brackets: true})
		return n.enter(t)
	case token.SequenceEndType, token.MappingEndType:
		n.levels = n.levels[:max(0, len(n.levels)-1)]
	case token.CollectEntryType:
		return n.enter(t)
	case token.SequenceEntryType:
		return n.line(t, t.Position.Column, true)
	case token.MappingKeyType:
		return n.line(t, t.Position.Column, false)
	case token.MappingValueType:
		column := t.Position.Column
		if key := t.Prev; key != nil && key.Position.Line == t.Position.Line {
			column = key.Position.Column
		}
		return n.line(t, column, false)
	}
	return nil
}

// line updates the nesting by a line of a list or a mapping that begins in a column.
func (n *nesting) line(t *token.Token, column int, list bool) error {
	n.leave(column, list)
	top := n.innermost()
	if top != nil && top.brackets {
		if t.Type != token.MappingValueType || top.colon {
			return at(t, "%q in brackets, expected a comma or a bracket before it, or quotes around the text", t.Value)
		}
		top.colon = true
		return nil // the commas count
	}
	if top == nil || top.column != column || top.list != list {
		n.levels = append(n.levels, level{list: list, column: column})
	}
	return n.enter(t)
}

// leave closes the lists and mappings whose lines begin to the right of a column, and a list in
// the same column if the next line is a field.
func (n *nesting) leave(column int, list bool) {
	for {
		top := n.innermost()
		if top == nil || top.brackets || top.column < column || top.column == column && (list || !top.list) {
			return
		}
		n.levels = n.levels[:len(n.levels)-1]
	}
}

// innermost returns the innermost open list or mapping, nil if there is none.
func (n *nesting) innermost() *level {
	if len(n.levels) == 0 {
		return nil
	}
	return &n.levels[len(n.levels)-1]
}

// enter counts an entry of the innermost list or mapping.
func (n *nesting) enter(t *token.Token) error {
	if len(n.levels) > maxDepth {
		return at(t, "lists and mappings %d deep, expected at most %d", len(n.levels), maxDepth)
	}
	l := n.innermost()
	if l == nil {
		return nil // at a comma that the library rejects
	}
	l.colon = false
	switch l.entries++; {
	case l.list && l.entries > scenarios.MaxComponents:
		return at(t, "%d entries of a list, expected at most %d", l.entries, scenarios.MaxComponents)
	case !l.list && l.entries > n.fields:
		return at(t, "%d fields of a mapping, expected at most %d", l.entries, n.fields)
	}
	return nil
}

// at returns the error of a problem at a token.
func at(t *token.Token, format string, args ...any) error {
	return Error{t.Position.Line, t.Position.Column, fmt.Sprintf(format, args...)}
}
