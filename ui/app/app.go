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
	"undercurrent/sim"
	"undercurrent/ui/layout"
	"undercurrent/ui/paint"
	"undercurrent/ui/panel"
	"undercurrent/ui/session"
)

// Player is what the program commands and takes frames from: an engine, or in a
// test a driver without a clock.
type Player interface {
	// Do gives a command that may be dropped where too many wait, Must one that may not.
	Do(command func(*session.Session))
	Must(command func(*session.Session))
	Take(back *session.Frame) *session.Frame
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
	// Open reads a scenario file, and the motion that it asks for, nil for none; Files are
	// those available. Both are nil where there is nothing to read from.
	Open  func(name string) (scenarios.Scenario, *sim.Motion, error)
	Files func() []string
	// CommandLine writes the command that reproduces a session.
	CommandLine func(session.Recipe) string
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
	screen   layout.Layout
	tab      int
	focus    focus
	picker   *picker
	manual   *manual
	palette  *palette

	frame *session.Frame
	shown session.Shown // what the engine was asked for last
	past  past
	meter meter

	stage, coverage *panel.Map
	sampler         *panel.Map
	transport       *panel.Transport

	overlays   panel.Overlay
	trail      panel.Trail
	comparison comparison
	probe      *scenarios.Point
	mouse      bool
	hand       hand
	pictures   pictures

	note      session.Note
	noteUntil int // in ticks
	ticks     int

	// Commands that were given to the engine, the tick of the last, and whether it has
	// been under way for long.
	sent, sentAt int
	waiting      bool

	slow  map[layout.Panel][]string // panels that change with a report alone
	stale map[layout.Panel]bool     // that a newer report is there for
	turns int                       // stale panels that may be drawn in this frame
	// renewal tells that a watched stream has news for the panels, renewed is the tick
	// of the last time that they were drawn anew.
	renewal bool
	renewed int
	drawn   string
}

// New is the program for a player. The options must have passed Check.
func New(p Player, o Options) *App {
	// A Check that passed leaves no error.
	keys, _ := rebound(keymap(), o.Keys)
	return &App{
		player: p, options: o, fps: o.FPS, keys: keys, theme: paint.New(o.Look, paint.True),
		stage: panel.NewMap("stage", panel.Target, true), coverage: coverageMap(),
		comparison: newComparison(), mouse: !o.NoMouse, grounded: o.Look.Theme != "" && o.Look.Theme != AutoTheme, sampler: panel.NewSamplerMap(), transport: panel.NewTransport(),
		slow: map[layout.Panel][]string{}, stale: map[layout.Panel]bool{}, past: past{},
	}
}

// coverageMap is log r with the lines of the flow.
func coverageMap() *panel.Map {
	m := panel.NewMap("coverage", panel.Ratio, false)
	m.Lines = true
	return m
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
		a.screen = layout.Of(msg.Width, msg.Height)
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
	case recipeMsg:
		cmd = a.showCommand(msg)
	default:
		cmd, fresh = a.onGraphics(msg)
	}
	if fresh {
		a.askFor()
		if _, isTick := msg.(tick); !isTick {
			clear(a.slow)
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
		clear(a.slow)
	case f.Watching != nil:
		a.renewal = true
	case f.Training != a.frame.Training || a.frame.Report.Step != f.Report.Step:
		for p := range a.slow {
			a.stale[p] = true
		}
	}
	first := a.frame == nil
	a.frame = f
	if first && f.Watching != nil {
		a.openMetrics()
	}
	a.renews()
	a.waiting = a.awaits()
	a.trail.Add(f)
	return true
}

