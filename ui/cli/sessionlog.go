package cli

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"undercurrent/scenarios"
	"undercurrent/scenarios/data"
	"undercurrent/scenarios/data/arrays"
	"undercurrent/scenarios/data/draws"
	"undercurrent/ui/app"
	"undercurrent/ui/journal"
	"undercurrent/ui/output"
)

// logFlag is the flag of a log that is to be written.
const logFlag = "log"

// bindLog binds it.
func bindLog(cmd *cobra.Command, name *string) {
	cmd.Flags().StringVar(name, logFlag, "", "write a log of the session to a file (.jsonl), to be repeated by replay; it has every key")
	outputFlags.take(cmd.Flags(), logFlag)
	completeFiles(cmd, logFlag, []string{logEnding})
}

// checkLog says whether a log can be written, before there is something to write.
func checkLog(name string) error {
	if name == "" {
		return nil
	}
	return named("--"+logFlag, output.Check(name))
}

// logEnding is that of logs.
const logEnding = ".jsonl"

// sessionLog is a log that is being written, nil for none.
type sessionLog struct {
	file   *output.Growing
	writer *journal.Writer
}

// beginLog begins a log, unless there is no name, and makes the program write it. What makes the session is in made.
func beginLog(name string, c config, o *app.Options, made func() (journal.Head, error)) (*sessionLog, error) {
	if name == "" {
		return nil, nil
	}
	head, err := made()
	if err != nil {
		return nil, err
	}
	head.Program, head.Machine = version, runtime.GOARCH
	head.Screen = journal.Screen{FPS: c.FPS, Opening: c.Opening, History: c.History, Theme: c.Theme, Palette: c.Palette, Mouse: c.Mouse, Keys: c.Keys, Clipboard: o.Clipboard != nil}
	file, err := output.CreateGrowing(name)
	if err != nil {
		return nil, usagef("--%s %w", logFlag, err)
	}
	l := &sessionLog{file: file}
	if l.writer, err = journal.NewWriter(file, head); err != nil {
		_ = file.Close()
		return nil, err
	}
	o.Log, o.Hash, o.ReplayLine = l.writer, hashOrNone, invoked(programName+" replay "+quoted(name))
	return l, nil
}

// isBehind reports whether there is a log that takes no more frames for now.
func (l *sessionLog) isBehind() bool { return l != nil && l.writer.IsBehind() }

// end ends the log, and returns the error of the program or else that of writing.
func (l *sessionLog) end(err error) error {
	if l == nil {
		return err
	}
	failed := l.writer.Close()
	if closed := l.file.Close(); failed == nil {
		failed = closed
	}
	if err != nil {
		return err
	}
	return failed
}

// flagsOf are the flags of a session of flows that were given, as a log has them.
func flagsOf(set *pflag.FlagSet) []journal.Flag { return flagsBoundBy(newShow().bindFlow, set) }

// flagsBoundBy are the flags that were given, of those that a function binds.
func flagsBoundBy(bind func(*cobra.Command), set *pflag.FlagSet) (list []journal.Flag) {
	ours := &cobra.Command{}
	bind(ours)
	set.Visit(func(f *pflag.Flag) {
		if ours.Flags().Lookup(f.Name) == nil {
			return
		}
		values := []string{f.Value.String()}
		switch many, ok := f.Value.(pflag.SliceValue); {
		case ok && f.Value.Type() == "stringArray":
			values = many.GetSlice()
		case ok:
			values[0] = strings.TrimSuffix(strings.TrimPrefix(values[0], "["), "]")
		}
		for _, v := range values {
			list = append(list, journal.Flag{Name: f.Name, Value: v})
		}
	})
	return list
}

// inputFiles are the files that a scenario was made of, and others by their names, with their hashes.
func inputFiles(s scenarios.Scenario, others ...string) ([]journal.File, error) {
	names := append([]string{s.File, s.StartFile}, others...)
	if source, ok := data.SourceOf(s.Origin); ok && source.File {
		names = append(names, s.Origin.Text)
	}
	if points, ok := s.Start.Sampler.(*scenarios.FixedPoints); ok {
		names = append(names, points.Name)
	}
	return loggedFiles(nil, names...)
}

// loggedFiles are files with others, by their names, and with the names of the columns of those that have none.
func loggedFiles(list []journal.File, names ...string) ([]journal.File, error) {
	for _, name := range names {
		for _, path := range namedFiles(name) {
			for _, one := range append([]string{path}, namedFiles(draws.ParamNames(path))...) {
				if slices.ContainsFunc(list, func(f journal.File) bool { return f.Name == one }) {
					continue
				}
				f, err := fileNow(one, -1)
				if err != nil {
					return nil, usagef("%s: %w, expected a readable file", one, arrays.Plain(err))
				}
				list = append(list, f)
			}
		}
	}
	return list, nil
}

// namedFiles are the files that a name stands for: one, those of a pattern, or none.
func namedFiles(name string) []string {
	if info, err := os.Stat(name); err == nil {
		if info.Mode().IsRegular() {
			return []string{name}
		}
		return nil
	}
	list, _ := filepath.Glob(name) // a pattern that is none names no file
	return list
}

// fileNow is a file as it is, or its first bytes, all for a number below 0.
func fileNow(name string, first int64) (journal.File, error) {
	f, err := os.Open(name)
	if err != nil {
		return journal.File{}, err
	}
	defer f.Close()
	var from io.Reader = f
	if first >= 0 {
		from = io.LimitReader(f, first)
	}
	h := sha256.New()
	n, err := io.Copy(h, from)
	return journal.File{Name: name, SHA256: hex.EncodeToString(h.Sum(nil)), Size: n}, err
}

// hashOrNone is the SHA-256 of a file, empty where it cannot be read.
func hashOrNone(name string) string {
	f, err := fileNow(name, -1)
	if err != nil {
		return "" // who reads the file says why it cannot be read
	}
	return f.SHA256
}

// checkFiles refuses files that are not those of a log.
func checkFiles(list []journal.File) error {
	for _, f := range list {
		first := int64(-1)
		if f.Grows {
			first = f.Size
		}
		now, err := fileNow(f.Name, first)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return usagef("%s: no such file, expected the file of the log", f.Name)
		case err != nil:
			return usagef("%s: %w, expected the file of the log", f.Name, arrays.Plain(err))
		case now.SHA256 != f.SHA256:
			return usagef("%s is not the file of the log: %s", f.Name, difference(now, f))
		}
	}
	return nil
}

// difference says how a file differs from that of a log.
func difference(now, logged journal.File) string {
	switch {
	case logged.Size == 0: // in logs that do not say it
		return fmt.Sprintf("its SHA-256 is %.12s…, expected %.12s…", now.SHA256, logged.SHA256)
	case logged.Grows && now.Size < logged.Size:
		return fmt.Sprintf("it has %d bytes, expected at least %d", now.Size, logged.Size)
	case logged.Grows:
		return fmt.Sprintf("the SHA-256 of its first %d bytes is %.12s…, expected %.12s…", logged.Size, now.SHA256, logged.SHA256)
	}
	return fmt.Sprintf("it has %d bytes with the SHA-256 %.12s…, expected %d bytes with %.12s…", now.Size, now.SHA256, logged.Size, logged.SHA256)
}
