package app

import (
	"cmp"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"undercurrent/ui/paint"
)

// follow takes the theme that suits the terminal's background, where it may.
func (a *App) follow(background tea.BackgroundColorMsg) {
	look := a.theme.Look()
	if look.Theme != AutoTheme {
		return
	}
	if look.Theme = paint.DarkTheme; !background.IsDark() {
		look.Theme = paint.LightTheme
	}
	a.theme = paint.New(look, a.theme.Depth)
}

// nextTheme changes the colours of everything.
func (a *App) nextTheme() {
	look := a.theme.Look()
	look.Theme = paint.Next(paint.Themes(), cmp.Or(look.Theme, paint.DarkTheme))
	a.setLook(look)
}

// nextPalette changes the colours of densities.
func (a *App) nextPalette() {
	look := a.theme.Look()
	look.Palette = paint.Next(paint.Palettes(), cmp.Or(look.Palette, paint.Palettes()[0]))
	a.setLook(look)
}

func (a *App) setLook(look paint.Look) {
	a.theme, a.grounded = paint.New(look, a.theme.Depth), true
	a.say(fmt.Sprintf("theme %s, palette %s", cmp.Or(look.Theme, paint.DarkTheme), cmp.Or(look.Palette, paint.Palettes()[0])))
}
