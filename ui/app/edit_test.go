package app

import (
	"errors"
	"math"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/charmbracelet/colorprofile"

	"undercurrent/divergences"
	"undercurrent/scenarios"
	"undercurrent/ui/session"
)

// cellOf is the cell of the stage that shows a place.
func cellOf(a *App, p scenarios.Point) (x, y int) {
	r := a.plane().picture(a.plane().maps[0])
	px, py := a.plane().first().Pixel(p)
	return r.X + int(px), r.Y + int(py/2)
}

func modes(a *App) []scenarios.Point { return a.frame.Scenario.Truth.Modes }

func TestAModeIsDraggedUndoneAndRedone(t *testing.T) {
	t.Parallel()
	a, player := screen(t, "uneven-ring", 120, 40, 3, colorprofile.ASCII)
	was := modes(a)[2]
	x, y := cellOf(a, was)
	send(a, tea.MouseClickMsg{X: x, Y: y, Button: tea.MouseLeft})
	for k := range 6 {
		send(a, tea.MouseMotionMsg{X: x + k, Y: y + 1, Button: tea.MouseLeft})
		player.advance(1)
		send(a, tick{})
	}
	if a.frame.Report.Step != 3 {
		t.Errorf("while a mode is held the flow goes on to step %d", a.frame.Report.Step)
	}
	send(a, tea.MouseReleaseMsg{X: x + 5, Y: y + 1, Button: tea.MouseLeft})
	player.advance(1)
	plain := shows(a, player)
	now := modes(a)[2]
	if !(now.X > was.X) || !(now.Y < was.Y) || len(a.frame.Edits) != 1 || a.frame.Report.Step != 4 {
		t.Errorf("dragged right and down the mode went from %v to %v, by %v", was, now, a.frame.Edits)
	}
	if !strings.Contains(plain, "edits 1") || !strings.Contains(plain, "mode 3 of 8 at") {
		t.Errorf("the screen does not tell of the edit:\n%s", plain)
	}
	if events := player.session.Recipe().Events; len(events) != 1 || events[0].Step != 3 || !strings.HasPrefix(events[0].Edit.String(), "move:3:") {
		t.Errorf("the events are %v", events)
	}
	send(a, press("z"))
	if shows(a, player); modes(a)[2] != was {
		t.Errorf("undone the mode is at %v, expected %v", modes(a)[2], was)
	}
	send(a, press("Z"))
	if shows(a, player); modes(a)[2] != now {
		t.Errorf("redone the mode is at %v, expected %v", modes(a)[2], now)
	}
}

// However many motions came during a long step, a button that is let go lets time go on.
func TestAReleaseIsHeardThroughAFullQueue(t *testing.T) {
	_, player := newStill(t, "three-modes", "reverse-kl")
	e := session.Start(player.session, 100)
	defer e.Stop()
	a := New(e, Options{FPS: 30})
	send(a, tea.WindowSizeMsg{Width: 120, Height: 40})
	waits := func(what string, until func() bool) {
		t.Helper()
		for deadline := time.Now().Add(patience); !until(); time.Sleep(time.Millisecond) {
			if send(a, tick{}); time.Now().After(deadline) {
				t.Fatalf("waited %s", what)
			}
		}
	}
	waits("for a frame", func() bool { return a.frame != nil })
	gate := make(chan struct{})
	e.Give(session.Command{Run: func(*session.Session, int) { <-gate }})
	x, y := cellOf(a, modes(a)[0])
	send(a, tea.MouseClickMsg{X: x, Y: y, Button: tea.MouseLeft})
	for k := range 1000 {
		send(a, tea.MouseMotionMsg{X: x + k%7, Y: y + 2, Button: tea.MouseLeft})
	}
	send(a, tea.MouseReleaseMsg{X: x, Y: y + 2, Button: tea.MouseLeft})
	close(gate)
	waits("for the edit", func() bool { return len(a.frame.Edits) == 1 })
	step := a.frame.Now
	waits("for time to go on", func() bool { return a.frame.Now > step })
}

// Held down, an arrow moves a grabbed mode and the probe by commands that are joined into one edit while they wait.
func TestAHeldArrowIsOneEdit(t *testing.T) {
	a, player := screen(t, "three-modes", 120, 40, 1, colorprofile.ASCII)
	send(a, press("m"))
	give(a, player, press("m"))
	busy := &late{still: player}
	a.link.player = busy
	for range 20 {
		send(a, press("right"))
	}
	last := busy.waiting[0].Edit
	for k, c := range busy.waiting[1:] {
		if c.Edit == nil || last == nil {
			t.Fatalf("command %d is no edit", k+1)
		}
		one, ok := last.Then(*c.Edit)
		if last = &one; !ok {
			t.Fatalf("%s and %s are two", last, c.Edit)
		}
	}
	busy.obey()
	send(a, tick{})
	if at := modes(a)[a.editor.grabbed-1]; len(a.frame.Edits) != 1 || at != last.At || a.frame.Probe == nil {
		t.Errorf("the mode is at %v after %v, the probe is %v", at, a.frame.Edits, a.frame.Probe)
	} else if by := a.frame.Probe.Point; math.Hypot(by.X-at.X, by.Y-at.Y) > a.frame.Settings.Bandwidth/2 {
		t.Errorf("the mode is at %v, the node that is read at %v", at, by)
	}
}

