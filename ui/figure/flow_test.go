package figure

import (
	"bytes"
	"compress/zlib"
	"encoding/base64"
	"encoding/xml"
	"errors"
	"fmt"
	"image/color"
	"image/png"
	"io"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"unicode/utf16"

	"gonum.org/v1/plot/vg"

	"undercurrent/divergences"
	"undercurrent/scenarios/catalogue"
	"undercurrent/sim"
	"undercurrent/ui/session"
)

// steps is the step of the frames of the tests.
const steps = 9

// opened is a session of three modes at a step, with flows under divergences.
func opened(ids ...string) *session.Frame {
	must := func(err error) {
		if err != nil {
			panic(err)
		}
	}
	c := divergences.Standard()
	var motions []sim.Motion
	for _, id := range ids {
		m, err := sim.ParseMotion(c, id, nil)
		must(err)
		motions = append(motions, m)
	}
	u, err := session.NewFunctional("under-coverage", 1, 1)
	must(err)
	scenario, err := catalogue.Named("three-modes")
	must(err)
	settings := sim.DefaultSettings(scenario, motions[0].Drift)
	settings.Particles = 400
	s, err := session.New(c, scenario, settings, u)
	must(err)
	must(s.Comparison.Under(motions[1:]...))
	must(s.Play(nil, steps))
	return s.Whole()
}

// frames are one of a flow and one of a comparison, which no test changes.
func frames() (flow, comparison *session.Frame) {
	return opened("forward-kl"), opened("reverse-kl", "forward-kl", "alpha:0.5")
}

// shared are the frames of all tests.
var shared = sync.OnceValues(frames)

// command is a command line with a quoted word that has blanks.
const command = `undercurrent figure --kind maps --scenario three-modes --title 'as far as it goes' --at 9 --out "a.pdf"`

