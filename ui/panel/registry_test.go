package panel

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"undercurrent/ui/layout"
	"undercurrent/ui/paint"
)

// Every panel is complete, and fills the room that it is given.
func TestEveryPanelIsWholeAndFills(t *testing.T) {
	d := compared(t)
	f := frameOf(d)
	h := &History{}
	h.Add(f.Report, f.Info.ID, f.Settings.Motion())
	d.Advance()
	f = Alone(frameOf(d), 0)
	h.Add(f.Report, f.Info.ID, f.Settings.Motion())
	s := &Scene{Frame: f, History: h, Rows: &Scroll{}, Theme: paint.Dark(paint.None)}
	r := NewRegistry(All()...)
	for _, place := range r.Places(nil) {
		p := r.At(place.ID, f)
		if p.Caption == "" || len(p.Shows(s)) == 0 || slices.Contains(p.Shows(s), "") || p.Help == "" || paint.Width(p.Help) > 80 || len(p.Keys) == 0 {
			t.Errorf("panel %q is %+v", place.ID, p)
		}
		for _, size := range [][2]int{{27, 10}, {36, 14}, {80, 24}, {1, 1}, {200, 60}} {
			lines := p.Render(s, size[0], size[1])
			if len(lines) != size[1] {
				t.Errorf("panel %q has %d lines, expected %d", p.ID, len(lines), size[1])
			}
			for _, l := range lines {
				if w := paint.Width(l); w != size[0] {
					t.Fatalf("panel %q of %d×%d has a line of %d cells: %q", p.ID, size[0], size[1], w, l)
				}
			}
		}
	}
}

func TestAPlaceHasOneOwner(t *testing.T) {
	for want, change := range map[string]func([]*Panel) []*Panel{
		`2 panels have the place "mass"`: func(all []*Panel) []*Panel { return append(all, mass()) },
		`0 panels have the place "nowhere"`: func(all []*Panel) []*Panel {
			lost := training()
			lost.ID = "nowhere"
			return append(all, lost)
		},
	} {
		func() {
			defer func() {
				if text := fmt.Sprint(recover()); !strings.Contains(text, want) {
					t.Errorf("it says %q, expected %q", text, want)
				}
			}()
			NewRegistry(change(All())...)
		}()
	}
	if NewRegistry(All()...).At(layout.ID("nowhere"), nil) != nil {
		t.Error("there is a panel nowhere")
	}
}

func TestMapsAreListedOnce(t *testing.T) {
	if n := len(NewRegistry(All()...).Maps()); n != 3 {
		t.Errorf("there are %d maps, expected those of stage, sampler and coverage", n)
	}
}
