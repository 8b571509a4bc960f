package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"time"

	"github.com/spf13/cobra"

	"undercurrent/sim"
	"undercurrent/sim/replay"
	"undercurrent/ui/app"
	"undercurrent/ui/journal"
	"undercurrent/ui/paint"
)

// replayer is the command that repeats a session from its log.
type replayer struct {
	check, asJSON bool
}

func newReplay() *replayer { return &replayer{} }

func (r *replayer) command() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "replay FILE.jsonl",
		Short: "Repeat a session from its log, bit for bit",
		Long: "Repeat a session from the log that --log has written: on the screen at the times of the log, or with --check or --json, and without a terminal, as fast as the machine can. " +
			"The particles are held to the digests of the log. Files that the session read must be there and be the same; the configuration file and the environment are not read. " +
			"A sampler in training is trained as far as it was trained then; the frames and iterations per second that are shown are not those of then.\n" +
			"On the screen + and - change the speed, space pauses, and q quits.",
		Example: "undercurrent --scenario gmm40 --log lecture.jsonl\nundercurrent replay lecture.jsonl\nundercurrent replay lecture.jsonl --check\nundercurrent record --log lecture.jsonl --out lecture.gif",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usagef("replay was given %s, expected one: the log of a session", counted(len(args), "argument"))
			}
			return nil
		},
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return []string{logEnding[1:]}, cobra.ShellCompDirectiveFilterFileExt
		},
	}
	set := cmd.Flags()
	set.BoolVar(&r.check, "check", false, "compare the particles with all digests of the log, without a screen")
	set.BoolVar(&r.asJSON, "json", false, "print what came of it as a JSON object, without a screen")
	outputFlags.take(set)
	cmd.RunE = func(cmd *cobra.Command, args []string) error { return r.execute(cmd, args[0]) }
	return cmd
}

func (r *replayer) execute(cmd *cobra.Command, name string) error {
	again, err := openReplay(name)
	if err != nil {
		return err
	}
	defer again.Close()
	defer boundMemory(again.history())()
	if r.check || r.asJSON || !isTerminal(cmd.OutOrStdout()) {
		return r.run(cmd.Context(), again, cmd.OutOrStdout(), cmd.ErrOrStderr())
	}
	keys, err := keyboard(cmd.InOrStdin())
	if err != nil {
		return err
	}
	if err := app.ShowReplay(cmd.Context(), again.Replay, name, keys, cmd.OutOrStdout()); err != nil {
		return err
	}
	return again.failure()
}

// history is the memory of its history, in MB.
func (r *replayed) history() int {
	head := &r.log.Head
	if head.Watch != nil {
		return historyMB(head.Screen.History, replay.FrameHistory)
	}
	return historyMB(head.Screen.History, replay.HistoryFor(0))
}

// run repeats the session without a screen, and says what came of it.
func (r *replayer) run(ctx context.Context, again *replayed, out, stderr io.Writer) error {
	done := underWay(stderr, "repeating "+again.name)
	err := again.Run(ctx)
	done()
	if err != nil {
		return fmt.Errorf("interrupted at %s %d, after %s of %s", again.Unit(), again.Step(), again.At().Round(time.Second), again.Length().Round(time.Second))
	}
	if r.asJSON {
		if err := printJSON(out, again.line()); err != nil {
			return err
		}
		return again.failure()
	}
	if err := again.failure(); err != nil {
		return err
	}
	_, err = fmt.Fprintln(out, paint.Visible(again.sentence()))
	return err
}

// replayed is a session that is repeated from a log.
type replayed struct {
	*app.Replay
	log  *journal.Log
	name string
}

// failure is where and why the session is not repeated to the end of the log, nil if it is.
func (r *replayed) failure() error {
	err := r.Err()
	if err == nil {
		return nil
	}
	elsewhere := ""
	var at app.ReplayError
	if machine := r.log.Head.Machine; errors.As(err, &at) && at.Differs && machine != runtime.GOARCH {
		elsewhere = fmt.Sprintf(" (the log is of another kind of processor, %s; this one is %s)", machine, runtime.GOARCH)
	}
	return fmt.Errorf("%s, %w%s", r.name, err, elsewhere)
}

