package draws

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"

	"undercurrent/scenarios/data/arrays"
)

// textSource is a table in a text, a row on each line, whose header and first row have been read.
type textSource struct {
	h         head
	lines     *lines
	separator byte
	decimals  decimals
	size      int64 // of the file
	width     int   // fields in a row
	rowNames  int   // fields before those of the header
	hasHeader bool
	opening   []byte // the first line that is no comment
	stan      *stanComments
	first     []byte // the first row
	labels    map[string]float64

	// of the file that is being read
	slots  []int    // by column, −1 where it is not read
	texts  [][]byte // by slot
	row    []float64
	parsed []bool // by slot, whether the row has its value already
}

// maxComments bounds the comments before the first row.
const maxComments = 100_000

// newTextSource reads the header of a table, if it has one, and its first row.
func newTextSource(path string, f file) (*textSource, error) {
	s := &textSource{labels: map[string]float64{}, stan: &stanComments{}}
	var err error
	if s.size, err = f.Seek(0, io.SeekEnd); err == nil {
		_, err = f.Seek(0, io.SeekStart)
	}
	if err != nil {
		return nil, fmt.Errorf("%w, expected a file, not a pipe", arrays.Plain(err))
	}
	s.lines = newLines(f)
	comments, line, err := s.afterComments()
	if err != nil {
		return nil, err
	}
	s.opening, s.separator = bytes.Clone(line), separatorOf(line)
	s.decimals.allowsComma = s.separator == '\t' || s.separator == ';'
	names := fields(line, s.separator)
	header := s.isHeader(names)
	number := s.lines.number
	if header {
		var more []string
		if more, line, err = s.afterComments(); errors.Is(err, errNoRow) {
			return nil, at(errors.New("no row follows the header, expected draws"), "line %d", number)
		} else if err != nil {
			return nil, err
		}
		comments = append(comments, more...)
	}
	s.first = bytes.Clone(line)
	return s, s.describe(path, names, header, comments, number)
}

// errNoRow is the error of a text that has no further row.
var errNoRow = errors.New("there is no row of numbers, expected draws")

// afterComments is the next line that is no comment, and the comments before it.
func (s *textSource) afterComments() (comments []string, line []byte, err error) {
	for {
		line, err = s.lines.next()
		switch {
		case errors.Is(err, io.EOF):
			return nil, nil, errNoRow
		case err != nil || !isComment(line):
			return comments, line, err
		case len(comments) == maxComments:
			return nil, nil, at(fmt.Errorf("more than %d comments, expected draws", maxComments), "line %d", s.lines.number)
		}
		comments = append(comments, strings.TrimSpace(strings.TrimLeft(string(line), "# \t")))
		s.stan.read(comments[len(comments)-1])
	}
}

// isHeader reports whether the fields of a line are names.
func (s *textSource) isHeader(list []string) bool {
	names, counts := 0, true
	for k, text := range list {
		d := s.decimals
		_, numeric := d.number([]byte(text))
		n, err := strconv.Atoi(text)
		switch {
		case !numeric:
			names++
		case k > 0 && (err != nil || n != k-1):
			counts = false
		}
		if _, length := arrays.Decimal([]byte(text)); length > 0 && length == len(text) && err != nil {
			return false // a number with decimals is no name
		}
	}
	// pandas writes the columns of an array as 0, 1, 2 after the empty name of the index.
	return names > 0 || counts && len(list) > 1 && list[0] == ""
}

// describe completes the head by the header, the comments and the first row.
func (s *textSource) describe(path string, names []string, header bool, comments []string, headerLine int) error {
	row := fields(s.first, s.separator)
	s.width = len(row)
	h := &s.h
	h.format, h.roles, s.hasHeader = s.layout(), noRoles(), header
	switch {
	case !header:
		h.columns = make([]string, len(row))
		if err := s.unnamed(path, comments); err != nil {
			return err
		}
	case len(names) == len(row):
		h.columns = names
	case len(names) == len(row)-1 && row[len(row)-1] == "":
		h.columns, s.width = names, len(names)
	case len(names) == len(row)-1:
		// R's write.table leaves the row names out of the header.
		h.columns, s.rowNames = names, 1
	default:
		return at(fmt.Errorf("%s in the row, expected %d as in the header of line %d", counted(len(row), "field"), len(names), headerLine), "line %d", s.lines.number)
	}
	h.numeric = make([]bool, len(h.columns))
	for k := range h.columns {
		d := s.decimals
		_, h.numeric[k] = d.number([]byte(row[k+s.rowNames]))
	}
	if h.bookkeeping == nil && header {
		h.bookkeeping = make([]bool, len(h.columns))
		for k, name := range h.columns {
			h.bookkeeping[k] = name == ""
		}
	}
	if s.stan.isStan(h.columns) {
		h.format, h.isChain = "CmdStan", true
	} else {
		s.stan = nil
	}
	return nil
}

// layout describes a table by what separates its fields.
func (s *textSource) layout() string {
	switch s.separator {
	case ',':
		return "table (CSV)"
	case '\t':
		return "table (tabs)"
	case ';':
		return "table (semicolons)"
	}
	return "table (blanks)"
}

