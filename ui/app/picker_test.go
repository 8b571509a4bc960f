package app

import (
	"errors"
	"reflect"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"undercurrent/ui/session"
)

// sendAll gives messages to the program and what their commands bring in the end.
func sendAll(a *App, messages ...tea.Msg) {
	for len(messages) > 0 {
		_, cmd := a.Update(messages[0])
		messages = messages[1:]
		if cmd == nil {
			continue
		}
		brought := []tea.Msg{cmd()}
		if batch, ok := brought[0].(tea.BatchMsg); ok {
			brought = nil
			for _, one := range batch {
				brought = append(brought, one())
			}
		}
		for _, m := range brought {
			switch m.(type) {
			case previewed, listed, opened, saved:
				messages = append(messages, m)
			}
		}
	}
	a.catchUp()
}

func TestScreensOfThePicker(t *testing.T) {
	t.Parallel()
	requireScreens(t, [][2]int{{80, 24}, {120, 40}}, func(t *testing.T, width, height int, p colorprofile.Profile) *App {
		a, _ := screen(t, "uneven-ring", width, height, 1, p)
		sendAll(a, press("t"), press("down"), press("right"))
		return a
	})
}

// What is chosen is previewed as the stage will show it, at the start that is chosen.
func TestThePickerOpensWhatItShows(t *testing.T) {
	t.Parallel()
	a, player := screen(t, "uneven-ring", 120, 40, 1, colorprofile.TrueColor)
	sendAll(a, press("t"))
	for _, r := range "banana" {
		sendAll(a, press(string(r)))
	}
	sendAll(a, press("right"), press("right"))
	shown := opensPicker(a).shown()
	if shown == nil || shown.ID != "banana" {
		t.Fatalf("shown is %+v", shown)
	}
	if text := ansi.Strip(a.drawn); !strings.Contains(text, "‹ broad ›  "+shown.Start) {
		t.Errorf("the start is not told:\n%s", text)
	}
	sendAll(a, press("enter"))
	f := &session.Frame{}
	player.session.Frame(f)
	if f.Scenario.ID != "banana" || f.Scenario.StartName != "broad" || f.Scenario.Start.Text != shown.Start {
		t.Errorf("opened is %s from %s", f.Scenario.ID, f.Scenario.Start.Text)
	}
	if f.View != shown.View || !reflect.DeepEqual(f.Fields.P, shown.Fields.P) || f.Fields.Grid != shown.Fields.Grid {
		t.Error("the stage shows another picture than the preview")
	}
}

// Running through the list has one preview under way at a time: the one of where it stops
// follows.
func TestPreviewsDoNotQueue(t *testing.T) {
	a, _ := screen(t, "uneven-ring", 80, 24, 1, colorprofile.TrueColor)
	_, first := a.Update(press("t"))
	for range 5 {
		if _, cmd := a.Update(press("down")); cmd != nil {
			t.Fatal("a second preview is made while the first is under way")
		}
	}
	_, next := a.Update(first())
	made, ok := next().(previewed)
	if s, _ := opensPicker(a).chosen(); !ok || made.id != s.ID {
		t.Errorf("after the first comes %+v, chosen is %s", made, s.ID)
	}
	a.Update(made)
	if opensPicker(a).shown() == nil {
		t.Error("what is chosen is not shown")
	}
	a.Update(press("esc"))
	if _, cmd := a.Update(made); cmd != nil || a.overlay != nil {
		t.Error("a preview for a closed picker does something")
	}
}

func TestAFailedPreviewSaysWhy(t *testing.T) {
	a, _ := screen(t, "uneven-ring", 80, 24, 1, colorprofile.TrueColor)
	sendAll(a, press("t"), press("down"))
	s, _ := opensPicker(a).chosen()
	clear(opensPicker(a).previews)
	_, cmd := a.Update(previewed{pick{s.ID, "default"}, nil, errors.New("no density here")})
	a.catchUp()
	if text := ansi.Strip(a.drawn); cmd != nil || !strings.Contains(text, "no density here") {
		t.Errorf("it shows\n%s", text)
	}
}

func TestOtherStartsByKeyAndByName(t *testing.T) {
	t.Parallel()
	a, player := screen(t, "two-moons", 120, 40, 3, colorprofile.TrueColor)
	f := &session.Frame{}
	for _, want := range []string{"narrow", "broad", "one-mode", "ring", "uniform", ""} {
		send(a, press("S"))
		if player.session.Frame(f); f.Scenario.StartName != want || f.Report.Step != 0 {
			t.Fatalf("S leads to start %q at step %d, expected %q", f.Scenario.StartName, f.Report.Step, want)
		}
	}
	types := func(text string) {
		send(a, press(":"))
		for _, r := range text {
			send(a, press(string(r)))
		}
		send(a, press("enter"))
	}
	types("start ring")
	if player.session.Frame(f); f.Scenario.StartName != "ring" || player.session.Recipe().Scenario.StartName != "ring" {
		t.Errorf(":start ring leads to %q, reproduced by %q", f.Scenario.StartName, player.session.Recipe().Scenario.StartName)
	}
	types("start nowhere")
	if text := ansi.Strip(a.drawn); !strings.Contains(text, `unknown initial cloud "nowhere", expected one of default, narrow`) {
		t.Errorf("a start that there is not gives\n%s", text)
	}
}
