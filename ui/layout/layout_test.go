package layout

import (
	"maps"
	"slices"
	"testing"
)

// eight are panels of every kind, as many as the program has.
func eight() []Panel {
	return []Panel{{"stage", Stage, 0}, {"regions", Table, 0}, {"coverage", Map, 0}, {"transport", Table, 0},
		{"weight", Chart, 0}, {"distance", Chart, 2}, {"mass", Chart, 2}, {"response", Chart, 1}}
}

// sets are lists of panels that a screen may be asked for.
func sets() map[string][]Panel {
	return map[string][]Panel{
		"eight":      eight(),
		"many":       append(eight(), Panel{"a", Chart, 0}, Panel{"b", Table, 0}, Panel{"c", Map, 0}, Panel{"d", Chart, 9}),
		"few":        {{"stage", Stage, 0}, {"table", Table, 0}, {"chart", Chart, 0}},
		"stage only": {{"stage", Stage, 0}},
	}
}

// rectangles names every rectangle of a layout.
func rectangles(l Layout) map[ID]Rect {
	all := map[ID]Rect{"status": l.Status, "keys": l.Keys}
	maps.Copy(all, l.Place)
	if !l.Tabbed.Empty() {
		all["tabbed"] = l.Tabbed
	}
	return all
}

func overlap(a, b Rect) bool {
	return a.X < b.X+b.W && b.X < a.X+a.W && a.Y < b.Y+b.H && b.Y < a.Y+a.H
}

func TestRectanglesNeverOverlapNorLeaveTheScreen(t *testing.T) {
	for w := MinWidth; w <= 400; w++ {
		for h := MinHeight; h <= 120; h++ {
			checkRectangles(t, w, h, eight())
		}
	}
}

func TestOtherPanelsFindRoomToo(t *testing.T) {
	for _, panels := range sets() {
		for w := MinWidth; w <= 400; w += 7 {
			for h := MinHeight; h <= 120; h += 3 {
				checkRectangles(t, w, h, panels)
			}
		}
	}
}

// Rows that are left free stand between the panels and the keys, on the smallest screen too.
func TestRowsAreLeftFreeAboveTheKeys(t *testing.T) {
	for _, rows := range []int{6, 8} {
		for w := MinWidth; w <= 400; w += 7 {
			for h := MinHeight; h <= 120; h += 3 {
				l := Above(w, h, rows, eight())
				if l.Below != (Rect{0, h - 1 - rows, w, rows}) {
					t.Fatalf("%d×%d: the free rows are %+v", w, h, l.Below)
				}
				all := rectangles(l)
				all["below"] = l.Below
				checkAll(t, w, h, all)
				c := ComparisonAbove(w, h, rows, 2+w%3, 8)
				for k, r := range slices.Concat([]Rect{c.Table, c.Keys}, c.Charts, c.Maps) {
					if r.Empty() || overlap(r, l.Below) {
						t.Fatalf("%d×%d: rectangle %d of a comparison is %+v, the free rows are %+v", w, h, k, r, l.Below)
					}
				}
			}
		}
	}
}

// Two maps of a comparison stand side by side where a column of them would be low.
func TestLowMapsStandSideBySide(t *testing.T) {
	if c := ComparisonAbove(80, 24, 6, 2, 8); c.Maps[0].Y != c.Maps[1].Y || c.Maps[0].W < 20 {
		t.Errorf("the maps are %+v", c.Maps)
	}
	if c := NewComparison(80, 24, 2, 8); c.Maps[0].X != c.Maps[1].X {
		t.Errorf("the maps are %+v", c.Maps)
	}
}

func checkRectangles(t *testing.T, w, h int, panels []Panel) {
	t.Helper()
	checkAll(t, w, h, rectangles(New(w, h, panels)))
}

// checkAll fails where a rectangle is empty, leaves the screen or covers another.
func checkAll(t *testing.T, w, h int, all map[ID]Rect) {
	t.Helper()
	for name, r := range all {
		if r.Empty() {
			t.Fatalf("%d×%d: %s is empty: %+v", w, h, name, r)
		}
		if r.X < 0 || r.Y < 0 || r.X+r.W > w || r.Y+r.H > h {
			t.Fatalf("%d×%d: %s leaves the screen: %+v", w, h, name, r)
		}
		for other, s := range all {
			if name != other && overlap(r, s) {
				t.Fatalf("%d×%d: %s %+v overlaps %s %+v", w, h, name, r, other, s)
			}
		}
	}
}

