package arrays

import (
	"bytes"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"math"
	"slices"
	"strings"
	"testing"
)

// spot is a grey picture that is dark but for its upper left pixel.
func spot(width, height int) image.Image {
	img := image.NewGray(image.Rect(0, 0, width, height))
	img.SetGray(0, 0, color.Gray{Y: 0xFF})
	return img
}

func encoded(t testing.TB, img image.Image, as string) []byte {
	t.Helper()
	var b bytes.Buffer
	err := png.Encode(&b, img)
	switch as {
	case "jpeg":
		b.Reset()
		err = jpeg.Encode(&b, img, &jpeg.Options{Quality: 100})
	case "gif":
		b.Reset()
		err = gif.Encode(&b, img, nil)
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// The first row of an array is the lowest of a picture.
func TestAPictureIsReadUpward(t *testing.T) {
	m, err := ReadPicture(kept(t, "spot.png", encoded(t, spot(3, 2), "png")))
	if err != nil || m.Rows != 2 || m.Columns != 3 || !slices.Equal(m.Values, []float64{0, 0, 0, 1, 0, 0}) {
		t.Errorf("the picture is read as %v (%v)", m, err)
	}
	m, err = ReadPicture(kept(t, "spot.jpg", encoded(t, spot(3, 2), "jpeg")))
	if err != nil || len(m.Values) != 6 || math.Abs(m.Values[3]-1) > 0.1 || m.Values[0] > 0.1 {
		t.Errorf("the picture is read as %v (%v)", m, err)
	}
}

// The first picture of a GIF may have fewer pixels than its screen.
func TestAGIFIsRead(t *testing.T) {
	whole := encoded(t, spot(3, 2), "gif")
	wide := bytes.Clone(whole)
	wide[6] = 5 // pixels of the screen along x
	for about, text := range map[string][]byte{"whole": whole, "on a wider screen": wide} {
		m, err := ReadPicture(kept(t, "spot.gif", text))
		if err != nil || m.Rows != 2 || m.Columns != 3 || !slices.Equal(m.Values, []float64{0, 0, 0, 1, 0, 0}) {
			t.Errorf("%s the picture is read as %v (%v)", about, m, err)
		}
	}
}

func TestBadPicturesSayWhatIsWrong(t *testing.T) {
	whole := encoded(t, spot(60, 40), "png")
	for _, c := range []struct {
		about string
		text  []byte
		want  string
	}{
		{"large", encoded(t, spot(5000, 10), "png"), "5000×10 pixels, expected 1 to 4096 along either side"},
		{"a GIF without pixels", []byte("GIF89a\x00\x00\x00\x00\x00\x00\x00"), "0×0 pixels, expected 1 to 4096 along either side"},
		{"text", []byte("no picture"), "image: unknown format, expected PNG, JPEG or GIF"},
		{"cut", whole[:len(whole)-20], "expected a complete picture"},
		{"empty", nil, "expected PNG, JPEG or GIF"},
	} {
		path := kept(t, "picture.png", c.text)
		if _, err := ReadPicture(path); err == nil || !strings.HasPrefix(err.Error(), path+": ") || !strings.HasSuffix(err.Error(), c.want) {
			t.Errorf("%s gives %v, expected %q", c.about, err, c.want)
		}
	}
	if _, err := ReadPicture("none.png"); err == nil || err.Error() != "none.png: no such file or directory, expected a picture" {
		t.Error(err)
	}
}

func FuzzReadPicture(f *testing.F) {
	f.Add(encoded(f, spot(3, 2), "png"))
	f.Add(encoded(f, spot(8, 8), "jpeg"))
	f.Add(encoded(f, spot(4, 4), "gif"))
	f.Add([]byte("\x89PNG\r\n\x1a\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		// Large pictures take long, and nothing else about them is different.
		if size, _, err := image.DecodeConfig(bytes.NewReader(text)); err == nil && size.Width*size.Height > 1<<12 {
			return
		}
		m, err := readPicture(bytes.NewReader(text))
		checkMatrix(t)(m, err)
		for _, v := range m.Values {
			if !(v >= 0 && v <= 1) {
				t.Fatalf("a grey level is %g", v)
			}
		}
	})
}
