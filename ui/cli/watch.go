package cli

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"

	"github.com/spf13/cobra"

	"undercurrent/scenarios"
	"undercurrent/sim"
	"undercurrent/sim/density"
	"undercurrent/sim/replay"
	"undercurrent/sim/stream"
	"undercurrent/ui/app"
	"undercurrent/ui/journal"
	"undercurrent/ui/session"
)

// watch is the command that shows the particles of another sampler.
type watch struct {
	flow   flowFlags
	config configFlags
	roles  roleFlags

	format   string
	last     int
	every    int
	pool     int
	rate     float64
	since    string
	shuffled bool
	chained  bool
	asJSON   bool
	metrics  bool
	log      string
	logLimit int // MB

	first int64 // number of the bytes that are read of a file of frames, below 0 for all
	inLog bool  // whether the frames are those of a log

	args  []string
	table *tableFrames      // once it has been read
	own   session.OwnTarget // where no target is given
}

func newWatch() *watch { return &watch{first: -1} }

func (w *watch) command() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "watch [FILE …]",
		Short: "Watch the particles of another sampler against a target",
		Long: "Watch the particles of another sampler against a target, frame by frame, from standard input or a file. " +
			"A frame is a block of lines x,y up to a blank line, a line {\"particles\": [[x,y], …]}, both also with weights, or a part of a NumPy array " +
			"of shape N×2 or T×N×2. A file that a sampler has written (CmdStan, a table with named columns, a GetDist chain, .npz, Parquet) " +
			"is one frame of all its draws, measured by their weights where it has any; several such files are chains. With --chains each particle of a stream is a chain. " +
			"The screen shows the newest frame; --json reports every frame, and the diagnosis of chains with the last one. " +
			"With --log the session can be repeated: the log has the frames of a stream, and names files with their digests.",
		Example: "my_sampler | undercurrent watch --scenario gmm40\n" +
			"tail -f chain.csv | undercurrent watch --scenario banana --last 2000\n" +
			"my_fifty_chains | undercurrent watch --scenario ring8 --pool 40\n" +
			"my_fifty_chains | undercurrent watch --scenario ring8 --chains\n" +
			"undercurrent watch --scenario ring8 --json trace.npy\n" +
			"my_sampler | undercurrent watch --scenario ring8 --log sampler.jsonl\n" +
			"undercurrent watch mcmc_*.csv\n" +
			"undercurrent watch --scenario banana --columns 'mu,log(tau)' --json mcmc_*.csv",
		Args: filesOrNone,
	}
	w.bindSession(cmd)
	w.config.bind(cmd)
	flags := cmd.Flags()
	flags.BoolVar(&w.asJSON, "json", false, "print one JSON object per frame, without a screen")
	flags.BoolVar(&w.metrics, "metrics", false, "with --json, compare every frame with samples of the target")
	outputFlags.take(flags)
	bindLog(cmd, &w.log)
	flags.IntVar(&w.logLimit, logLimitFlag, defaultLogLimit, "with --log, how much of the frames of a stream the log has, in MB; it ends before the first one beyond that")
	outputFlags.take(flags, logLimitFlag)
	cmd.RunE = w.execute
	return cmd
}

// bindSession binds the flags that say what is watched, and how.
func (w *watch) bindSession(cmd *cobra.Command) {
	w.flow.bindTarget(cmd)
	w.flow.noDefaultScenario("the density of all draws or frames of a file")
	w.flow.bindMotion(cmd)
	w.flow.bindFunctional(cmd)
	flags := cmd.Flags()
	flags.Lookup("bandwidth").Usage = "standard deviation h of the kernel (default: the scenario's, or wider where the particles are few)"
	flags.Lookup("divergence").Usage += "; shows where its drift would move the particles"
	flags.Uint64Var(&w.flow.seed, "seed", 1, "random seed of the samples of the target that frames are compared with")
	flags.StringVar(&w.format, "format", "", "format of the frames: csv, jsonl, points or npy (default: detected)")
	flags.IntVar(&w.last, "last", 0, "one point per line: a frame is the last N points")
	flags.IntVar(&w.every, "every", 0, "with --last, a frame every K points (default: N/50)")
	flags.IntVar(&w.pool, "pool", 1, "show the particles of the last K frames together")
	flags.Float64Var(&w.rate, "rate", 0, "frames per second on the screen (default: 10 from a file, as they arrive from a stream)")
	flags.StringVar(&w.since, "since", "previous", "frame that transport is measured from: previous or first")
	flags.BoolVar(&w.shuffled, "shuffled", false, "particles do not keep their order from frame to frame")
	bindChains(flags, &w.chained)
	w.roles.bind(cmd)
	frameFlags.take(flags)
	complete(cmd, "format", []string{"csv", "jsonl", "points", "npy"})
	complete(cmd, "since", []string{"previous", "first"})
}

