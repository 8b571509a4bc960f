package recording

import (
	"bytes"
	"errors"
	"image/color"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/vt"
)

// requireScreen compares what a terminal shows with a screen that is written to another one as it is.
func requireScreen(t *testing.T, shown *vt.Emulator, screen string) {
	t.Helper()
	width, height := sizeOf(screen)
	want := emulator(t, width, height)
	shows(t, want, strings.ReplaceAll(screen, "\n", "\r\n"))
	for y := range height {
		for x := range width {
			a, b := shown.CellAt(x, y), want.CellAt(x, y)
			ground := seen(a.Style.Bg) == seen(b.Style.Bg)
			ink := seen(a.Style.Fg) == seen(b.Style.Fg) && a.Style.Attrs == b.Style.Attrs
			if blank := a.Content == " "; a.Content != b.Content || !ground || !ink && !blank {
				t.Fatalf("cell (%d, %d) is %q in %v on %v, expected %q in %v on %v", x, y, a.Content, a.Style.Fg, a.Style.Bg, b.Content, b.Style.Fg, b.Style.Bg)
			}
		}
	}
}

// seen is a colour as it is seen, one that no screen has where there is none.
func seen(c color.Color) color.Color {
	if c == nil {
		return color.Alpha{}
	}
	return color.RGBAModel.Convert(c)
}

// A player that is a terminal shows the very screens, each at its time.
func TestACastShowsTheScreens(t *testing.T) {
	for _, pattern := range []string{"TestScreens*/120x40*", "TestScreensOfEveryTheme/two-moons-80x24*", "TestScreensOfTraining/80x24-*"} {
		order := goldens(t, pattern)
		width, height := sizeOf(order[0])
		var out bytes.Buffer
		cast, err := NewCast(&out, "a title", width, height, night())
		if err != nil {
			t.Fatal(err)
		}
		for k, s := range order {
			if err := cast.Add(Frame{time.Duration(k) * 250 * time.Millisecond, s, night()}); err != nil {
				t.Fatal(err)
			}
		}
		h, events := parsed(t, out.Bytes())
		if h.Version != 2 || h.Width != width || h.Height != height || h.Title != "a title" || h.Theme.Bg != "#0d1117" || strings.Count(h.Theme.Palette, "#") != 16 {
			t.Errorf("the header is %+v", h)
		}
		if len(events) != len(order) {
			t.Fatalf("%d screens are %d events", len(order), len(events))
		}
		player := emulator(t, width, height)
		for k, e := range events {
			if e.at != float64(k)/4 || e.kind != "o" {
				t.Errorf("event %d is %q at %g s", k, e.kind, e.at)
			}
			shows(t, player, e.data)
			requireScreen(t, player, order[k])
		}
	}
}

func TestACastHasOnlyWhatChanges(t *testing.T) {
	var out bytes.Buffer
	cast, err := NewCast(&out, "", 10, 2, night())
	if err != nil {
		t.Fatal(err)
	}
	for k, s := range []string{"0123456789\nabc       ", "0123456789\nabc       ", "0123456789\nabX       "} {
		if err := cast.Add(Frame{time.Duration(k) * time.Second, s, night()}); err != nil {
			t.Fatal(err)
		}
	}
	if err := cast.End(5 * time.Second); err != nil {
		t.Fatal(err)
	}
	_, events := parsed(t, out.Bytes())
	if len(events) != 3 || events[1].at != 2 || !strings.Contains(events[1].data, "X") || strings.ContainsAny(events[1].data, "a0") || events[2].at != 5 {
		t.Errorf("the events are %+v", events)
	}
}

// Another size is an event, after which the whole screen comes again.
func TestACastTellsAnotherSizeAndGround(t *testing.T) {
	var out bytes.Buffer
	cast, err := NewCast(&out, "", 12, 3, night())
	if err != nil {
		t.Fatal(err)
	}
	day := Ground{Text: color.RGBA{A: 255}, Ground: color.RGBA{255, 255, 255, 255}}
	small, large := "first       \n            \nremains     ", "second        \n              \n              \nlast          "
	for _, err := range []error{
		cast.Add(Frame{0, small, night()}), cast.Resize(time.Second, 14, 4), cast.Add(Frame{time.Second, large, night()}), cast.Add(Frame{2 * time.Second, large, day}),
		cast.Resize(3*time.Second, 14, 4), cast.Add(Frame{3 * time.Second, large, day}),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	_, events := parsed(t, out.Bytes())
	if len(events) != 6 || events[1].kind != "r" || events[1].data != "14x4" || !strings.Contains(events[3].data, "]11;#ffffff") || !strings.Contains(events[3].data, "]10;#000000") {
		t.Fatalf("the events are %+v", events)
	}
	player := emulator(t, 12, 3)
	shows(t, player, events[0].data)
	player.Resize(14, 4)
	shows(t, player, events[2].data)
	requireScreen(t, player, large)
	if !strings.Contains(events[5].data, "second") {
		t.Errorf("after another size comes %q, expected the whole screen", events[5].data)
	}
}

// broken is an output that takes n writes.
type broken struct{ n int }

var errFull = errors.New("no space left")

func (b *broken) Write(p []byte) (int, error) {
	if b.n--; b.n < 0 {
		return 0, errFull
	}
	return len(p), nil
}

func TestRecordingsTellThatTheyCannotBeWritten(t *testing.T) {
	frame := Frame{0, "text", night()}
	if _, err := NewCast(&broken{}, "", 4, 1, night()); !errors.Is(err, errFull) {
		t.Errorf("the header: %v", err)
	}
	cast, err := NewCast(&broken{1}, "", 4, 1, night())
	if err != nil {
		t.Fatal(err)
	}
	if err := cast.Add(frame); !errors.Is(err, errFull) {
		t.Errorf("an event: %v", err)
	}
	for n := range 3 {
		g, err := NewGIF(&broken{n}, 4, 1)
		if err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(g.Add(frame), g.End(time.Second)); !errors.Is(err, errFull) {
			t.Errorf("a GIF after %d writes: %v", n, err)
		}
	}
}
