package cli

import (
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"undercurrent/divergences"
	"undercurrent/ui/app"
	"undercurrent/ui/engine"
)

// show is the terminal program.
type show struct {
	flow     flowFlags
	config   configFlags
	switches []string
	edits    []string
	at       int
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
	s.flow.bind(cmd)
	s.config.bind(cmd)
	cmd.Flags().StringArrayVar(&s.switches, "switch", nil, "change at a step, such as 120=pearson, 200=alpha:0.5 or 300=neyman@0.4 (bandwidth); may be repeated")
	cmd.Flags().StringArrayVar(&s.edits, "edit", nil, "change by hand at a step, such as 120=move:3:4.5:1.2 (a mode to a place); may be repeated")
	cmd.Flags().IntVar(&s.at, "at", 0, "step to open at, paused")
	cmd.RunE = s.execute
	return cmd
}

func (s *show) execute(cmd *cobra.Command, _ []string) error {
	config, err := s.config.resolve(os.Getenv)
	if err != nil {
		return err
	}
	if s.config.print {
		return config.write(cmd.OutOrStdout(), configFile(os.Getenv))
	}
	scenario, settings, err := s.flow.resolve()
	if err != nil {
		return err
	}
	functional, err := s.flow.resolveFunctional()
	if err != nil {
		return err
	}
	choice, err := s.flow.choice(settings.Drift.Info().ID)
	if err != nil {
		return err
	}
	switches, err := s.resolveSwitches(choice.Custom, settings.Bandwidth)
	if err != nil {
		return err
	}
	if err := needTerminal(cmd.OutOrStdout(), "run"); err != nil {
		return err
	}
	d, err := engine.NewDriver(scenario, settings, choice, functional)
	if err != nil {
		return usage(s.flow.blame(err))
	}
	d.HistoryLimit(config.History << 20)
	if err := d.Play(switches, s.at); err != nil {
		return usage(err)
	}
	return app.Run(cmd.Context(), d, config.options(), cmd.InOrStdin(), cmd.OutOrStdout())
}

// resolveSwitches reads the changes on the way and puts them in the order of their
// steps; at one step, those by hand come last.
func (s *show) resolveSwitches(custom divergences.Divergence, bandwidth float64) ([]engine.Switch, error) {
	if s.at < 0 {
		return nil, usagef("--at is %d, expected a step from 0 on", s.at)
	}
	var list []engine.Switch
	for _, text := range s.switches {
		step, rule, err := s.resolveSwitch(text, custom)
		if err != nil {
			return nil, err
		}
		list = append(list, engine.Switch{Step: step, Rule: rule})
	}
	for _, text := range s.edits {
		step, edit, err := stepped("--edit", text, "an edit, such as 120=move:3:4.5:1.2")
		if err != nil {
			return nil, err
		}
		hand, err := engine.ParseHandEdit(edit)
		if err != nil {
			return nil, usagef("--edit: %w", err)
		}
		list = append(list, engine.Switch{Step: step, Hand: &hand})
	}
	slices.SortStableFunc(list, func(a, b engine.Switch) int { return a.Step - b.Step })
	for i := range list {
		if r := &list[i].Rule; r.Bandwidth == 0 {
			r.Bandwidth = bandwidth
		} else {
			bandwidth = r.Bandwidth
		}
	}
	return list, nil
}

// resolveSwitch reads STEP=RULE.
func (s *show) resolveSwitch(text string, custom divergences.Divergence) (int, engine.Rule, error) {
	step, what, err := stepped("--switch", text, "a divergence, such as 120=pearson")
	if err != nil {
		return 0, engine.Rule{}, err
	}
	own, rule, err := s.flow.reading("--switch", what)
	if err != nil {
		return 0, rule, err
	}
	rule.Custom = custom
	if own.divergence == customID && custom != nil {
		return step, rule, nil
	}
	if _, err := own.resolveDivergence(); err != nil {
		return 0, rule, usagef("--switch: %w", err)
	}
	return step, rule, nil
}

// stepped reads STEP=what.
func stepped(flag, text, expected string) (int, string, error) {
	at, what, ok := strings.Cut(text, "=")
	step, err := strconv.Atoi(at)
	if !ok || err != nil || step < 0 {
		return 0, "", usagef("%s %q, expected a step from 0 on, = and %s", flag, text, expected)
	}
	return step, what, nil
}

// needTerminal refuses an output that cannot show the program, and names what works
// instead.
func needTerminal(out any, instead string) error {
	if !isTerminal(out) {
		return usagef("standard output is not a terminal, expected one (undercurrent %s works without)", instead)
	}
	if os.Getenv("TERM") == "dumb" {
		return usagef("the terminal is dumb, expected one that can move the cursor (undercurrent %s works without)", instead)
	}
	return nil
}