func (w *watch) execute(cmd *cobra.Command, args []string) error {
	w.args, w.flow.points.argument = args, len(args) > 0 && args[0] != "-"
	if err := w.check(); err != nil {
		return err
	}
	if err := checkLog(w.log); err != nil {
		return err
	}
	if !w.asJSON {
		if err := needTerminal(cmd.OutOrStdout(), "watch --json"); err != nil {
			return err
		}
	}
	files, err := w.filesToLog()
	if err != nil {
		return err
	}
	against, err := w.against(cmd.ErrOrStderr())
	if err != nil {
		return err
	}
	reader, input, err := w.reader(cmd.InOrStdin(), cmd.ErrOrStderr())
	if err != nil {
		return err
	}
	defer input.close()
	noteTaken(cmd.ErrOrStderr(), against.scenario.Taken)
	if w.own.Is() {
		say(cmd.ErrOrStderr(), "%s: %s", w.title(), w.own.Sentence())
	}
	if w.asJSON {
		warnScenario(cmd.ErrOrStderr(), against.scenario, against.settings)
		return w.flow.blame(w.print(cmd.Context(), reader, against.scenario, against.settings, against.functional, cmd.OutOrStdout()))
	}
	return w.show(cmd, reader, input, against, files)
}

// against is what frames are compared with, and how.
type against struct {
	scenario   scenarios.Scenario
	settings   sim.Settings
	functional session.Functional
}

// against reads the flags of a target, or makes one of the draws where there are none.
func (w *watch) against(stderr io.Writer) (a against, err error) {
	if !w.flow.targeted() {
		if err := w.refuseOwnTarget(); err != nil {
			return a, err
		}
		w.flow.ownTarget = func() (scenarios.Scenario, error) { return w.ownTarget(stderr) }
	}
	if a.scenario, a.settings, err = w.flow.resolve(); err != nil {
		return a, err
	}
	a.functional, err = w.flow.resolveFunctional()
	return a, err
}

// reader reads the frames of a table, or of a stream, whose input must be closed.
func (w *watch) reader(stdin io.Reader, stderr io.Writer) (*stream.Reader, *input, error) {
	if w.isTable() {
		if w.chained {
			return nil, nil, usagef("--%s of %s, which is read as a table of draws, whose chains are named, expected frames of particles", chainsFlag, w.title())
		}
		t, err := w.readTable(stderr)
		if err != nil {
			return nil, nil, err
		}
		r, err := t.reader(stream.Options{Pool: w.pool, Name: w.title()})
		return r, &input{name: w.title(), isFile: true}, err
	}
	in, err := w.open(stdin)
	if err != nil {
		return nil, nil, err
	}
	r, err := stream.NewReader(in, stream.Options{Format: in.format, Last: w.last, Every: w.every, Pool: w.pool, Chains: w.chained, Name: in.name, Complete: in.file.regular()})
	if err != nil {
		in.close()
		return nil, nil, usage(err)
	}
	if in.file.regular() {
		noteAxes(stderr, in.name)
	}
	return r, in, nil
}

