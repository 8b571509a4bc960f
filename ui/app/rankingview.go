package app

import (
	"fmt"
	"math"
	"strings"

	"undercurrent/ui/paint"
	"undercurrent/ui/session"
)

// Columns of the table of divergences: the names with their marks, the numbers, and the bars, which have the rest.
const (
	rankedName     = 24
	rankedEta      = rankedName + 7
	rankedResponse = rankedEta + 9
	rankedStep     = rankedResponse + 10
	rankedBar      = rankedStep + 2
	minRankedBar   = 6
	maxRankedBar   = 40
	maxRanked      = rankedBar + maxRankedBar + 2
)

// rankedNotes say what the numbers are, in the words of the command design, and what they leave out.
func rankedNotes(r *session.Ranking) (list []string) {
	if r.Reweighted {
		list = append(list, "birth–death beside the drift is not counted")
	}
	if r.Current.Drift.ZFactor() != 1 {
		list = append(list, "all but the current divergence are for the right Z")
	}
	step := "next step: change in a step under it, within the limits of a step"
	if r.Aim.Functional != nil {
		step = "next step: expected change (infinite particles), within the limits"
	}
	return append(list, "η: response squared, in % of that of the best weight at the same kinetic energy E‖V‖²",
		"response: per unit of time at E‖V‖² = 1", step)
}

func (k *ranking) render(t paint.Theme, width, height int) []string {
	inner, room := min(width-marginX-4, maxRanked), max(height-marginY-2, 1)
	r := k.ranked()
	lines, rows := k.head(r, t, inner), rankedRows(r)
	k.room = max(min(room-len(lines), len(rows)), 1)
	top := max(min(k.at(rows)-k.room/2, len(rows)-k.room), 0)
	shown := rows[top:min(top+k.room, len(rows))]
	for i, row := range shown {
		line := k.row(row, top+i == k.at(rows), t, inner-2)
		lines = append(lines, line+scrollBar(i, top, k.room, len(rows), t))
	}
	if len(rows) > 0 {
		lines = append(lines, notes(r, t, inner, room-len(lines))...)
	}
	return boxed(lines[:min(len(lines), room)], t, inner, "divergences by efficiency η", k.hint(top, len(shown), len(rows), inner-1))
}

// hint says how many rows are not shown, and as much of what the keys do as there is room for.
func (k *ranking) hint(top, shown, rows, room int) (text string) {
	var parts []string
	if top > 0 {
		parts = append(parts, fmt.Sprintf("↑ %d more", top))
	}
	if below := rows - top - shown; below > 0 {
		parts = append(parts, fmt.Sprintf("↓ %d more", below))
	}
	if rows > 0 {
		parts = append(parts, "↑ ↓ enter runs it")
	}
	parts = append(parts, "esc closes")
	if rows > 0 {
		parts = append(parts, "* takes w*")
	}
	for _, part := range append(parts, "J K I other aim") {
		if text != "" {
			part = " · " + part
		}
		if paint.Width(text+part) <= room {
			text += part
		}
	}
	return text
}

// head says what the table is for and what the current drift loses, and names the columns; without a table it says why.
func (k *ranking) head(r *session.Ranking, t paint.Theme, inner int) (lines []string) {
	say := func(text string, style paint.Style) {
		for _, line := range paint.Wrap(text, inner) {
			lines = append(lines, paint.NewRow(inner).Text(line, style).String())
		}
	}
	switch {
	case r == nil && k.frame() != nil && k.frame().Watching != nil:
		say("not for a stream, which moves its own particles", t.Text)
	case r == nil:
		say("…", t.Dim)
	case r.None != "":
		say(r.None, t.Text)
		say("J and K choose a region, ← and → move to a place; I changes between mass and coverage measure, also of all regions", t.Dim)
	default:
		say(fmt.Sprintf("%s after step %d", r.Purpose(r.Place), r.Step), t.Strong)
		say(lossText(r), t.Accent)
		head := paint.NewRow(inner).To(2).Text("divergence", t.Dim)
		lines = append(lines, numbersOf(head, "η", "response", "next step", t.Dim).String())
	}
	return lines
}

// lossText says how much less the current drift does than the best weight: R(w)/√(T(w) T(w*)) is √η.
func lossText(r *session.Ranking) string {
	e := r.Current
	switch {
	case r.Blob:
		return r.Moving + " by the smoothed gradient flow (blob): no η, which is for the plug-in velocity"
	case math.IsNaN(e.Value):
		return r.Moving + ": no η, which is for weights of r alone"
	case e.Response < 0:
		return r.Moving + ": it does the opposite now"
	case e.Value == 0:
		return r.Moving + ": no response"
	}
	return fmt.Sprintf("%s: %.1f%% less response than w* at the same kinetic energy", r.Moving, 100*(1-math.Sqrt(e.Value)))
}

// row is a row of the table.
func (k *ranking) row(row rankedRow, chosen bool, t paint.Theme, width int) string {
	mark, style := " ", t.Text
	if row.current {
		style = t.Strong
	}
	if chosen {
		mark, style = "▸", t.Selected
	}
	now := ""
	if row.current {
		now = " ●"
	}
	name := paint.Cut(paint.Visible(row.name), rankedName-2-paint.Width(now))
	r := paint.NewRow(width).Text(mark, t.Accent).To(2).Text(name, style).Text(now, t.Accent)
	if math.IsNaN(row.Value) {
		return numbersOf(r, "–", "–", "–", t.Dim).String()
	}
	numbersOf(r, fmt.Sprintf("%.1f%%", 100*row.Value), paint.Digits(row.AtUnitEnergy(), 3), stepText(k.ranked(), row.Change), t.Text)
	if room := min(width-rankedBar, maxRankedBar); room >= minRankedBar {
		r.To(rankedBar).Text(bar(row.Value, room), t.Accent)
	}
	return r.String()
}

// numbersOf puts the numbers of a row into their columns.
func numbersOf(r *paint.Row, efficiency, response, step string, style paint.Style) *paint.Row {
	return r.Right(rankedEta, efficiency, style).Right(rankedResponse, response, style).Right(rankedStep, step, style)
}

// stepText is a change in the next step, of a mass in % of all mass.
func stepText(r *session.Ranking, change float64) string {
	unit := ""
	switch {
	case math.IsNaN(change):
		return "–"
	case r.Aim.Functional == nil:
		change, unit = 100*change, "%"
	}
	return strings.Replace(paint.SignedDigits(change, 2), "-", "−", 1) + unit
}

// bar is a share as a bar in a number of cells.
func bar(share float64, room int) string {
	n := int(math.Round(2 * share * float64(room)))
	return strings.Repeat("━", n/2) + strings.Repeat("╸", n%2)
}

// notes are those that there is room for, those on the state of the flow first.
func notes(r *session.Ranking, t paint.Theme, inner, room int) (lines []string) {
	for _, text := range rankedNotes(r) {
		wrapped := paint.Wrap(text, inner)
		if len(lines)+len(wrapped) > room {
			continue
		}
		for _, line := range wrapped {
			lines = append(lines, paint.NewRow(inner).Text(line, t.Dim).String())
		}
	}
	return lines
}
