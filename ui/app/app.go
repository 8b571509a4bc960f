// Package app is the terminal program: one Bubble Tea model that takes frames from the
// session, keys and the mouse from the user, and draws the panels. What it is made of are
// plain structs with a state of their own; App wires them.
package app

import (
	"os"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"charm.land/bubbles/v2/key"
	uv "github.com/charmbracelet/ultraviolet"

	"undercurrent/ui/panel"
	"undercurrent/ui/session"
)

// Player is what the program commands and takes frames from, giving back those that it reads no
// more: a session.Runner, or in a test a session without a clock.
type Player interface {
	Give(session.Command)
	Take() *session.Frame
	GiveBack(*session.Frame)
	// News receives after a new frame; nil for a player that does not say.
	News() <-chan struct{}
	// Hurry makes the steps of the flow wait, for the given time at most, as a key is to be shown.
	Hurry(time.Duration)
}

// App is the state of the screen. The flow is the player's.
type App struct {
	options Options
	keys    []action

	link     link
	messages messages
	look     look
	pictures pictures

	board    *board
	compared comparison
	probe    probe
	editor   editor
	mouse    mouse
	overlay  overlay // nil for none
	tour     tour

	frame     *session.Frame // the newest, nil before the first
	shown     session.Shown  // what the session was asked for last
	histories histories
	meter     meter
	files     []string // scenarios that may be opened
	saving    bool
	cast      screencast
	log       logged

	departure departure

	pace  pace
	nap   nap
	drawn string
}

// New is the program for a player. The options must have passed Check.
func New(p Player, o Options) *App { return newApp(p, o, panel.NewRegistry(panel.All()...)) }

func newApp(p Player, o Options, panels *panel.Registry) *App {
	// A Check that passed leaves no error.
	keys, _ := rebound(keymap(), o.Keys)
	a := &App{
		options: o, keys: keys, link: link{player: p, ticks: o.ticks()}, messages: messages{ticks: o.ticks()}, look: newLook(o.Look),
		board: newBoard(panels), compared: newComparison(), histories: histories{},
		departure: departure{now: time.Now}, cast: screencast{now: time.Now}, log: logged{to: o.Log},
	}
	a.pictures = newPictures(o.Kitty, o.ticks(), append(panels.Maps(), a.compared.flows...))
	a.probe = probe{link: &a.link}
	a.editor = editor{link: &a.link, messages: &a.messages, probe: &a.probe}
	a.mouse = mouse{on: !o.NoMouse, link: &a.link, probe: &a.probe, editor: &a.editor}
	if o.Lesson != nil {
		a.beginLesson(o.Lesson)
	}
	return a
}

// tick is the clock of the screen.
type tick time.Time

// Init starts the clock.
func (a *App) Init() tea.Cmd {
	cmds := []tea.Cmd{a.nextTick(), a.pictures.ask(), askSynchronized(os.Environ()), a.departure.begin()}
	if a.options.Look.Theme == AutoTheme {
		cmds = append(cmds, tea.RequestBackgroundColor)
	}
	return tea.Batch(cmds...)
}

// eagerTick is the time between ticks before the first frame, which is not to wait for the clock.
const eagerTick = 2 * time.Millisecond

func (a *App) nextTick() tea.Cmd {
	at := func(t time.Time) tea.Msg { return tick(t) }
	if a.frame == nil {
		return tea.Tick(eagerTick, at)
	}
	if a.idle() {
		return a.nap.begin(a.link.player.News())
	}
	return tea.Every(time.Second/time.Duration(a.options.ticks()), at)
}

// Update takes one message. Nothing is computed, read or written here but the next screen.
func (a *App) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	cmd, fresh := a.take(msg)
	_, clock := msg.(tick)
	return a, tea.Batch(cmd, a.redraw(fresh, clock))
}