// check refuses invalid values and combinations of flags.
func (w *watch) check() error {
	set := w.flow.set
	switch {
	case w.since != "previous" && w.since != "first":
		return usagef("--since is %q, expected previous or first", w.since)
	case set.Changed("last") && w.last < 2:
		return usagef("--last is %d, expected a whole number of at least 2", w.last)
	case set.Changed("every") && w.every < 1:
		return usagef("--every is %d, expected a whole number of at least 1", w.every)
	case set.Changed("every") && w.last == 0:
		return usagef("--every %d without --last, expected --last N with it", w.every)
	case w.pool < 1 || w.pool > stream.MaxPool:
		return usagef("--pool is %d, expected a whole number from 1 to %d", w.pool, stream.MaxPool)
	case w.pool > 1 && w.last > 0:
		return exclusive(fmt.Sprintf("--pool %d", w.pool), fmt.Sprintf("--last %d", w.last))
	case w.chained && w.shuffled:
		return exclusive("--"+chainsFlag, "--shuffled")
	case w.chained && w.last > 0:
		return exclusive("--"+chainsFlag, fmt.Sprintf("--last %d", w.last))
	case w.chained && w.pool > 1:
		return exclusive("--"+chainsFlag, fmt.Sprintf("--pool %d", w.pool))
	case set.Changed("rate") && !(w.rate > 0 && w.rate <= maxRate):
		return usagef("--rate is %g, expected a positive number up to %d", w.rate, maxRate)
	case len(w.roles.given()) > 0 && (len(w.args) == 0 || w.args[0] == "-" || w.format != "" || w.last > 0):
		c := w.roles.given()[0]
		return usagef("--%s %s of a stream, expected a file of draws with it, without --format and --last", c.flag, *c.value)
	case len(w.args) > 1 && (w.format != "" || w.last > 0):
		return usagef("%s with --format or --last, expected files of draws, which are the chains of one table", counted(len(w.args), "file"))
	case w.log != "" && w.asJSON:
		return usagef("--log and --json given, expected --log with a screen: without one there are no keys")
	case set.Changed(logLimitFlag) && w.log == "":
		return usagef("--%s without --log, expected both", logLimitFlag)
	case w.logLimit < 1 || w.logLimit > maxLogLimit:
		return usagef("--%s is %d, expected a whole number from 1 to %d", logLimitFlag, w.logLimit, maxLogLimit)
	case w.metrics && !w.asJSON:
		return usagef("--metrics without --json, expected both (the screen always has them)")
	}
	return nil
}

const (
	// fileRate is the default number of frames per second of a file, chainRate that of frames that are chains;
	// maxRate is the largest.
	fileRate  = 10
	chainRate = 1
	maxRate   = 10_000
)

// tracking is the frame that transport is measured from, if it can be.
func (w *watch) tracking(f *stream.Frame) sim.Tracking {
	switch {
	case !f.Ordered || w.shuffled || !w.own.Ordered():
		return sim.Untracked
	case w.since == "first":
		return sim.FromFirst
	}
	return sim.FromPrevious
}

// fit chooses the bandwidth for the particles of the first frame, as many frames as are pooled, or all
// points of a sliding window, unless it was given.
func (w *watch) fit(s scenarios.Scenario, settings *sim.Settings, first *stream.Frame) (session.Fitted, error) {
	motion, err := w.flow.motion.resolve(s)
	if err != nil || motion.Bandwidth != 0 {
		return session.Fitted{}, err
	}
	n := min(max(session.FittedSize(first.Cloud())*w.pool, w.last), sim.MaxParticles)
	settings.Bandwidth, err = density.BandwidthFor(s, settings.Kernel(), n)
	return session.Fitted{Bandwidth: settings.Bandwidth, Particles: n}, err
}

// drawsDrift reports whether a drift was asked for.
func (w *watch) drawsDrift() bool {
	return len(w.flow.changed(append(w.flow.motion.ofOneFlow(), "z-factor", "velocity")...)) > 0
}

// drawsTable are the draws of a table, nil without any.
func (w *watch) drawsTable() *session.Table {
	if w.table == nil {
		return nil
	}
	return w.table.table
}

