package cli

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"undercurrent/divergences"
	"undercurrent/scenarios"
	"undercurrent/scenarios/data/arrays"
	"undercurrent/scenarios/file"
	"undercurrent/sim"
	"undercurrent/ui/output"
	"undercurrent/ui/paint"
)

// isScenarioFile reports whether a name is that of a file rather than an id.
func isScenarioFile(name string) bool {
	ext := strings.ToLower(filepath.Ext(name))
	return ext == ".yaml" || ext == ".yml" || strings.ContainsRune(name, filepath.Separator)
}

// maxRead bounds what is read of a file, in bytes: more than a scenario file may have.
const maxRead = 8 << 20

// readScenario reads a scenario file. A scenario without an id gets the file's name.
func readScenario(name string) (scenarios.Scenario, error) {
	f, err := os.Open(name)
	if err != nil {
		why := arrays.Plain(err).Error()
		if errors.Is(err, fs.ErrNotExist) {
			why = "no such file"
		}
		return scenarios.Scenario{}, usagef("%s: %s, expected a scenario file", name, why)
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, maxRead))
	if err != nil {
		return scenarios.Scenario{}, usagef("%s: %w, expected a scenario file", name, arrays.Plain(err))
	}
	s, err := file.Decode(text, filesIn(filepath.Dir(name)))
	if err != nil {
		return s, usagef("%s: %w", name, err)
	}
	if err := checkDivergence(s.Divergence); err != nil {
		return s, usagef("%s: %w", name, file.Located(text, "divergence", err))
	}
	s.File = name
	if s.ID == "" {
		s.ID = paint.Visible(strings.TrimSuffix(filepath.Base(name), filepath.Ext(name)))
	}
	return s, nil
}

// checkDivergence refuses the divergence of a file that no flag could be meant for. The weight of custom comes from
// a flag.
func checkDivergence(text string) error {
	if id, _, _ := strings.Cut(text, ":"); text == "" || id == divergences.CustomID {
		return nil
	}
	c := divergences.Standard()
	m, err := sim.ParseMotion(c, text, nil)
	if err == nil {
		_, err = m.Drift.Build()
	}
	return explained(c, err)
}

// openScenario reads a scenario file for the running program, with its motion, nil if it
// has none. It refuses what is not a regular file, which might block the screen.
func openScenario(name string) (s scenarios.Scenario, motion *sim.Motion, err error) {
	if !isScenarioFile(name) {
		return s, nil, usagef("unknown scenario %q, expected a built-in scenario or a scenario file (.yaml)", name)
	}
	if info, err := os.Stat(name); err == nil && !info.Mode().IsRegular() {
		return s, nil, usagef("%s is not a regular file, expected a scenario file", name)
	}
	if s, err = readScenario(name); err != nil || s.Divergence == "" {
		return s, nil, err
	}
	m, err := noFlags().motion.resolve(s)
	return s, &m, err
}

// scenarioFiles are those of the working directory.
func scenarioFiles() []string {
	// The patterns are well formed.
	long, _ := filepath.Glob("*.yaml")
	short, _ := filepath.Glob("*.yml")
	return append(long, short...)
}

// saveScenario writes a scenario to a new file in the working directory and returns the
// file's name: made of the scenario's id, with a number if the file exists.
func saveScenario(s scenarios.Scenario) (name string, err error) {
	text, err := file.Encode(s)
	if err != nil {
		return "", err
	}
	return output.WriteNumbered(output.Name(s.ID), ".yaml", asText(text))
}

// asText writes a text.
func asText(text []byte) func(io.Writer) error {
	return func(w io.Writer) error {
		_, err := w.Write(text)
		return err
	}
}
