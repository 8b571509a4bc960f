package replay

import (
	"slices"

	"undercurrent/scenarios"
	"undercurrent/sim"
)

// Edit is an edit of the target or of the particles, or the undoing of the last one.
type Edit struct {
	scenarios.Edit
	Undo bool
}

// undoText is the text of an undone edit.
const undoText = "undo"

// String is the text that ParseEdit parses.
func (e Edit) String() string {
	if e.Undo {
		return undoText
	}
	return e.Edit.String()
}

// ParseEdit parses an edit as scenarios.ParseEdit does, or "undo".
func ParseEdit(text string) (Edit, error) {
	if text == undoText {
		return Edit{Undo: true}, nil
	}
	e, err := scenarios.ParseEdit(text)
	return Edit{Edit: e}, err
}

// editLog lists the current edits. Its slices are shared with checkpoints and never written.
type editLog struct {
	edits []scenarios.Edit
	// steps are those at which the edits were made.
	steps []int
	// drained are the particles that each Drain among the edits removed.
	drained [][]sim.Drained
}

// editLogOf is the log of edits that are made at one step.
func editLogOf(edits []scenarios.Edit, step int) editLog {
	return editLog{edits: edits, steps: slices.Repeat([]int{step}, len(edits))}
}

// with is the log with one more edit.
func (l editLog) with(e scenarios.Edit, step int) editLog {
	return editLog{append(slices.Clip(l.edits), e), append(slices.Clip(l.steps), step), l.drained}
}

// without is the log without its last edit. The particles that it drained are still listed.
func (l editLog) without() editLog {
	n := len(l.edits) - 1
	return editLog{l.edits[:n], l.steps[:n], l.drained}
}

// common is the number of edits with which both logs begin. An edit of the particles does the same only at the same step.
func (l editLog) common(other editLog) (n int) {
	for n < min(len(l.edits), len(other.edits)) && l.edits[n] == other.edits[n] && (l.edits[n].OfTarget() || l.steps[n] == other.steps[n]) {
		n++
	}
	return n
}

// equal reports whether two logs have the same edits.
func (l editLog) equal(other editLog) bool {
	return len(l.edits) == len(other.edits) && l.common(other) == len(l.edits)
}

// since lists the edits that lead from another log to this one.
func (l editLog) since(before editLog) (list []Edit) {
	same := l.common(before)
	for range before.edits[same:] {
		list = append(list, Edit{Undo: true})
	}
	for _, e := range l.edits[same:] {
		list = append(list, Edit{Edit: e})
	}
	return list
}

// ofTarget are the edits of the target.
func (l editLog) ofTarget() []scenarios.Edit {
	return slices.DeleteFunc(slices.Clone(l.edits), ofParticles)
}

// sameParticles reports whether two logs differ at most by edits of the target.
func (l editLog) sameParticles(other editLog) bool {
	same := l.common(other)
	return !slices.ContainsFunc(l.edits[same:], ofParticles) && !slices.ContainsFunc(other.edits[same:], ofParticles)
}

func ofParticles(e scenarios.Edit) bool { return !e.OfTarget() }
