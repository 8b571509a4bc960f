package cli

import (
	"encoding/json"
	"maps"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/goccy/go-yaml"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// ours is a command line of the program as documents write it: go run . or undercurrent.
var ours = regexp.MustCompile(`(^|\| )(?:go run \.|undercurrent)( |$)`)

// documents are the texts by name, seen from the root of the module.
func documents(t *testing.T) map[string]string {
	t.Helper()
	names, err := filepath.Glob("../../docs/*.md")
	if err != nil || len(names) == 0 {
		t.Fatalf("there are no documents (%v)", err)
	}
	texts := map[string]string{}
	for _, name := range append(names, "../../README.md") {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		texts[strings.TrimPrefix(filepath.ToSlash(name), "../../")] = string(text)
	}
	return texts
}

// prose is a text without its fenced blocks.
func prose(text string) string {
	var kept []string
	inside := false
	for line := range strings.Lines(text) {
		if strings.HasPrefix(strings.TrimSpace(line), "```") {
			inside = !inside
		} else if !inside {
			kept = append(kept, line)
		}
	}
	return strings.Join(kept, "")
}

// spans are the pieces of code in a line of text.
func spans(text string) (list []string) {
	for _, m := range regexp.MustCompile("`([^`\n]+)`").FindAllStringSubmatch(text, -1) {
		list = append(list, m[1])
	}
	return list
}

// anchors are what a link may lead to in a text: its headings as they are linked to.
func anchors(text string) map[string]bool {
	list := map[string]bool{}
	for line := range strings.Lines(prose(text)) {
		if !strings.HasPrefix(line, "#") {
			continue
		}
		title := strings.ToLower(strings.TrimSpace(strings.TrimLeft(line, "#")))
		list[strings.Map(func(r rune) rune {
			switch {
			case r == ' ':
				return '-'
			case r == '-' || r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r):
				return r
			}
			return -1
		}, title)] = true
	}
	return list
}

// Every link within the repository leads somewhere.
func TestTheLinksOfTheDocumentsResolve(t *testing.T) {
	texts := documents(t)
	for name, text := range texts {
		for _, m := range regexp.MustCompile(`\]\(([^)\s]+)\)`).FindAllStringSubmatch(prose(text), -1) {
			if strings.HasPrefix(m[1], "https://") {
				continue
			}
			file, anchor, anchored := strings.Cut(m[1], "#")
			if file = path.Join(path.Dir(name), file); strings.HasPrefix(m[1], "#") {
				file = name
			}
			if _, err := os.Stat("../../" + file); err != nil {
				t.Errorf("%s: %s leads to no file", name, m[1])
			} else if anchored && !anchors(texts[file])[anchor] {
				t.Errorf("%s: %s leads to no heading", name, m[1])
			}
		}
	}
}

// everyFlag is the flags of all commands.
func everyFlag(cmd *cobra.Command) map[string]bool {
	cmd.InitDefaultHelpFlag()
	cmd.InitDefaultVersionFlag()
	list := map[string]bool{}
	cmd.Flags().VisitAll(func(f *pflag.Flag) { list[f.Name] = true })
	for _, c := range cmd.Commands() {
		maps.Copy(list, everyFlag(c))
	}
	return list
}

// The flags and the commands that stand in the text exist.
func TestTheFlagsOfTheDocumentsExist(t *testing.T) {
	flags := everyFlag(newRoot())
	for name, text := range documents(t) {
		for _, span := range spans(prose(text)) {
			for _, m := range regexp.MustCompile(`(?:^| )--([a-z][a-z-]*)`).FindAllStringSubmatch(span, -1) {
				if !flags[m[1]] {
					t.Errorf("%s: there is no flag --%s in %q", name, m[1], span)
				}
			}
			if strings.Contains(span, "…") || !ours.MatchString(span) {
				continue
			}
			if err := understands(shellWords(t, span)); err != nil {
				t.Errorf("%s: %q: %v", name, span, err)
			}
		}
	}
}

// firstColumn are the cells of the first column of the table that has this heading, one row each.
func firstColumn(t *testing.T, text, heading string) (rows []string) {
	t.Helper()
	_, rest, ok := strings.Cut(text, "| "+heading+" |")
	if !ok {
		t.Fatalf("there is no table headed %q", heading)
	}
	for k, line := range strings.Split(rest, "\n") {
		switch {
		case k < 2:
		case !strings.HasPrefix(line, "|"):
			return rows
		default:
			rows = append(rows, strings.Split(line, " | ")[0])
		}
	}
	return rows
}

// The guide's table of keys is the keymap.
func TestTheKeysOfTheGuideAreBound(t *testing.T) {
	t.Setenv("XDG_CONFIG_HOME", t.TempDir())
	var c config
	if err := yaml.Unmarshal([]byte(runs("--print-config").out), &c); err != nil {
		t.Fatal(err)
	}
	bound := map[string]bool{}
	for _, keys := range c.Keys {
		bound[keys[0]] = true
	}
	spelt := strings.NewReplacer("backtick", "`", "⇧", "shift+", "←", "left", "→", "right", "↑", "up", "↓", "down")
	told := map[string]bool{}
	for _, row := range firstColumn(t, documents(t)["docs/guide.md"], "key") {
		for _, span := range spans(row) {
			told[spelt.Replace(span)] = true
		}
	}
	for key := range bound {
		if !told[key] {
			t.Errorf("the guide does not tell what %q does", key)
		}
	}
	// A second key of the same action is left out where the guide has the first.
	for key := range told {
		if !bound[key] && !slices.ContainsFunc(slices.Collect(maps.Values(c.Keys)), func(keys []string) bool { return slices.Contains(keys, key) }) {
			t.Errorf("the guide has the key %q, which does nothing", key)
		}
	}
}

// The guide's table of keys of run --json is what it prints.
func TestTheFieldsOfTheGuideArePrinted(t *testing.T) {
	var told []string
	for _, row := range firstColumn(t, documents(t)["docs/guide.md"], "key of `run --json`") {
		told = append(told, spans(row)...)
	}
	var printed map[string]json.RawMessage
	if err := json.Unmarshal([]byte(runs(append(small(), "--json", "--every", "7")...).out), &printed); err != nil {
		t.Fatal(err)
	}
	slices.Sort(told)
	if got := slices.Sorted(maps.Keys(printed)); !slices.Equal(got, told) {
		t.Errorf("the guide has the keys %v, and run --json prints %v", told, got)
	}
}

// The README is short, and says what every library is for.
func TestTheReadmeNamesEveryDependency(t *testing.T) {
	readme := documents(t)["README.md"]
	if n := strings.Count(readme, "\n"); n > 200 {
		t.Errorf("the README has %d lines, expected at most 200", n)
	}
	module, err := os.ReadFile("../../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range regexp.MustCompile(`(?m)^\t(\S+) v\S+$`).FindAllStringSubmatch(string(module), -1) {
		if !strings.Contains(readme, "`"+m[1]+"`") {
			t.Errorf("the README does not say what %s is for", m[1])
		}
	}
}
