package cli

import (
	"fmt"
	"image"
	"image/color"
	_ "image/jpeg" // formats that pictures are read in
	_ "image/png"
	"io"
	"os"

	"undercurrent/scenarios"
)

// mostPixels bounds a picture along either side.
const mostPixels = 4096

// readPicture is the scenario whose density is the grey level of a picture. The window
// is the given one, or else as wide as the picture's shape asks for at a height of two.
func readPicture(name string, window []float64) (scenarios.Scenario, error) {
	f, err := os.Open(name)
	if err != nil {
		return scenarios.Scenario{}, usagef("%s: %w, expected a picture", name, plain(err))
	}
	defer f.Close()
	// The size is looked at before the pixels: a small file may stand for a large picture.
	size, _, err := image.DecodeConfig(f)
	switch {
	case err != nil:
		return scenarios.Scenario{}, usagef("%s: %w, expected PNG or JPEG", name, err)
	case size.Width > mostPixels || size.Height > mostPixels:
		return scenarios.Scenario{}, usagef("%s: %d×%d pixels, expected at most %d along either side", name, size.Width, size.Height, mostPixels)
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return scenarios.Scenario{}, plain(err)
	}
	img, _, err := image.Decode(f)
	if err != nil {
		return scenarios.Scenario{}, usagef("%s: %w, expected a whole picture", name, err)
	}
	w := windowOf(window, size)
	g, err := scenarios.NewGridded(greys(img), size.Width, size.Height, w, false)
	if err != nil {
		return scenarios.Scenario{}, fmt.Errorf("%s: %w", name, err)
	}
	g.Name, g.Picture = name, true
	return scenarios.OfGrid(g), nil
}

// windowOf is the given window, or one of the picture's shape.
func windowOf(window []float64, size image.Config) scenarios.Window {
	if len(window) == 4 {
		return scenarios.Window{XMin: window[0], XMax: window[1], YMin: window[2], YMax: window[3]}
	}
	half := float64(size.Width) / float64(size.Height)
	return scenarios.Window{XMin: -half, XMax: half, YMin: -1, YMax: 1}
}

// greys are the grey levels of a picture from 0 to 1, from the lowest row upward.
func greys(img image.Image) []float64 {
	b := img.Bounds()
	values := make([]float64, 0, b.Dx()*b.Dy())
	for y := b.Max.Y - 1; y >= b.Min.Y; y-- {
		for x := b.Min.X; x < b.Max.X; x++ {
			values = append(values, float64(color.Gray16Model.Convert(img.At(x, y)).(color.Gray16).Y)/0xFFFF)
		}
	}
	return values
}

// readStart is the initial cloud of an N×2 array.
func readStart(name string) (scenarios.Start, int, error) {
	values, rows, columns, err := readMatrix(name)
	switch {
	case err != nil:
		return scenarios.Start{}, 0, err
	case columns != 2 || rows < 2:
		return scenarios.Start{}, 0, usagef("%s: the array has %d rows of %d values, expected at least two rows of x and y", name, rows, columns)
	}
	points := make([]scenarios.Point, rows)
	for i := range points {
		points[i] = scenarios.Point{X: values[2*i], Y: values[2*i+1]}
	}
	sampler, err := scenarios.NewPlaces(points)
	if err != nil {
		return scenarios.Start{}, 0, usagef("%s: %w", name, err)
	}
	return scenarios.Start{Sampler: sampler, Text: fmt.Sprintf("%d places of %s", rows, name)}, rows, nil
}
