package cli

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"undercurrent/internal/suggest"
	"undercurrent/scenarios"
	"undercurrent/scenarios/data/arrays"
	"undercurrent/scenarios/file"
	"undercurrent/ui/app"
	"undercurrent/ui/paint"
)

// config is the configuration of the screen and its keys: that of the flags, else of the
// environment, else of the file, else the defaults.
type config struct {
	Theme    string              `yaml:"theme"`
	Palette  string              `yaml:"palette"`
	FPS      int                 `yaml:"fps"`
	Opening  float64             `yaml:"opening"` // s
	Mouse    bool                `yaml:"mouse"`
	Graphics string              `yaml:"graphics"`
	History  int                 `yaml:"history"` // MB, 0 for as much as suits the particles
	Keys     map[string][]string `yaml:"keys,flow"`
}

// Frames per second: the default and the largest.
const (
	defaultFPS = 30
	maxFPS     = 120
)

// Seconds that step 0 is held: the default and the largest.
const (
	defaultOpening = 1.5
	maxOpening     = 60
)

// Ways to draw maps.
const (
	cellGraphics  = "cells"
	kittyGraphics = "kitty"
)

func graphics() []string { return []string{cellGraphics, kittyGraphics} }

func defaultConfig() config {
	return config{Theme: app.AutoTheme, Palette: paint.Palettes()[0], FPS: defaultFPS, Opening: defaultOpening, Mouse: true, Graphics: cellGraphics}
}

// configFlags are the flags of the configuration, which override the environment and the
// file.
type configFlags struct {
	values config
	print  bool
	set    *pflag.FlagSet
}

func (c *configFlags) bind(cmd *cobra.Command) {
	c.set = cmd.Flags()
	c.values = defaultConfig()
	c.values.bind(c.set)
	c.set.BoolVar(&c.print, "print-config", false, "print the configuration in use and its file, and exit")
	displayFlags.take(c.set)
	complete(cmd, "graphics", graphics())
	complete(cmd, "theme", themes())
	complete(cmd, "palette", paint.Palettes())
}

func themes() []string { return append([]string{app.AutoTheme}, paint.Themes()...) }

// bind binds flags to the configuration, whose values are their defaults.
func (c *config) bind(set *pflag.FlagSet) {
	set.StringVar(&c.Theme, "theme", c.Theme, "theme: "+strings.Join(themes(), ", "))
	set.StringVar(&c.Palette, "palette", c.Palette, "colours of densities: "+strings.Join(paint.Palettes(), ", "))
	set.IntVar(&c.FPS, "fps", c.FPS, "frames per second, 1 to 120")
	set.Float64Var(&c.Opening, "opening", c.Opening, "seconds that step 0 is held before the flow eases in, 0 to begin at once")
	set.StringVar(&c.Graphics, "graphics", c.Graphics, "how maps are drawn: cells, or kitty (the terminal's graphics protocol)")
	set.BoolVar(&c.Mouse, "mouse", c.Mouse, "use the mouse")
	set.IntVar(&c.History, "history", c.History, "memory of the history in MB, 0 for as much as suits the particles")
}

// resolve merges defaults, file, environment and flags, the last first. Libraries that do
// so (koanf, viper) were tried: they do not report line and column of an unknown key, and
// need more code around them than these flags do.
func (c *configFlags) resolve(env func(string) string) (config, error) {
	out := defaultConfig()
	if err := out.readFile(configFile(env)); err != nil {
		return out, err
	}
	layers := pflag.NewFlagSet("", pflag.ContinueOnError)
	out.bind(layers)
	var err error
	layers.VisitAll(func(f *pflag.Flag) {
		if err != nil {
			return
		}
		if given := c.set.Lookup(f.Name); given.Changed {
			err = f.Value.Set(given.Value.String())
			return
		}
		if text := env(variable(f.Name)); text != "" && f.Value.Set(text) != nil {
			err = usagef("%s is %q, expected %s", variable(f.Name), text, expectedType(f.Value))
		}
	})
	if err != nil {
		return out, err
	}
	return out, out.check()
}

