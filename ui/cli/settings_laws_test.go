package cli

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"runtime/debug"
	"slices"
	"strings"
	"testing"
	"time"

	"undercurrent/sim"
	"undercurrent/sim/density"
	"undercurrent/sim/replay"
)

// settingsCase is one drawn command line with how it ended.
type settingsCase struct {
	index  uint64
	args   []string
	dir    string // of the files
	files  map[string]string
	edits  []string // one before each step, none for a command that ends by itself
	took   time.Duration
	faults []string
}

// String is the command that reproduces the case, after those that write its files.
func (c settingsCase) String() string {
	var b strings.Builder
	for name, text := range c.files {
		fmt.Fprintf(&b, "cat > %s <<'END'\n%sEND\n", name, text)
	}
	b.WriteString("undercurrent")
	for _, a := range c.args {
		b.WriteString(" " + quoted(strings.ReplaceAll(a, c.dir+string(filepath.Separator), "")))
	}
	for k, e := range c.edits {
		fmt.Fprintf(&b, " # --edit=%d=%s", k, e)
	}
	return b.String()
}

// runSettings draws a case, runs it with its files in a folder and checks the laws.
func runSettings(t *testing.T, seed, index uint64, dir string, maxSteps int) (c settingsCase) {
	t.Helper()
	s := newRandomSettings(seed, index, dir)
	c = settingsCase{index: index, args: s.command(maxSteps), dir: dir, files: s.files}
	if c.args[0] == "run" && s.chance(0.1) {
		c.edits = s.edits(maxSteps)
	}
	s.write(t)
	// A panic in a goroutine ends the tests: this says of which cases.
	running := filepath.Join(os.TempDir(), fmt.Sprintf("undercurrent-settings-running-%d.txt", index%settingsAtOnce))
	if err := os.WriteFile(running, []byte(c.String()+"\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	defer os.Remove(running)
	began := time.Now()
	c.faults = c.run()
	c.took = time.Since(began)
	return c
}

// run runs the case and returns the laws that it breaks.
func (c settingsCase) run() (faults []string) {
	defer func() {
		if p := recover(); p != nil {
			faults = append(faults, fmt.Sprintf("panic: %v\n%s", p, debug.Stack()))
		}
	}()
	if len(c.edits) > 0 {
		return c.edited()
	}
	return settingsFaults(c, runs(c.args...))
}

// edited runs the flow of the flags with edits, as the screen makes them. Edits that are refused
// change nothing.
func (c settingsCase) edited() (faults []string) {
	r := newRun()
	if err := r.command().ParseFlags(c.args[1:]); err != nil {
		return nil // the command line alone is another case
	}
	s, settings, err := r.flow.resolve()
	if err != nil {
		return nil
	}
	objectives, err := r.flow.motion.objectives(settings.Drift)
	if err != nil {
		return nil
	}
	u, err := r.flow.resolveFunctional()
	if err != nil {
		return nil
	}
	flow, err := replay.NewRun(s, settings)
	if err != nil {
		return nil
	}
	in := sim.Instruments{Objectives: density.NewObjectives(objectives), Functional: u.Measure(), Response: true, Effort: true, Identity: true}
	report := &sim.Report{}
	for _, text := range c.edits {
		e, err := replay.ParseEdit(text)
		if err == nil {
			err = flow.Apply(e)
		}
		if err != nil && !strings.Contains(err.Error(), "expected") && !strings.Contains(err.Error(), "nothing to undo") {
			faults = append(faults, fmt.Sprintf("%s: %v", text, err))
		}
		if err := flow.Step(func(f *sim.Flow) { f.StepReport(report, in) }); err != nil {
			faults = append(faults, err.Error())
		}
		l := newLine(flow.Flow(), u, report)
		if _, err := json.Marshal(l); err != nil {
			faults = append(faults, err.Error())
		}
		faults = append(faults, reportFaults(&l, false)...)
	}
	return faults
}

// settingsFaults are the laws that a case breaks.
func settingsFaults(c settingsCase, r result) (faults []string) {
	fault := func(format string, args ...any) { faults = append(faults, fmt.Sprintf(format, args...)) }
	switch r.status {
	case exitOK:
	case exitUsage:
		for _, f := range refusalFaults(c, r) {
			fault("%s", f)
		}
	default:
		fault("exit status %d: %s", r.status, r.err)
	}
	watching := c.args[0] == "watch"
	if !slices.Contains(c.args, "--json") {
		if strings.Contains(r.out, "NaN") || strings.Contains(r.out, "Inf") {
			fault("NaN or Inf in %q", r.out)
		}
		return faults
	}
	for _, l := range strings.Split(strings.TrimSuffix(r.out, "\n"), "\n") {
		if l == "" {
			continue
		}
		var report line
		decoder := json.NewDecoder(bytes.NewReader([]byte(l)))
		if err := decoder.Decode(&report); err != nil {
			fault("%v in %q", err, l)
			continue
		}
		faults = append(faults, reportFaults(&report, watching)...)
	}
	return faults
}

// refusalFaults are what a refusal lacks: a sentence that names a flag or a file, and what was
// expected.
func refusalFaults(c settingsCase, r result) (faults []string) {
	var refusal string
	for _, l := range strings.Split(strings.TrimSuffix(r.err, "\n"), "\n") {
		if !strings.HasPrefix(l, "undercurrent: warning: ") {
			refusal = l
		}
	}
	if r.out != "" && c.args[0] != "watch" { // whose frames before the wrong one are right
		faults = append(faults, "output before a refusal")
	}
	if !strings.Contains(refusal, "expected") {
		faults = append(faults, "what was expected is not said: "+refusal)
	}
	if !regexp.MustCompile(`--[a-z]|scenario\.yaml|points\.csv|frames\.csv`).MatchString(refusal) {
		faults = append(faults, "neither a flag nor a file is named: "+refusal)
	}
	return faults
}

// reportFaults are the laws that a report breaks. Watched particles stay where they are, also outside.
func reportFaults(l *line, watching bool) (faults []string) {
	fault := func(format string, args ...any) {
		faults = append(faults, fmt.Sprintf("step %d: ", l.Step)+fmt.Sprintf(format, args...))
	}
	const rounding = 1e-9
	if !(l.TV >= 0 && l.TV <= 1+rounding) {
		fault("TV is %g", l.TV)
	}
	if !(l.Unreached >= 0 && l.Unreached <= 1+rounding) {
		fault("unreached is %g", l.Unreached)
	}
	for id, v := range l.Objectives {
		if v < 0 {
			fault("%s is %g", id, v)
		}
	}
	if l.Objective < 0 {
		fault("objective of %s is %g", l.Drift, l.Objective)
	}
	target, mass, count, effort, taken := 0.0, 0.0, 0, 0.0, 0.0
	for _, k := range l.Regions {
		target, mass, count, effort, taken = target+k.Target, mass+k.Mass, count+k.Count, effort+k.Effort, taken+k.EffortTaken
		if k.Mass < -rounding || k.Target < -rounding || k.SE < 0 {
			fault("region %d has the mass %g ± %g of %g", k.ID, k.Mass, k.SE, k.Target)
		}
	}
	if math.Abs(target-1) > rounding {
		fault("target masses sum to %g", target)
	}
	// Less than one where the kernel reaches beyond the grid: that part of TV counts in full.
	if mass > 1+rounding {
		fault("masses sum to %g", mass)
	}
	if watching {
		count += l.Outside
	}
	if count != l.Particles {
		fault("%d particles of %d in regions", count, l.Particles)
	}
	bands, bandsTaken := 0.0, 0.0
	for _, b := range l.Effort {
		bands, bandsTaken = bands+b.Share, bandsTaken+b.Taken
	}
	if math.Abs(bands-effort) > rounding || math.Abs(bandsTaken-taken) > rounding {
		fault("effort is %g by bands, %g by regions; taken %g, %g", bands, effort, bandsTaken, taken)
	}
	if l.Reference == nil && l.Velocity == "plugin" {
		for _, sum := range []float64{bands, bandsTaken} {
			if sum != 0 && math.Abs(sum-1) > rounding {
				fault("shares of the effort sum to %g", sum)
			}
		}
	}
	if math.Abs(bands) > 1+rounding || math.Abs(bandsTaken) > 1+rounding {
		fault("shares of the effort sum to %g, %g", bands, bandsTaken)
	}
	return faults
}

// settingsAtOnce is the number of cases that run at the same time.
const settingsAtOnce = 2

// checkSettings runs cases of at most maxSteps steps, most of them on a coarse grid if that is one, and reports
// what is wrong with them. It returns them, the slowest first.
func checkSettings(t *testing.T, seed uint64, cases, maxSteps int) []settingsCase {
	t.Helper()
	list := make([]settingsCase, cases)
	t.Run("cases", func(t *testing.T) {
		for part := range settingsAtOnce {
			t.Run(fmt.Sprint(part), func(t *testing.T) {
				t.Parallel()
				dir := t.TempDir()
				for k := part; k < cases; k += settingsAtOnce {
					list[k] = runSettings(t, seed, uint64(k), dir, maxSteps)
					if len(list[k].faults) > 0 {
						t.Errorf("case %d:\n%s\n%s", k, strings.Join(list[k].faults, "\n"), list[k])
					}
				}
			})
		}
	})
	slices.SortStableFunc(list, func(a, b settingsCase) int { return int(b.took - a.took) })
	return list
}

func TestRandomSettingsKeepTheLaws(t *testing.T) {
	if testing.Short() {
		t.Skip("some seconds")
	}
	t.Parallel()
	checkSettings(t, 1, 100, 1)
}
