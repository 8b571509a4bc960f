// Package suggest names what a mistyped name may have meant.
package suggest

import (
	"cmp"
	"slices"
	"strings"

	"github.com/agnivade/levenshtein"
)

// maxSuggested is the number of names that are suggested.
const maxSuggested = 3

// Nearest lists the names closest to a mistyped one, as "a, b or c". Where one is so close that it was meant, others are
// left out unless they are as close.
func Nearest(typed string, names []string) string {
	names = slices.Clone(names)
	distance := func(name string) int {
		if strings.Contains(name, typed) {
			return 0
		}
		return levenshtein.ComputeDistance(typed, name)
	}
	slices.SortStableFunc(names, func(a, b string) int { return cmp.Compare(distance(a), distance(b)) })
	names = names[:min(len(names), maxSuggested)]
	if best := distance(names[0]); 3*best <= len(typed) {
		names = slices.DeleteFunc(names, func(name string) bool { return distance(name) > best+1 })
	}
	if len(names) == 1 {
		return names[0]
	}
	return strings.Join(names[:len(names)-1], ", ") + " or " + names[len(names)-1]
}