// pace is the number of frames a second, 0 for all that come.
func (w *watch) pace(in *input) float64 {
	switch {
	case w.rate != 0 || !in.isFile:
		return w.rate
	case w.drawsTable() != nil:
		return chainRate
	}
	return fileRate
}

// delivery says which frames the screen needs: all that are draws of chains.
func (w *watch) delivery(in *input) stream.Delivery {
	switch {
	case w.pace(in) > 0:
		return stream.InTurn
	case w.chained:
		return stream.Buffered
	}
	return stream.Newest
}

// session prepares a session that shows frames, of which the first has been taken.
func (w *watch) session(a against, c config, in *input, source session.Source, first *stream.Frame) (*session.Session, error) {
	catalogue, err := w.flow.motion.catalogue()
	if err != nil {
		return nil, err
	}
	fitted, err := w.fit(a.scenario, &a.settings, first)
	if err != nil {
		return nil, usage(w.flow.blame(err))
	}
	watched, err := session.NewWatcher(catalogue, a.scenario, a.settings, a.functional, session.Watch{Source: source, First: first, Input: in.short(),
		FromFirst: w.since == "first", Shuffled: w.shuffled, Chained: w.chained || w.table.isMoving(), PerTick: w.pace(in) / float64(c.FPS), Fitted: fitted, Drift: w.drawsDrift(), Table: w.drawsTable(), Own: w.own})
	if err != nil {
		return nil, usage(w.flow.blame(err))
	}
	watched.SetHistoryLimit(c.History << 20)
	return watched, nil
}

// show opens the terminal program on the stream; files are those of the log that it may have.
func (w *watch) show(cmd *cobra.Command, reader *stream.Reader, in *input, a against, files []journal.File) error {
	config, err := w.config.resolve(os.Getenv)
	if err != nil {
		return err
	}
	keys, err := keyboard(cmd.InOrStdin())
	if err != nil {
		return err
	}
	feed := stream.Start(reader, w.delivery(in))
	first, err := newWait(feed, in.name, keys, cmd.ErrOrStderr()).frame(cmd.Context())
	if first == nil || err != nil {
		feed.Close()
		return err
	}
	defer boundMemory(historyMB(config.History, replay.FrameHistory))()
	var log *sessionLog
	watched, err := w.session(a, config, in, unhurried{feed, func() bool { return log.isBehind() }}, first)
	if err != nil {
		feed.Close()
		return err
	}
	options := config.options()
	options.CommandLine = reproducing(cmd, w.streamArgs()...)
	if log, err = w.beginLog(config, &options, watched, a.scenario, files); err != nil {
		feed.Close()
		return err
	}
	if err := w.said(cmd.ErrOrStderr(), log.end(app.Run(cmd.Context(), watched, options, keys, cmd.OutOrStdout()))); err != nil {
		return err
	}
	_, err = feed.End()
	return usage(err)
}

// streamArgs are the arguments that read the stream again.
func (w *watch) streamArgs() (args []string) {
	for _, name := range w.args {
		args = append(args, fileArgument(name))
	}
	add := func(flag, value string) {
		if w.flow.set.Changed(flag) {
			args = append(args, "--"+flag, value)
		}
	}
	if of := w.flow.points.selection; len(w.flow.changed("target-samples")) == 0 {
		if w.drawsTable() == nil { // otherwise they are those that are shown
			add("columns", of.Columns)
		}
		add("weights", of.Weights)
		add("axes", of.Axes)
	}
	for _, c := range w.roles.given() {
		add(c.flag, *c.value)
	}
	add("format", w.format)
	add("last", strconv.Itoa(w.last))
	add("every", strconv.Itoa(w.every))
	add("pool", strconv.Itoa(w.pool))
	add("rate", number(w.rate))
	add("since", w.since)
	if w.shuffled {
		args = append(args, "--shuffled")
	}
	if w.chained {
		args = append(args, "--"+chainsFlag)
	}
	return args
}

func noFrame(name string) error {
	return errors.New(name + " has no frame, expected at least one")
}
