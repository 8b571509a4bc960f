package cli

import (
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"

	"undercurrent/ui/lesson"
)

func TestLessonsAreListed(t *testing.T) {
	r := runs("lesson")
	for _, l := range lesson.All() {
		if !strings.Contains(r.out, l.ID) || !strings.Contains(r.out, l.Title) || !strings.Contains(r.out, l.Question) {
			t.Errorf("%s is not listed:\n%s", l.ID, r.out)
		}
	}
	var entries []lessonEntry
	if err := json.Unmarshal([]byte(runs("lesson", "--json").out), &entries); err != nil || len(entries) != len(lesson.All()) || entries[0].Steps < 2 {
		t.Errorf("as JSON there are %d (%v)", len(entries), err)
	}
}

// What is wrong with a lesson is said in one sentence, with its place in the file.
func TestAWrongLessonIsExplained(t *testing.T) {
	t.Chdir(t.TempDir())
	const text = "id: mine\ntitle: Mine\nquestion: What?\nsteps:\n  - scene: {scenario: uneven-rings, divergence: pearson}\n    say: x\n"
	if err := os.WriteFile("mine.yaml", []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile("good.yaml", []byte(strings.Replace(text, "rings", "ring", 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		"mine.yaml":  `undercurrent: mine.yaml: line 5, column 23: steps[0].scene.scenario: unknown scenario "uneven-rings", expected uneven-ring`,
		"none.yaml":  "undercurrent: none.yaml: no such file, expected a lesson",
		"good.yaml":  "undercurrent: standard output is not a terminal, expected one",
		"one-feld":   `undercurrent: unknown lesson "one-feld", expected one-field`,
		"one-field":  "undercurrent: standard output is not a terminal, expected one",
		"./folder/x": "undercurrent: ./folder/x: no such file, expected a lesson",
	} {
		if r := runs("lesson", name); r.status != exitUsage || !strings.HasPrefix(r.err, want) || strings.Count(r.err, "\n") != 1 {
			t.Errorf("lesson %s: %v, expected %q", name, r, want)
		}
	}
	if r := runs("lesson", "a", "b"); r.status != exitUsage || !strings.Contains(r.err, "lesson was given 2 arguments, expected at most one: a name or a file") {
		t.Errorf("two lessons: %v", r)
	}
}

// The guide's tables of lessons and of quantities are those of the program.
func TestTheLessonsOfTheGuideExist(t *testing.T) {
	guide := documents(t)["docs/guide.md"]
	var told, known []string
	for _, heading := range []string{"lesson", "quantity"} {
		for _, row := range firstColumn(t, guide, heading) {
			told = append(told, spans(row)...)
		}
	}
	for _, l := range lesson.All() {
		known = append(known, l.ID)
		if !strings.Contains(guide, "| `"+l.ID+"` | "+l.Question+" |") {
			t.Errorf("the guide lacks the question of %s", l.ID)
		}
	}
	for _, q := range lesson.Quantities() {
		known = append(known, q[0])
		if !strings.Contains(guide, "| `"+q[0]+"` | "+q[1]+" |") {
			t.Errorf("the guide lacks what %s is", q[0])
		}
	}
	if !slices.Equal(told, known) {
		t.Errorf("the guide has %v, the program %v", told, known)
	}
}
