package suggest_test

import (
	"slices"
	"strings"
	"testing"

	"undercurrent/internal/suggest"
)

func TestTheNearestNamesComeFirst(t *testing.T) {
	names := []string{"reverse-kl", "forward-kl", "jeffreys", "pearson", "neyman"}
	before := slices.Clone(names)
	for typed, want := range map[string]string{"pearson": "pearson", "person": "pearson", "kl": "reverse-kl", "newman": "neyman"} {
		got := suggest.Nearest(typed, names)
		if !strings.HasPrefix(got, want) {
			t.Errorf("%q is answered with %q, expected %q first", typed, got, want)
		}
		if n := strings.Count(got, ",") + strings.Count(got, " or ") + 1; n > 3 {
			t.Errorf("%q is answered with %d names", typed, n)
		}
	}
	if !slices.Equal(names, before) {
		t.Error("the names were reordered")
	}
}
