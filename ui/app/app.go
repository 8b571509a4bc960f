// Package app is the terminal program: one Bubble Tea model that takes frames
// from the engine, keys from the user, and draws the panels.
package app

import (
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"charm.land/bubbles/v2/key"

	"undercurrent/divergences"
	"undercurrent/scenarios"
	"undercurrent/ui/engine"
	"undercurrent/ui/layout"
	"undercurrent/ui/paint"
	"undercurrent/ui/panel"
)

// Player is what the program commands and takes frames from: an engine, or in a
// test a driver without a clock.
type Player interface {
	// Do gives a command that may be dropped where too many wait, Must one that may not.
	Do(command func(*engine.Driver))
	Must(command func(*engine.Driver))
	Take(back *engine.Frame) *engine.Frame
}

// Options are what the program is started with.
type Options struct {
	// FPS is the frames a second.
	FPS int
	// Look is the theme and the palette; a theme of AutoTheme follows the terminal's
	// background.
	Look paint.Look
	// Kitty has the terminal draw the maps, if it answers that it can.
	Kitty bool
	// NoMouse leaves the mouse to the terminal.
	NoMouse bool
	// Keys are the keys of actions, by the action's name, in place of the usual ones.
	Keys map[string][]string
	// Save writes a scenario to a file and says how that is called; nil where there is
	// nothing to write to.
	Save func(scenarios.Scenario) (name string, err error)
	// Open reads a scenario file, and the rule that it asks for, nil for none; Files are
	// those at hand. Both are nil where there is nothing to read from.
	Open  func(name string) (scenarios.Scenario, *engine.Rule, error)
	Files func() []string
}

// AutoTheme is dark or light, as the terminal's background is.
const AutoTheme = "auto"

// App is the state of the screen. The flow is the player's.
type App struct {
	player  Player
	options Options
	fps     int
	keys    []action

	theme paint.Theme
	// grounded sets the terminal's background: a theme that was asked for needs its own.
	grounded bool
	board    *board
	compared comparison
	picker   *picker
	manual   *manual
	palette  *palette

	frame *engine.Frame
	shown engine.Shown // what the engine was asked for last
	past  past
	meter meter

	probe    *scenarios.Point
	mouse    bool
	hand     hand
	pictures pictures

	note      engine.Note
	noteUntil int // in ticks
	ticks     int

	// Commands that were given to the engine, the tick of the last, and whether it has
	// been under way for long.
	sent, sentAt int
	waiting      bool

	drawn string
}

// New is the program for a player. The options must have passed Check.
func New(p Player, o Options) *App { return newApp(p, o, panel.NewRegistry(panel.All()...)) }

func newApp(p Player, o Options, panels *panel.Registry) *App {
	// A Check that passed leaves no error.
	keys, _ := rebound(keymap(), o.Keys)
	return &App{
		player: p, options: o, fps: o.FPS, keys: keys, theme: paint.New(o.Look, paint.True),
		board: newBoard(panels), compared: newComparison(), past: past{},
		mouse: !o.NoMouse, grounded: o.Look.Theme != "" && o.Look.Theme != AutoTheme,
	}
}

// tick is the clock of the screen.
type tick time.Time

// Init starts the clock.
func (a *App) Init() tea.Cmd {
	cmds := []tea.Cmd{a.nextTick()}
	if a.options.Look.Theme == AutoTheme {
		cmds = append(cmds, tea.RequestBackgroundColor)
	}
	if a.options.Kitty {
		cmds = append(cmds, a.askForPictures())
	}
	return tea.Batch(cmds...)
}

// pollsPerFrame is how often a new frame is looked for: the engine's clock is
// another, and at its own rate every few frames would be missed.
const pollsPerFrame = 2

func (a *App) nextTick() tea.Cmd {
	return tea.Every(time.Second/time.Duration(pollsPerFrame*a.fps), func(t time.Time) tea.Msg { return tick(t) })
}

