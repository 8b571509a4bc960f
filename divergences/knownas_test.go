package divergences_test

import (
	"strings"
	"testing"

	"undercurrent/divergences"
)

func TestUsualNamesLeadToIDs(t *testing.T) {
	for name, want := range map[string]string{"chi2": "pearson", "Chi-Squared": "neyman", "kld": "reverse-kl", "KL": "forward-kl", "js": "jensen-shannon", "JSD": "jensen-shannon",
		"tv": "total variation", "svgd": "bench", "renyi": "alpha", "log-variance": "lv", "triangular": "le-cam", "j-divergence": "jeffreys", "H²": ""} {
		got, ok := divergences.KnownAs(name)
		if ok != (want != "") || !strings.Contains(got, want) {
			t.Errorf("%q is known as %q, %t, expected %q", name, got, ok, want)
		}
	}
	for _, id := range divergences.Standard().IDs() {
		if got, ok := divergences.KnownAs(id); ok && got != id {
			t.Errorf("the divergence %s is said to be %s", id, got)
		}
	}
}
