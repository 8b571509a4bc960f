package cli

import (
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"undercurrent/divergences"
	"undercurrent/scenarios"
	"undercurrent/sim"
	"undercurrent/sim/replay"
	"undercurrent/ui/app"
	"undercurrent/ui/journal"
	"undercurrent/ui/session"
)

// show is the terminal program.
type show struct {
	flow     flowFlags
	config   configFlags
	switches []string
	edits    []string
	compare  []string
	at       int
	log      string
}

func newShow() *show { return &show{} }

func (s *show) command() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "undercurrent",
		Short: "Watch particles flow to a target and see where each divergence sends mass first",
		Example: "undercurrent\nundercurrent --scenario gmm40 --divergence forward-kl\n" +
			"undercurrent run --scenario grid9 --json",
		Args: noArguments,
	}
	s.bindFlow(cmd)
	s.config.bind(cmd)
	bindLog(cmd, &s.log)
	cmd.RunE = s.execute
	return cmd
}

// bindFlow binds the flags that say what is shown.
func (s *show) bindFlow(cmd *cobra.Command) {
	s.flow.bind(cmd)
	cmd.Flags().StringArrayVar(&s.switches, "switch", nil, "change of divergence or bandwidth at a step: 120=pearson, 300=neyman@0.4; repeatable")
	cmd.Flags().StringArrayVar(&s.edits, "edit", nil, "edit at a step: 120=move:3:4.5:1.2 moves mode 3 to (4.5, 1.2); repeatable")
	cmd.Flags().StringSliceVar(&s.compare, "compare", nil, "compare two to four divergences from the same particles: reverse-kl,forward-kl,alpha:0.5")
	cmd.Flags().IntVar(&s.at, "at", 0, "step at which to open, paused")
	eventFlags.take(cmd.Flags())
}

func (s *show) execute(cmd *cobra.Command, _ []string) error {
	config, err := s.config.resolve(os.Getenv)
	if err != nil {
		return err
	}
	if s.config.print {
		return config.write(cmd.OutOrStdout(), configFile(os.Getenv))
	}
	shown, err := s.resolve()
	if err != nil {
		return err
	}
	if err := checkLog(s.log); err != nil {
		return err
	}
	if err := needTerminal(cmd.OutOrStdout(), "run"); err != nil {
		return err
	}
	defer boundMemory(historyMB(config.History, replay.HistoryFor(0)))()
	keys, err := keyboard(cmd.InOrStdin())
	if err != nil {
		return err
	}
	opened, err := s.open(shown, config)
	if err != nil {
		return err
	}
	noteTaken(cmd.ErrOrStderr(), shown.scenario.Taken)
	options := config.options()
	options.CommandLine = reproducing(cmd)
	log, err := beginLog(s.log, config, &options, func() (head journal.Head, err error) {
		head.Flags = flagsOf(cmd.Flags())
		head.Files, err = inputFiles(shown.scenario, s.flow.motion.weightFile)
		return head, err
	})
	if err != nil {
		return err
	}
	return log.end(app.Run(cmd.Context(), opened, options, keys, cmd.OutOrStdout()))
}

// shown is what the flags ask to show.
type shown struct {
	scenario   scenarios.Scenario
	settings   sim.Settings
	functional session.Functional
	catalogue  divergences.Catalogue
	compared   []sim.Motion // none without --compare
	// across are the settings of further flows that differ in more than the drift; then compared is not read.
	across []sim.Settings
	events []replay.Event
}

// resolve reads the flags that say what is shown. Every error is a usageError.
func (s *show) resolve() (shown, error) { return s.resolveWith(s.resolveCompared) }

// resolveWith is resolve with another reading of --compare.
func (s *show) resolveWith(compared func(divergences.Catalogue) ([]sim.Motion, error)) (w shown, err error) {
	if w.scenario, w.settings, err = s.flow.resolve(); err != nil {
		return w, err
	}
	if w.functional, err = s.flow.resolveFunctional(); err != nil {
		return w, err
	}
	if w.catalogue, err = s.flow.motion.catalogue(); err != nil {
		return w, err
	}
	if w.compared, err = compared(w.catalogue); err != nil {
		return w, err
	}
	if len(w.compared) > 0 {
		w.settings.Drift, w.settings.Mover, w.settings.Adaptive = w.compared[0].Drift, w.compared[0].Mover, w.compared[0].Adaptive
	}
	w.events, err = s.resolveEvents(w.catalogue, w.settings.Bandwidth)
	return w, err
}

