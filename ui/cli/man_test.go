package cli

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/pflag"

	"undercurrent/ui/app"
)

// unescaped is the text of a page as man shows it, in one line.
func unescaped(page string) string {
	page = regexp.MustCompile(`(?m)^\.(TP|nf|fi)$|^\.(B|SS|SH) |\\&`).ReplaceAllString(page, "")
	return strings.Join(strings.Fields(strings.NewReplacer(`\-`, "-", `\e`, `\`).Replace(page)), " ")
}

// There is a page for every command, and it has all its flags with their texts and its examples.
func TestEveryCommandHasAManualPage(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "man1")
	if r := runs("man", "--out", dir); r.status != exitOK || r.out != "" {
		t.Fatal(r)
	}
	root := newRoot()
	setUpLibraryCommands(root)
	files := entries(t, dir)
	for _, cmd := range everyCommand(root) {
		name := pageName(cmd) + ".1"
		if !slices.Contains(files, name) {
			t.Errorf("there is no page %s", name)
			continue
		}
		text, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(text)) {
			if strings.HasPrefix(line, "'") || strings.HasPrefix(line, ".") && !regexp.MustCompile(`^\.(TH|SH|SS|TP|B|nf|fi)\b`).MatchString(line) {
				t.Errorf("%s: a line is the request %q", name, line)
			}
		}
		plain := unescaped(string(text))
		cmd.Flags().VisitAll(func(f *pflag.Flag) {
			_, usage := pflag.UnquoteUsage(f)
			shown := strings.Contains(plain, "--"+f.Name+" ") && strings.Contains(plain, strings.Join(strings.Fields(usage), " "))
			if shown == f.Hidden {
				t.Errorf("%s: --%s is on the page: %t", name, f.Name, shown)
			}
		})
		for _, want := range []string{cmd.Short, strings.Join(strings.Fields(cmd.Example), " "), strings.Join(strings.Fields(cmd.Long), " ")} {
			if !strings.Contains(plain, want) {
				t.Errorf("%s has no %q", name, want)
			}
		}
	}
	page, _ := os.ReadFile(filepath.Join(dir, "undercurrent-run.1"))
	if r := runs("man", "run"); r.out != string(page) {
		t.Errorf("man run prints %q", r.out)
	}
}

func TestAManualPageThatThereIsNot(t *testing.T) {
	for args, says := range map[string]string{
		"man rum": `unknown command "rum"`, "man list ids": `"ids"`, "man --out x run": "--out x and run given", "man --out /dev/null/x": "--out",
	} {
		r := runs(strings.Fields(args)...)
		if r.status != exitUsage || strings.Count(r.err, "\n") != 1 || !strings.Contains(r.err, says) {
			t.Errorf("%s: %v, expected one sentence with %q", args, r, says)
		}
	}
}

// Of what roff takes for its own, nothing is left.
func TestTextsOfManualPagesAreLiteral(t *testing.T) {
	for text, want := range map[string]string{`a\b`: `a\eb`, "--x": `\-\-x`, ".x": `\&.x`, "'x": `\&'x`, "a.b'": "a.b'"} {
		if got := literal(text); got != want {
			t.Errorf("%q is %q, expected %q", text, got, want)
		}
	}
}

// The page of the keys is that of the keymap: undercurrent list keys --markdown > docs/keys.md
func TestThePageOfTheKeysIsCurrent(t *testing.T) {
	page, err := os.ReadFile("../../docs/keys.md")
	if err != nil {
		t.Fatal(err)
	}
	if r := runs("list", "keys", "--markdown"); r.status != exitOK || r.out != string(page) {
		t.Errorf("docs/keys.md is not what undercurrent list keys --markdown prints (status %d), expected its output", r.status)
	}
	for _, k := range app.KeyHelps() {
		if k.Sentence == "" || !strings.Contains(string(page), "`"+k.Config+"`") {
			t.Errorf("the page does not say what %s does", k.Name)
		}
	}
	if r := runs("list", "keys"); r.status != exitOK || strings.Count(r.out, "\n") < len(app.KeyHelps()) {
		t.Errorf("list keys prints %v", r)
	}
	if r := runs("list", "scenarios", "--markdown"); r.status != exitUsage {
		t.Errorf("list scenarios --markdown ends with %d, expected %d", r.status, exitUsage)
	}
}
