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

// Where one name was clearly meant, the others are not named.
func TestACloseNameStandsAlone(t *testing.T) {
	names := []string{"--divergence", "--reference", "--kernel", "--tau", "--time"}
	for typed, want := range map[string]string{"--divergance": "--divergence", "--tim": "--time", "--ta": "--tau"} {
		if got := suggest.Nearest(typed, names); got != want {
			t.Errorf("%q is answered with %q, expected %q", typed, got, want)
		}
	}
	if got := suggest.Nearest("xyz", names); strings.Count(got, "--") != 3 {
		t.Errorf("xyz is answered with %q", got)
	}
}
