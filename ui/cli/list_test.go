package cli

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"undercurrent/divergences"
	"undercurrent/ui/paint"
)

// The list has of every divergence what it is, and says what it is in the textbooks; it fits 80 columns.
func TestTheListOfDivergencesDefinesThem(t *testing.T) {
	t.Parallel()
	r := runs("list", "divergences", "--json")
	var entries []divergenceEntry
	if err := json.Unmarshal([]byte(r.out), &entries); err != nil {
		t.Fatal(err)
	}
	text := runs("list", "divergences").out
	joined := strings.Join(strings.Fields(text), " ")
	for _, e := range entries {
		for _, part := range []string{e.ID, e.Definition, e.Formula, "w = " + e.WeightFormula, e.Character} {
			if !strings.Contains(joined, strings.Join(strings.Fields(part), " ")) {
				t.Errorf("%s lacks %q", e.ID, part)
			}
		}
	}
	for _, l := range strings.Split(text, "\n") {
		if paint.Width(l) > usualWidth {
			t.Errorf("a line is too long: %q", l)
		}
	}
	for _, part := range []string{"D_f(p‖q) = ∫ q f(p/q)", "KL(q‖p) = ∫ q log(q/p)", "not restricted"} {
		if !strings.Contains(joined, part) {
			t.Errorf("the list lacks %q:\n%s", part, text)
		}
	}
}

// The table of the guide has definition and tendency of the divergences as they are.
func TestTheGuideDefinesTheDivergences(t *testing.T) {
	t.Parallel()
	guide, err := os.ReadFile("../../docs/guide.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range divergences.Standard().Families() {
		d, err := f.Divergence(nil)
		if err != nil {
			t.Fatal(err)
		}
		if d == nil || len(f.Parameters) > 0 {
			continue
		}
		want := "| `" + f.ID + "` | " + d.Info().Definition + " | "
		_, row, found := strings.Cut(string(guide), want)
		row, _, _ = strings.Cut(row, "\n")
		if !found || !strings.Contains(row, " | "+divergences.TendencyOf(d).String()+" | ") {
			t.Errorf("the guide has no row %s… with %s", want, divergences.TendencyOf(d))
		}
	}
}