func TestEveryPanelIsPlacedOnceOrHasATab(t *testing.T) {
	for name, panels := range sets() {
		for _, size := range [][2]int{{60, 20}, {80, 24}, {80, 50}, {120, 28}, {120, 40}, {200, 60}, {400, 120}} {
			l := New(size[0], size[1], panels)
			count := map[ID]int{}
			for p := range l.Place {
				count[p]++
			}
			for _, p := range l.Tabs {
				count[p]++
			}
			for _, p := range panels {
				if count[p.ID] != 1 {
					t.Errorf("%s, %d×%d: %s stands in %d places, expected 1", name, size[0], size[1], p.ID, count[p.ID])
				}
			}
			if _, ok := l.Place["stage"]; !ok || l.Tabbed.Empty() != (len(l.Tabs) == 0) {
				t.Errorf("%s, %d×%d: the stage is at %v, %d tabs are in %v", name, size[0], size[1], l.Place["stage"], len(l.Tabs), l.Tabbed)
			}
		}
	}
}

// Where panels share a rectangle they have their order: by rank, in a row as they would
// stand there, next to a table charts first.
func TestTabsHaveTheirOrder(t *testing.T) {
	for size, want := range map[[2]int][]ID{
		{80, 24}:  {"regions", "coverage", "transport", "weight", "response", "distance", "mass"},
		{120, 28}: {"regions", "transport", "weight", "response", "distance", "mass"},
		{80, 50}:  {"weight", "response", "distance", "mass", "transport"},
		{120, 40}: {"mass", "response"},
		{200, 60}: nil,
	} {
		if got := New(size[0], size[1], eight()).Tabs; !slices.Equal(got, want) {
			t.Errorf("%v: the tabs are %v, expected %v", size, got, want)
		}
	}
}

func TestMapsKeepRoomForATable(t *testing.T) {
	for w := MinWidth; w <= 400; w++ {
		l := New(w, 40, eight())
		table := l.Place["regions"]
		if table.Empty() {
			table = l.Tabbed
		}
		if table.W < minTable {
			t.Fatalf("%d×40: the table has %d cells, expected at least %d", w, table.W, minTable)
		}
	}
}

func TestBelowTheLeastSizeNothingIsLaidOut(t *testing.T) {
	for _, size := range [][2]int{{59, 20}, {60, 19}, {1, 1}, {0, 0}} {
		if l := New(size[0], size[1], eight()); !l.TooSmall {
			t.Errorf("%d×%d is laid out, expected too small", size[0], size[1])
		}
	}
}

// No rectangle of a comparison leaves the screen or covers another.
func TestAComparisonIsDividedWithoutOverlap(t *testing.T) {
	for width := MinWidth; width <= 400; width += 7 {
		for height := MinHeight; height <= 120; height += 3 {
			for flows := 2; flows <= 4; flows++ {
				for _, regions := range []int{1, 8, 40} {
					c := NewComparison(width, height, flows, regions)
					list := slices.Concat([]Rect{c.Status, c.Keys, c.Table}, c.Charts, c.Maps)
					if !c.Reached.Empty() {
						list = append(list, c.Reached)
					}
					for i, r := range list {
						if r.Empty() || r.X < 0 || r.Y < 0 || r.X+r.W > width || r.Y+r.H > height {
							t.Fatalf("%d×%d, %d flows: rectangle %d is %+v", width, height, flows, i, r)
						}
						for k, q := range list[:i] {
							if r.X < q.X+q.W && q.X < r.X+r.W && r.Y < q.Y+q.H && q.Y < r.Y+r.H {
								t.Fatalf("%d×%d, %d flows: rectangles %d and %d overlap", width, height, flows, k, i)
							}
						}
					}
				}
			}
		}
	}
}

// Whatever the number of flows, hardly a part of the screen is empty: maps, tables and charts have all but
// the gaps between them and the odd row.
func TestAComparisonLeavesNoPartOfTheScreenEmpty(t *testing.T) {
	for _, size := range [][2]int{{60, 20}, {80, 24}, {100, 30}, {120, 40}, {160, 48}, {200, 60}, {300, 60}, {120, 90}} {
		for flows := 2; flows <= 4; flows++ {
			c := NewComparison(size[0], size[1], flows, 8)
			used := 0
			for _, r := range slices.Concat([]Rect{c.Table, c.Reached}, c.Charts, c.Maps) {
				used += max(r.W, 0) * max(r.H, 0)
			}
			if all := size[0] * (size[1] - 2); used < all*93/100 {
				t.Errorf("%v, %d flows: %d of %d cells are used: %+v", size, flows, used, all, c)
			}
		}
	}
}
