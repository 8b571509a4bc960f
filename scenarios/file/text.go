package file

import (
	"bytes"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/token"
)

// lines returns a text with line feeds as line ends, without a byte order mark.
func lines(text []byte) []byte {
	text = bytes.TrimPrefix(text, []byte("\ufeff"))
	return bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n"))
}

// checkBytes rejects bytes that are not UTF-8, and control characters, which a terminal would
// interpret when a name is shown.
func checkBytes(text []byte) error {
	line, column := 1, 1
	for len(text) > 0 {
		r, size := utf8.DecodeRune(text)
		switch {
		case r == utf8.RuneError && size == 1:
			return Error{line, column, fmt.Sprintf("the byte 0x%02x, expected text in UTF-8", text[0])}
		case obeyed(r) && r != '\t':
			return Error{line, column, unprintable(string(r))}
		}
		if column++; r == '\n' {
			line, column = line+1, 1
		}
		text = text[size:]
	}
	return nil
}

// checkTexts rejects control characters in texts, from escapes or tabs.
func checkTexts(root ast.Node) error {
	v := &texts{}
	ast.Walk(v, root)
	return v.err
}

type texts struct{ err error }

func (v *texts) Visit(n ast.Node) ast.Visitor {
	if v.err != nil {
		return nil
	}
	if s, ok := n.(*ast.StringNode); ok {
		if bad := strings.IndexFunc(s.Value, obeyed); bad >= 0 {
			position := s.GetToken().Position
			v.err = Error{position.Line, position.Column, "a text with " + unprintable(s.Value[bad:])}
			return nil
		}
	}
	return v
}

// plainLine matches some of the lines that need no quotes in YAML.
var plainLine = regexp.MustCompile(`^[\p{L}\p{N}(][\p{L}\p{N}\p{S}()*/+.,;!?'^_ -]*$`)

// encodeText writes a text without quotes only where YAML reads it back unchanged; the
// library's own rules lose "= " and spaces at the ends of lines.
func encodeText(text string) ([]byte, error) {
	switch bad := strings.IndexFunc(text, obeyed); {
	case !utf8.ValidString(text):
		return nil, fmt.Errorf("%q is not UTF-8, expected text in UTF-8", text)
	case bad >= 0:
		return nil, fmt.Errorf("%q has %s", text, unprintable(text[bad:]))
	case plainLine.MatchString(text) && !plainNumber.MatchString(text) && !token.IsNeedQuoted(text):
		return []byte(text), nil
	case blockOfLines(text):
		return []byte("|-\n  " + strings.ReplaceAll(text, "\n", "\n  ")), nil
	}
	return []byte(strconv.Quote(text)), nil
}

// blockOfLines reports whether a text has several lines that a literal block preserves.
func blockOfLines(text string) bool {
	odd := func(r rune) bool { return r != '\n' && !unicode.IsPrint(r) }
	if !strings.Contains(text, "\n") || strings.ContainsFunc(text, odd) || strings.HasPrefix(text, " ") || strings.Trim(text, "\n") != text {
		return false
	}
	return !strings.Contains(text+"\n", " \n")
}

// obeyed reports whether a terminal may interpret a character instead of showing it.
func obeyed(r rune) bool { return unicode.IsControl(r) && r != '\n' }

// unprintable describes the control character at the beginning of a text.
func unprintable(text string) string {
	r, _ := utf8.DecodeRuneInString(text)
	return fmt.Sprintf("the control character U+%04X, expected text that can be printed", r)
}