// sentence says that the session was repeated.
func (r *replayed) sentence() string {
	text := fmt.Sprintf("%s: the particles are those of the log at %s %d, by %s", r.name, r.Unit(), r.Step(), counted(r.Digests(), "digest"))
	switch {
	case r.log.Missing() > 0:
		text += fmt.Sprintf("; the log has no room for frame %d, and ends there", r.log.Missing())
	case r.log.Cut:
		text += fmt.Sprintf("; the log is cut short in line %d", journal.Number(len(r.log.Lines)))
	case !r.log.Ended:
		text += "; the log has no end, as the program was stopped"
	}
	return text
}

// replayLine is what came of a replay as it is printed.
type replayLine struct {
	Log     string `json:"log"`
	Program string `json:"program"`
	// Lines are those of the log, Ended and Cut say how it ends.
	Lines int  `json:"lines"`
	Ended bool `json:"ended"`
	Cut   bool `json:"cut"`
	// Missing is the frame of a stream that the log had no room for, before which it ends, 0 for none.
	Missing int `json:"missing"`
	// Seconds is how long the session took then.
	Seconds float64 `json:"seconds"`
	Step    int     `json:"step"`
	// Digests is the number of digests that agree, Digest that of the particles in the end.
	Digests int    `json:"digests"`
	Digest  string `json:"digest"`
	// Agrees reports whether the session was repeated to the end of the log; if not, Difference is the first one.
	Agrees     bool            `json:"agrees"`
	Difference *differenceLine `json:"difference"`
	Flows      []flowLine      `json:"flows"`
}

// differenceLine is where a replay differs from its log.
type differenceLine struct {
	Line   int    `json:"line"`
	Reason string `json:"reason"`
}

func (r *replayed) line() replayLine {
	l := replayLine{Log: r.name, Program: r.log.Head.Program, Lines: journal.Number(len(r.log.Lines)) - 1, Ended: r.log.Ended, Cut: r.log.Cut, Missing: r.log.Missing(), Seconds: r.Length().Seconds(),
		Step: r.Step(), Digests: r.Digests(), Digest: r.Digest(), Agrees: r.Err() == nil}
	var at app.ReplayError
	if errors.As(r.Err(), &at) {
		l.Difference = &differenceLine{at.Line, at.Unwrap().Error()}
		if at.Differs {
			l.Digests--
		}
	}
	for _, f := range r.Flows() {
		l.Flows = append(l.Flows, newFlowLine(f.Flow, f.Report))
	}
	return l
}

// flowLine is a flow in the end of a replay; its keys are those of run --json, and motion is what moves its particles.
type flowLine struct {
	Step          int           `json:"step"`
	Time          float64       `json:"time"`
	Scenario      string        `json:"scenario"`
	Motion        string        `json:"motion"`
	Seed          uint64        `json:"seed"`
	Particles     int           `json:"particles"`
	Bandwidth     float64       `json:"bandwidth"`
	TV            float64       `json:"tv"`
	Unreached     float64       `json:"unreached"`
	UnderCoverage float64       `json:"under_coverage"`
	Regions       []regionState `json:"regions"`
}

func newFlowLine(f *sim.Flow, r *sim.Report) flowLine {
	s := f.Settings()
	l := flowLine{Step: r.Step, Time: r.Time, Scenario: f.Scenario().ID, Motion: s.Motion().String(), Seed: s.Seed, Particles: s.Particles, Bandwidth: s.Bandwidth,
		TV: r.TV, Unreached: r.Unreached, UnderCoverage: r.UnderCoverage}
	for _, k := range r.Regions {
		l.Regions = append(l.Regions, stateOf(k))
	}
	return l
}