// figureOf is a figure of a kind.
func figureOf(t *testing.T, k Kind, change func(*Spec)) *Flow {
	t.Helper()
	flow, comparison := shared()
	s := Spec{Kind: k, Command: command}
	if change != nil {
		change(&s)
	}
	if k == Comparison {
		flow = comparison
	}
	f, err := NewFlow(flow, s)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// written is a figure in a format.
func written(t *testing.T, f *Flow, format Format) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := f.Write(&out, format); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// shows are texts that a figure of a kind has.
func shows(k Kind) []string {
	return map[Kind][]string{
		Maps:       {"x", "y", "target p", "particles q", "log r", "density per unit of area", "log r = log p − log q", "1", "2", "3", "−1", "2"},
		Target:     {"target p", "density per unit of area", "1", "2", "3"},
		Density:    {"particles q", "density per unit of area"},
		Ratio:      {"log r", "log r = log p − log q", "1", "2", "3", "−1"},
		Weight:     {"weight w(r)", "share of particles", "log r", "region 1", "region 2", "region 3", "0.1", "1", "10"},
		Masses:     {"step", "particle mass", "1", "2", "3", "0"},
		Comparison: {"step", "total variation distance", "U − 0.5 (its best value)", "reverse-kl", "forward-kl", "alpha 0.5"},
	}[k]
}

// holds reports what is wrong with the texts of a figure.
func holds(t *testing.T, name string, k Kind, texts []string) {
	t.Helper()
	for _, want := range shows(k) {
		if !slices.Contains(texts, want) {
			t.Errorf("%s has no text %q, but %q", name, want, texts)
		}
	}
	all := strings.Join(texts, " ")
	for _, want := range []string{"three modes", "N = 400", "h = 0.25", "step 9", "seed 1"} {
		if !strings.Contains(all, want) {
			t.Errorf("the caption of %s has no %q: %q", name, want, all)
		}
	}
	if !strings.Contains(strings.ReplaceAll(all, ` \ `, " "), command) {
		t.Errorf("the caption of %s has not the command: %q", name, all)
	}
}

// A vector figure has its texts as texts, and heat maps as pictures of a bounded size.
func TestAnSVGHasItsTexts(t *testing.T) {
	for _, name := range Kinds() {
		k := Kind(name)
		text := written(t, figureOf(t, k, nil), SVG)
		var texts []string
		images, inText := 0, false
		for d := xml.NewDecoder(bytes.NewReader(text)); ; {
			token, err := d.Token()
			if errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			switch e := token.(type) {
			case xml.StartElement:
				inText = e.Name.Local == "text"
				if e.Name.Local == "image" {
					images++
					checkEmbedded(t, e.Attr)
				}
			case xml.EndElement:
				inText = false
			case xml.CharData:
				if inText {
					texts = append(texts, string(e))
				}
			}
		}
		holds(t, name, k, texts)
		if want := imagesOf(k); images != want || len(text) > 500_000 {
			t.Errorf("%s has %d pictures and %d bytes, expected %d pictures in at most 500 kB", name, images, len(text), want)
		}
	}
}

// checkEmbedded holds a picture in an SVG to be the PNG that it says.
func checkEmbedded(t *testing.T, attributes []xml.Attr) {
	t.Helper()
	if !slices.Contains(attributes, xml.Attr{Name: xml.Name{Local: "preserveAspectRatio"}, Value: "none"}) {
		t.Errorf("a picture has the attributes %v, expected that it fills its rectangle", attributes[:1])
	}
	for _, a := range attributes {
		if a.Name.Local != "href" {
			continue
		}
		data, ok := strings.CutPrefix(a.Value, "data:image/png;base64,")
		if !ok {
			t.Errorf("a picture is %.30q, expected a PNG", a.Value)
		}
		if _, err := png.Decode(base64.NewDecoder(base64.StdEncoding, strings.NewReader(data))); err != nil {
			t.Errorf("a picture cannot be read: %v", err)
		}
	}
}

// imagesOf is the number of pictures: a map and its colour bar each.
func imagesOf(k Kind) int {
	return map[Kind]int{Maps: 6, Target: 2, Density: 2, Ratio: 2}[k]
}

func TestAPDFIsOnePageWithItsTextsAndFonts(t *testing.T) {
	for _, name := range Kinds() {
		k := Kind(name)
		f := figureOf(t, k, nil)
		text := written(t, f, PDF)
		width, height := f.Size()
		texts := pdfTexts(t, text)
		holds(t, name, k, texts)
		if strings.Contains(strings.Join(texts, ""), "\u00a0") {
			t.Errorf("%s has two characters of one glyph, which are embedded in an order of chance", name)
		}
		if want := fmt.Sprintf("/MediaBox [0 0 %.2f %.2f]", width.Points(), height.Points()); !bytes.Contains(text, []byte(want)) {
			t.Errorf("%s has no %s", name, want)
		}
		if n := bytes.Count(text, []byte("/Type /Page\n")); n != 1 {
			t.Errorf("%s has %d pages, expected 1", name, n)
		}
		if n := bytes.Count(text, []byte("/FontFile2")); n != 2 {
			t.Errorf("%s has %d embedded fonts, expected that of texts and that of commands", name, n)
		}
		if n := bytes.Count(text, []byte("/Subtype /Image")); n != imagesOf(k) || len(text) > 500_000 {
			t.Errorf("%s has %d pictures and %d bytes, expected %d pictures in at most 500 kB", name, n, len(text), imagesOf(k))
		}
	}
}

// pdfTexts are the strings that the pages of a PDF show.
func pdfTexts(t *testing.T, file []byte) (texts []string) {
	t.Helper()
	for _, part := range regexp.MustCompile(`(?s)stream\n(.*?)\nendstream`).FindAllSubmatch(file, -1) {
		z, err := zlib.NewReader(bytes.NewReader(part[1]))
		if err != nil {
			continue // a font
		}
		content, err := io.ReadAll(z)
		if err != nil || !bytes.Contains(content, []byte(" Tj")) {
			continue
		}
		for _, s := range regexp.MustCompile(`(?s)Td \(((?:\\.|[^\\)])*)\) Tj`).FindAllSubmatch(content, -1) {
			raw := regexp.MustCompile(`(?s)\\(.)`).ReplaceAllFunc(s[1], func(escaped []byte) []byte {
				if escaped[1] == 'r' {
					return []byte("\r")
				}
				return escaped[1:]
			})
			var units []uint16
			for i := 0; i+1 < len(raw); i += 2 {
				units = append(units, uint16(raw[i])<<8|uint16(raw[i+1]))
			}
			texts = append(texts, string(utf16.Decode(units)))
		}
	}
	return texts
}

// A PNG has the size in pixels of 300 to the inch, and the colour bar goes from end to end of its colours.
func TestAPNGHasItsSizeAndColours(t *testing.T) {
	f := figureOf(t, Ratio, func(s *Spec) { s.Width, s.Height = 80*vg.Millimeter, 110*vg.Millimeter })
	picture, err := png.Decode(bytes.NewReader(written(t, f, PNG)))
	if err != nil {
		t.Fatal(err)
	}
	size := picture.Bounds().Size()
	if math.Abs(float64(size.X)-80/25.4*300) > 1 || math.Abs(float64(size.Y)-110/25.4*300) > 1 {
		t.Errorf("the picture has %v pixels, expected 80 × 110 mm at 300 to the inch", size)
	}
	at := func(x, y int) color.RGBA { return color.RGBAModel.Convert(picture.At(x, y)).(color.RGBA) }
	if at(1, 1) != (color.RGBA{255, 255, 255, 255}) {
		t.Errorf("the ground is %v, expected white", at(1, 1))
	}
	// The row of the bar: from its first colour to its last one, with that of zero in the middle.
	lowest, zero, highest := rgb(0x0b3c7d), rgb(0xf7f7f7), rgb(0x8a3d00)
	rows := 0
	for y := range size.Y {
		first, last := -1, -1
		for x := range size.X {
			c := at(x, y)
			if first < 0 && alike(c, lowest) {
				first = x
			}
			if alike(c, highest) {
				last = x
			}
		}
		if first >= 0 && last-first > size.X/2 && alike(at((first+last)/2, y), zero) {
			rows++
		}
	}
	if thick := 6.0 / 72 * 300; float64(rows) < thick-4 || float64(rows) > thick+4 {
		t.Errorf("%d rows go from the lowest colour over that of zero to the highest, expected those of a bar of 6 pt", rows)
	}
}

// alike reports whether two colours differ by less than two shades of a ramp.
func alike(a, b color.RGBA) bool {
	near := func(a, b uint8) bool { return max(a, b)-min(a, b) <= 8 }
	return near(a.R, b.R) && near(a.G, b.G) && near(a.B, b.B)
}

// The highest place of a map is where it is in the plane: x to the right, y upwards.
func TestAMapIsUpright(t *testing.T) {
	flow, _ := shared()
	f := *flow
	g := f.Fields.Grid
	p := make([]float64, g.Len())
	// A bump at a quarter of the width and three quarters of the height of the view.
	x, y := f.View.XMin+0.25*(f.View.XMax-f.View.XMin), f.View.YMin+0.75*(f.View.YMax-f.View.YMin)
	for i := range p {
		n := g.Node(i)
		p[i] = math.Exp(-((n.X-x)*(n.X-x) + (n.Y-y)*(n.Y-y)))
	}
	m := heatMap{grid: g, values: p, ramp: densityRamp(), hi: 1}.picture(f.View)
	size := m.Bounds().Size()
	if got, want := color.RGBAModel.Convert(m.At(size.X/4, size.Y/4)).(color.RGBA), rgb(0xfde725); !alike(got, want) {
		t.Errorf("at the bump the colour is %v, expected the highest %v", got, want)
	}
	for _, corner := range [][2]int{{0, size.Y - 1}, {size.X - 1, 0}, {size.X - 1, size.Y - 1}} {
		if got, want := color.RGBAModel.Convert(m.At(corner[0], corner[1])), color.Color(rgb(0x440154)); got != want {
			t.Errorf("in the corner %v the colour is %v, expected the lowest %v", corner, got, want)
		}
	}
}

func TestAPlaceWithoutAValueHasItsColour(t *testing.T) {
	h := heatMap{lo: -1, hi: 1}
	for v, want := range map[float64]uint8{math.Inf(1): emptyEntry, -5: 0, -1: 0, 1: shades - 1, 7: shades - 1} {
		if got := h.entry(v); got != want {
			t.Errorf("%g has entry %d, expected %d", v, got, want)
		}
	}
	if got := h.entry(math.NaN()); got != blankEntry {
		t.Errorf("NaN has entry %d, expected %d", got, blankEntry)
	}
	colours := ratioRamp().palette()
	if colours[blankEntry] != paper() || colours[emptyEntry] != emptyColour() || len(colours) > 256 {
		t.Errorf("the palette of %d colours ends with %v", len(colours), colours[shades:])
	}
}

func TestEqualFlowFiguresAreEqualFiles(t *testing.T) {
	for _, format := range []Format{SVG, PDF} {
		f := figureOf(t, Maps, nil)
		if !bytes.Equal(written(t, f, format), written(t, f, format)) {
			t.Errorf("the same figure is another file in %s", format)
		}
	}
}

// What a figure is not given is not in it.
func TestAFigureWithoutCaption(t *testing.T) {
	plain := figureOf(t, Masses, func(s *Spec) { s.NoCaption = true })
	texts := pdfTexts(t, written(t, plain, PDF))
	if all := strings.Join(texts, " "); strings.Contains(all, "seed") || strings.Contains(all, "undercurrent") {
		t.Errorf("the figure has a caption: %q", all)
	}
	titled := figureOf(t, Masses, func(s *Spec) { s.Title = "Modes ∇ fill\x1b" })
	if texts := pdfTexts(t, written(t, titled, PDF)); !slices.Contains(texts, "Modes grad  fill?") {
		t.Errorf("the title is not among %q", texts)
	}
	_, small := plain.Size()
	_, large := titled.Size()
	if large-small < 3*leading {
		t.Errorf("title and caption add %g pt, expected their height", large-small)
	}
}

func TestAFigureThatCannotBeSaysWhy(t *testing.T) {
	flow, comparison := shared()
	moved := *flow
	ula, err := sim.ParseMotion(divergences.Standard(), "ula", nil)
	if err != nil {
		t.Fatal(err)
	}
	moved.Settings.Mover = ula.Mover
	watched := *flow
	watched.Watching = &session.Watching{Input: "draws.csv"}
	if got, want := Caption(&watched), "three modes: particles of draws.csv, N = 400, h = 0.25, frame 9."; got != want {
		t.Errorf("the caption of a stream is %q, expected %q", got, want)
	}
	for _, c := range []struct {
		frame *session.Frame
		kind  Kind
		says  string
	}{
		{&watched, Weight, "draws.csv has no weight"}, {flow, Comparison, "needs two to four flows"}, {comparison, Maps, "is of one flow"}, {flow, "pie", `unknown kind "pie"`}, {&moved, Weight, "has no weight"},
	} {
		if _, err := NewFlow(c.frame, Spec{Kind: c.kind}); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v, expected %q", c.kind, err, c.says)
		}
	}
	if _, err := NewFlow(flow, Spec{Kind: Masses, Width: MinSide, Height: MinSide, Command: command}); err == nil || !strings.Contains(err.Error(), "leaves no room") {
		t.Errorf("a figure that is all caption: %v", err)
	}
	if _, err := FormatOf("a.gif"); err == nil || !strings.Contains(err.Error(), "a.gif does not end in .png, .svg, .pdf") {
		t.Errorf("a GIF: %v", err)
	}
}

