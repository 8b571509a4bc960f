package app

import (
	"math"
	"slices"

	tea "charm.land/bubbletea/v2"

	"undercurrent/divergences"
	"undercurrent/sim"
	"undercurrent/ui/session"
)

// ranking is the table of the divergences by efficiency. It follows the frames, and leaves the keys that are not its own
// to the program: region, place and aim are changed while it is open.
type ranking struct {
	frame func() *session.Frame
	// run switches to a divergence, to the best weight where it is nil; act does what other keys are bound to.
	run func(*divergences.Spec)
	act func(tea.KeyPressMsg) tea.Cmd

	// chosen is the key of the chosen row: the rows change their places. It is empty for the row that ahead counts from
	// the first one, as keys may be pressed before there are rows.
	chosen string
	ahead  int
	// room is how many rows were shown at the last drawing.
	room int
}

// rankedRow is a row of the table.
type rankedRow struct {
	name string
	sim.Efficiency
	current bool
	// key identifies the row, and spec is what it runs: the best weight where it is nil.
	key  string
	spec *divergences.Spec
}

// toggleRanking opens the table, or closes it.
func (a *App) toggleRanking() {
	if _, open := a.overlay.(*ranking); open {
		a.overlay = nil
		return
	}
	a.overlay = &ranking{frame: func() *session.Frame { return a.frame }, act: a.act, room: 1, run: func(spec *divergences.Spec) {
		a.link.must(func(s *session.Session) {
			if spec == nil {
				s.Motion.ChooseBest()
			} else {
				s.Motion.ChooseRanked(*spec)
			}
		})
	}}
}

// ranked is the ranking of the newest frame, nil without one.
func (k *ranking) ranked() *session.Ranking {
	if f := k.frame(); f != nil {
		return f.Ranking
	}
	return nil
}

// names of the rows of the best weight, the first of which is the one that is chosen when the table opens.
const (
	bestName      = "best weight w*"
	tabulatedName = "best weight, tabulated"
	// ownKey is the key of the current drift where it is none of the divergences.
	ownKey = "current"
)

// rankedRows are the rows of a ranking: the best weight, the f-divergences, and the current drift among them where it
// is another one.
func rankedRows(r *session.Ranking) []rankedRow {
	if r == nil || r.None != "" {
		return nil
	}
	rows := []rankedRow{{name: bestName, Efficiency: r.Best()}, {name: tabulatedName, Efficiency: r.Tabulated, key: tabulatedName}}
	best, current := len(rows), r.CurrentAmong()
	for k, e := range r.Divergences {
		rows = append(rows, rankedRow{e.Drift.Label(), e, k == current, e.Drift.String(), &e.Drift})
	}
	if current < 0 {
		place := slices.IndexFunc(rows[best:], func(row rankedRow) bool { return row.Value < r.Current.Value })
		if place < 0 {
			place = len(rows) - best
		}
		own := rankedRow{r.Moving, r.Current, true, ownKey, &r.Current.Drift}
		if r.Blob {
			own.name += ", blob"
		}
		rows = slices.Insert(rows, best+place, own)
	}
	return rows
}

// at is the index of the chosen row, the first where it is gone.
func (k *ranking) at(rows []rankedRow) int {
	if k.chosen == "" {
		return max(min(k.ahead, len(rows)-1), 0)
	}
	return max(slices.IndexFunc(rows, func(row rankedRow) bool { return row.key == k.chosen }), 0)
}

// move chooses a row some rows further, the first or the last beyond them.
func (k *ranking) move(by int) {
	rows := rankedRows(k.ranked())
	if len(rows) == 0 {
		k.ahead = max(k.ahead+by, 0)
		return
	}
	k.chosen, k.ahead = rows[max(min(k.at(rows)+by, len(rows)-1), 0)].key, 0
}

// update moves the choice, runs what is chosen, or does what a key is bound to.
func (k *ranking) update(msg tea.Msg) (cmd tea.Cmd, open bool) {
	switch msg := msg.(type) {
	case tea.MouseWheelMsg:
		if msg.Button == tea.MouseWheelDown {
			k.move(1)
		} else {
			k.move(-1)
		}
	case tea.KeyPressMsg:
		return k.onKey(msg)
	}
	return nil, true
}

func (k *ranking) onKey(msg tea.KeyPressMsg) (cmd tea.Cmd, open bool) {
	switch msg.String() {
	case "esc":
		return nil, false
	case "up", "k":
		k.move(-1)
	case "down", "j":
		k.move(1)
	case "pgup":
		k.move(-k.room)
	case "pgdown":
		k.move(k.room)
	case "home":
		k.move(math.MinInt32)
	case "end":
		k.move(math.MaxInt32)
	case "enter":
		return nil, !k.take()
	default:
		return k.act(msg), true
	}
	return nil, true
}

// take runs the flow under the chosen row, and reports whether it is known. Before there are rows, only the first one is.
func (k *ranking) take() (known bool) {
	rows := rankedRows(k.ranked())
	if len(rows) == 0 {
		if k.chosen != "" || k.ahead > 0 {
			return false
		}
		k.run(nil)
		return true
	}
	if row := rows[k.at(rows)]; !row.current {
		k.run(row.spec)
	}
	return true
}
