package panel

import (
	"fmt"

	"undercurrent/scenarios"
	"undercurrent/ui/session"
)

// ownTarget is what frames are compared with where no target was given.
func ownTarget(f *session.Frame) (own session.OwnTarget) {
	if f != nil && watching(f) {
		own = f.Watching.Own
	}
	return own
}

// targetWord is the head of what is of the target: it is all draws where none was given.
func targetWord(f *session.Frame) string {
	if ownTarget(f).Is() {
		return "all"
	}
	return "target"
}

// withAll are the forms of the title of a panel that compares each frame with all, of what a frame is and what
// all are, the longest first; none where a target was given.
func withAll(own session.OwnTarget, forms ...string) (texts []string) {
	switch {
	case !own.Is():
		return nil
	case own.Alone():
		return []string{"of " + own.Of}
	}
	for _, form := range forms {
		texts = append(texts, fmt.Sprintf(form, own.Each, own.Of))
	}
	return texts
}

// columnsText names the columns along the axes, empty where there are none or they have the names of the axes.
func columnsText(w *session.Watching) string {
	if w.Table == nil {
		return ""
	}
	name := func(k int) string { return scenarios.Shortened(w.Table.Names[w.Table.Pair[k]], maxName) }
	if name(0) == "x" && name(1) == "y" {
		return ""
	}
	return fmt.Sprintf("x %s, y %s", name(0), name(1))
}

// frameText is the number of a frame by what it is.
func frameText(f *session.Frame) string {
	w, k := f.Watching, f.Report.Step
	switch {
	case w.Own.Alone():
		return ""
	case w.Own.Each == "chain" && w.Table != nil:
		return fmt.Sprintf("chain %d of %d", k, len(w.Table.Lengths))
	case w.Own.Each == "half":
		return fmt.Sprintf("half %d of 2", k)
	}
	return fmt.Sprintf("frame %d", k)
}