// open prepares the session that shows it, at the step of --at.
func (s *show) open(w shown, c config) (*session.Session, error) {
	opened, err := session.New(w.catalogue, w.scenario, w.settings, w.functional)
	if err != nil {
		return nil, usage(s.flow.blame(err))
	}
	opened.SetHistoryLimit(c.History << 20)
	if len(w.across) > 0 {
		err = opened.Comparison.Across(w.across...)
	} else if len(w.compared) > 0 {
		err = opened.Comparison.Under(w.compared[1:]...)
	}
	if err != nil {
		return nil, usagef("--compare: %w", err)
	}
	opened.Clock.Opening(int(c.Opening*float64(c.FPS)+0.5), c.FPS)
	return opened, usage(opened.Play(w.events, s.at))
}

// resolveCompared parses the divergences of --compare, none without it.
func (s *show) resolveCompared(c divergences.Catalogue) (list []sim.Motion, err error) {
	if !s.flow.set.Changed("compare") {
		return nil, nil
	}
	if err := s.checkCompared(); err != nil {
		return nil, err
	}
	for _, text := range s.compare {
		m, err := s.flow.motion.read(c, "--compare", text)
		if err != nil {
			return nil, err
		}
		if m.Bandwidth != 0 || m.Velocity != sim.Plugin || m.BirthDeath != 0 || m.Coarse.On() {
			return nil, usagef("--compare: %s, expected a divergence and its parameters alone, or a mover", text)
		}
		list = append(list, m)
	}
	return list, nil
}

// checkCompared refuses a number of flows, and flags that are for one flow.
func (s *show) checkCompared() error {
	if n := len(s.compare); n < 2 || n > session.MaxRuns {
		return usagef("--compare names %s, expected 2 to %d divergences", counted(n, "divergence"), session.MaxRuns)
	}
	for _, other := range []string{"divergence", "weight", "weight-file", "velocity", "switch", moverFlag} {
		if s.flow.set.Changed(other) {
			return usagef("--%s is for one flow, expected it without --compare", other)
		}
	}
	return nil
}

// resolveEvents parses the events and sorts them by step; at one step, edits come last.
func (s *show) resolveEvents(c divergences.Catalogue, bandwidth float64) ([]replay.Event, error) {
	if s.at < 0 {
		return nil, usagef("--at is %d, expected a step of at least 0", s.at)
	}
	var list []replay.Event
	for _, text := range s.switches {
		e, err := s.resolveSwitch(text, c)
		if err != nil {
			return nil, err
		}
		list = append(list, e)
	}
	for _, text := range s.edits {
		e, err := resolveEdit(text)
		if err != nil {
			return nil, err
		}
		list = append(list, e)
	}
	slices.SortStableFunc(list, func(a, b replay.Event) int { return a.Step - b.Step })
	for i := range list {
		if m := &list[i].Motion; m.Bandwidth == 0 {
			m.Bandwidth = bandwidth
		} else {
			bandwidth = m.Bandwidth
		}
	}
	return list, nil
}

// resolveSwitch parses STEP=MOTION.
func (s *show) resolveSwitch(text string, c divergences.Catalogue) (e replay.Event, err error) {
	var what string
	if e.Step, what, err = stepped("--switch", text, "a divergence, such as 120=pearson"); err != nil {
		return e, err
	}
	e.Motion, err = readMotion(c, "--switch", what, 1)
	return e, err
}

// resolveEdit parses STEP=EDIT.
func resolveEdit(text string) (e replay.Event, err error) {
	var what string
	if e.Step, what, err = stepped("--edit", text, "an edit, such as 120=move:3:4.5:1.2"); err != nil {
		return e, err
	}
	edit, err := replay.ParseEdit(what)
	if err != nil {
		return e, usagef("--edit: %w", err)
	}
	e.Edit = &edit
	return e, nil
}

// stepped parses STEP=what.
func stepped(flag, text, expected string) (int, string, error) {
	at, what, ok := strings.Cut(text, "=")
	step, err := strconv.Atoi(at)
	if !ok || err != nil || step < 0 {
		return 0, "", usagef("%s %q, expected a step of at least 0, = and %s", flag, text, expected)
	}
	return step, what, nil
}

// needTerminal refuses an output that cannot show the screen, and names a command that
// needs none.
func needTerminal(out any, instead string) error {
	if !isTerminal(out) {
		return usagef("standard output is not a terminal, expected one (%s %s works without)", invocation(), instead)
	}
	if os.Getenv("TERM") == "dumb" {
		return usagef("the terminal is dumb, expected one that can move the cursor (%s %s works without)", invocation(), instead)
	}
	return nil
}