// take takes a message, and reports whether the screen changes by it.
func (a *App) take(msg tea.Msg) (cmd tea.Cmd, fresh bool) {
	a.log.note(msg, a.frame)
	if _, clock := msg.(tick); !clock {
		a.nap.end()
	}
	switch msg := msg.(type) {
	case tick:
		a.nap.tick()
		return tea.Batch(a.nextTick(), a.departure.late()), a.onTick(time.Time(msg))
	case tea.WindowSizeMsg:
		a.resize(msg.Width, msg.Height)
		a.cast.width, a.cast.height = msg.Width, msg.Height
	case tea.ColorProfileMsg:
		a.look.adapt(msg.Profile)
	case tea.BackgroundColorMsg:
		a.look.follow(msg)
	case tea.KeyPressMsg:
		a.link.player.Hurry(paintTime)
		cmd = a.onKey(msg)
	case tea.PasteMsg:
		cmd = a.onPaste(msg)
	case tea.MouseMsg:
		cmd = a.onMouse(msg)
	case previewed, diagnosed:
		cmd = a.toOverlay(msg)
	case listed:
		a.files = msg
	case opened:
		cmd = a.onOpened(msg)
	case saved:
		cmd = a.onSaved(msg)
	case savedModel:
		cmd = a.onSavedModel(msg)
	case drawnFigure:
		cmd = a.onDrawn(msg)
	case castBegun:
		a.onCastBegun(msg)
	case castKept:
		a.onCastKept(msg)
	case leave:
		cmd = a.departure.leave()
	case resumed:
	case uv.PrimaryDeviceAttributesEvent:
		return a.departure.answered(), false
	case recipeMsg:
		cmd = a.copyCommand(string(msg))
	case copied:
		cmd = a.onCopied(msg)
	default:
		return a.pictures.update(msg)
	}
	return cmd, true
}

// onTick takes the newest frame and reports whether the screen changes.
func (a *App) onTick(now time.Time) (fresh bool) {
	turned := a.messages.tick()
	if err := a.log.failed(); err != nil {
		a.messages.warn(err)
		turned = true
	}
	a.link.tick()
	a.pictures.left--
	a.board.cache.age++
	f := a.link.player.Take()
	if f == nil {
		return a.link.await(a.frame) || turned || a.renews()
	}
	a.meter.add(now, f.Paused)
	news := a.messages.receive(f.Note)
	a.histories.add(f, a.frame)
	before := a.frame
	a.frame = f
	switch {
	case before == nil || news || f.Paused || before.Chosen() != f.Chosen():
		a.board.cache.clear()
	case f.Watching != nil:
		a.board.cache.news = true
	case f.Training != before.Training || before.Report.Step != f.Report.Step:
		a.board.cache.expire()
	}
	a.board.follow(f)
	a.followLesson(f)
	if before == nil && f.Watching != nil {
		a.openMetrics()
	}
	a.renews()
	a.link.await(f)
	a.board.trail.Add(f)
	if before != nil {
		a.link.player.GiveBack(before)
	}
	return true
}

// renews makes the panels of a watched stream stale where their time has come, and reports
// whether some are still to be drawn.
func (a *App) renews() bool {
	return a.watching() && a.board.cache.renew(a.options.ticks()*max(a.frame.ReportEvery, 1)/a.options.FPS)
}

func (a *App) onKey(msg tea.KeyPressMsg) tea.Cmd {
	if msg.Mod.Contains(tea.ModAlt) && !a.bound(msg) {
		// What a terminal sends for it is what it sends for esc and the key.
		msg.Mod &^= tea.ModAlt
		return tea.Batch(a.onKey(tea.KeyPressMsg{Code: tea.KeyEscape}), a.onKey(msg))
	}
	switch msg.String() {
	case "ctrl+c":
		return a.departure.leave()
	case "ctrl+z":
		return suspend()
	}
	a.messages.pressed()
	if a.overlay != nil {
		return a.toOverlay(msg)
	}
	// A button that was let go outside of the terminal is let go now.
	a.mouse.release()
	if a.onLessonKey(msg) {
		return nil
	}
	return a.act(msg)
}

// act does what a key is bound to.
func (a *App) act(msg tea.KeyPressMsg) tea.Cmd {
	for _, k := range a.keys {
		if key.Matches(msg, k.Binding) && k.ready(a.frame) {
			return a.run(k)
		}
	}
	return nil
}

