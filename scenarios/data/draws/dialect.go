package draws

import (
	"bytes"
	"strings"
)

// blanks is the separator of fields separated by blanks.
const blanks = ' '

// separatorOf is what separates the fields of a line: a tab, a semicolon, a comma or blanks, the
// first of them that is there.
func separatorOf(line []byte) byte {
	unquoted := outsideQuotes(line)
	for _, b := range []byte{'\t', ';', ','} {
		if bytes.IndexByte(bytes.TrimSpace(unquoted), b) >= 0 {
			return b
		}
	}
	return blanks
}

// outsideQuotes is a line without the texts in quotes.
func outsideQuotes(line []byte) (rest []byte) {
	for k, part := range bytes.Split(line, []byte{'"'}) {
		if k%2 == 0 {
			rest = append(rest, part...)
		}
	}
	return rest
}

// field is the field of a line that begins at a position, without blanks around it, and the
// position of the next field, which is beyond the end after the last one. A field in quotes is
// returned with them.
func field(line []byte, separator byte, at int) (text []byte, next int) {
	for at < len(line) && (line[at] == ' ' || line[at] == '\t' && separator != '\t') {
		at++
	}
	end := at
	if at < len(line) && line[at] == '"' {
		end = endOfQuotes(line, at+1)
	}
	if separator == blanks {
		for end < len(line) && line[end] != ' ' && line[end] != '\t' {
			end++
		}
		next = end
		for next < len(line) && (line[next] == ' ' || line[next] == '\t') {
			next++
		}
		if next == len(line) {
			next++
		}
		return line[at:end], next
	}
	if k := bytes.IndexByte(line[end:], separator); k >= 0 {
		end += k
	} else {
		end = len(line)
	}
	next = end + 1
	for end > at && (line[end-1] == ' ' || line[end-1] == '\t') {
		end--
	}
	return line[at:end], next
}

// endOfQuotes is the position after the quote that ends a field; a doubled quote is a part of it.
func endOfQuotes(line []byte, at int) int {
	for {
		k := bytes.IndexByte(line[at:], '"')
		if k < 0 {
			return len(line)
		}
		if at += k + 1; at == len(line) || line[at] != '"' {
			return at
		}
		at++
	}
}

// fields are the fields of a line without quotes. A separator at its end begins no field.
func fields(line []byte, separator byte) (list []string) {
	for at := 0; at < len(line); {
		var text []byte
		text, at = field(line, separator, at)
		list = append(list, unquoted(string(text)))
	}
	if separator != blanks && len(line) > 0 && line[len(line)-1] == separator {
		list = append(list, "")
	}
	return list
}

// unquoted is a field without quotes around it.
func unquoted(text string) string {
	for _, quote := range []string{`"`, "'"} {
		if len(text) >= 2 && strings.HasPrefix(text, quote) && strings.HasSuffix(text, quote) {
			return strings.ReplaceAll(text[1:len(text)-1], quote+quote, quote)
		}
	}
	return text
}
