package app

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"

	"undercurrent/sim/diagnosis"
	"undercurrent/ui/session"
)

// columnsScreen is the program on draws of four columns in two chains; the second chain is elsewhere in mu and
// in theta.
func columnsScreen(t *testing.T, width, height int, metrics bool) (*App, *still) {
	t.Helper()
	a, player, _ := watchScreenOf(t, width, height, 2, colorprofile.ASCII, func(w *session.Watch) {
		w.Source.(*walk).ended = true
		if !metrics {
			w.Own = session.OwnTarget{Of: "all draws"}
		}
		n := len(w.First.Points)
		d := diagnosis.Draws{Names: []string{"mu", "tau", "theta[1]", "sigma"}, Columns: make([][]float64, 4), Lengths: []int{n / 2, n / 2}}
		for i, p := range w.First.Points {
			shift := 3 * float64(2*i/n)
			for k, v := range []float64{p.X + shift, p.Y, p.X + p.Y + 2*shift, p.Y - p.X - shift} {
				d.Columns[k] = append(d.Columns[k], v)
			}
		}
		w.Table = &session.Table{Draws: d, Pair: [2]int{0, 1}}
	})
	return a, player
}

// listColumns opens the list, with the diagnostics of every column.
func listColumns(a *App) {
	a.openColumns()
	l := a.overlay.(*columnList)
	for range l.table.Names {
		send(a, l.ask()())
	}
}

// The list has every column with its diagnostics, at every size, and enter shows the chosen one along the
// chosen axis.
func TestColumnsAreChosenFromAList(t *testing.T) {
	t.Parallel()
	for _, size := range [][2]int{{60, 20}, {100, 30}} {
		a, player := columnsScreen(t, size[0], size[1], false)
		listColumns(a)
		checkCells(t, a, size[0], size[1])
		plain := ansi.Strip(a.drawn)
		for k, name := range a.frame.Watching.Table.Names {
			q, err := a.frame.Watching.Table.Column(k)
			if err != nil {
				t.Fatal(err)
			}
			var fields []string
			for _, line := range strings.Split(plain, "\n") {
				if _, after, ok := strings.Cut(line, "│ "); ok && strings.Contains(after, name+" ") {
					fields = strings.Fields(strings.NewReplacer("▸", "", "│", "", " x ", " ", " y ", " ").Replace(after))
				}
			}
			want := []string{name, q.Mean.Text("%.4g"), q.SD.Text("%.4g")}
			if len(fields) < 3 || !slices.Equal(fields[:3], want) {
				t.Errorf("%v: the row of %s is %q, expected %q", size, name, fields, want)
			}
		}
		if size[0] == 100 && !strings.Contains(plain, "tail ESS") {
			t.Errorf("%v: there is no tail ESS in\n%s", size, plain)
		}
		send(a, press("right"), press("s"), press("i"), press("g"), press("enter"))
		shows(a, player)
		if pair := a.frame.Watching.Table.Pair; pair != [2]int{0, 3} || a.overlay != nil {
			t.Errorf("%v: after sigma along y the pair is %v", size, pair)
		}
		send(a, press("<"))
		if plain := shows(a, player); a.frame.Watching.Table.Pair != [2]int{0, 2} || !strings.Contains(plain, "theta[1]") {
			t.Errorf("%v: after < the pair is %v in\n%s", size, a.frame.Watching.Table.Pair, plain)
		}
		// With a drift, the key is that of its parameter.
		send(a, press("d"))
		shows(a, player)
		send(a, press(">"))
		if shows(a, player); a.frame.Watching.Table.Pair != [2]int{0, 2} {
			t.Errorf("%v: with a drift the pair is %v", size, a.frame.Watching.Table.Pair)
		}
	}
}

// Without a target the screen says what is compared with what, in the words of chains.
func TestScreensWithoutATarget(t *testing.T) {
	t.Parallel()
	for _, size := range [][2]int{{80, 24}, {132, 40}} {
		t.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(t *testing.T) {
			a := ownScreen(t, size[0], size[1], []int{500, 500, 500})
			checkCells(t, a, size[0], size[1])
			golden.RequireEqual(t, a.drawn)
		})
	}
	a := ownScreen(t, 80, 24, []int{1499, 1})
	for _, size := range [][2]int{{60, 20}, {80, 24}, {110, 31}, {200, 60}} {
		send(a, tea.WindowSizeMsg{Width: size[0], Height: size[1]})
		if plain := ansi.Strip(a.drawn); strings.Contains(plain, "TV") || strings.Contains(plain, "÷") || !strings.Contains(plain, "KDE of all draws") {
			t.Errorf("%v: draws are compared with themselves in\n%s", size, plain)
		}
		for range 7 {
			checkCells(t, a, size[0], size[1])
			send(a, press("tab"))
		}
	}
}

// ownScreen is the program on a walk in chains, with no target given.
func ownScreen(t *testing.T, width, height int, lengths []int) *App {
	t.Helper()
	points := newWalk(1500).Take(nil).Points[1:]
	points = append(points, points[0])
	d := diagnosis.Draws{Names: []string{"mu", "tau"}, Columns: make([][]float64, 2), Lengths: lengths}
	for _, p := range points {
		d.Columns[0], d.Columns[1] = append(d.Columns[0], p.X), append(d.Columns[1], p.Y)
	}
	table := &session.Table{Draws: d, Pair: [2]int{0, 1}, Own: true}
	s, err := table.Target()
	if err != nil {
		t.Fatal(err)
	}
	frames, err := table.Frames()
	if err != nil {
		t.Fatal(err)
	}
	a, _, _ := watchScreenAgainst(t, s, width, height, 2, colorprofile.ASCII, func(w *session.Watch) {
		w.Source.(*walk).ended = true
		w.Table, w.Own, w.First.Points, w.First.Lost = table, table.Against(), frames[0].Points, 0
	})
	send(a, press("tab"), tick{})
	return a
}

func TestScreensOfColumns(t *testing.T) {
	t.Parallel()
	a, _ := columnsScreen(t, 110, 32, true)
	listColumns(a)
	golden.RequireEqual(t, a.drawn)
}

// Where there are no columns the keys are those of other things.
func TestKeysOfColumnsNeedColumns(t *testing.T) {
	t.Parallel()
	a, _, _ := watchScreenOf(t, 200, 60, 2, colorprofile.ASCII, func(w *session.Watch) { w.Own = session.OwnTarget{Of: "all draws"} })
	send(a, press("t"))
	if keys := ansi.Strip(strings.Split(a.drawn, "\n")[59]); a.overlay != nil || !strings.Contains(keys, "not for a stream") {
		t.Errorf("t says %q", keys)
	}
	with, _ := columnsScreen(t, 200, 60, false)
	with.messages.left = 0
	send(with, press("o"))
	with.messages.left = 0
	send(with, tea.WindowSizeMsg{Width: 200, Height: 60})
	if keys := ansi.Strip(strings.Split(with.drawn, "\n")[59]); !strings.Contains(keys, "t columns") || !strings.Contains(keys, "> next columns") {
		t.Errorf("the keys are %q", keys)
	}
}
