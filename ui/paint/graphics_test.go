package paint

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"image"
	"image/png"
	"regexp"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/NimbleMarkets/ntcharts/v2/picture"
	"github.com/charmbracelet/x/ansi"
)

// sent is what a picture sends to the terminal, payloads joined.
func sent(t *testing.T, apc string) []byte {
	t.Helper()
	var data strings.Builder
	for _, m := range regexp.MustCompile("\x1b_G[^;]*;([^\x1b]*)\x1b").FindAllStringSubmatch(apc, -1) {
		data.WriteString(m[1])
	}
	out, err := base64.StdEncoding.DecodeString(data.String())
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// What reaches a terminal with kitty's protocol is the bitmap, to the pixel; one
// picture is under way at a time.
func TestATerminalGetsThePicture(t *testing.T) {
	picture.ForceKittyCapability(picture.KittyCapabilitySupported)
	const cols, rows = 5, 3
	b := NewBitmap()
	b.Resize(cols*Fineness, rows*Fineness)
	for i := range b.Levels {
		b.Levels[i] = uint8(i % DensityLevels)
	}
	dots := &Dots{}
	dots.Resize(cols*Fineness, rows*Fineness)
	dots.Add(3.2, 1.1)
	theme := Dark(True)
	img := b.Image(dots, theme.Muted(), theme)
	if got := img.Bounds(); got != image.Rect(0, 0, cols*Fineness, 2*rows*Fineness) {
		t.Fatalf("the picture has the bounds %v", got)
	}
	if img.RGBAAt(3, 2) != theme.particleInk[0] || img.RGBAAt(4, 2) != theme.Muted().Colors[b.Levels[2*cols*Fineness+4]] {
		t.Error("a particle is not where it was put, or next to it")
	}
	g := NewGraphics(0)
	if !g.On() {
		t.Fatal("the picture is not on")
	}
	for _, l := range g.Lines(img, cols, rows) {
		if ansi.StringWidth(l) != cols {
			t.Errorf("before it is there a line of the picture is %q", l)
		}
	}
	cmd := g.Command()
	if cmd == nil {
		t.Fatal("there is nothing to send")
	}
	g.Lines(image.NewRGBA(img.Bounds()), cols, rows)
	if g.Command() != nil {
		t.Error("a second picture is sent before the first is there")
	}
	frame, ok := cmd().(picture.KittyFrameMsg)
	if !ok {
		t.Fatal("the picture is not made ready")
	}
	got, err := png.Decode(bytes.NewReader(sent(t, frame.APC)))
	if err != nil {
		t.Fatal(err)
	}
	for y := range img.Bounds().Dy() {
		for x := range img.Bounds().Dx() {
			if fmt.Sprint(got.At(x, y).RGBA()) != fmt.Sprint(img.At(x, y).RGBA()) {
				t.Fatalf("pixel (%d, %d) is %v, expected %v", x, y, got.At(x, y), img.At(x, y))
			}
		}
	}
	var msg tea.Msg = frame
	g.Update(msg)
	g.Lines(img, cols, rows)
	if g.Command() == nil {
		t.Error("after the first picture no other is sent")
	}
}
