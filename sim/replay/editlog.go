package replay

import (
	"slices"

	"undercurrent/scenarios"
	"undercurrent/sim"
)

// Edit is a change of the target or the particles, or undoes the last one.
type Edit struct {
	scenarios.Edit
	Undo bool
}

// undoText is the text of an undone edit.
const undoText = "undo"

// String returns the edit in the format of ParseEdit.
func (e Edit) String() string {
	if e.Undo {
		return undoText
	}
	return e.Edit.String()
}

// ParseEdit reads an edit in the format of scenarios.ParseEdit, or "undo".
func ParseEdit(text string) (Edit, error) {
	if text == undoText {
		return Edit{Undo: true}, nil
	}
	e, err := scenarios.ParseEdit(text)
	return Edit{Edit: e}, err
}

// editLog is the list of applied edits. Its slices are shared with checkpoints and never
// modified.
type editLog struct {
	edits []scenarios.Edit
	// drained are the particles removed by each Drain among the edits.
	drained [][]sim.Drained
}

// with returns the log with one more edit.
func (l editLog) with(e scenarios.Edit) editLog {
	return editLog{append(slices.Clip(l.edits), e), l.drained}
}

// since returns the edits that lead from other applied edits to those of the log.
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

// ofTarget returns the edits of the target.
func (l editLog) ofTarget() []scenarios.Edit {
	return slices.DeleteFunc(slices.Clone(l.edits), func(e scenarios.Edit) bool { return !e.OfTarget() })
}
