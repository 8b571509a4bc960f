package cli

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"

	"undercurrent/ui/app"
	"undercurrent/ui/figure"
	"undercurrent/ui/output"
)

// drawFigure draws a figure of the screen into a new file. The argument is its name, and after a blank the kind
// of figure in place of what is seen; without a name it is a PDF named after the scenario.
func drawFigure(f app.Figure, argument string) (saved string, err error) {
	name, kind := argument, figure.Kind(f.Seen)
	if at := strings.LastIndexByte(argument, ' '); at > 0 && slices.Contains(figure.Kinds(), argument[at+1:]) {
		name, kind = strings.TrimSpace(argument[:at]), figure.Kind(argument[at+1:])
	}
	stem, ending := output.Name(f.Frame.Scenario.ID+"-"+string(kind)), string(figure.PDF)
	spec := figure.Spec{Kind: kind}
	if f.Reproducible {
		spec.Command = figureLine(newFigure().command(), kind, cmp.Or(name, stem+ending), nil, f.Recipe)
	}
	drawn, err := figure.NewFlow(f.Frame, spec)
	if err != nil {
		return "", err
	}
	if name != "" {
		return name, writeFigure(drawn, name, writeNew)
	}
	return output.WriteNumbered(stem, ending, func(w io.Writer) error { return drawn.Write(w, figure.PDF) })
}

// writeNew writes a file that must not exist yet.
func writeNew(name string, write func(io.Writer) error) error {
	err := output.WriteNew(name, write)
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("%s already exists, expected a new name", name)
	}
	return err
}