// Update takes one message. Nothing is computed here but the next screen.
func (a *App) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	var cmd tea.Cmd
	fresh := true
	switch msg := msg.(type) {
	case tick:
		fresh, cmd = a.onTick(time.Time(msg)), a.nextTick()
	case tea.WindowSizeMsg:
		a.board.resize(msg.Width, msg.Height)
		a.compared.resize(msg.Width, msg.Height)
	case tea.ColorProfileMsg:
		a.theme = paint.New(a.theme.Look(), paint.DepthOf(msg.Profile))
	case tea.BackgroundColorMsg:
		a.follow(msg)
	case tea.KeyPressMsg:
		cmd = a.onKey(msg)
	case tea.MouseMsg:
		a.onMouse(msg)
	case previewed:
		cmd = a.onPreview(msg)
	default:
		cmd, fresh = a.onGraphics(msg)
	}
	if fresh {
		a.askFor()
		if _, isTick := msg.(tick); !isTick {
			a.board.cache.clear()
		}
		a.draw()
		cmd = a.withPictures(cmd)
	}
	return a, cmd
}

// noteSeconds is how long a message stays.
const noteSeconds = 4

// onTick takes the newest frame and tells whether the screen changes.
func (a *App) onTick(now time.Time) (fresh bool) {
	a.ticks++
	a.board.cache.age++
	f := a.player.Take(a.frame)
	if f == nil {
		waited := a.waiting
		a.waiting = a.awaits()
		return a.ticks == a.noteUntil || a.waiting != waited || a.renews()
	}
	a.meter.note(now)
	news := f.Note.Serial != a.note.Serial
	if news {
		a.note, a.noteUntil = f.Note, a.ticks+noteSeconds*pollsPerFrame*a.fps
	}
	a.past.note(f, a.frame)
	switch {
	case a.frame == nil || news || f.Paused:
		a.board.cache.clear()
	case f.Watching != nil:
		a.board.cache.news = true
	case f.Portrait != a.frame.Portrait || a.frame.Report.Step != f.Report.Step:
		a.board.cache.expire()
	}
	first := a.frame == nil
	a.frame = f
	if first && f.Watching != nil {
		a.openMetrics()
	}
	a.renews()
	a.waiting = a.awaits()
	a.board.trail.Add(f)
	return true
}

// renews has the panels of a watched stream drawn anew where their time has come, and
// reports whether some still are to be.
func (a *App) renews() bool {
	return a.watching() && a.board.cache.renew(pollsPerFrame*max(a.frame.ReportEvery, 1))
}

func (a *App) onKey(msg tea.KeyPressMsg) tea.Cmd {
	if a.picker != nil {
		return a.pickerKey(msg)
	}
	if a.manual != nil {
		return a.manualKey(msg)
	}
	if a.palette != nil {
		return a.paletteKey(msg)
	}
	if !a.hand.drags() {
		return a.runKey(msg)
	}
	// A button that was let go outside of the terminal is let go now.
	a.letGo()
	return a.runKey(msg)
}

// runKey does what a key is bound to.
func (a *App) runKey(msg tea.KeyPressMsg) tea.Cmd {
	for _, k := range a.keys {
		if !key.Matches(msg, k.Binding) {
			continue
		}
		if k.ours && a.watching() {
			a.say(k.Help().Desc + ": not with the particles of a stream, which moves them itself")
			return nil
		}
		return k.run(a)
	}
	return nil
}

// copyCommand shows the command line that reproduces the view and gives it to the
// terminal's clipboard.
func (a *App) copyCommand() tea.Cmd {
	if a.frame == nil {
		return nil
	}
	a.say(a.frame.Command)
	return tea.SetClipboard(a.frame.Command)
}

// say shows a message of the screen's own.
func (a *App) say(text string) { a.show(engine.Note{Text: text}) }

