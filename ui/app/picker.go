package app

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/charmbracelet/x/ansi"

	"undercurrent/scenarios"
	"undercurrent/scenarios/catalogue"
	"undercurrent/ui/paint"
	"undercurrent/ui/panel"
	"undercurrent/ui/session"
)

// picker chooses a scenario from a list that typing narrows, and its initial cloud. What
// is chosen is seen next to the list.
type picker struct {
	filter[scenarios.Scenario]
	start int // of the scenario's StartNames
	open  func(s scenarios.Scenario, start string)

	// previews are those that were made; under way is one at a time.
	previews map[pick]*session.Preview
	failed   map[string]string
	underWay bool
	picture  *panel.Map
}

// pick is a scenario with one of its starts, by name.
type pick struct{ id, start string }

// previewed is a preview that was made, or why it could not be.
type previewed struct {
	pick
	preview *session.Preview
	err     error
}

// newPicker stands at the scenario with an id, and gives what is chosen to open.
func newPicker(id string, open func(s scenarios.Scenario, start string)) *picker {
	p := &picker{
		filter:   newFiltered(catalogue.All(), func(s scenarios.Scenario) string { return s.ID + " " + s.Name + " " + s.Kind }),
		previews: map[pick]*session.Preview{}, failed: map[string]string{}, picture: panel.NewMap(panel.Target, true), open: open,
	}
	for i, s := range p.found {
		if s.ID == id {
			p.at = i
		}
	}
	return p
}

// wanted is the chosen scenario with the chosen start.
func (p *picker) wanted() (s scenarios.Scenario, start string, ok bool) {
	if s, ok = p.chosen(); !ok {
		return s, "", false
	}
	names := s.StartNames()
	return s, names[p.start%len(names)], true
}

// shown is the preview of what is chosen, nil where there is none yet.
func (p *picker) shown() *session.Preview {
	s, start, ok := p.wanted()
	if !ok {
		return nil
	}
	return p.previews[pick{s.ID, start}]
}

// ask is the command that makes the preview of what is chosen, nil where it is not needed
// or one is under way: a list that is run through does not queue them.
func (p *picker) ask() tea.Cmd {
	s, start, ok := p.wanted()
	if !ok || p.underWay || p.shown() != nil || p.failed[s.ID] != "" {
		return nil
	}
	p.underWay = true
	same := p.previews[pick{s.ID, s.StartNames()[0]}]
	return func() tea.Msg {
		with, err := s.WithStart(start)
		if err != nil {
			return previewed{pick{s.ID, start}, nil, err}
		}
		preview, err := session.NewPreview(with, same)
		return previewed{pick{s.ID, start}, preview, err}
	}
}

// take keeps a preview.
func (p *picker) take(made previewed) {
	p.underWay = false
	if made.err != nil {
		p.failed[made.id] = made.err.Error()
	} else {
		p.previews[made.pick] = made.preview
	}
}

// update takes a key or a preview, and asks for the next.
func (p *picker) update(msg tea.Msg) (cmd tea.Cmd, open bool) {
	switch msg := msg.(type) {
	case previewed:
		p.take(msg)
	case tea.PasteMsg:
		cmd = p.narrowed(func() tea.Cmd { return p.paste(msg) })
	case tea.KeyPressMsg:
		cmd, open = p.onKey(msg)
		if !open {
			return cmd, false
		}
	}
	return tea.Batch(cmd, p.ask()), true
}

func (p *picker) onKey(msg tea.KeyPressMsg) (cmd tea.Cmd, open bool) {
	switch msg.String() {
	case "esc":
		return nil, false
	case "enter":
		if s, start, ok := p.wanted(); ok {
			p.open(s, start)
		}
		return nil, false
	case "left":
		p.turn(-1)
	case "right":
		p.turn(1)
	default:
		cmd = p.narrowed(func() tea.Cmd { return p.key(msg) })
	}
	return cmd, true
}

// narrowed changes what is typed; another scenario has its own start.
func (p *picker) narrowed(by func() tea.Cmd) tea.Cmd {
	was, _ := p.chosen()
	cmd := by()
	if s, _ := p.chosen(); s.ID != was.ID {
		p.start = 0
	}
	return cmd
}

// turn chooses another start.
func (p *picker) turn(by int) {
	n := len(scenarios.Scenario{}.StartNames())
	p.start = (p.start + by + n) % n
}

