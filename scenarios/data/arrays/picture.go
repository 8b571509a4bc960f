package arrays

import (
	"errors"
	"fmt"
	"image"
	"image/color"
	_ "image/gif" // formats that pictures are read in
	_ "image/jpeg"
	_ "image/png"
	"io"
)

// maxPixels bounds a picture along either side.
const maxPixels = 4096

// ReadPicture reads the grey levels of a PNG, JPEG or GIF file, 0 (black) to 1 (white), a
// row for each row of pixels from the lowest upward; of an animation, the first picture. The
// error begins with the name of the file.
func ReadPicture(name string) (Matrix, error) { return open(name, "a picture", readPicture) }

func readPicture(f file) (Matrix, error) {
	// The size is checked before the pixels: a small file may decompress to a large picture.
	size, format, err := image.DecodeConfig(f)
	switch {
	case err != nil:
		return Matrix{}, fmt.Errorf("%w, expected PNG, JPEG or GIF", Plain(err))
	case format != "png" && format != "jpeg" && format != "gif":
		// Other packages may have registered further formats.
		return Matrix{}, fmt.Errorf("the picture is %s, expected PNG, JPEG or GIF", format)
	case size.Width < 1 || size.Height < 1 || size.Width > maxPixels || size.Height > maxPixels:
		return Matrix{}, fmt.Errorf("%d×%d pixels, expected 1 to %d along either side", size.Width, size.Height, maxPixels)
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return Matrix{}, fmt.Errorf("%w, expected a file, not a pipe", Plain(err))
	}
	img, _, err := image.Decode(f)
	if err != nil {
		return Matrix{}, fmt.Errorf("%w, expected a complete picture", Plain(err))
	}
	// The first picture of a GIF may be smaller than its screen.
	b := img.Bounds()
	if b.Empty() {
		return Matrix{}, errors.New("the picture has no pixels, expected a complete picture")
	}
	return Matrix{greys(img), b.Dy(), b.Dx()}, nil
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
