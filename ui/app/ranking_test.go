package app

import (
	"fmt"
	"math"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"undercurrent/divergences"
	"undercurrent/ui/session"
)

// rankedScreen is the program at some step, paused, with the table open after some keys.
func rankedScreen(t *testing.T, width, height int, keys ...string) (*App, *still) {
	t.Helper()
	a, player := screen(t, "uneven-ring", width, height, 12, colorprofile.TrueColor)
	for _, name := range append([]string{"space"}, keys...) {
		give(a, player, press(name))
	}
	give(a, player, press("E"))
	return a, player
}

// rankedAims are keys that choose what the table is for.
func rankedAims() map[string][]string {
	return map[string][]string{"region": {"J"}, "all": {"I"}, "probe": {"up"}}
}

func TestScreensOfTheRanking(t *testing.T) {
	t.Parallel()
	for name, keys := range rankedAims() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a, _ := rankedScreen(t, 80, 24, keys...)
			requireScreensIn(t, map[string]colorprofile.Profile{"truecolor": colorprofile.TrueColor}, [][2]int{{80, 24}, {120, 40}, {200, 60}}, shownAs(a))
		})
	}
}

// rowOf are the numbers of a divergence in the table.
func rowOf(plain, name string) (numbers []string) {
	for _, line := range strings.Split(plain, "\n") {
		if _, after, ok := strings.Cut(line, " "+name+" "); ok && strings.Contains(line, "%") {
			return strings.Fields(strings.ReplaceAll(after, "●", ""))
		}
	}
	return nil
}

// The table has the numbers of the design for the flow as it is, for every aim: w* first, the divergences by η, with the
// current one marked and its loss said.
func TestTheTableHasTheNumbersOfTheDesign(t *testing.T) {
	t.Parallel()
	for name, keys := range rankedAims() {
		a, _ := rankedScreen(t, 120, 40, keys...)
		plain, r := ansi.Strip(a.drawn), a.frame.Ranking
		if r == nil || r.None != "" {
			t.Fatalf("%s: the ranking is %+v", name, r)
		}
		if numbers := rowOf(plain, bestName); len(numbers) < 2 || numbers[0] != "100.0%" || numbers[1] != fmt.Sprintf("%#.3g", math.Sqrt(r.Energy)) {
			t.Errorf("%s: w* has %v in\n%s", name, numbers, plain)
		}
		for k, e := range r.Divergences {
			step := fmt.Sprintf("%+#.2g%%", 100*e.Change)
			if r.Aim.Functional != nil {
				step = fmt.Sprintf("%+#.2g", e.Change)
			}
			want := []string{fmt.Sprintf("%.1f%%", 100*e.Value), fmt.Sprintf("%#.3g", e.AtUnitEnergy()), strings.Replace(step, "-", "−", 1)}
			if numbers := rowOf(plain, e.Drift.Label()); len(numbers) < 3 || strings.Join(numbers[:3], " ") != strings.Join(want, " ") {
				t.Errorf("%s: %s has %v, expected %v in\n%s", name, e.Drift.Label(), numbers, want, plain)
			}
			if next := k + 1; next < len(r.Divergences) && strings.Index(plain, " "+e.Drift.Label()+" ") > strings.Index(plain, " "+r.Divergences[next].Drift.Label()+" ") {
				t.Errorf("%s: %s stands behind %s", name, e.Drift.Label(), r.Divergences[next].Drift.Label())
			}
		}
		loss := fmt.Sprintf("reverse-kl: %.1f%% less response than w* at the same kinetic energy", 100*(1-math.Sqrt(r.Current.Value)))
		for _, want := range []string{r.Purpose(r.Place) + " after step", loss, "reverse-kl ●"} {
			if !strings.Contains(plain, want) {
				t.Errorf("%s: there is no %q in\n%s", name, want, plain)
			}
		}
	}
}

