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
	// drained are the particles that each Drain among the edits removed.
	drained [][]sim.Drained
}

// with is the log with one more edit.
func (l editLog) with(e scenarios.Edit) editLog {
	return editLog{append(slices.Clip(l.edits), e), l.drained}
}

// since lists the edits that lead from other edits to those of the log.
func (l editLog) since(before []scenarios.Edit) (list []Edit) {
	same := 0
	for same < min(len(before), len(l.edits)) && before[same] == l.edits[same] {
		same++
	}
	for range before[same:] {
		list = append(list, Edit{Undo: true})
	}
	for _, e := range l.edits[same:] {
		list = append(list, Edit{Edit: e})
	}
	return list
}

// ofTarget are the edits of the target.
func (l editLog) ofTarget() []scenarios.Edit {
	return slices.DeleteFunc(slices.Clone(l.edits), func(e scenarios.Edit) bool { return !e.OfTarget() })
}