// bound reports whether a key is bound to something.
func (a *App) bound(msg tea.KeyPressMsg) bool {
	return slices.ContainsFunc(a.keys, func(k action) bool { return key.Matches(msg, k.Binding) })
}

// run does what a key is bound to.
func (a *App) run(k action) tea.Cmd {
	if k.ours && a.watching() {
		a.messages.say(k.Help().Desc + ": not for a stream, which moves its own particles")
		return nil
	}
	given := a.link.given
	cmd := k.run(a)
	a.link.name(given, k.Help().Desc)
	return cmd
}

// onMouse gives the mouse what happens over the panels, a release also where an overlay
// covers them, which has the wheel.
func (a *App) onMouse(msg tea.MouseMsg) tea.Cmd {
	on := a.plane()
	if a.overlay != nil {
		on.maps = nil
	}
	if click, ok := msg.(tea.MouseClickMsg); ok && a.overlay == nil && a.chooseAt(click.Mouse()) {
		return nil
	}
	a.mouse.update(msg, on)
	return a.toOverlay(msg)
}

// moveProbe moves the probe by cells, and the mode that is grabbed with it.
func (a *App) moveProbe(dx, dy int) {
	on := a.plane()
	if to, ok := a.probe.beside(on, dx, dy); ok {
		a.editor.move(on, to)
	}
}

// leave ends what the escape key ends: the probe, the chosen region, a grabbed mode, the focus.
func (a *App) leave() {
	a.probe.end()
	a.link.end(func(d *session.Session) { d.Regions.Choose(0) })
	a.editor.grabbed = 0
	a.board.focus = ""
}

// moveFocus goes to another panel, or in a comparison to another flow, and shows its help.
func (a *App) moveFocus(by int) {
	if a.comparing() {
		a.link.order(func(d *session.Session) { d.Comparison.Focus(by) })
		return
	}
	if help := a.board.moveFocus(by, a.frame); help != "" {
		a.messages.say(help)
	}
}

// compare begins a comparison, or ends it.
func (a *App) compare() {
	a.compared.single = false
	a.link.end(func(s *session.Session) { s.Comparison.Toggle() })
}

// comparing reports whether the screen is that of a comparison.
func (a *App) comparing() bool {
	return a.frame != nil && len(a.frame.Runs) > 1 && !a.compared.single
}

// watching reports whether the particles are those of a stream.
func (a *App) watching() bool { return a.frame != nil && a.frame.Watching != nil }

// view is what fills the screen.
func (a *App) view() view {
	if a.comparing() {
		return &a.compared
	}
	return a.board
}

// plane is where the plane is on the screen.
func (a *App) plane() plane {
	if l := a.board.screen; a.frame == nil || l.Width == 0 || l.TooSmall {
		return plane{frame: a.frame}
	}
	return plane{a.frame, a.view().maps(a.frame), a.view().axes(a.frame), a.view().beside(a.frame)}
}

// askFor gives the session the instruments that are shown, so that it computes no other.
func (a *App) askFor() {
	shown := panel.Union(a.view().needs(a.frame), a.tour.needs())
	_, shown.Ranking = a.overlay.(*ranking)
	if shown != a.shown {
		a.shown = shown
		a.link.show(shown)
	}
}

// openMetrics opens the tab of the metrics of a watched sampler, where the regions have a
// place of their own or there is only one.
func (a *App) openMetrics() {
	if _, ok := a.board.screen.Place[panel.Regions]; ok || len(a.frame.Report.Regions) == 1 {
		a.board.openTab(panel.Weight)
	}
}

// View hands out the screen that was drawn last.
func (a *App) View() tea.View {
	v := tea.NewView(a.drawn)
	v.AltScreen = true
	// On the screen a mark would be recorded with it.
	if v.WindowTitle = "undercurrent"; a.cast.to != nil {
		v.WindowTitle += " (recording)"
	}
	if a.look.ownGround {
		v.BackgroundColor = a.look.theme.Ground()
	}
	if _, selecting := a.overlay.(*selection); a.mouse.on && !selecting {
		v.MouseMode = tea.MouseModeCellMotion
	}
	return v
}
