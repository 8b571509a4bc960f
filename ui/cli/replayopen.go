package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"undercurrent/scenarios/data/arrays"
	"undercurrent/ui/app"
	"undercurrent/ui/journal"
	"undercurrent/ui/session"
)

// openReplay opens the session that a log began with. Every error is a usageError.
func openReplay(name string) (*replayed, error) {
	log, err := readLog(name)
	if err != nil {
		return nil, err
	}
	head := log.Head
	if err := checkFiles(head.Files); err != nil {
		return nil, err
	}
	config, err := loggedConfig(head.Screen)
	if err != nil {
		return nil, usagef("%s, line 1: %s", name, strings.TrimPrefix(err.Error(), "--"))
	}
	options := config.options()
	options.Program, options.Hash = programName, hashOrNone
	s, err := openLogged(log, config, &options)
	var wrong journal.ReadError
	switch {
	case errors.As(err, &wrong):
		return nil, usagef("%s, %w", name, wrong)
	case err != nil:
		return nil, usagef("%s, line 1: %w", name, err)
	}
	return &replayed{app.NewReplay(s, log, options), log, name}, nil
}

// readLog reads a log.
func readLog(name string) (*journal.Log, error) {
	f, err := os.Open(name)
	if err != nil {
		why := arrays.Plain(err).Error()
		if errors.Is(err, fs.ErrNotExist) {
			why = "no such file"
		}
		return nil, usagef("%s: %s, expected the log of a session", name, why)
	}
	defer f.Close()
	log, err := journal.Read(f)
	var wrong journal.ReadError
	var path *fs.PathError
	switch {
	case errors.As(err, &path):
		return nil, usagef("%s: %w, expected the log of a session", name, arrays.Plain(err))
	case errors.As(err, &wrong):
		return nil, usagef("%s, %w", name, err)
	}
	return log, usage(err)
}

// loggedConfig is the configuration of a log.
func loggedConfig(s journal.Screen) (config, error) {
	c := defaultConfig()
	c.Theme, c.Palette, c.FPS, c.Opening, c.Mouse, c.History, c.Keys = s.Theme, s.Palette, s.FPS, s.Opening, s.Mouse, s.History, s.Keys
	return c, c.check()
}

// openLogged opens the session of a log, and sets the options that depend on it.
func openLogged(log *journal.Log, c config, o *app.Options) (*session.Session, error) {
	head := log.Head
	if head.Watch != nil {
		return openWatched(log, c, o)
	}
	if head.Lesson != "" {
		if len(head.Flags) > 0 {
			return nil, fmt.Errorf("flags of a lesson, expected none")
		}
		l, err := readLesson(head.Lesson)
		if err != nil {
			return nil, err
		}
		o.Lesson, o.CommandLine = l, reproducingAs(programName, newRoot())
		return openLesson(l, c)
	}
	show, cmd := newShow(), &cobra.Command{Use: programName}
	show.bindFlow(cmd)
	if err := setFlags(cmd, head.Flags); err != nil {
		return nil, err
	}
	shown, err := show.resolve()
	if err != nil {
		return nil, err
	}
	o.CommandLine = reproducingAs(programName, cmd)
	return show.open(shown, c)
}
