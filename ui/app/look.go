package app

import (
	"cmp"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"github.com/charmbracelet/colorprofile"

	"undercurrent/ui/paint"
)

// look is the colours of the screen.
type look struct {
	theme paint.Theme
	// ownGround reports whether the theme sets the terminal's background: a theme that was asked for needs its own.
	ownGround bool
}

func newLook(l paint.Look) look {
	return look{theme: paint.New(l, paint.True), ownGround: l.Theme != "" && l.Theme != AutoTheme}
}

// adapt takes the colours that the terminal has.
func (l *look) adapt(p colorprofile.Profile) {
	l.theme = paint.New(l.theme.Look(), paint.DepthOf(p))
}

// follow takes the theme that suits the terminal's background, where it may.
func (l *look) follow(background tea.BackgroundColorMsg) {
	now := l.theme.Look()
	if now.Theme != AutoTheme {
		return
	}
	if now.Theme = paint.DarkTheme; !background.IsDark() {
		now.Theme = paint.LightTheme
	}
	l.theme = paint.New(now, l.theme.Depth)
}

// nextTheme changes the colours of everything, and says to which.
func (l *look) nextTheme() string {
	now := l.theme.Look()
	now.Theme = paint.Next(paint.Themes(), cmp.Or(now.Theme, paint.DarkTheme))
	return l.set(now)
}

// nextPalette changes the colours of densities, and says to which.
func (l *look) nextPalette() string {
	now := l.theme.Look()
	now.Palette = paint.Next(paint.Palettes(), cmp.Or(now.Palette, paint.Palettes()[0]))
	return l.set(now)
}

func (l *look) set(to paint.Look) string {
	l.theme, l.ownGround = paint.New(to, l.theme.Depth), true
	return fmt.Sprintf("theme %s, palette %s", cmp.Or(to.Theme, paint.DarkTheme), cmp.Or(to.Palette, paint.Palettes()[0]))
}

// try changes the look by names, and says what is wrong with them.
func (l *look) try(change func(*paint.Look)) (text string, err error) {
	to := l.theme.Look()
	change(&to)
	checked := to
	if checked.Theme == AutoTheme {
		checked.Theme = ""
	}
	if err := checked.Check(); err != nil {
		return "", err
	}
	return l.set(to), nil
}
