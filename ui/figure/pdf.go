package figure

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io"
	"math"
	"strings"
	"time"

	"codeberg.org/go-pdf/fpdf"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// pdfCanvas draws on a page of a PDF. That of gonum/plot knows the characters of Windows' code page 1252 alone,
// no Greek letters and no minus, and embeds whole fonts.
type pdfCanvas struct {
	doc    *fpdf.Fpdf
	fonts  map[string]bool
	images int
}

var _ vg.Canvas = (*pdfCanvas)(nil)

// asPDF writes what paint draws as a page. Equal figures are equal files: the date is always the same.
func asPDF(w io.Writer, width, height vg.Length, title string, paint func(draw.Canvas) error) error {
	doc := fpdf.NewCustom(&fpdf.InitType{UnitStr: "pt", Size: fpdf.SizeType{Wd: width.Points(), Ht: height.Points()}})
	doc.SetCatalogSort(true)
	date := time.Date(2000, time.January, 1, 0, 0, 0, 0, time.UTC)
	doc.SetCreationDate(date)
	doc.SetModificationDate(date)
	doc.SetTitle(title, true)
	doc.SetCreator("undercurrent", true)
	doc.SetAutoPageBreak(false, 0)
	doc.AddPage()
	c := &pdfCanvas{doc: doc, fonts: map[string]bool{}}
	c.Push()
	// The library counts y from the top.
	doc.TransformTranslate(0, height.Points())
	c.Scale(1, -1)
	vg.Initialize(c)
	err := paint(draw.NewCanvas(c, width, height))
	c.Pop()
	if err != nil {
		return err
	}
	return doc.Output(w)
}

func (c *pdfCanvas) SetLineWidth(w vg.Length) { c.doc.SetLineWidth(w.Points()) }

func (c *pdfCanvas) SetLineDash(pattern []vg.Length, offset vg.Length) {
	dashes := make([]float64, len(pattern))
	for i, d := range pattern {
		dashes[i] = d.Points()
	}
	c.doc.SetDashPattern(dashes, offset.Points())
}

func (c *pdfCanvas) SetColor(colour color.Color) {
	if colour == nil {
		colour = color.Black
	}
	n := color.NRGBAModel.Convert(colour).(color.NRGBA)
	r, g, b := int(n.R), int(n.G), int(n.B)
	c.doc.SetFillColor(r, g, b)
	c.doc.SetDrawColor(r, g, b)
	c.doc.SetTextColor(r, g, b)
	c.doc.SetAlpha(float64(n.A)/math.MaxUint8, "Normal")
}

func (c *pdfCanvas) Rotate(angle float64)       { c.doc.TransformRotate(-angle*180/math.Pi, 0, 0) }
func (c *pdfCanvas) Translate(to vg.Point)      { c.doc.TransformTranslate(to.X.Points(), to.Y.Points()) }
func (c *pdfCanvas) Scale(x float64, y float64) { c.doc.TransformScale(100*x, 100*y, 0, 0) }
func (c *pdfCanvas) Push()                      { c.doc.TransformBegin() }
func (c *pdfCanvas) Pop()                       { c.doc.TransformEnd() }
func (c *pdfCanvas) Stroke(p vg.Path)           { c.path(p, "D") }
func (c *pdfCanvas) Fill(p vg.Path)             { c.path(p, "F") }

// upright draws with the axes of the library at a point.
func (c *pdfCanvas) upright(at vg.Point, paint func()) {
	c.Push()
	c.Translate(at)
	c.Scale(1, -1)
	paint()
	c.Pop()
}

func (c *pdfCanvas) FillString(face font.Face, at vg.Point, text string) {
	name := face.Name()
	if !c.fonts[name] {
		var source bytes.Buffer
		if _, err := face.Face.WriteSourceTo(nil, &source); err != nil {
			c.doc.SetError(err)
			return
		}
		c.doc.AddUTF8FontFromBytes(name, "", source.Bytes())
		c.fonts[name] = true
	}
	// Two characters of one glyph would be embedded in an order of chance.
	text = strings.ReplaceAll(text, "\u00a0", " ")
	c.doc.SetFont(name, "", face.Font.Size.Points())
	c.upright(at, func() { c.doc.Text(0, 0, text) })
}

func (c *pdfCanvas) DrawImage(to vg.Rectangle, picture image.Image) {
	var text bytes.Buffer
	if err := png.Encode(&text, picture); err != nil {
		c.doc.SetError(err)
		return
	}
	c.images++
	name, options := fmt.Sprint(c.images), fpdf.ImageOptions{ImageType: "png"}
	c.doc.RegisterImageOptionsReader(name, options, &text)
	size := to.Size()
	c.upright(vg.Point{X: to.Min.X, Y: to.Max.Y}, func() {
		c.doc.ImageOptions(name, 0, 0, size.X.Points(), size.Y.Points(), false, options, 0, "")
	})
}

// path draws a path.
func (c *pdfCanvas) path(p vg.Path, style string) {
	for _, part := range p {
		x, y := part.Pos.X.Points(), part.Pos.Y.Points()
		switch part.Type {
		case vg.MoveComp:
			c.doc.MoveTo(x, y)
		case vg.LineComp:
			c.doc.LineTo(x, y)
		case vg.ArcComp:
			c.arc(x, y, part.Radius.Points(), part.Start, part.Angle)
		case vg.CurveComp:
			c.curve(part.Control, x, y)
		case vg.CloseComp:
			c.doc.ClosePath()
		}
	}
	c.doc.DrawPath(style)
}

// curve draws a quadratic or cubic Bézier curve.
func (c *pdfCanvas) curve(control []vg.Point, x, y float64) {
	first, last := control[0], control[len(control)-1]
	if len(control) == 1 {
		c.doc.CurveTo(first.X.Points(), first.Y.Points(), x, y)
		return
	}
	c.doc.CurveBezierCubicTo(first.X.Points(), first.Y.Points(), last.X.Points(), last.Y.Points(), x, y)
}

// arc draws an arc as cubic curves over at most a quarter of the circle each: their error is 3·10⁻⁴ of
// the radius.
func (c *pdfCanvas) arc(x, y, radius, from, angle float64) {
	n := max(math.Ceil(math.Abs(angle)/(math.Pi/2)), 1)
	step := angle / n
	reach := radius * 4 / 3 * math.Tan(step/4)
	at := func(a float64) (px, py, dx, dy float64) {
		sin, cos := math.Sincos(a)
		return x + radius*cos, y + radius*sin, -reach * sin, reach * cos
	}
	px, py, dx, dy := at(from)
	c.doc.LineTo(px, py)
	for k := 1.0; k <= n; k++ {
		qx, qy, ex, ey := at(from + k*step)
		c.doc.CurveBezierCubicTo(px+dx, py+dy, qx-ex, qy-ey, qx, qy)
		px, py, dx, dy = qx, qy, ex, ey
	}
}