// A button that is let go where the screen is too small for maps is let go.
func TestAReleaseIsHeardWhereverItIs(t *testing.T) {
	a, player := screen(t, "uneven-ring", 120, 40, 3, colorprofile.ASCII)
	x, y := cellOf(a, modes(a)[2])
	send(a, tea.MouseClickMsg{X: x, Y: y, Button: tea.MouseLeft}, tea.MouseMotionMsg{X: x + 3, Y: y, Button: tea.MouseLeft})
	send(a, tea.WindowSizeMsg{Width: 30, Height: 10}, tea.MouseReleaseMsg{X: x, Y: y, Button: tea.MouseLeft}, tea.WindowSizeMsg{Width: 120, Height: 40})
	step := a.frame.Now
	player.advance(2)
	send(a, tick{})
	if a.frame.Now != step+2 {
		t.Errorf("after the release time stands still at step %d", a.frame.Now)
	}
}

func TestTheWheelChangesAMode(t *testing.T) {
	a, player := screen(t, "uneven-ring", 120, 40, 1, colorprofile.ASCII)
	part := func() scenarios.Component { return a.frame.Scenario.Target.(*scenarios.Mixture).Components()[4] }
	was := part()
	x, y := cellOf(a, was.Mean)
	send(a, tea.MouseWheelMsg{X: x, Y: y, Button: tea.MouseWheelUp}, tea.MouseWheelMsg{X: x, Y: y, Button: tea.MouseWheelUp})
	if shows(a, player); !(part().Weight > 1.4*was.Weight) || part().Cov != was.Cov {
		t.Errorf("two notches up the weight went from %g to %g", was.Weight, part().Weight)
	}
	heavy := part().Weight
	send(a, tea.MouseWheelMsg{X: x, Y: y, Button: tea.MouseWheelDown, Mod: tea.ModCtrl})
	if shows(a, player); !(part().Cov.XX < was.Cov.XX) || part().Weight != heavy {
		t.Errorf("with ctrl the variance went from %g to %g", was.Cov.XX, part().Cov.XX)
	}
}

func TestParticlesArePouredAndTakenAway(t *testing.T) {
	t.Parallel()
	a, player := screen(t, "uneven-ring", 120, 40, 1, colorprofile.ASCII)
	n := a.frame.Settings.Particles
	x, y := cellOf(a, scenarios.Point{X: 0, Y: 0})
	drag := func(b tea.MouseButton) {
		send(a, tea.MouseClickMsg{X: x, Y: y, Button: b})
		for k := range 8 {
			send(a, tea.MouseMotionMsg{X: x + k, Y: y, Button: b})
		}
		send(a, tea.MouseReleaseMsg{X: x + 7, Y: y, Button: b})
		shows(a, player)
	}
	drag(tea.MouseLeft)
	poured := a.frame.Settings.Particles
	if poured < n+2*n/brushShare || len(a.frame.Edits) < 2 {
		t.Fatalf("poured there are %d particles of %d, by %v", poured, n, a.frame.Edits)
	}
	drag(tea.MouseRight)
	if got := a.frame.Settings.Particles; got >= poured {
		t.Errorf("taken away there are %d particles of %d", got, poured)
	}
	for range a.frame.Edits {
		send(a, press("z"))
	}
	if shows(a, player); a.frame.Settings.Particles != n || len(a.frame.Edits) != 0 {
		t.Errorf("undone there are %d particles, expected %d", a.frame.Settings.Particles, n)
	}
	send(a, tea.MouseClickMsg{X: x, Y: y, Button: tea.MouseLeft}, tea.MouseReleaseMsg{X: x, Y: y, Button: tea.MouseLeft})
	if shows(a, player); a.frame.Settings.Particles != n || a.probe.at == nil {
		t.Error("a click without a drag does more than probe")
	}
}

