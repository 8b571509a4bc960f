package figure

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"undercurrent/ui/output"
	"undercurrent/ui/session"
)

// Kind is what a figure of flows shows.
type Kind string

// The kinds of figures.
const (
	Maps       Kind = "maps"    // target, density and log r side by side
	Target     Kind = "target"  // the target p
	Density    Kind = "density" // the density q of the particles
	Ratio      Kind = "ratio"   // log r with the line r = 1 and the velocity
	Weight     Kind = "weight"  // w over log r, and the particles by log r and region
	Masses     Kind = "masses"  // the particle mass of the regions over the steps
	Comparison Kind = "compare" // excess of U and TV of several flows over the steps
)

// Kinds are all kinds.
func Kinds() []string {
	return []string{string(Maps), string(Target), string(Density), string(Ratio), string(Weight), string(Masses), string(Comparison)}
}

// Spec says how a figure is drawn.
type Spec struct {
	Kind Kind
	// Title stands above the figure, none where it is empty.
	Title string
	// Command is the command line that makes the figure again, in the caption; none where it is empty.
	Command string
	// NoCaption leaves the caption out.
	NoCaption bool
	// Width and Height are those of the figure with its caption; 0 for those of its kind.
	Width, Height vg.Length
}

// Smallest and largest sizes of a figure along a side.
const (
	MinSide = 40 * vg.Millimeter
	MaxSide = 1000 * vg.Millimeter
)

// Flow is a figure of one flow, or of those of a comparison.
type Flow struct {
	frame *session.Frame
	spec  Spec
	panel content
}

// content is what stands between title and caption.
type content interface {
	// width and height are the usual ones; the height depends on the width.
	width() vg.Length
	height(width vg.Length) vg.Length
	draw(c draw.Canvas) error
	// sentence is what the caption says of it.
	sentence() string
	table() output.Table
}

// NewFlow is a figure of a frame with all fields, as Session.Whole returns it. The error says why there is
// no figure of the kind, or that the size leaves no room.
func NewFlow(f *session.Frame, s Spec) (*Flow, error) {
	figure := &Flow{frame: f, spec: s}
	if n := len(f.Runs); s.Kind == Comparison && n == 0 {
		return nil, fmt.Errorf("a figure of kind %s needs two to four flows, expected a comparison", s.Kind)
	} else if s.Kind != Comparison && n > 0 {
		return nil, fmt.Errorf("a figure of kind %s is of one flow, expected kind %s in a comparison of %d", s.Kind, Comparison, n)
	}
	switch s.Kind {
	case Maps, Target, Density, Ratio:
		figure.panel = newMaps(f, s.Kind)
	case Weight:
		if !f.Settings.Mover.IsZero() {
			return nil, fmt.Errorf("%s has no weight, expected a drift for a figure of kind %s", f.Settings.Mover, s.Kind)
		}
		if f.Watching != nil && !f.Watching.Drift {
			return nil, fmt.Errorf("%s has no weight, expected a drift that is shown for a figure of kind %s", f.Watching.Input, s.Kind)
		}
		figure.panel = newWeightPlot(f)
	case Masses:
		figure.panel = newMassPlot(f)
	case Comparison:
		figure.panel = newComparisonPlot(f)
	default:
		return nil, fmt.Errorf("unknown kind %q, expected one of %s", s.Kind, strings.Join(Kinds(), ", "))
	}
	return figure, figure.checkRoom()
}

// checkRoom refuses a size in which the caption leaves no room.
func (f *Flow) checkRoom() error {
	width, height := f.Size()
	if height-f.captionHeight(width)-2*edge < minPanel {
		return fmt.Errorf("the caption of %.0f mm leaves no room in a height of %.0f mm, expected a larger figure or none of the caption",
			f.captionHeight(width)/vg.Millimeter, height/vg.Millimeter)
	}
	return nil
}

// edge is the margin of the figure, gap the distance of its parts.
const (
	edge = vg.Length(4)
	gap  = vg.Length(6)
)

// titleHeight is that of the title with its distance.
const titleHeight = titleSize + gap

// Size is the size of the figure.
func (f *Flow) Size() (width, height vg.Length) {
	if width = f.spec.Width; width == 0 {
		width = f.panel.width()
	}
	if height = f.spec.Height; height == 0 {
		height = f.panel.height(width-2*edge) + 2*edge + f.captionHeight(width)
		if f.spec.Title != "" {
			height += titleHeight
		}
	}
	return width, height
}

// captionHeight is the height of the caption with its distance, 0 without one.
func (f *Flow) captionHeight(width vg.Length) vg.Length {
	if f.spec.NoCaption {
		return 0
	}
	return gap + f.caption(width-2*edge).height()
}

// caption is the caption in lines of a width.
func (f *Flow) caption(width vg.Length) caption {
	return newCaption(Caption(f.frame)+" "+f.panel.sentence(), f.spec.Command, width)
}

// minPanel is the least height that the caption leaves to the rest.
const minPanel = 60

// Write writes the figure in a format.
func (f *Flow) Write(w io.Writer, format Format) error {
	width, height := f.Size()
	title := f.spec.Title
	if title == "" {
		title = Caption(f.frame)
	}
	return write(w, format, width, height, title, f.draw)
}

// Data is what the figure is drawn from.
func (f *Flow) Data() output.Table { return f.panel.table() }

func (f *Flow) draw(c draw.Canvas) error {
	c.FillPolygon(paper(), []vg.Point{c.Min, {X: c.Max.X, Y: c.Min.Y}, c.Max, {X: c.Min.X, Y: c.Max.Y}})
	inner := draw.Crop(c, edge, -edge, edge, -edge)
	if !f.spec.NoCaption {
		width := c.Max.X - c.Min.X
		f.caption(width - 2*edge).draw(inner)
		inner = draw.Crop(inner, 0, 0, f.captionHeight(width), 0)
	}
	if f.spec.Title != "" {
		inner.FillText(aligned(styled(sans(titleSize)), draw.XLeft, draw.YTop), vg.Point{X: inner.Min.X, Y: inner.Max.Y}, drawable(f.spec.Title))
		inner = draw.Crop(inner, 0, 0, 0, -titleHeight)
	}
	return f.panel.draw(inner)
}

// series are the samples of a flow up to a report.
func series(past []session.Sample, now session.Sample) []session.Sample {
	if n := len(past); n > 0 && past[n-1].Step >= now.Step {
		return past
	}
	return append(slices.Clip(past), now)
}