// read passes the rows to the builder.
func (s *textSource) read(b *builder) error {
	s.slots, s.texts, s.row = make([]int, len(s.h.columns)), make([][]byte, len(b.inputs)), make([]float64, len(b.inputs))
	s.parsed = make([]bool, len(b.inputs))
	for k := range s.slots {
		s.slots[k] = -1
	}
	for slot, k := range b.inputs {
		s.slots[k] = slot
	}
	warmUp := newWarmUp(s.stan, b)
	line, err := s.first, error(nil)
	for n := 0; ; {
		switch {
		case errors.Is(err, io.EOF):
			return warmUp.end()
		case err != nil:
			return err
		case isComment(line):
			warmUp.comment(line)
		case warmUp.skips():
		default:
			if err := s.readRow(line, b); err != nil {
				return err
			}
			if n++; n == 1024 {
				b.reserve(int(float64(s.size-int64(s.lines.bytes)) / float64(s.lines.bytes) * (1.02 * float64(n))))
			}
		}
		line, err = s.lines.next()
	}
}

// readRow passes a row to the builder.
func (s *textSource) readRow(line []byte, b *builder) error {
	number := s.lines.number
	if n := s.split(line); n != s.width {
		err := fmt.Errorf("%s, expected %d as in the rows before", counted(n, "field"), s.width)
		if n < s.width && s.lines.isLast() {
			err = fmt.Errorf("%s, expected %d as in the rows before (the file ends there and may be truncated)", counted(n, "field"), s.width)
		}
		return at(err, "line %d", number)
	}
	// A row of weight 0 may hold anything.
	if b.weight >= 0 {
		if err := s.parse(b, b.weight); err != nil {
			return at(err, "line %d", number)
		}
		if s.row[b.weight] == 0 {
			_, err := b.isIgnored(0)
			return err
		}
	}
	for slot := range s.texts {
		if slot != b.weight {
			if err := s.parse(b, slot); err != nil {
				return at(err, "line %d", number)
			}
		}
	}
	if err := b.add(s.row); err != nil {
		return at(err, "line %d", number)
	}
	return nil
}

// parse parses the field of a slot.
func (s *textSource) parse(b *builder, slot int) error {
	if s.parsed[slot] {
		return nil
	}
	v, ok := s.decimals.number(s.texts[slot])
	switch {
	case ok:
		s.row[slot] = v
	case b.isOptional(slot):
		s.row[slot] = math.NaN()
	case slot == b.chain:
		s.row[slot] = s.label(s.texts[slot])
	default:
		return fmt.Errorf("column %s is %s, expected a number", b.inputName(slot), arrays.Quoted(unquoted(string(s.texts[slot]))))
	}
	return nil
}

// label numbers the names of chains, by negative numbers with a half, which no sampler uses.
func (s *textSource) label(text []byte) float64 {
	v, ok := s.labels[string(text)]
	if !ok {
		v = -0.5 - float64(len(s.labels))
		s.labels[string(text)] = v
	}
	return v
}

// split finds the fields of a row that are read, and returns the number of all. An empty one
// beyond the last column, after a separator at the end, is not counted.
func (s *textSource) split(line []byte) (n int) {
	if s.separator == blanks {
		line = bytes.Trim(line, " \t")
	}
	clear(s.parsed)
	plain := s.separator != blanks && !s.decimals.allowsComma
	for at := 0; at < len(line); n++ {
		if slot := s.slot(n); plain && slot >= 0 {
			if next := s.number(line, at, slot); next > 0 {
				at = next
				continue
			}
		}
		var text []byte
		text, at = field(line, s.separator, at)
		s.keep(n, text)
	}
	if s.separator != blanks && n < s.width && line[len(line)-1] == s.separator {
		s.keep(n, nil)
		n++
	}
	return n
}

// number parses a number that fills a field, whose end is then not looked for, and returns the position of the
// next field; 0 where the field is something else.
func (s *textSource) number(line []byte, at, slot int) (next int) {
	v, n := arrays.Decimal(line[at:])
	end := at + n
	if n == 0 || end < len(line) && line[end] != s.separator {
		return 0
	}
	s.row[slot], s.parsed[slot] = v, true
	return end + 1
}

// slot is that of the n-th field of a row, −1 where it is not read.
func (s *textSource) slot(n int) int {
	if k := n - s.rowNames; k >= 0 && k < len(s.slots) {
		return s.slots[k]
	}
	return -1
}

// keep keeps a field that is read.
func (s *textSource) keep(n int, text []byte) {
	if slot := s.slot(n); slot >= 0 {
		s.texts[slot] = text
	}
}

// named are the fields of the last comment that can be the names of n columns.
func named(comments []string, n int) []string {
	for _, c := range slices.Backward(comments) {
		list := fields([]byte(c), separatorOf([]byte(c)))
		if len(list) == n && !slices.ContainsFunc(list, isNumberOrEmpty) {
			return list
		}
	}
	return nil
}

func isNumberOrEmpty(text string) bool {
	_, ok := word(text)
	return ok
}

func (s *textSource) head() *head { return &s.h }
