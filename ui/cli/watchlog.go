package cli

import (
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"undercurrent/scenarios"
	"undercurrent/sim/stream"
	"undercurrent/ui/app"
	"undercurrent/ui/journal"
	"undercurrent/ui/session"
)

// logLimitFlag is the flag of the room that a log has for frames, in MB.
const (
	logLimitFlag    = "log-limit"
	defaultLogLimit = 512
	maxLogLimit     = 8192
)

// isStream reports whether the frames come only once: those of standard input or of a pipe.
func (w *watch) isStream() bool { return !w.isFile() || w.isPipe() }

// filesToLog are the files of the arguments as a log has them, before they are read; none without a log. Of a file of
// frames no more is read then than it has now, though its sampler may go on.
func (w *watch) filesToLog() (list []journal.File, err error) {
	if w.log == "" || w.isStream() {
		return nil, nil
	}
	if list, err = loggedFiles(nil, w.args...); err == nil && len(list) > 0 && !w.isTable() {
		list[0].Grows, w.first = true, list[0].Size
	}
	return list, err
}

// beginLog begins the log of a session that watches, unless there is none.
func (w *watch) beginLog(c config, o *app.Options, watched *session.Session, s scenarios.Scenario, files []journal.File) (*sessionLog, error) {
	log, err := beginLog(w.log, c, o, func() (head journal.Head, err error) {
		head.Flags = flagsBoundBy(newWatch().bindSession, w.flow.set)
		head.Watch = &journal.Watch{Inputs: w.args, Stream: w.isStream()}
		if head.Watch.Stream {
			head.Watch.Room = w.logLimit << 20
		}
		if head.Files, err = inputFiles(s, w.flow.motion.weightFile); err == nil {
			head.Files = append(files, notIn(files, head.Files)...)
		}
		return head, err
	})
	if log != nil && w.isStream() {
		log.writer.First(watched.FirstArrival())
	}
	return log, err
}

// unhurried is a source whose frames wait while a log is behind: those of a stream are dropped meanwhile where newer ones
// come, as they are where the screen is slower.
type unhurried struct {
	session.Source
	isBehind func() bool
}

// Take is that of the source, nil while the log is behind.
func (u unhurried) Take(back *stream.Frame) *stream.Frame {
	if u.isBehind() {
		return nil
	}
	return u.Source.Take(back)
}

// notIn are files without those that a list has.
func notIn(list, files []journal.File) (others []journal.File) {
	known := map[string]bool{}
	for _, f := range list {
		known[f.Name] = true
	}
	for _, f := range files {
		if !known[f.Name] {
			others = append(others, f)
		}
	}
	return others
}

// said says of a log that it has no room for more frames, which is no failure.
func (w *watch) said(stderr io.Writer, err error) error {
	var full journal.FullError
	if errors.As(err, &full) {
		say(stderr, "%s: %v than --%s %d allows, in MB", w.log, full, logLimitFlag, w.logLimit)
		return nil
	}
	return err
}

// openWatched opens the session of a log that watches, and sets the options that depend on it.
func openWatched(log *journal.Log, c config, o *app.Options) (*session.Session, error) {
	head := log.Head
	w, cmd := newWatch(), &cobra.Command{Use: programName + " watch"}
	w.bindSession(cmd)
	w.logLimit = defaultLogLimit
	if err := setFlags(cmd, head.Flags); err != nil {
		return nil, err
	}
	w.args, w.inLog = head.Watch.Inputs, head.Watch.Stream
	w.flow.points.argument = w.isFile()
	for _, f := range head.Files {
		if f.Grows {
			w.first = f.Size
		}
	}
	if err := filesOrNone(cmd, w.args); err != nil {
		return nil, err
	}
	if err := w.check(); err != nil {
		return nil, err
	}
	if !w.inLog && !w.isFile() {
		return nil, errors.New("frames of no file, expected a file or the frames in the log")
	}
	a, err := w.against(io.Discard)
	if err != nil {
		return nil, err
	}
	in, source, first, err := w.again(log)
	if err != nil {
		return nil, err
	}
	o.CommandLine = reproducingAs(programName+" watch", cmd, w.streamArgs()...)
	return w.session(a, c, in, source, first)
}

// again are the frames of a log: those in it, which come by its acts, or those of a file, with the first one.
func (w *watch) again(log *journal.Log) (*input, session.Source, *stream.Frame, error) {
	if w.inLog {
		first, err := log.FirstFrame()
		return w.unread(), session.Awaited{Before: first.Dropped}, first.Frame, err
	}
	reader, in, err := w.reader(nil, io.Discard)
	if err != nil {
		return nil, nil, nil, err
	}
	source := stream.NewBlocking(reader, in.close)
	first := source.Take(nil)
	if first != nil {
		return in, source, first, nil
	}
	source.Close()
	if _, err := source.End(); err != nil {
		return nil, nil, nil, err
	}
	return nil, nil, nil, noFrame(in.name)
}

// setFlags gives a command the flags of a log.
func setFlags(cmd *cobra.Command, list []journal.Flag) error {
	for _, f := range list {
		if cmd.Flags().Lookup(f.Name) == nil {
			return fmt.Errorf("flag %q, expected one of a session", f.Name)
		}
		if err := cmd.Flags().Set(f.Name, f.Value); err != nil {
			return flagError(cmd, err)
		}
	}
	return nil
}
