package cli

import (
	"encoding/json"
	"fmt"
	"io"
	"math"

	"charm.land/lipgloss/v2"
	"charm.land/lipgloss/v2/table"
	"github.com/spf13/cobra"

	"undercurrent/scenarios/catalogue"
)

func newList() *cobra.Command {
	list := &cobra.Command{
		Use:       "list scenarios|divergences|keys",
		Short:     "List the built-in scenarios, the divergences, or the keys",
		Example:   "undercurrent list scenarios\nundercurrent list divergences --json\nundercurrent list keys",
		ValidArgs: []string{"scenarios", "divergences", "keys"},
	}
	asJSON := list.Flags().Bool("json", false, "print a JSON array")
	asMarkdown := list.Flags().Bool("markdown", false, "print the page of the keys, for list keys")
	outputFlags.take(list.Flags())
	list.Args = func(_ *cobra.Command, args []string) error {
		if len(args) != 1 {
			return usagef("list was given %s, expected one: scenarios, divergences or keys", counted(len(args), "argument"))
		}
		return nil
	}
	list.RunE = func(cmd *cobra.Command, args []string) error {
		switch {
		case *asMarkdown && args[0] != "keys":
			return usagef("--markdown is for list keys, expected none for list %s", args[0])
		case *asMarkdown && *asJSON:
			return exclusive("--markdown", "--json")
		}
		switch args[0] {
		case "scenarios":
			return listScenarios(cmd.OutOrStdout(), *asJSON)
		case "divergences":
			return listDivergences(cmd.OutOrStdout(), *asJSON)
		case "keys":
			return listKeys(cmd.OutOrStdout(), *asJSON, *asMarkdown)
		}
		return usagef("cannot list %q, expected scenarios, divergences or keys", args[0])
	}
	return list
}

// scenarioEntry is a scenario as list prints it.
type scenarioEntry struct {
	ID        string   `json:"id"`
	Name      string   `json:"name"`
	Kind      string   `json:"kind"`
	Modes     int      `json:"modes"`
	Story     string   `json:"story"`
	Start     string   `json:"start"`
	Particles int      `json:"particles"`
	Bandwidth float64  `json:"bandwidth"`
	LogZ      *float64 `json:"log_z"`
	Source    string   `json:"source"`
}

func listScenarios(out io.Writer, asJSON bool) error {
	var entries []scenarioEntry
	for _, s := range catalogue.All() {
		e := scenarioEntry{ID: s.ID, Name: s.Name, Kind: s.Kind, Modes: len(s.Truth.Modes), Story: s.Story,
			Start: s.Start.Text, Particles: s.Particles, Bandwidth: s.Bandwidth, Source: s.Source}
		if !math.IsNaN(s.Truth.LogZ) {
			e.LogZ = &s.Truth.LogZ
		}
		entries = append(entries, e)
	}
	if asJSON {
		return printJSON(out, entries)
	}
	t := newTable("scenario", "kind", "modes", "start", "what to watch")
	for _, e := range entries {
		modes := "–"
		if e.Modes > 0 {
			modes = fmt.Sprint(e.Modes)
		}
		t.Row(e.ID, e.Kind, modes, e.Start, e.Story)
	}
	return printTable(out, t)
}

func printJSON(out io.Writer, v any) error {
	e := json.NewEncoder(out)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(v)
}

// newTable is a table without lines, two blanks between the columns.
func newTable(headers ...string) *table.Table {
	return table.New().Headers(headers...).Wrap(false).
		BorderTop(false).BorderBottom(false).BorderLeft(false).BorderRight(false).
		BorderColumn(false).BorderHeader(false).
		StyleFunc(func(int, int) lipgloss.Style { return lipgloss.NewStyle().PaddingRight(2) })
}

func printTable(out io.Writer, t *table.Table) error {
	_, err := fmt.Fprintln(visible{out}, t.Render())
	return err
}
