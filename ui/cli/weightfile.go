package cli

import (
	"io"
	"os"

	"undercurrent/divergences"
	"undercurrent/scenarios/data/arrays"
	"undercurrent/ui/output"
)

// readWeight is the family of the tabulated weight in a file. Every error is a usageError.
func readWeight(name string) (divergences.Family, error) {
	f, err := os.Open(name)
	if err != nil {
		return divergences.Family{}, usagef("--weight-file %s cannot be read (%w), expected a file of log r and the weight", name, arrays.Plain(err))
	}
	defer f.Close()
	nodes, err := divergences.ReadNodes(io.LimitReader(f, maxRead))
	if err != nil {
		return divergences.Family{}, usagef("--weight-file %s: %w", name, arrays.Plain(err))
	}
	family, err := divergences.TableFamily(nodes)
	return family, named("--weight-file "+name, err)
}

// writeWeight writes a tabulated weight to an open file.
func writeWeight(f *output.File, nodes []divergences.WeightNode) error {
	if err := divergences.WriteNodes(f, nodes); err != nil {
		return err
	}
	return f.Keep()
}
