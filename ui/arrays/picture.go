package arrays

import (
	"fmt"
	"image"
	"image/color"
	_ "image/jpeg" // formats that pictures are read in
	_ "image/png"
	"io"
)

// mostPixels bounds a picture along either side.
const mostPixels = 4096

// ReadPicture reads the grey levels of a PNG or JPEG file, 0 (black) to 1 (white), a row
// for each row of pixels from the lowest upward. The error begins with the name of the
// file.
func ReadPicture(name string) (Matrix, error) { return open(name, "a picture", readPicture) }

func readPicture(f file) (Matrix, error) {
	// The size is looked at before the pixels: a small file may stand for a large picture.
	size, _, err := image.DecodeConfig(f)
	switch {
	case err != nil:
		return Matrix{}, fmt.Errorf("%w, expected PNG or JPEG", plain(err))
	case size.Width < 1 || size.Height < 1 || size.Width > mostPixels || size.Height > mostPixels:
		return Matrix{}, fmt.Errorf("%d×%d pixels, expected at most %d along either side", size.Width, size.Height, mostPixels)
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return Matrix{}, fmt.Errorf("%w, expected a file and no pipe", plain(err))
	}
	img, _, err := image.Decode(f)
	if err != nil {
		return Matrix{}, fmt.Errorf("%w, expected a whole picture", plain(err))
	}
	return Matrix{greys(img), size.Height, size.Width}, nil
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
