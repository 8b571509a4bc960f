// Package recording turns the screens of the program into files that play without it: an asciicast,
// which terminals play, and an animated GIF, whose pixels are drawn here from the cells. It knows
// nothing of what is recorded: a recorder takes screens as the program draws them, lines of text
// with the escape sequences of styles, and when each was seen. The same screens make the same bytes.
package recording
