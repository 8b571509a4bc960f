package recording

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/gif"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
)

// animated records frames until a time.
func animated(t *testing.T, width, height int, end time.Duration, frames ...Frame) []byte {
	t.Helper()
	var out bytes.Buffer
	g, err := NewGIF(&out, width, height)
	if err != nil {
		t.Fatal(err)
	}
	wrote := 0
	g.Progress = func(done, all int) {
		if wrote++; done != wrote || done > all {
			t.Errorf("progress is %d of %d after %d", done, all, wrote)
		}
	}
	for _, f := range frames {
		if err := g.Add(f); err != nil {
			t.Fatal(err)
		}
	}
	if err := g.End(end); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// played decodes an animation with the standard library, and is what is seen after each of its frames.
func played(t *testing.T, file []byte) (g *gif.GIF, seen []*image.RGBA) {
	t.Helper()
	g, err := gif.DecodeAll(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	canvas := image.NewRGBA(image.Rect(0, 0, g.Config.Width, g.Config.Height))
	for k, frame := range g.Image {
		if g.Disposal[k] != gif.DisposalNone {
			t.Errorf("frame %d is disposed of by %d", k, g.Disposal[k])
		}
		draw.Draw(canvas, frame.Bounds(), frame, frame.Bounds().Min, draw.Over)
		copied := *canvas
		copied.Pix = slices.Clone(canvas.Pix)
		seen = append(seen, &copied)
	}
	return g, seen
}

func TestAGIFHasTheSizeTheTimesAndTheFrames(t *testing.T) {
	line := func(s string) string { return s + strings.Repeat(" ", 10-len(s)) }
	ms := time.Millisecond
	file := animated(t, 10, 1, 2*time.Second,
		Frame{0, line("one"), night()}, Frame{83 * ms, line("one"), night()}, Frame{167 * ms, line("two"), night()},
		Frame{250 * ms, line("two") + " ", night()}, Frame{1333 * ms, line("two!"), night()})
	g, seen := played(t, file)
	if g.Config.Width != 10*CellWidth || g.Config.Height != CellHeight || g.LoopCount != 0 {
		t.Errorf("the size is %d×%d, the loop count %d", g.Config.Width, g.Config.Height, g.LoopCount)
	}
	if want := []int{17, 116, 67}; !slices.Equal(g.Delay, want) {
		t.Errorf("the delays are %v, expected %v hundredths of a second", g.Delay, want)
	}
	if b := g.Image[2].Bounds(); !b.In(image.Rect(3*CellWidth, 0, 4*CellWidth, CellHeight)) {
		t.Errorf("one more character is the rectangle %v", b)
	}
	if b := g.Image[1]; b.Bounds().Dx() < 2*CellWidth || bytes.Count(b.Pix, []byte{transparent}) < len(b.Pix)/4 {
		t.Errorf("of the rectangle %v %d pixels are transparent", b.Bounds(), bytes.Count(b.Pix, []byte{transparent}))
	}
	// What has not changed stays, pixel by pixel.
	before, after := seen[1].SubImage(image.Rect(0, 0, 3*CellWidth, CellHeight)), seen[2].SubImage(image.Rect(0, 0, 3*CellWidth, CellHeight))
	if !samePixels(before, after) || samePixels(seen[0], seen[1]) {
		t.Error("the frames do not differ where their screens do")
	}
}

func samePixels(a, b image.Image) bool {
	for y := a.Bounds().Min.Y; y < a.Bounds().Max.Y; y++ {
		for x := a.Bounds().Min.X; x < a.Bounds().Max.X; x++ {
			if a.At(x, y) != b.At(x, y) {
				return false
			}
		}
	}
	return true
}

// distance is the largest difference of two colours in a channel.
func distance(a, b color.Color) int {
	p, q := color.RGBAModel.Convert(a).(color.RGBA), color.RGBAModel.Convert(b).(color.RGBA)
	off := func(x, y uint8) int { return max(int(x)-int(y), int(y)-int(x)) }
	return max(off(p.R, q.R), off(p.G, q.G), off(p.B, q.B))
}

// expectedPixels are the colours of the upper and the lower half of a cell by its text and its colours, as a
// terminal has them; ok is false where they are not of one colour each.
func expectedPixels(text string, fg, bg color.Color, reversed bool) (upper, lower color.Color, ok bool) {
	if fg == nil {
		fg = night().Text
	}
	if bg == nil {
		bg = night().Ground
	}
	if reversed {
		fg, bg = bg, fg
	}
	switch text {
	case "▄":
		return bg, fg, true
	case "▀":
		return fg, bg, true
	case "█":
		return fg, fg, true
	}
	return bg, bg, text == " "
}

// requirePixels compares a picture with what a terminal emulator has of the screen, in the cells that are of
// one or two colours, and returns how many those are and the mean of the distances.
func requirePixels(t *testing.T, got *image.RGBA, screen string, tolerance int) (cells int, mean float64) {
	t.Helper()
	const reverse = 1 << 5
	width, height := sizeOf(screen)
	e := emulator(t, width, height)
	shows(t, e, strings.ReplaceAll(screen, "\n", "\r\n"))
	for y := range height {
		for x := range width {
			c := e.CellAt(x, y)
			upper, lower, ok := expectedPixels(c.Content, c.Style.Fg, c.Style.Bg, c.Style.Attrs&reverse != 0)
			if !ok {
				continue
			}
			cells++
			for row := range CellHeight {
				want := upper
				if row >= CellHeight/2 {
					want = lower
				}
				for column := range CellWidth {
					off := distance(got.At(x*CellWidth+column, y*CellHeight+row), want)
					if mean += float64(off); off > tolerance {
						t.Fatalf("cell (%d, %d), %q, has the colour %v, expected %v", x, y, c.Content, got.At(x*CellWidth+column, y*CellHeight+row), want)
					}
				}
			}
		}
	}
	return cells, mean / float64(cells*CellWidth*CellHeight)
}

// The pictures are the screens of the program: with few colours exactly, with many up to what 255 can show.
func TestAGIFShowsTheScreens(t *testing.T) {
	screens := goldens(t, "TestScreens*/120x40-truecolor")
	var frames []Frame
	for k, s := range screens {
		frames = append(frames, Frame{time.Duration(k) * time.Second, s, night()})
	}
	g, seen := played(t, animated(t, 120, 40, time.Minute, frames...))
	if len(g.Image) != len(screens) || g.Config.Width != 960 || g.Config.Height != 640 {
		t.Fatalf("%d frames of %d×%d, expected %d of 960×640", len(g.Image), g.Config.Width, g.Config.Height, len(screens))
	}
	for k := range screens {
		cells, mean := requirePixels(t, seen[k], screens[k], 4)
		if cells < 2000 || mean > 1 {
			t.Errorf("screen %d: %d cells are of one or two colours, the mean distance is %.2f", k, cells, mean)
		}
	}
	few := goldens(t, "TestScreensOfOtherDepths/16")[0]
	_, seen = played(t, animated(t, 80, 24, time.Second, Frame{0, few, night()}))
	if cells, _ := requirePixels(t, seen[0], few, 0); cells < 500 {
		t.Errorf("only %d cells are of one or two colours", cells)
	}
}

// What goes and comes back is seen again; a colour of a blank is not.
func TestChangesAreThoseThatAreSeen(t *testing.T) {
	frame := func(k int, screen string) Frame { return Frame{time.Duration(k) * time.Second, screen, night()} }
	g, seen := played(t, animated(t, 2, 1, 5*time.Second, frame(0, "  "), frame(1, "█ "), frame(2, "\x1b[31m  "), frame(3, "█ "), frame(4, "█\x1b[31m \x1b[m")))
	if len(g.Image) != 4 || !samePixels(seen[0], seen[2]) || !samePixels(seen[1], seen[3]) || samePixels(seen[0], seen[1]) {
		t.Errorf("%d frames, expected 4 of which two and two are alike", len(g.Image))
	}
	r, err := NewGIF(&bytes.Buffer{}, 2, 1)
	if err != nil {
		t.Fatal(err)
	}
	for k, screen := range []string{"  ", "\x1b[31m  ", "\x1b[32m  "} {
		if err := r.Add(frame(k, screen)); err != nil || len(r.frames) != 1 {
			t.Errorf("%d changes are kept (%v)", len(r.frames), err)
		}
	}
}

// Another ground changes the cells without a colour of their own, and no others.
func TestAnotherGroundIsSeen(t *testing.T) {
	day := Ground{Text: color.RGBA{A: 255}, Ground: color.RGBA{255, 255, 255, 255}}
	screen := "\x1b[48;2;1;2;3m \x1b[m \x1b[7m \x1b[m\x1b[2;38;2;100;100;100;48;2;50;60;71m█\x1b[m"
	_, seen := played(t, animated(t, 4, 1, 2*time.Second, Frame{0, screen, night()}, Frame{time.Second, screen, day}))
	for k, g := range []Ground{night(), day} {
		for x, want := range []color.RGBA{{1, 2, 3, 255}, g.Ground, g.Text, {75, 80, 86, 255}} {
			if got := seen[k].RGBAAt(x*CellWidth+3, 5); got != want {
				t.Errorf("frame %d, cell %d is %v, expected %v", k, x, got, want)
			}
		}
	}
}

// The same frames make the same bytes, on any number of processors.
func TestTheSameFramesMakeTheSameBytes(t *testing.T) {
	var frames []Frame
	for k, s := range goldens(t, "TestScreensOfEveryTheme/two-moons-80x24*truecolor") {
		frames = append(frames, Frame{time.Duration(k) * time.Second, s, night()})
	}
	want := animated(t, 80, 24, 9*time.Second, frames...)
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	if !bytes.Equal(animated(t, 80, 24, 9*time.Second, frames...), want) {
		t.Error("one processor makes other bytes")
	}
}

func TestNothingRecordedIsAnError(t *testing.T) {
	g, err := NewGIF(&bytes.Buffer{}, 4, 1)
	if err != nil {
		t.Fatal(err)
	}
	if err := g.End(time.Second); fmt.Sprint(err) != "nothing was recorded, expected one frame at least" {
		t.Errorf("the error is %v", err)
	}
}
