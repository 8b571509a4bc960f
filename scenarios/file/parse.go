package file

import (
	"errors"
	"fmt"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"undercurrent/scenarios"
)

// read parses and validates the text, and returns its YAML tree and document.
func read(text []byte) (root ast.Node, d document, err error) {
	text = lines(text)
	if err = checkBytes(text); err != nil {
		return nil, d, err
	}
	if root, err = parse(text); err != nil {
		return nil, d, err
	}
	value, err := valueOf(root)
	if err != nil {
		return nil, d, err
	}
	if err = validate(root, value); err != nil {
		return nil, d, err
	}
	return root, d, d.fill(value)
}

// parse parses a single document within the limits.
func parse(text []byte) (root ast.Node, err error) {
	// The library panics at some broken files, such as "mixture: !".
	defer func() {
		if failure := recover(); failure != nil {
			err = Error{Problem: fmt.Sprintf("the file cannot be read (%v), expected a scenario file", failure)}
		}
	}()
	tokens, err := tokensOf(text, maxFields)
	if err != nil {
		return nil, err
	}
	tree, err := parser.Parse(tokens, 0, parser.AllowDuplicateMapKey())
	if err != nil {
		return nil, positioned(err)
	}
	if len(tree.Docs) != 1 || tree.Docs[0].Body == nil {
		return nil, Error{Problem: fmt.Sprintf("the file has %d documents, expected one with version: %d and a target", documents(tree), Version)}
	}
	return tree.Docs[0].Body, checkTexts(tree.Docs[0].Body)
}

func documents(tree *ast.File) (n int) {
	for _, d := range tree.Docs {
		if d.Body != nil {
			n++
		}
	}
	return n
}

// positioned turns an error of the YAML library into an Error in one sentence.
func positioned(err error) error {
	var e yaml.Error
	if !errors.As(err, &e) || e.GetToken() == nil {
		return Error{Problem: sentence(err.Error()) + ", expected a scenario file"}
	}
	position := e.GetToken().Position
	return Error{position.Line, position.Column, sentence(e.GetMessage()) + ", expected a scenario file of version 1"}
}

// maxSentence bounds the part of a message of the YAML library that is shown, in characters.
const maxSentence = 100

// sentence returns the first line of a message, shortened: it may quote the whole file.
func sentence(text string) string {
	text, _, _ = strings.Cut(text, "\n")
	return scenarios.Escaped(scenarios.Shortened(strings.TrimSpace(text), maxSentence))
}