// All of it goes without a mouse: the probe selects, keys move.
func TestModesAreEditedByKeys(t *testing.T) {
	a, player := screen(t, "three-modes", 120, 40, 1, colorprofile.ASCII)
	keys := func(names ...string) {
		for _, n := range names {
			send(a, press(n))
			shows(a, player)
		}
	}
	keys("m")
	if !strings.Contains(a.messages.note.Text, "move the probe") {
		t.Errorf("without a probe m says %q", a.messages.note.Text)
	}
	keys("m")
	mode := a.editor.grabbed
	if mode == 0 {
		t.Fatal("no mode is grabbed")
	}
	was := modes(a)[mode-1]
	keys("right", "right", "right", "up", "m", "left")
	now := modes(a)[mode-1]
	if !(now.X > was.X && now.Y > was.Y) || len(a.frame.Edits) != 1 {
		t.Errorf("moved by keys the mode went from %v to %v by %v", was, now, a.frame.Edits)
	}
	weight := func() float64 { return a.frame.Scenario.Target.(*scenarios.Mixture).Components()[mode-1].Weight }
	light := weight()
	keys("W", "W", "w", "F", "f")
	if !(weight() > light) {
		t.Errorf("after W W w the weight is %g, before %g", weight(), light)
	}
	keys("i")
	if len(modes(a)) != 4 {
		t.Errorf("after i there are %d modes", len(modes(a)))
	}
	keys("X", "X")
	if len(modes(a)) != 2 {
		t.Errorf("after X twice there are %d modes", len(modes(a)))
	}
	n := a.frame.Settings.Particles
	keys("p")
	if got := a.frame.Settings.Particles; got != n+n/brushShare {
		t.Errorf("after p there are %d particles of %d", got, n)
	}
	keys("P")
	if got := a.frame.Settings.Particles; got >= n+n/brushShare {
		t.Errorf("after P there are %d particles", got)
	}
}

func TestOnlyMixturesAreEdited(t *testing.T) {
	a, player := screen(t, "banana", 120, 40, 1, colorprofile.ASCII)
	for _, key := range []string{"h", "m", "i", "X", "W", "F"} {
		send(a, press(key))
		shows(a, player)
	}
	if len(a.frame.Edits) != 0 || !strings.Contains(a.messages.note.Text, "not a mixture") {
		t.Errorf("the edits are %v, the note is %q", a.frame.Edits, a.messages.note.Text)
	}
}

func TestTheTargetIsSaved(t *testing.T) {
	a, player := screen(t, "uneven-ring", 120, 40, 1, colorprofile.ASCII)
	var saved scenarios.Scenario
	a.options.Save = func(s scenarios.Scenario) (string, error) {
		saved = s
		return "file.yaml", nil
	}
	send(a, press("h"))
	shows(a, player)
	send(a, press("X"))
	shows(a, player)
	sendAll(a, press("s"))
	if plain := shows(a, player); saved.ID != "uneven-ring-edited" || len(saved.Truth.Modes) != 7 || saved.Divergence != "reverse-kl" || !strings.Contains(plain, "saved as file.yaml") {
		t.Errorf("saved is %s with %d modes, the screen\n%s", saved.ID, len(saved.Truth.Modes), plain)
	}
	for _, text := range []string{"alpha:0.5", "skew-forward-kl:0.3", "lv:target", "lv:mixture:0.2", "jeffreys^10", "pearson"} {
		spec, err := divergences.Standard().Parse(text, nil)
		if err != nil {
			t.Fatal(err)
		}
		player.session.Motion.SetDrift(spec)
		shows(a, player)
		if sendAll(a, press("s")); saved.Divergence != text {
			t.Errorf("under %s the file asks for the divergence %q", text, saved.Divergence)
		}
	}
	w, err := divergences.NewCustom("r", func(r float64) float64 { return r })
	if err != nil {
		t.Fatal(err)
	}
	player.session.Motion.SetDrift(divergences.NewSpec(divergences.CustomFamily(w), nil))
	shows(a, player)
	sendAll(a, press("s"))
	if plain := shows(a, player); saved.Divergence != "" || !strings.Contains(plain, "saved as file.yaml without the weight r; pass that in --weight") {
		t.Errorf("under a typed weight the file asks for the divergence %q, the screen\n%s", saved.Divergence, plain)
	}
	a.options.Save = func(scenarios.Scenario) (string, error) { return "", errors.New("the disk is full") }
	sendAll(a, press("s"))
	if plain := shows(a, player); !strings.Contains(plain, "the disk is full") {
		t.Errorf("a failure is not told:\n%s", plain)
	}
}

func TestAWrongZIsSeen(t *testing.T) {
	a, player := screen(t, "uneven-ring", 160, 48, 1, colorprofile.ASCII)
	send(a, press("'"), press("'"))
	if plain := shows(a, player); !strings.Contains(plain, "Z ×4") || !strings.Contains(plain, "under reverse-kl the particles take the same paths") {
		t.Errorf("a wrong Z is not shown:\n%s", plain)
	}
	send(a, press(";"), press(";"), press("3"), press("'"))
	if plain := shows(a, player); !strings.Contains(plain, "jeffreys depends on Z") {
		t.Errorf("that jeffreys depends on Z is not said:\n%s", plain)
	}
}
