package cli

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/agnivade/levenshtein"
)

// maxSuggestions is the number of names that an error suggests.
const maxSuggestions = 3

// counted is a number with its noun, such as "no files", "1 file" or "2 files".
func counted(n int, thing string) string {
	switch n {
	case 0:
		return "no " + thing + "s"
	case 1:
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}

// nearest lists the names closest to a mistyped one, as "a, b or c".
func nearest(typed string, names []string) string {
	names = slices.Clone(names)
	distance := func(name string) int {
		if strings.Contains(name, typed) {
			return 0
		}
		return levenshtein.ComputeDistance(typed, name)
	}
	slices.SortStableFunc(names, func(a, b string) int { return cmp.Compare(distance(a), distance(b)) })
	names = names[:min(len(names), maxSuggestions)]
	if len(names) == 1 {
		return names[0]
	}
	return strings.Join(names[:len(names)-1], ", ") + " or " + names[len(names)-1]
}