// E and enter take the best weight, enter on another row the divergence there, and * the best weight at once, with the
// table open or not.
func TestARowOfTheTableIsTaken(t *testing.T) {
	t.Parallel()
	drift := func(player *still) string { return player.session.Motion.Drift().ID() }
	a, player := rankedScreen(t, 120, 40, "J")
	give(a, player, press("enter"))
	if drift(player) != divergences.TableID || a.overlay != nil || !strings.Contains(ansi.Strip(a.drawn), "w* of region 1") {
		t.Errorf("E and enter lead to %s in\n%s", drift(player), ansi.Strip(a.drawn))
	}
	// The table is of the same moment, where nothing named is better than w*.
	give(a, player, press("E"), press("down"), press("down"), press("enter"))
	rows := rankedRows(a.frame.Ranking)
	if a.overlay == nil || !rows[2].current || rows[2].name != divergences.TableID {
		t.Errorf("the third row is %+v", rows[2])
	}
	give(a, player, press("down"), press("enter"))
	if want := rows[3].spec.ID(); drift(player) != want {
		t.Errorf("the fourth row leads to %s, expected %s", drift(player), want)
	}
	give(a, player, press("E"), press("*"))
	if _, open := a.overlay.(*ranking); drift(player) != divergences.TableID || !open {
		t.Errorf("* leads to %s", drift(player))
	}
	give(a, player, press("E"), press("5"))
	give(a, player, press("*"))
	if drift(player) != divergences.TableID || a.overlay != nil {
		t.Errorf("with the table closed * leads to %s", drift(player))
	}
}

// Keys that are not the table's own work while it is open: the region, the aim, the flow. It costs nothing when closed.
func TestTheTableFollowsTheProgram(t *testing.T) {
	t.Parallel()
	a, player := rankedScreen(t, 80, 24)
	for _, c := range []struct {
		keys []string
		want string
	}{
		{nil, "to lower the under-coverage of all regions after step"},
		{[]string{"J"}, "the mass of region 1 after step"},
		{[]string{"I", "J"}, "to lower the under-coverage of region 2 after step"},
		{[]string{"u"}, "to lower the deficit of region 2"},
		{[]string{"4"}, "pearson ●"},
		{[]string{"b"}, "pearson, blob ●"},
		{[]string{"b", "A"}, ": no η, which is for weights of r alone"},
	} {
		for _, name := range c.keys {
			give(a, player, press(name))
		}
		if plain := ansi.Strip(a.drawn); !strings.Contains(plain, c.want) {
			t.Errorf("after %v there is no %q in\n%s", c.keys, c.want, plain)
		}
		checkCells(t, a, 80, 24)
	}
	give(a, player, press("2"))
	before := a.frame.Ranking
	give(a, player, press("."))
	player.advance(1)
	send(a, tick{})
	if now := a.frame.Ranking; now.Step != before.Step+1 || now.Current.Value == before.Current.Value {
		t.Errorf("after a step the ranking is of step %d, of step %d before", now.Step, before.Step)
	}
	give(a, player, press("E"))
	if give(a, player, press(".")); a.overlay != nil || a.frame.Ranking != nil {
		t.Error("the ranking is made while the table is closed")
	}
}

// The choice follows its divergence where the order changes, and the rows scroll where they do not fit.
func TestTheChoiceStaysWithItsDivergence(t *testing.T) {
	t.Parallel()
	a, player := rankedScreen(t, 60, 20, "J")
	table := a.overlay.(*ranking)
	give(a, player, press("end"))
	rows := rankedRows(a.frame.Ranking)
	last := rows[len(rows)-1]
	if plain := ansi.Strip(a.drawn); table.chosen != last.key || !strings.Contains(plain, "▸ "+last.name) || !strings.Contains(plain, "↑ ") || strings.Contains(plain, bestName) {
		t.Errorf("at the end %q is chosen in\n%s", table.chosen, plain)
	}
	checkCells(t, a, 60, 20)
	give(a, player, press("I"))
	if again := rankedRows(a.frame.Ranking); table.chosen != last.key || again[table.at(again)].name != last.name {
		t.Errorf("for another aim %q is chosen, expected %s", table.chosen, last.name)
	}
	give(a, player, press("home"), tea.MouseWheelMsg{Button: tea.MouseWheelDown}, press("up"), press("k"), press("pgdown"), press("pgup"))
	if table.chosen != "" || !strings.Contains(ansi.Strip(a.drawn), "▸ "+bestName) {
		t.Errorf("at the beginning %q is chosen", table.chosen)
	}
	a.frame.Ranking = &session.Ranking{None: "nothing"}
	send(a, press("down"), press("enter"))
	if table.chosen != "" || a.overlay != table {
		t.Errorf("without rows %q is chosen", table.chosen)
	}
}