// Columns of the list: the kind begins, the number of modes ends.
const (
	kindColumn = 16
	modesEnd   = 30
	listWidth  = 33
)

func (p *picker) render(t paint.Theme, width, height int) []string {
	width, height = min(width-marginX, 110), min(height-marginY, 36)
	inner, rows := width-4, max(height-2, 1)
	list, detail := p.list(t, rows), p.detail(t, inner-listWidth, rows)
	lines := make([]string, rows)
	for i := range lines {
		lines[i] = list[i] + detail[i]
	}
	return boxed(lines, t, inner, "targets", "type to filter · ↑ ↓ target · ← → start · enter opens · esc closes")
}

// list is what may be chosen from.
func (p *picker) list(t paint.Theme, rows int) []string {
	lines := []string{paint.NewRow(listWidth).Text("› ", t.Key).Text(p.input.Value(), t.Strong).Text("▏", t.Accent).String(),
		paint.NewRow(listWidth).To(kindColumn).Text("kind", t.Dim).Right(modesEnd, "modes", t.Dim).String()}
	room := max(rows-len(lines), 1)
	from := max(p.at-room+1, 0)
	for i := from; i < min(from+room, len(p.found)); i++ {
		s := p.found[i]
		mark, style := "  ", t.Text
		if i == p.at {
			mark, style = "▸ ", t.Selected
		}
		r := paint.NewRow(listWidth).Text(mark, t.Accent).Text(s.ID, style)
		r.To(kindColumn).Text(s.Kind, t.Dim).Right(modesEnd, modesOf(s), t.Dim)
		lines = append(lines, r.String())
	}
	if len(p.found) == 0 {
		lines = append(lines, paint.NewRow(listWidth).Text("  nothing matches", t.Dim).String())
	}
	return filled(lines, listWidth, rows)
}

// modesOf is how many modes there are, a dash where there is no finite list.
func modesOf(s scenarios.Scenario) string {
	if n := len(s.Truth.Modes); n > 0 {
		return fmt.Sprint(n)
	}
	return "–"
}

// detail is what is known of the scenario that is chosen, under its picture.
func (p *picker) detail(t paint.Theme, width, rows int) []string {
	s, start, ok := p.wanted()
	if !ok {
		return filled(nil, width, rows)
	}
	row := func() *paint.Row { return paint.NewRow(width) }
	var words []string
	for _, line := range wrapped(s.Story, width) {
		words = append(words, row().Text(line, t.Text).String())
	}
	words = append(words,
		row().Text("start  ", t.Dim).Text("‹ ", t.Key).Text(start, t.Strong).Text(" ›  ", t.Key).Text(p.startText(), t.Dim).String(),
		row().Text(fmt.Sprintf("N %d  h %g  log Z %s", s.Particles, s.Bandwidth, logZ(s)), t.Dim).String())
	high := max(rows-len(words)-2, 0)
	lines := append([]string{row().Text(s.Name, t.Title).String()}, p.thumbnail(t, width, high, s)...)
	lines = append(lines, row().String())
	return filled(append(lines, words...), width, rows)
}

// startText says what the chosen start is, once it is known.
func (p *picker) startText() string {
	if shown := p.shown(); shown != nil {
		return shown.Start
	}
	return ""
}

// logZ is the logarithm of the normalizing constant, a dash where it is not known.
func logZ(s scenarios.Scenario) string {
	if z := s.Truth.LogZ; z == z {
		return strings.Replace(fmt.Sprintf("%.4g", z), "-", "−", 1)
	}
	return "–"
}

// thumbnail is the picture, or why there is none.
func (p *picker) thumbnail(t paint.Theme, width, rows int, s scenarios.Scenario) []string {
	if shown := p.shown(); shown != nil {
		return p.picture.Thumbnail(shown, t, width, rows)
	}
	text := "…"
	if why := p.failed[s.ID]; why != "" {
		text = why
	}
	lines := filled(nil, width, rows/2)
	lines = append(lines, paint.NewRow(width).To((width-paint.Width(text))/2).Text(text, t.Dim).String())
	return filled(lines, width, rows)
}

// wrapped is a text in lines of a width.
func wrapped(text string, width int) []string {
	return strings.Split(ansi.Wordwrap(text, max(width, 1), ""), "\n")
}

// filled cuts or pads lines to a number of rows.
func filled(lines []string, width, rows int) []string {
	for len(lines) < rows {
		lines = append(lines, paint.NewRow(width).String())
	}
	return lines[:max(rows, 0)]
}