// column is a column of the data of a figure.
func column(t *testing.T, f *Flow, name string) []float64 {
	t.Helper()
	for _, c := range f.Data().Columns {
		if c.Name == name {
			return c.Values
		}
	}
	t.Fatalf("there is no column %s", name)
	return nil
}

// The weight of forward KL is r, and the particles are those that are counted in the regions.
func TestTheDataOfTheWeight(t *testing.T) {
	f := figureOf(t, Weight, nil)
	flow, _ := shared()
	logR, w := column(t, f, "log_r"), column(t, f, "w")
	for i, l := range logR {
		if want := math.Exp(l); math.Abs(w[i]/want-1) > 1e-12 {
			t.Fatalf("at log r = %g the weight is %g, expected %g", l, w[i], want)
		}
	}
	for _, r := range flow.Report.Regions {
		sum := 0.0
		for _, s := range column(t, f, fmt.Sprintf("share_%d", r.ID)) {
			sum += s
		}
		if want := float64(r.Count) / 400; math.Abs(sum-want) > 1e-12 {
			t.Errorf("the share of region %d is %g, expected %g", r.ID, sum, want)
		}
	}
}

// The last row of the masses is the report of the frame, and there is one for each step.
func TestTheDataOfTheMasses(t *testing.T) {
	f := figureOf(t, Masses, nil)
	flow, _ := shared()
	if got := column(t, f, "step"); len(got) != steps+1 || got[0] != 0 || got[steps] != steps {
		t.Fatalf("the steps are %v, expected 0 to %d", got, steps)
	}
	for _, r := range flow.Report.Regions {
		if got := column(t, f, fmt.Sprintf("mass_%d", r.ID))[steps]; math.Abs(got-r.ParticleMass) > 1e-12 {
			t.Errorf("the mass of region %d is %g, expected %g", r.ID, got, r.ParticleMass)
		}
		if got := column(t, f, fmt.Sprintf("target_%d", r.ID))[0]; got != r.Mass {
			t.Errorf("the target mass of region %d is %g, expected %g", r.ID, got, r.Mass)
		}
	}
}

