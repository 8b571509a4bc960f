package cli

import (
	"context"
	"fmt"
	"io"
	"time"

	"github.com/spf13/pflag"

	"undercurrent/sim/bench"
)

// measureSpeed prints how fast this machine takes a step.
func (b *benchmark) measureSpeed(ctx context.Context, set *pflag.FlagSet, out, stderr io.Writer) (err error) {
	set.Visit(func(f *pflag.Flag) {
		if f.Name != "speed" && f.Name != "json" && err == nil {
			err = usagef("--%s is for comparing samplers, expected it without --speed", f.Name)
		}
	})
	if err != nil {
		return err
	}
	sizes, cores := bench.SpeedSizes(), bench.SpeedCores()
	bar := newProgress(stderr, len(sizes)*len(cores), "row")
	defer bar.clear()
	var rows []bench.SpeedRow
	for _, n := range sizes {
		for _, c := range cores {
			row, err := bench.Speed(ctx, n, c)
			if err != nil {
				bar.clear()
				return fmt.Errorf("interrupted after %s of %d", counted(len(rows), "row"), len(sizes)*len(cores))
			}
			rows = append(rows, row)
			bar.show(len(rows))
		}
	}
	bar.clear()
	if b.asJSON {
		return printJSON(out, rows)
	}
	t := newTable("particles", "cores", "step", "with report", "all instruments", "triad", "step in triads")
	for _, r := range rows {
		t.Row(fmt.Sprint(r.Particles), fmt.Sprint(r.Cores), milliseconds(r.Step), milliseconds(r.Report), milliseconds(r.Instruments), milliseconds(r.Triad),
			fmt.Sprintf("%.0f", float64(r.Step)/float64(max(r.Triad, 1))))
	}
	if err := printTable(out, t); err != nil {
		return err
	}
	_, err = fmt.Fprintln(out, "\nmedians, in milliseconds; ring8 under Jensen–Shannon on 256² nodes; a triad is a = b + s·c over 24 bytes a particle")
	return err
}

// milliseconds is a duration in them.
func milliseconds(d time.Duration) string { return fmt.Sprintf("%.3g", d.Seconds()*1e3) }
