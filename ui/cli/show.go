package cli

import (
	"os"

	"github.com/spf13/cobra"

	"undercurrent/ui/app"
	"undercurrent/ui/engine"
)

// show is the terminal program.
type show struct {
	flow    flowFlags
	fps     int
	history int
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
	if err := needTerminal(cmd.OutOrStdout()); err != nil {
		return err
	}
	d, err := engine.NewDriver(scenario, settings, choice, functional)
	if err != nil {
		return usage(err)
	}
	d.HistoryLimit(s.history << 20)
	return app.Run(cmd.Context(), d, s.fps, cmd.InOrStdin(), cmd.OutOrStdout())
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
