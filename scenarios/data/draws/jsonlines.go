package draws

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"

	"undercurrent/scenarios/data/arrays"
)

// jsonSource is a text with an object of named values on each line.
type jsonSource struct {
	h     head
	lines *lines
	first []byte
}

// newJSONSource reads the first object of a text.
func newJSONSource(f file) (*jsonSource, error) {
	s := &jsonSource{lines: newLines(f)}
	line, err := s.lines.next()
	if err != nil {
		return nil, err
	}
	s.first = bytes.Clone(line)
	s.h = head{format: "JSON lines", roles: noRoles()}
	if err := s.names(standard(s.first)); err != nil {
		return nil, at(err, "line %d", s.lines.number)
	}
	return s, nil
}

// names reads the keys of an object, in their order, and which have a number.
func (s *jsonSource) names(line []byte) error {
	d := json.NewDecoder(bytes.NewReader(line))
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return notAnObject(line)
	}
	for d.More() {
		key, err := d.Token()
		name, ok := key.(string)
		var value json.RawMessage
		if err != nil || !ok || d.Decode(&value) != nil {
			return notAnObject(line)
		}
		_, numeric := jsonNumber(value)
		s.h.columns, s.h.numeric = append(s.h.columns, name), append(s.h.numeric, numeric)
	}
	if _, err := d.Token(); err != nil {
		return notAnObject(line)
	}
	return nil
}

func notAnObject(line []byte) error {
	return fmt.Errorf(`%s, expected an object of named numbers on each line, such as {"mu": 1.5, "tau": 0.2}`, arrays.Quoted(line))
}

func (s *jsonSource) head() *head { return &s.h }

// read passes the rows to the builder.
func (s *jsonSource) read(b *builder) error {
	row, values := make([]float64, len(b.inputs)), map[string]json.RawMessage{}
	line, err := s.first, error(nil)
	for {
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		}
		clear(values)
		if json.Unmarshal(standard(line), &values) != nil {
			return at(notAnObject(line), "line %d", s.lines.number)
		}
		if err := s.readRow(values, row, b); err != nil {
			return at(err, "line %d", s.lines.number)
		}
		line, err = s.lines.next()
	}
}

// readRow passes a row to the builder, unless its weight is 0.
func (s *jsonSource) readRow(values map[string]json.RawMessage, row []float64, b *builder) error {
	parse := func(slot int) error {
		value, present := values[b.inputNames[slot]]
		if !present && b.isOptional(slot) {
			row[slot] = math.NaN()
			return nil
		}
		if !present {
			return fmt.Errorf("column %s is missing, expected a number", b.inputName(slot))
		}
		v, ok := jsonNumber(value)
		if !ok && b.isOptional(slot) {
			v, ok = math.NaN(), true
		}
		if !ok {
			return fmt.Errorf("column %s is %s, expected a number", b.inputName(slot), arrays.Quoted([]byte(value)))
		}
		row[slot] = v
		return nil
	}
	if b.weight >= 0 {
		if err := parse(b.weight); err != nil {
			return err
		}
		if row[b.weight] == 0 {
			_, err := b.isIgnored(0)
			return err
		}
	}
	for slot := range row {
		if err := parse(slot); err != nil {
			return err
		}
	}
	return b.add(row)
}

// jsonNumber is a number, a truth value, null, or a number in quotes.
func jsonNumber(value json.RawMessage) (v float64, ok bool) {
	text := bytes.Trim(value, `"`)
	if len(text) == 0 {
		return 0, false
	}
	return word(string(text))
}

// standard is a line in which NaN, Infinity and -Infinity, which Python writes and JSON does not
// have, are replaced by null and numbers that are too large.
func standard(line []byte) []byte {
	if !bytes.Contains(line, []byte("NaN")) && !bytes.Contains(line, []byte("Infinity")) {
		return line
	}
	out := make([]byte, 0, len(line))
	for at, quoted := 0, false; at < len(line); {
		switch rest := line[at:]; {
		case quoted && rest[0] == '\\' && len(rest) > 1:
			out, at = append(out, rest[:2]...), at+2
		case !quoted && bytes.HasPrefix(rest, []byte("NaN")):
			out, at = append(out, "null"...), at+len("NaN")
		case !quoted && bytes.HasPrefix(rest, []byte("Infinity")):
			out, at = append(out, "1e999"...), at+len("Infinity")
		default:
			quoted = quoted != (rest[0] == '"')
			out, at = append(out, rest[0]), at+1
		}
	}
	return out
}
