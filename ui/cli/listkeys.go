package cli

import (
	"fmt"
	"io"
	"strings"

	"undercurrent/ui/app"
)

// listKeys prints the keys of the program as a table, as JSON, or as the page docs/keys.md.
func listKeys(out io.Writer, asJSON, asMarkdown bool) error {
	keys := app.KeyHelps()
	switch {
	case asJSON:
		return printJSON(out, keys)
	case asMarkdown:
		_, err := io.WriteString(out, keysPage(keys))
		return err
	}
	t := newTable("key", "action", "what changes")
	group := ""
	for _, k := range keys {
		if k.Group != group {
			if group != "" {
				t.Row("", "", "")
			}
			group = k.Group
			t.Row(group, "", "")
		}
		t.Row(k.Key, k.Name, k.Sentence)
	}
	return printTable(out, t)
}

// keysPage is the page of the keys.
func keysPage(keys []app.KeyHelp) string {
	cell := strings.NewReplacer("|", `\|`)
	var b strings.Builder
	b.WriteString("# Keys\n\nWritten by `undercurrent list keys --markdown`. The last column is the name of the action in the " +
		"[configuration](guide.md#looks-and-configuration), where keys can be changed.\n")
	group := ""
	for _, k := range keys {
		if k.Group != group {
			group = k.Group
			fmt.Fprintf(&b, "\n## %s\n\n| key | action | what changes | name |\n|---|---|---|---|\n", capital(group))
		}
		fmt.Fprintf(&b, "| %s | %s | %s | `%s` |\n", codes(k.Key), cell.Replace(k.Name), cell.Replace(k.Sentence), k.Config)
	}
	return b.String()
}

// codes are keys as code, which a backquote itself needs two of.
func codes(keys string) string {
	var list []string
	for k := range strings.FieldsSeq(keys) {
		if k == "`" {
			list = append(list, "`` ` ``")
			continue
		}
		list = append(list, "`"+k+"`")
	}
	return strings.Join(list, " ")
}

// capital is a text with a capital at its beginning.
func capital(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}
