package figure

import (
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgimg"
)

// Format is a format of files of figures.
type Format string

// The formats. SVG and PDF keep texts as texts and lines as shapes; heat maps are pictures in them.
const (
	PNG Format = ".png"
	SVG Format = ".svg"
	PDF Format = ".pdf"
)

// Formats are all formats, by the endings of their files.
func Formats() []string { return []string{string(PNG), string(SVG), string(PDF)} }

// FormatOf is the format of a file by its name. The error says what was expected.
func FormatOf(name string) (Format, error) {
	switch f := Format(strings.ToLower(filepath.Ext(name))); f {
	case PNG, SVG, PDF:
		return f, nil
	}
	return "", fmt.Errorf("%s does not end in %s, expected one of them", name, strings.Join(Formats(), ", "))
}

// printDotsPerInch is the resolution of PNG figures that are to be printed.
const printDotsPerInch = 300

// write writes what paint draws in a format. The title is that of the document.
func write(w io.Writer, format Format, width, height vg.Length, title string, paint func(draw.Canvas) error) error {
	switch format {
	case PDF:
		return asPDF(w, width, height, title, paint)
	case SVG:
		return asSVG(w, width, height, paint)
	}
	c := vgimg.NewWith(vgimg.UseWH(width, height), vgimg.UseDPI(printDotsPerInch))
	if err := paint(draw.New(c)); err != nil {
		return err
	}
	_, err := vgimg.PngCanvas{Canvas: c}.WriteTo(w)
	return err
}
