package cli

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"undercurrent/sim/replay"
	"undercurrent/ui/app"
	"undercurrent/ui/paint"
)

// config is how the program looks and is used, whatever it shows: defaults, over them
// the file, the environment and the flags.
type config struct {
	Theme    string              `yaml:"theme"`
	Palette  string              `yaml:"palette"`
	FPS      int                 `yaml:"fps"`
	Mouse    bool                `yaml:"mouse"`
	Graphics string              `yaml:"graphics"`
	History  int                 `yaml:"history"` // MB
	Keys     map[string][]string `yaml:"keys,flow"`
}

// Frame rates that the program accepts.
const (
	fpsDefault = 30
	fpsMost    = 120
)

// How maps are drawn.
const (
	cellGraphics  = "cells"
	kittyGraphics = "kitty"
)

func graphics() []string { return []string{cellGraphics, kittyGraphics} }

func defaultConfig() config {
	return config{Theme: app.AutoTheme, Palette: paint.Palettes()[0], FPS: fpsDefault, Mouse: true, Graphics: cellGraphics, History: replay.DefaultHistory >> 20}
}

// configFlags are the flags that stand over the file and the environment.
type configFlags struct {
	values config
	print  bool
	set    *pflag.FlagSet
}

func (c *configFlags) bind(cmd *cobra.Command) {
	d := defaultConfig()
	c.set = cmd.Flags()
	themes := append([]string{app.AutoTheme}, paint.Themes()...)
	c.set.StringVar(&c.values.Theme, "theme", d.Theme, strings.Join(themes, ", "))
	c.set.StringVar(&c.values.Palette, "palette", d.Palette, "colours of densities: "+strings.Join(paint.Palettes(), ", "))
	c.set.IntVar(&c.values.FPS, "fps", d.FPS, "frames a second, 1 to 120")
	c.set.StringVar(&c.values.Graphics, "graphics", d.Graphics, "how maps are drawn: cells, or kitty where the terminal knows its graphics protocol")
	complete(cmd, "graphics", graphics())
	c.set.BoolVar(&c.values.Mouse, "mouse", d.Mouse, "take the mouse")
	c.set.IntVar(&c.values.History, "history", d.History, "memory for stepping back, in MB")
	c.set.BoolVar(&c.print, "print-config", false, "print the configuration in force and its file, and end")
	complete(cmd, "theme", themes)
	complete(cmd, "palette", paint.Palettes())
}

// resolve lays file, environment and flags over the defaults.
func (c *configFlags) resolve(env func(string) string) (config, error) {
	out := defaultConfig()
	if err := out.readFile(configFile(env)); err != nil {
		return out, err
	}
	if err := out.readEnvironment(env); err != nil {
		return out, err
	}
	for name, take := range map[string]func(){
		"theme": func() { out.Theme = c.values.Theme }, "palette": func() { out.Palette = c.values.Palette },
		"fps": func() { out.FPS = c.values.FPS }, "mouse": func() { out.Mouse = c.values.Mouse },
		"history": func() { out.History = c.values.History }, "graphics": func() { out.Graphics = c.values.Graphics },
	} {
		if c.set.Changed(name) {
			take()
		}
	}
	return out, out.check()
}

// check says what cannot be used; where it came from does not matter.
func (c config) check() error {
	if c.FPS < 1 || c.FPS > fpsMost {
		return usagef("--fps is %d, expected a whole number from 1 to %d", c.FPS, fpsMost)
	}
	if err := positive("--history", c.History); err != nil {
		return err
	}
	if !slices.Contains(graphics(), c.Graphics) {
		return usagef("--graphics is %q, expected %s", c.Graphics, nearest(c.Graphics, graphics()))
	}
	return usage(c.options().Check())
}

