package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/charmbracelet/x/ansi"

	"undercurrent/ui/paint"
)

// Speeds of a replay on the screen, in seconds of the log a second.
const (
	minReplaySpeed = 1. / 64
	maxReplaySpeed = 64
	// replayRate is how often it is drawn in a second.
	replayRate = 30
)

// ShowReplay shows a replay on a terminal, at the times of its log, until the user quits or the context ends. What
// comes of the replay is its own to say.
func ShowReplay(ctx context.Context, r *Replay, name string, in io.Reader, out io.Writer) error {
	restore := keepTerminal(in)
	defer restore()
	options := []tea.ProgramOption{tea.WithContext(ctx), tea.WithInput(in), tea.WithOutput(out), tea.WithoutSignalHandler()}
	if p, ok := profile(os.Environ()); ok {
		options = append(options, tea.WithColorProfile(p))
	}
	s := &replayScreen{name: name, speed: 1, turn: make(chan *Replay, 1)}
	s.turn <- r
	_, err := tea.NewProgram(s, options...).Run()
	<-s.turn // the part of the log that is being repeated comes to its end
	if ctx.Err() != nil {
		return errors.New("stopped by a signal")
	}
	return err
}

// replayScreen shows a replay, which is repeated in commands of its own: keys are not to wait for it.
type replayScreen struct {
	name          string
	turn          chan *Replay // has the replay while no command uses it
	speed         float64
	paused        bool
	last          time.Time // of the clock, zero for none yet
	shown         repeated
	width, height int
}

// repeated is what a replay has come to.
type repeated struct {
	screen        string
	width, height int
	at, length    time.Duration
	step, digests int
	ended         bool
	err           error
	look          look
}

// replayTick is the clock of a replay on the screen.
type replayTick time.Time

func (s *replayScreen) Init() tea.Cmd { return s.tick() }

func (s *replayScreen) tick() tea.Cmd {
	return tea.Tick(time.Second/replayRate, func(t time.Time) tea.Msg { return replayTick(t) })
}

func (s *replayScreen) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case replayTick:
		now := time.Time(msg)
		by := time.Duration(0)
		if !s.last.IsZero() && !s.paused {
			// What took longer is not made up for.
			by = time.Duration(float64(min(now.Sub(s.last), time.Second/10)) * s.speed)
		}
		s.last = now
		return s, tea.Batch(s.tick(), s.advance(func(r *Replay) { r.AdvanceTo(r.At() + by) }))
	case repeated:
		s.shown = msg
	case tea.WindowSizeMsg:
		s.width, s.height = msg.Width, msg.Height
	case tea.ColorProfileMsg:
		return s, s.changed(func(r *Replay) { r.app.look.adapt(msg.Profile) })
	case tea.KeyPressMsg:
		return s, s.onKey(msg)
	}
	return s, nil
}

// advance lets a replay go on in a command, unless it does.
func (s *replayScreen) advance(by func(*Replay)) tea.Cmd {
	return func() tea.Msg {
		select {
		case r := <-s.turn:
			return s.use(r, by)
		default:
			return nil
		}
	}
}

// changed is advance that waits for its turn.
func (s *replayScreen) changed(by func(*Replay)) tea.Cmd {
	return func() tea.Msg { return s.use(<-s.turn, by) }
}

// use changes a replay in its turn, and is what it has come to.
func (s *replayScreen) use(r *Replay, by func(*Replay)) tea.Msg {
	defer func() { s.turn <- r }()
	by(r)
	width, height := r.Size()
	return repeated{r.Screen(), width, height, min(r.At(), r.Length()), r.Length(), r.Step(), r.Digests(), r.Ended(), r.Err(), r.app.look}
}

func (s *replayScreen) onKey(msg tea.KeyPressMsg) tea.Cmd {
	switch msg.String() {
	case "q", "ctrl+c":
		return tea.Quit
	case "space":
		s.paused = !s.paused
	case "+", "=":
		s.speed = min(2*s.speed, maxReplaySpeed)
	case "-":
		s.speed = max(s.speed/2, minReplaySpeed)
	}
	return nil
}

// View is the screen of the log, as much as there is room for, above a line about the replay.
func (s *replayScreen) View() tea.View {
	var lines []string
	if s.shown.screen != "" {
		lines = strings.Split(s.shown.screen, "\n")
	}
	lines = lines[:min(len(lines), max(s.height-1, 0))]
	for k, l := range lines {
		lines[k] = ansi.Truncate(l, s.width, "")
	}
	if s.height > 0 && s.shown.length > 0 {
		lines = append(lines, s.line())
	}
	v := tea.NewView(strings.Join(lines, "\n"))
	v.AltScreen, v.WindowTitle = true, "undercurrent replay"
	if s.shown.look.ownGround {
		v.BackgroundColor = s.shown.look.theme.Ground()
	}
	return v
}

// line says where the replay is, what is wrong with it, and its keys.
func (s *replayScreen) line() string {
	t, now := s.shown.look.theme, s.shown
	r := paint.NewRow(s.width).Text(" ", "")
	state := "▶"
	switch {
	case now.ended:
		state = "■"
	case s.paused:
		state = "❚❚"
	}
	pace := fmt.Sprintf("×%g", s.speed)
	if s.speed < 1 {
		pace = fmt.Sprintf("×1/%g", 1/s.speed)
	}
	r.Text(fmt.Sprintf("%s %s %s of %s %s  ", state, s.name, clockOf(now.at), clockOf(now.length), pace), t.Accent)
	switch {
	case now.err != nil:
		return r.Text(now.err.Error(), t.Alert).String()
	case now.width > s.width || now.height > s.height-1:
		r.Text(fmt.Sprintf("the log needs %d×%d, has %d×%d  ", now.width, now.height+1, s.width, s.height), t.Alert)
	default:
		r.Text(fmt.Sprintf("%d digests agree  ", now.digests), t.Text)
	}
	for _, k := range [][2]string{{"+ -", "speed"}, {"space", "pause"}, {"q", "quit"}} {
		r.Text(k[0], t.Key).Text(" "+k[1]+"  ", t.Dim)
	}
	return r.String()
}

// clockOf is a duration in minutes and seconds.
func clockOf(d time.Duration) string {
	return fmt.Sprintf("%d:%02d", int(d.Minutes()), int(d.Seconds())%60)
}