// renews has the panels of a watched stream drawn anew where their time has come, and
// tells whether some still are to be: every frame has a report of its own, and frames may
// come faster than digits are read, or seldom.
func (a *App) renews() bool {
	if !a.watching() {
		return false
	}
	if a.renewal && a.ticks-a.renewed >= pollsPerFrame*max(a.frame.ReportEvery, 1) {
		a.renewal, a.renewed = false, a.ticks
		for p := range a.slow {
			a.stale[p] = true
		}
	}
	return len(a.stale) > 0 || a.renewal
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

// recipeMsg is what reproduces the session.
type recipeMsg session.Recipe

// askCommand asks what reproduces the view; showCommand is called with the answer.
func (a *App) askCommand() tea.Cmd {
	if a.frame == nil || a.options.CommandLine == nil {
		return nil
	}
	answer := session.Ask(a.player, (*session.Session).Recipe)
	return func() tea.Msg { return recipeMsg(<-answer) }
}

// showCommand shows the command line that reproduces the view and gives it to the
// terminal's clipboard.
func (a *App) showCommand(r recipeMsg) tea.Cmd {
	command := a.options.CommandLine(session.Recipe(r))
	a.say(command)
	return tea.SetClipboard(command)
}

// nextOverlay changes what is drawn over the maps.
func (a *App) nextOverlay() {
	a.overlays = a.overlays.Next()
	a.stage.Overlay, a.stage.Trail, a.coverage.Overlay = a.overlays, &a.trail, a.overlays
	a.say(a.overlays.String())
}

// say shows a message of the screen's own.
func (a *App) say(text string) { a.show(session.Note{Text: text}) }

// warn shows what went wrong.
func (a *App) warn(err error) { a.show(session.Note{Text: err.Error(), Alert: true}) }

// show shows a message that is not of the engine, whose next one is news still.
func (a *App) show(note session.Note) {
	note.Serial = a.note.Serial
	a.note, a.noteUntil = note, a.ticks+noteSeconds*pollsPerFrame*a.fps
}

// showNext changes what a map shows.
func (a *App) showNext(m *panel.Map) { m.Shows = m.Shows.Next() }

// seen tells whether a panel has its place on the screen or the open tab.
func (a *App) seen(p layout.Panel) bool {
	if a.comparing() {
		return false
	}
	if _, ok := a.screen.Place[p]; ok {
		return true
	}
	tabs := a.screen.Tabs
	return len(tabs) > 0 && tabs[a.tab%len(tabs)] == p
}

// askFor tells the engine which instruments are seen, so that it computes no other.
func (a *App) askFor() {
	coverage := a.seen(layout.Coverage) && !a.training()
	shown := session.Shown{
		Fields:   !a.comparing() && (a.stage.Shows.NeedsFields() || coverage && a.coverage.Shows.NeedsFields()),
		Lines:    coverage,
		Response: a.seen(layout.Response) || a.seen(layout.Regions),
		Effort:   a.seen(layout.Weight) || a.seen(layout.Regions) || a.seen(layout.Response),
		Identity: a.seen(layout.Response),
	}
	if shown != a.shown {
		a.shown = shown
		a.must(func(d *session.Session) { d.Show(shown) })
	}
}

// training tells whether a sampler is in training. It then has the stage, the
// particles the place of the coverage map, and its progress that of the distance.
func (a *App) training() bool { return a.frame != nil && a.frame.Training != nil }

// watching tells whether the particles are those of a stream.
func (a *App) watching() bool { return a.frame != nil && a.frame.Watching != nil }

// openMetrics opens the tab of the metrics, which a watched sampler is judged by, where the
// regions have a place of their own or there is but one.
func (a *App) openMetrics() {
	if _, ok := a.screen.Place[layout.Regions]; ok || len(a.frame.Report.Regions) == 1 {
		a.tab = max(slices.Index(a.screen.Tabs, layout.Response), 0)
	}
}

// name of a panel as it is now.
func (a *App) name(p layout.Panel) string {
	switch {
	case a.training() && p == layout.Coverage:
		return "particles"
	case a.training() && p == layout.Distance:
		return "training"
	case a.watching() && p == layout.Response:
		return "metrics"
	}
	return p.String()
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
func divergenceName(n int) string { return divergences.Standard().IDs()[n] }

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
