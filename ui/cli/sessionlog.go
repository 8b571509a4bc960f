package cli

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
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
	o.Log, o.Hash = l.writer, hashOrNone
	return l, nil
}

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

// flagsOf are the flags of a session that were given, as a log has them.
func flagsOf(set *pflag.FlagSet) (list []journal.Flag) {
	ours := &cobra.Command{}
	newShow().bindFlow(ours)
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
	var list []journal.File
	for _, name := range names {
		for _, path := range namedFiles(name) {
			if slices.ContainsFunc(list, func(f journal.File) bool { return f.Name == path }) {
				continue
			}
			hash, err := hashOf(path)
			if err != nil {
				return nil, usagef("%s: %w, expected a readable file", path, arrays.Plain(err))
			}
			list = append(list, journal.File{Name: path, SHA256: hash})
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

// hashOf is the SHA-256 of a file.
func hashOf(name string) (string, error) {
	f, err := os.Open(name)
	if err != nil {
		return "", err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// hashOrNone is hashOf, empty where the file cannot be read.
func hashOrNone(name string) string {
	hash, _ := hashOf(name) // who reads the file says why it cannot be read
	return hash
}

// checkFiles refuses files that are not those of a log.
func checkFiles(list []journal.File) error {
	for _, f := range list {
		switch hash, err := hashOf(f.Name); {
		case errors.Is(err, fs.ErrNotExist):
			return usagef("%s: no such file, expected the file of the log", f.Name)
		case err != nil:
			return usagef("%s: %w, expected the file of the log", f.Name, arrays.Plain(err))
		case hash != f.SHA256:
			return usagef("%s is not the file of the log, expected the one with the SHA-256 %.12s…", f.Name, f.SHA256)
		}
	}
	return nil
}
