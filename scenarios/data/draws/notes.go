package draws

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"undercurrent/scenarios"
)

// describe is the Notes of a table: what was taken for what, then what is unusual.
func (b *builder) describe() []string {
	t := &b.table
	parts := append([]string{b.head.format}, b.size())
	if b.warmUp > 0 {
		parts = append(parts, counted(b.warmUp, "warm-up row")+" left out")
	}
	if b.means > 0 {
		parts = append(parts, "the mean of the approximation left out")
	}
	if b.zeroWeights > 0 {
		parts = append(parts, counted(b.zeroWeights, "row")+" of weight 0 left out")
	}
	text := fmt.Sprintf("%s: %s; %s %s", listed(b.paths), strings.Join(parts, ", "), plural(len(t.Names), "column"), escaped(t.Names))
	for _, c := range []struct {
		slot int
		is   string
	}{{b.weight, "weights "}, {b.chain, "chain "}, {b.divergent, "divergent "}, {b.logDensity, b.logDensitySign()}, {b.energy, "energy "}} {
		if c.slot >= 0 {
			text += ", " + c.is + b.inputName(c.slot)
		}
	}
	return slices.Concat([]string{text}, b.notes, b.unusual())
}

// logDensitySign begins the name of the log-density column.
func (b *builder) logDensitySign() string {
	if b.negated {
		return "log-density −"
	}
	return "log-density "
}

// size says how many draws there are.
func (b *builder) size() string {
	lengths := b.table.ChainLengths()
	switch {
	case len(lengths) < 2:
		return counted(b.table.Rows(), "draw")
	case slices.Min(lengths) == slices.Max(lengths):
		return fmt.Sprintf("%d chains of %s", len(lengths), counted(lengths[0], "draw"))
	}
	return fmt.Sprintf("%d chains of different lengths, %d to %d draws", len(lengths), slices.Min(lengths), slices.Max(lengths))
}

// unusual are sentences about constant columns, divergent transitions and unequal weights.
func (b *builder) unusual() (notes []string) {
	t, files := &b.table, listed(b.paths)
	for k, column := range t.Columns {
		if len(column) > 1 && slices.Min(column) == slices.Max(column) {
			notes = append(notes, fmt.Sprintf("%s: column %s is %g in every row", files, scenarios.Escaped(t.Names[k]), column[0]))
		}
	}
	divergent := 0
	for _, d := range t.Divergent {
		if d {
			divergent++
		}
	}
	if divergent > 0 {
		notes = append(notes, fmt.Sprintf("%s: %d of %s are divergent", files, divergent, counted(t.Rows(), "draw")))
	}
	if t.Weight != nil && slices.Min(t.Weight) != slices.Max(t.Weight) {
		notes = append(notes, fmt.Sprintf("%s: the effective size of the %s by their weights is %s", files, counted(t.Rows(), "draw"), scenarios.SizeText(t.EffectiveSize())))
	}
	return notes
}

// listed are the names of files, of many the first and the last.
func listed(paths []string) string {
	const most = 4
	names := slices.Clone(paths)
	for k := range names[1:] {
		names[k+1] = filepath.Base(names[k+1])
	}
	if n := len(names); n > most {
		return scenarios.Escaped(fmt.Sprintf("%s, …, %s (%d files)", names[0], names[n-1], n))
	}
	return scenarios.Escaped(strings.Join(names, ", "))
}

// shortList are names, of many the first ones.
func shortList(names []string) string {
	const most = 8
	if n := len(names); n > most {
		return fmt.Sprintf("%s, … (%d)", strings.Join(names[:most], ", "), n)
	}
	return strings.Join(names, ", ")
}

func counted(n int, noun string) string { return fmt.Sprintf("%d %s", n, plural(n, noun)) }

func plural(n int, noun string) string {
	if n == 1 {
		return noun
	}
	return noun + "s"
}

// escaped is a list of names for a sentence.
func escaped(names []string) string { return scenarios.Escaped(shortList(names)) }
