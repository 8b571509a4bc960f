package draws

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"undercurrent/scenarios"
	"undercurrent/scenarios/data/arrays"
)

// The first two columns of a chain of GetDist, CosmoMC or Cobaya: the weight and −log of the
// posterior density (A. Lewis, GetDist, arXiv 1910.13970).
const (
	chainWeight     = "weight"
	chainLogDensity = "minuslogpost"
	chainOwn        = 2
)

// maxParamNames bounds a file of names, in bytes.
const maxParamNames = 1 << 24

// unnamed names the columns of a table without a header: by the .paramnames of a GetDist chain, or
// by a comment.
func (s *textSource) unnamed(path string, comments []string) error {
	h := &s.h
	params, from, err := paramNames(path)
	if err != nil {
		return err
	}
	if params != nil {
		if n := len(h.columns) - chainOwn; n != len(params) {
			return fmt.Errorf("%d columns, expected a weight, −log L and the %s of %s", len(h.columns), counted(len(params), "parameter"), scenarios.Escaped(from))
		}
		h.columns = append([]string{chainWeight, chainLogDensity}, params...)
	} else if names := named(comments, len(h.columns)); names != nil {
		h.columns = names
	}
	if len(h.columns) > chainOwn && h.columns[0] == chainWeight && strings.HasPrefix(h.columns[1], "minuslog") {
		h.format, h.isChain = "GetDist chain", true
		h.roles.weight, h.roles.logDensity, h.roles.negated = 0, 1, true
		h.bookkeeping = make([]bool, len(h.columns))
		for k, name := range h.columns {
			h.bookkeeping[k] = strings.HasPrefix(name, "minuslog") || strings.HasPrefix(name, "chi2")
		}
	}
	return nil
}

// ParamNames is the path of the .paramnames that name the columns of a chain, empty if there is none.
func ParamNames(path string) string {
	for _, root := range []string{chainRoot(path), strings.TrimSuffix(path, filepath.Ext(path))} {
		if _, err := os.Stat(root + paramNamesEnding); !errors.Is(err, os.ErrNotExist) {
			return root + paramNamesEnding
		}
	}
	return ""
}

const paramNamesEnding = ".paramnames"

// paramNames are the names in the .paramnames of a chain, and its path; nil if there is none. A line
// has a name, with a star if the parameter is derived, and a label.
func paramNames(path string) (names []string, from string, err error) {
	if from = ParamNames(path); from == "" {
		return nil, "", nil
	}
	if info, err := os.Stat(from); err == nil && info.Size() > maxParamNames {
		return nil, "", fmt.Errorf("%s has %d bytes, expected at most %d", scenarios.Escaped(from), info.Size(), maxParamNames)
	}
	text, err := os.ReadFile(from)
	if err != nil {
		return nil, "", fmt.Errorf("%s: %w, expected a readable file", scenarios.Escaped(from), arrays.Plain(err))
	}
	return parseParamNames(string(text)), from, nil
}

// parseParamNames are the names in a text of parameters and labels.
func parseParamNames(text string) (names []string) {
	for line := range strings.Lines(text) {
		if words := strings.Fields(line); len(words) > 0 && !strings.HasPrefix(words[0], "#") {
			names = append(names, strings.TrimSuffix(words[0], "*"))
		}
	}
	return names
}