// check refuses invalid values.
func (c config) check() error {
	if c.FPS < 1 || c.FPS > maxFPS {
		return usagef("--fps is %d, expected a whole number from 1 to %d", c.FPS, maxFPS)
	}
	if !(c.Opening >= 0 && c.Opening <= maxOpening) {
		return usagef("--opening is %g, expected a number of seconds from 0 to %d", c.Opening, maxOpening)
	}
	if c.History < 0 || c.History > math.MaxInt32 {
		return usagef("--history is %d, expected a whole number from 0 to %d", c.History, math.MaxInt32)
	}
	if !slices.Contains(graphics(), c.Graphics) {
		return usagef("--graphics is %q, expected %s", c.Graphics, suggest.Nearest(c.Graphics, graphics()))
	}
	// A look without a name is some default, which a written configuration does not name.
	switch "" {
	case c.Theme:
		return usagef("--theme is empty, expected %s", strings.Join(themes(), ", "))
	case c.Palette:
		return usagef("--palette is empty, expected %s", strings.Join(paint.Palettes(), ", "))
	}
	return usage(c.options().Check())
}

// options are those of the screen.
func (c config) options() app.Options {
	return app.Options{FPS: c.FPS, Look: paint.Look{Theme: c.Theme, Palette: c.Palette}, NoMouse: !c.Mouse, Kitty: c.Graphics == kittyGraphics, Keys: c.Keys,
		Save: saveScenario, SaveModel: saveModel, Figure: drawFigure, Record: beginCast, Open: openScenario, Files: scenarioFiles, Program: invocation(), Clipboard: clipboardTool(os.Getenv), Tmux: os.Getenv("TMUX") != ""}
}

// configFile is the name of the configuration file.
func configFile(env func(string) string) string {
	dir := env("XDG_CONFIG_HOME")
	if dir == "" {
		dir = filepath.Join(env("HOME"), ".config")
	}
	return filepath.Join(dir, "undercurrent", "config.yaml")
}

// maxConfig bounds the configuration file in bytes, and maxKeys the fields of it: many times
// those of a file with every key.
const (
	maxConfig = 1 << 18
	maxKeys   = 1000
)

// readFile reads a file if it exists.
func (c *config) readFile(name string) error {
	f, err := os.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return usagef("%s: %w, expected a readable file", name, arrays.Plain(err))
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, maxConfig+1))
	switch {
	case err != nil:
		return usagef("%s: %w, expected a readable file", name, arrays.Plain(err))
	case len(text) > maxConfig:
		return usagef("%s: the file has more than %d bytes, expected fewer", name, maxConfig)
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
	if err := file.CheckBounds(text, maxKeys); err != nil {
		return err
	}
	err = yaml.NewDecoder(bytes.NewReader(text), yaml.Strict()).Decode(c)
	var e yaml.Error
	if errors.As(err, &e) && e.GetToken() != nil {
		at := e.GetToken().Position
		message, _, _ := strings.Cut(e.GetMessage(), "\n")
		return fmt.Errorf("line %d, column %d: %s, expected theme, palette, fps, mouse, graphics, history and keys", at.Line, at.Column, scenarios.Escaped(strings.ReplaceAll(message, "cli.", "")))
	}
	if err != nil {
		message, _, _ := strings.Cut(err.Error(), "\n")
		return fmt.Errorf("%s, expected YAML", scenarios.Escaped(message))
	}
	return nil
}

// fromFile is an error of a value from a file: the file in place of the flag's dashes.
func fromFile(name string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %s", name, strings.TrimPrefix(err.Error(), "--"))
}

// variable is the environment variable of a flag.
func variable(name string) string { return "UNDERCURRENT_" + strings.ToUpper(name) }

// write prints the configuration as a file, with every key.
func (c config) write(out io.Writer, file string) error {
	c.Keys = c.options().AllKeys()
	names := make([]string, 0, len(c.Keys))
	for name := range c.Keys {
		names = append(names, name)
	}
	slices.Sort(names)
	text := fmt.Sprintf("# %s\ntheme: %s\npalette: %s\nfps: %d\nopening: %g\nmouse: %t\ngraphics: %s\nhistory: %d\nkeys:\n", paint.Visible(file), c.Theme, c.Palette, c.FPS, c.Opening, c.Mouse, c.Graphics, c.History)
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
