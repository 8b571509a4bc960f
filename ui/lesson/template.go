package lesson

import (
	"fmt"
	"strings"

	"undercurrent/ui/session"
)

// Template is a text with quantities in braces, such as "TV is {tv}."
type Template struct {
	text []string // one more than there are quantities between them
	all  []Quantity
}

// ParseTemplate reads a template.
func ParseTemplate(text string) (t Template, err error) {
	for {
		before, rest, ok := strings.Cut(text, "{")
		t.text = append(t.text, before)
		if strings.Contains(before, "}") {
			return t, fmt.Errorf("a } without a { before it in %q, expected a quantity in braces", before)
		}
		if !ok {
			return t, nil
		}
		name, after, ok := strings.Cut(rest, "}")
		if !ok {
			return t, fmt.Errorf("a { without a } after it, expected a quantity in braces")
		}
		q, err := ParseQuantity(name)
		if err != nil {
			return t, err
		}
		t.all, text = append(t.all, q), after
	}
}

func (t Template) quantities() []Quantity { return t.all }

// IsZero reports whether there is no text.
func (t Template) IsZero() bool { return len(t.text) == 0 || len(t.text) == 1 && t.text[0] == "" }

// Fill is the text with the numbers of a frame.
func (t Template) Fill(f *session.Frame) string {
	var b strings.Builder
	for k, text := range t.text {
		b.WriteString(text)
		if k < len(t.all) {
			b.WriteString(t.all[k].Text(f))
		}
	}
	return b.String()
}

// Words is the text with the names of the quantities.
func (t Template) Words() string {
	var b strings.Builder
	for k, text := range t.text {
		b.WriteString(text)
		if k < len(t.all) {
			b.WriteString(t.all[k].Name)
		}
	}
	return b.String()
}