// options are what the screen takes of it.
func (c config) options() app.Options {
	return app.Options{FPS: c.FPS, Look: paint.Look{Theme: c.Theme, Palette: c.Palette}, NoMouse: !c.Mouse, Kitty: c.Graphics == kittyGraphics, Keys: c.Keys,
		Save: saveScenario, Open: openScenario, Files: scenarioFiles}
}

// configFile is where the configuration is read from.
func configFile(env func(string) string) string {
	dir := env("XDG_CONFIG_HOME")
	if dir == "" {
		dir = filepath.Join(env("HOME"), ".config")
	}
	return filepath.Join(dir, "undercurrent", "config.yaml")
}

// readFile reads a file where there is one.
func (c *config) readFile(name string) error {
	f, err := os.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return usagef("%s: %w, expected a file that can be read", name, plain(err))
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, mostRead))
	if err != nil {
		return usagef("%s: %w, expected a file that can be read", name, plain(err))
	}
	if len(bytes.TrimSpace(text)) == 0 {
		return nil
	}
	if err := c.decode(text); err != nil {
		return usagef("%s: %w", name, err)
	}
	return usage(fromFile(name, c.check()))
}

// decode reads YAML strictly.
func (c *config) decode(text []byte) (err error) {
	// The library panics at some broken files.
	defer func() {
		if failure := recover(); failure != nil {
			err = fmt.Errorf("the file cannot be read (%v), expected YAML", failure)
		}
	}()
	err = yaml.NewDecoder(bytes.NewReader(text), yaml.Strict()).Decode(c)
	var e yaml.Error
	if errors.As(err, &e) && e.GetToken() != nil {
		at := e.GetToken().Position
		message, _, _ := strings.Cut(e.GetMessage(), "\n")
		return fmt.Errorf("line %d, column %d: %s, expected theme, palette, fps, mouse, graphics, history and keys", at.Line, at.Column, strings.ReplaceAll(message, "cli.", ""))
	}
	return err
}

// fromFile says where a value came from.
func fromFile(name string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %s", name, strings.TrimPrefix(err.Error(), "--"))
}

// variable is the environment's name for a setting.
func variable(name string) string { return "UNDERCURRENT_" + strings.ToUpper(name) }

// readEnvironment takes UNDERCURRENT_THEME and its like.
func (c *config) readEnvironment(env func(string) string) error {
	for name, to := range map[string]*string{"theme": &c.Theme, "palette": &c.Palette, "graphics": &c.Graphics} {
		if v := env(variable(name)); v != "" {
			*to = v
		}
	}
	for name, to := range map[string]*int{"fps": &c.FPS, "history": &c.History} {
		v := env(variable(name))
		if v == "" {
			continue
		}
		n, err := strconv.Atoi(v)
		if err != nil {
			return usagef("%s is %q, expected a whole number", variable(name), v)
		}
		*to = n
	}
	if v := env(variable("mouse")); v != "" {
		on, err := strconv.ParseBool(v)
		if err != nil {
			return usagef("%s is %q, expected true or false", variable("mouse"), v)
		}
		c.Mouse = on
	}
	return nil
}

// write prints the configuration as a file has it, with every key.
func (c config) write(out io.Writer, file string) error {
	c.Keys = c.options().AllKeys()
	names := make([]string, 0, len(c.Keys))
	for name := range c.Keys {
		names = append(names, name)
	}
	slices.Sort(names)
	text := fmt.Sprintf("# %s\ntheme: %s\npalette: %s\nfps: %d\nmouse: %t\ngraphics: %s\nhistory: %d\nkeys:\n", file, c.Theme, c.Palette, c.FPS, c.Mouse, c.Graphics, c.History)
	for _, name := range names {
		quoted := make([]string, len(c.Keys[name]))
		for i, k := range c.Keys[name] {
			quoted[i] = strconv.Quote(k)
		}
		text += fmt.Sprintf("  %s: [%s]\n", name, strings.Join(quoted, ", "))
	}
	_, err := io.WriteString(out, text)
	return err
}
