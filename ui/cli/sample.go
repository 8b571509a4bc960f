package cli

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"undercurrent/scenarios"
	"undercurrent/scenarios/catalogue"
	"undercurrent/scenarios/data/arrays"
	"undercurrent/sim/sampler"
	"undercurrent/ui/figure"
	"undercurrent/ui/output"
)

// sample is the command that draws from a trained model.
type sample struct {
	number  int
	seed    uint64
	out     string
	picture string
}

func newSample() *sample { return &sample{} }

func (s *sample) command() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "sample MODEL",
		Short: "Draw samples from a trained model, one pass each",
		Long: "Draw samples from a model of undercurrent train. Without --out they go to standard output as CSV; " +
			"memory does not grow with their number.",
		Example: "undercurrent sample ring8.json -n 1000000 --out samples.npy\nundercurrent sample ring8.json -n 10",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usagef("sample was given %s, expected one: the file of a model", counted(len(args), "argument"))
			}
			return nil
		},
	}
	cmd.Flags().SortFlags = false
	cmd.Flags().IntVarP(&s.number, "number", "n", 1000, "number of samples")
	cmd.Flags().Uint64Var(&s.seed, "seed", 1, "random seed")
	sampleFlags.take(cmd.Flags())
	cmd.Flags().StringVar(&s.out, "out", "", "file for the samples, .npy (N×2 float64) or .csv")
	cmd.Flags().StringVar(&s.picture, "map", "", "file for a picture of the transport map, .png or .svg, instead of samples")
	outputFlags.take(cmd.Flags())
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		return s.execute(cmd.Context(), args[0], cmd.OutOrStdout(), cmd.ErrOrStderr())
	}
	return cmd
}

func (s *sample) execute(ctx context.Context, name string, out, stderr io.Writer) error {
	if err := positive("--number", s.number); err != nil {
		return err
	}
	model, err := loadModel(name)
	if err != nil {
		return err
	}
	if s.picture != "" {
		return s.drawMap(model)
	}
	if s.out == "" {
		w := bufio.NewWriter(out)
		if err := s.draw(ctx, model, output.NewCSV(w), stderr); err != nil {
			return err
		}
		return w.Flush()
	}
	var format func(io.Writer) output.PointWriter
	switch filepath.Ext(s.out) {
	case ".npy":
		format = func(w io.Writer) output.PointWriter { return output.NewNPY(w, s.number) }
	case ".csv":
		format = output.NewCSV
	default:
		return usagef("--out is %s, expected a name that ends in .npy or .csv", s.out)
	}
	file, err := output.Create(s.out)
	if err != nil {
		return usage(err)
	}
	defer file.Abandon()
	if err := s.draw(ctx, model, format(file), stderr); err != nil {
		return err
	}
	return file.Keep()
}

// drawMap writes a picture of the transport map.
func (s *sample) drawMap(m *sampler.Model) error {
	if s.out != "" {
		return exclusive("--map "+s.picture, "--out "+s.out)
	}
	scenario, err := catalogue.Named(m.Scenario)
	if err != nil {
		return usagef("the model was trained on a scenario that is not built in: %w", err)
	}
	picture := figure.NewMap(scenario, m, s.seed)
	switch filepath.Ext(s.picture) {
	case ".png":
		return output.Write(s.picture, picture.PNG)
	case ".svg":
		return output.Write(s.picture, picture.SVG)
	}
	return usagef("--map is %s, expected a name that ends in .png or .svg", s.picture)
}

// loadModel reads the model in a file.
func loadModel(name string) (*sampler.Model, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, usagef("%s cannot be read (%w), expected a model of undercurrent train", name, arrays.Plain(err))
	}
	defer f.Close()
	m, err := sampler.Load(f)
	if err != nil {
		return nil, usagef("%s cannot be used: %w", name, err)
	}
	return m, nil
}

// maxInMemory is the number of samples in memory at a time.
const maxInMemory = 64 * sampler.BatchSize

// draw draws and writes the samples in parts. The rate that it prints leaves out the writing.
func (s *sample) draw(ctx context.Context, m *sampler.Model, write output.PointWriter, stderr io.Writer) error {
	stream, bar := m.Stream(s.seed), newProgress(stderr, s.number, "sample")
	defer bar.clear()
	points := make([]scenarios.Point, min(maxInMemory, s.number))
	mapping := time.Duration(0)
	for done := 0; done < s.number; {
		if ctx.Err() != nil {
			return fmt.Errorf("interrupted after %d of %d samples", done, s.number)
		}
		part, started := points[:min(len(points), s.number-done)], time.Now()
		stream.Read(part)
		mapping += time.Since(started)
		if err := write(part); err != nil {
			return err
		}
		done += len(part)
		bar.show(done)
	}
	bar.clear()
	_, err := fmt.Fprintf(stderr, "%s in %.2f s, %.3g a second, one pass each\n", counted(s.number, "sample"), mapping.Seconds(), float64(s.number)/mapping.Seconds())
	return err
}