// A caption says what moves the particles, and what a curve leaves out.
func TestCaptionsSayWhatMovesTheParticles(t *testing.T) {
	flow, _ := shared()
	change := func(by func(*sim.Settings)) string {
		f := *flow
		by(&f.Settings)
		return Caption(&f)
	}
	for want, got := range map[string]string{
		fmt.Sprintf("three modes: forward KL, N = 400, h = 0.25, step 9 (t = %.4g, unit effort), seed 1.", flow.Report.Time): Caption(flow),
		"forward KL, blob velocity, N":           change(func(s *sim.Settings) { s.Velocity = sim.Blob }),
		"forward KL with birth–death λ = 2, N":   change(func(s *sim.Settings) { s.BirthDeath = 2 }),
		"forward KL, coarse to fine from 8 h, N": change(func(s *sim.Settings) { s.Coarse = sim.Coarse{Factor: 8, Steps: 100} }),
		"unit effort), seed 7.":                  change(func(s *sim.Settings) { s.Seed = 7 }),
		"dt = 0.02), seed 1.":                    change(func(s *sim.Settings) { s.Time, s.DT = sim.Physical, 0.02 }),
		"ula, N = 400, h = 0.25, step 9, seed 1.": change(func(s *sim.Settings) {
			m, err := sim.ParseMotion(divergences.Standard(), "ula", nil)
			if err != nil {
				t.Fatal(err)
			}
			s.Mover = m.Mover
		}),
	} {
		if !strings.Contains(got, want) {
			t.Errorf("the caption is %q, expected %q in it", got, want)
		}
	}
	f, err := NewFlow(opened("lv:initial"), Spec{Kind: Weight})
	if err != nil {
		t.Fatal(err)
	}
	if got := f.panel.sentence(); !strings.Contains(got, "places with ρ = q") {
		t.Errorf("the weight of a reference is %q", got)
	}
}

func TestFlowsThatDifferInMoreThanTheDriftHaveNamesOfTheirOwn(t *testing.T) {
	_, comparison := shared()
	f := *comparison
	runs := slices.Clone(comparison.Runs)
	f.Runs = runs
	runs[1].Settings.BirthDeath, runs[2].Settings.Bandwidth = 1, 0.4
	if got, want := runNames(&f), []string{"reverse-kl", "forward-kl+birth-death", "alpha 0.5@0.4"}; !slices.Equal(got, want) {
		t.Errorf("the flows are %q, expected %q", got, want)
	}
}

// numerals read back as the numbers that they stand for.
func parsed(t *testing.T, numeral string) float64 {
	t.Helper()
	v, err := strconv.ParseFloat(strings.Replace(numeral, "−", "-", 1), 64)
	if err != nil {
		t.Fatal(err)
	}
	return v
}
