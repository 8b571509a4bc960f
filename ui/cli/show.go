package cli

import (
	"os"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"undercurrent/ui/app"
	"undercurrent/ui/engine"
)

// show is the terminal program.
type show struct {
	flow     flowFlags
	fps      int
	history  int
	switches []string
	at       int
}

func newShow() *show { return &show{} }

// Frame rates that the program accepts.
const (
	fpsDefault = 30
	fpsMost    = 120
)

func (s *show) command() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "undercurrent",
		Short: "Watch particles flow to a target and see where each divergence sends mass first",
		Example: "undercurrent\nundercurrent --scenario gmm40 --divergence forward-kl\n" +
			"undercurrent run --scenario grid9 --json",
		Args: noArguments,
	}
	s.flow.bind(cmd)
	cmd.Flags().IntVar(&s.fps, "fps", fpsDefault, "frames a second, 1 to 120")
	cmd.Flags().IntVar(&s.history, "history", engine.DefaultHistory>>20, "memory for stepping back, in MB")
	cmd.Flags().StringArrayVar(&s.switches, "switch", nil, "change at a step, such as 120=pearson, 200=alpha:0.5 or 300=neyman@0.4 (bandwidth); may be repeated")
	cmd.Flags().IntVar(&s.at, "at", 0, "step to open at, paused")
	cmd.RunE = s.execute
	return cmd
}

func (s *show) execute(cmd *cobra.Command, _ []string) error {
	if s.fps < 1 || s.fps > fpsMost {
		return usagef("--fps is %d, expected a whole number from 1 to %d", s.fps, fpsMost)
	}
	if err := positive("--history", s.history); err != nil {
		return err
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
	switches, err := s.resolveSwitches(choice, settings.Bandwidth)
	if err != nil {
		return err
	}
	if err := needTerminal(cmd.OutOrStdout()); err != nil {
		return err
	}
	d, err := engine.NewDriver(scenario, settings, choice, functional)
	if err != nil {
		return usage(err)
	}
	d.HistoryLimit(s.history << 20)
	if err := d.Play(switches, s.at); err != nil {
		return usagef("--switch %w", err)
	}
	return app.Run(cmd.Context(), d, s.fps, cmd.InOrStdin(), cmd.OutOrStdout())
}

// resolveSwitches reads the changes on the way, which come in the order of their steps.
func (s *show) resolveSwitches(now engine.Choice, bandwidth float64) ([]engine.Switch, error) {
	if s.at < 0 {
		return nil, usagef("--at is %d, expected a step from 0 on", s.at)
	}
	var list []engine.Switch
	for last, i := 0, 0; i < len(s.switches); i++ {
		at, text, ok := strings.Cut(s.switches[i], "=")
		step, err := strconv.Atoi(at)
		if !ok || err != nil || step < last {
			return nil, usagef("--switch %q, expected a step from %d on, = and a divergence, such as 120=pearson", s.switches[i], last)
		}
		own, width, err := s.flow.reading("--switch", text)
		if err != nil {
			return nil, err
		}
		choice := engine.Choice{ID: own.divergence, Parameters: own.parameters, Custom: now.Custom}
		if own.divergence != customID {
			if _, err := own.resolveDivergence(); err != nil {
				return nil, usagef("--switch: %w", err)
			}
		}
		if width != 0 {
			bandwidth = width
		}
		last = step
		list = append(list, engine.Switch{Step: step, Choice: choice, Bandwidth: bandwidth})
	}
	return list, nil
}

// needTerminal refuses an output that cannot show the program.
func needTerminal(out any) error {
	if !isTerminal(out) {
		return usagef("standard output is not a terminal, expected one (undercurrent run works without)")
	}
	if os.Getenv("TERM") == "dumb" {
		return usagef("the terminal is dumb, expected one that can move the cursor (undercurrent run works without)")
	}
	return nil
}