// warn shows what went wrong.
func (a *App) warn(err error) { a.show(engine.Note{Text: err.Error(), Alert: true}) }

// show shows a message that is not of the engine, whose next one is news still.
func (a *App) show(note engine.Note) {
	note.Serial = a.note.Serial
	a.note, a.noteUntil = note, a.ticks+noteSeconds*pollsPerFrame*a.fps
}

// comparing reports whether the screen is that of a comparison.
func (a *App) comparing() bool {
	return a.frame != nil && len(a.frame.Lanes) > 1 && !a.compared.single
}

// view is what fills the screen.
func (a *App) view() view {
	if a.comparing() {
		return &a.compared
	}
	return a.board
}

// maps are the rectangles of the panels that show the plane, none before there is a frame.
func (a *App) maps() []layout.Rect {
	if a.frame == nil || a.board.screen.Width == 0 || a.board.screen.TooSmall {
		return nil
	}
	return a.view().maps(a.frame)
}

// askFor tells the engine which instruments are seen, so that it computes no other.
func (a *App) askFor() {
	if shown := a.view().needs(a.frame); shown != a.shown {
		a.shown = shown
		a.must(func(d *engine.Driver) { d.Show(shown) })
	}
}

// moveFocus goes to another panel, or in a comparison to another flow, and says what is
// seen there.
func (a *App) moveFocus(by int) {
	if a.comparing() {
		a.order(func(d *engine.Driver) { d.Focus(by) })
		return
	}
	if help := a.board.moveFocus(by, a.frame); help != "" {
		a.say(help)
	}
}

// leave ends what the escape key ends: the probe, a grabbed mode, the focus.
func (a *App) leave() {
	a.endProbe()
	a.board.focus = ""
}

// ranked are the keys, those of the comparison or of the panel in focus before others.
func (a *App) ranked() []action {
	first, keys := a.view().firstKeys(a.frame), a.available()
	for i := range keys {
		if k := slices.Index(first, keys[i].group); k >= 0 && keys[i].rank > k+1 {
			keys[i].rank = k + 1
		}
	}
	return keys
}

// available are the keys that do something with the particles there are.
func (a *App) available() []action {
	return slices.DeleteFunc(slices.Clone(a.keys), func(k action) bool { return k.ours && a.watching() })
}

// compare begins a comparison, or ends it.
func (a *App) compare() {
	a.compared.single = false
	a.must((*engine.Driver).Compare)
}

// openLane shows the flow in focus at full size, or all again.
func (a *App) openLane() { a.compared.single = !a.compared.single }

// watching tells whether the particles are those of a stream.
func (a *App) watching() bool { return a.frame != nil && a.frame.Watching != nil }

// openMetrics opens the tab of the metrics, which a watched sampler is judged by, where the
// regions have a place of their own or there is but one.
func (a *App) openMetrics() {
	if _, ok := a.board.screen.Place[panel.Regions]; ok || len(a.frame.Report.Regions) == 1 {
		a.board.openTab(panel.Response)
	}
}

// View hands out the screen that was drawn last.
func (a *App) View() tea.View {
	v := tea.NewView(a.drawn)
	v.AltScreen = true
	v.WindowTitle = "undercurrent"
	if a.grounded {
		v.BackgroundColor = a.theme.Ground()
	}
	if a.mouse {
		v.MouseMode = tea.MouseModeCellMotion
	}
	return v
}

// divergenceName is the n-th of the catalogue, as the help shows it.
func divergenceName(n int) string { return divergences.IDs()[n] }

// meter measures frames a second over the last second or so.
type meter struct {
	since  time.Time
	frames int
	rate   float64
}

func (m *meter) note(now time.Time) {
	m.frames++
	if m.since.IsZero() {
		m.since, m.frames = now, 0
		return
	}
	if d := now.Sub(m.since).Seconds(); d >= 1 {
		m.rate, m.since, m.frames = float64(m.frames)/d, now, 0
	}
}
