package layout

import "testing"

// rectangles names every rectangle of a layout.
func rectangles(l Layout) map[string]Rect {
	all := map[string]Rect{"status": l.Status, "keys": l.Keys, "stage": l.Stage}
	for p, r := range l.Place {
		all[p.String()] = r
	}
	if !l.Tabbed.Empty() {
		all["tabbed"] = l.Tabbed
	}
	return all
}

func overlap(a, b Rect) bool {
	return a.X < b.X+b.W && b.X < a.X+a.W && a.Y < b.Y+b.H && b.Y < a.Y+a.H
}

func TestRectanglesNeverOverlapNorLeaveTheScreen(t *testing.T) {
	for w := LeastWidth; w <= 400; w++ {
		for h := LeastHeight; h <= 120; h++ {
			checkRectangles(t, w, h)
		}
	}
}

func checkRectangles(t *testing.T, w, h int) {
	t.Helper()
	all := rectangles(Of(w, h))
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
	for _, size := range [][2]int{{60, 20}, {80, 24}, {80, 50}, {120, 28}, {120, 40}, {200, 60}, {400, 120}} {
		l := Of(size[0], size[1])
		count := map[Panel]int{}
		for p := range l.Place {
			count[p]++
		}
		for _, p := range l.Tabs {
			count[p]++
		}
		for p := Regions; p <= Response; p++ {
			if count[p] != 1 {
				t.Errorf("%d×%d: %s stands in %d places, expected 1", size[0], size[1], p, count[p])
			}
		}
	}
}

func TestMapsKeepRoomForATable(t *testing.T) {
	for w := LeastWidth; w <= 400; w++ {
		l := Of(w, 40)
		table := l.Place[Regions]
		if table.Empty() {
			table = l.Tabbed
		}
		if table.W < narrowTable {
			t.Fatalf("%d×40: the table has %d cells, expected at least %d", w, table.W, narrowTable)
		}
	}
}

func TestBelowTheLeastSizeNothingIsLaidOut(t *testing.T) {
	for _, size := range [][2]int{{59, 20}, {60, 19}, {1, 1}, {0, 0}} {
		if l := Of(size[0], size[1]); !l.TooSmall {
			t.Errorf("%d×%d is laid out, expected too small", size[0], size[1])
		}
	}
}

// No rectangle of a comparison leaves the screen or covers another.
func TestAComparisonIsDividedWithoutOverlap(t *testing.T) {
	for width := LeastWidth; width <= 400; width += 7 {
		for height := LeastHeight; height <= 120; height += 3 {
			for flows := 2; flows <= 4; flows++ {
				for _, regions := range []int{1, 8, 40} {
					c := OfComparison(width, height, flows, regions)
					list := append([]Rect{c.Status, c.Keys, c.Table, c.Chart}, c.Maps...)
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
