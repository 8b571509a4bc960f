package cli

import (
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"undercurrent/divergences"
	"undercurrent/scenarios"
	"undercurrent/scenarios/catalogue"
)

// randomSettings draws command lines, with the files that they read. The same seed and index give
// the same case.
type randomSettings struct {
	rng   *rand.Rand
	dir   string            // of the files
	files map[string]string // text by name in it
	// coarse is a bandwidth at which the target takes little time, 0 where it is not known.
	coarse float64
}

func newRandomSettings(seed, index uint64, dir string) *randomSettings {
	return &randomSettings{rng: rand.New(rand.NewPCG(seed, index)), dir: dir, files: map[string]string{}}
}

// chance reports true with a probability.
func (s *randomSettings) chance(p float64) bool { return s.rng.Float64() < p }

// oneOf returns one of several values.
func oneOf[T any](s *randomSettings, list ...T) T { return list[s.rng.IntN(len(list))] }

// size is a positive number between two bounds, uniform in its logarithm.
func (s *randomSettings) size(lo, hi float64) float64 {
	return lo * math.Exp(s.rng.Float64()*math.Log(hi/lo))
}

// text is a number as a flag or a file has it.
func text(v float64) string { return strconv.FormatFloat(v, 'g', 6, 64) }

// wild is a size that is mostly ordinary, sometimes far off.
func (s *randomSettings) wild(unit float64) float64 {
	switch {
	case s.chance(0.75):
		return unit * s.size(0.1, 10)
	case s.chance(0.7):
		return unit * s.size(1e-4, 1e4)
	}
	return unit * s.size(1e-14, 1e14)
}

// signed gives a size a sign.
func (s *randomSettings) signed(v float64) float64 {
	if s.chance(0.5) {
		return -v
	}
	return v
}

// command is a command line that ends by itself, of at most maxSteps steps.
func (s *randomSettings) command(maxSteps int) []string {
	if s.chance(0.08) {
		return s.watch()
	}
	args := []string{"run", "--steps", strconv.Itoa(1 + s.rng.IntN(maxSteps))}
	if compared := s.chance(0.1); compared {
		args[0] = "compare"
		var list []string
		for range 2 + s.rng.IntN(3) {
			list = append(list, s.drift())
		}
		args = append(args, "--divergences", strings.Join(list, ","))
	} else {
		args = append(args, s.motion()...)
	}
	if s.chance(0.97) || maxSteps == 1 {
		args = append(args, "--json")
	}
	args = append(args, s.target()...)
	args = append(args, s.start()...)
	args = append(args, s.rest()...)
	if s.coarse > 0 && maxSteps == 1 && !strings.Contains(strings.Join(args, " "), "--bandwidth") {
		args = append(args, "--bandwidth="+text(s.coarse))
	}
	return args
}

// watch is a command line that measures frames of particles, some of which are no numbers.
func (s *randomSettings) watch() []string {
	var b strings.Builder
	n, unit := 1+s.rng.IntN(30), s.wild(2)
	for range 1 + s.rng.IntN(3) {
		for range n {
			x := text(unit * s.rng.NormFloat64())
			if s.chance(0.02) {
				x = oneOf(s, "nan", "inf", "1e300", "-1e15")
			}
			fmt.Fprintf(&b, "%s,%s\n", x, text(unit*s.rng.NormFloat64()))
		}
		b.WriteString("\n")
	}
	args := append([]string{"watch", s.file("frames.csv", b.String()), "--json"}, s.target()...)
	if s.chance(0.5) {
		args = append(args, s.motion()...)
	}
	if s.chance(0.3) {
		args = append(args, "--smoothing=sharp")
	}
	if s.chance(0.1) {
		args = append(args, "--metrics")
	}
	return args
}

// particles is a number of particles; invalid ones are drawn too.
func (s *randomSettings) particles() string {
	return strconv.Itoa(oneOf(s, 1, 2, 2, 3, 10, 30, 64, 100, 100, 1+s.rng.IntN(100)))
}

// rest are the flags that every flow has.
func (s *randomSettings) rest() (args []string) {
	add := func(p float64, flag string, value func() string) {
		if s.chance(p) {
			args = append(args, "--"+flag+"="+value())
		}
	}
	add(1, "particles", s.particles)
	add(0.5, "seed", func() string { return strconv.Itoa(s.rng.IntN(1000)) })
	add(0.2, "smoothing", func() string { return oneOf(s, "matched", "sharp", "sharp") })
	add(0.15, "time", func() string { return oneOf(s, "physical", "unit") })
	add(0.1, "dt", func() string { return text(s.wild(0.01)) })
	add(0.15, "functional", func() string { return oneOf(s, "deficit", "under-coverage") })
	add(0.15, "tau", func() string { return text(s.wild(1)) })
	add(0.15, "softness", func() string { return text(s.wild(1)) })
	return args
}

// drift is a divergence in the format of --divergence, with valid and invalid parameters.
func (s *randomSettings) drift() string {
	families := divergences.Standard().Families()
	f := families[s.rng.IntN(len(families))]
	drift := f.ID
	for _, p := range f.Parameters {
		if s.chance(0.3) {
			break
		}
		drift += ":" + s.parameter(p)
	}
	if s.chance(0.2) {
		drift += "^" + text(s.wild(1))
	}
	if s.chance(0.1) {
		drift += "@" + text(s.wild(0.5))
	}
	if s.chance(0.1) {
		drift += "~blob"
	}
	return drift
}

func (s *randomSettings) parameter(p divergences.Parameter) string {
	if p.Choices != nil {
		return p.Choices[s.rng.IntN(len(p.Choices))]
	}
	if s.chance(0.1) {
		return text(s.signed(s.wild(1)))
	}
	v := p.Min + (p.Max-p.Min)*s.rng.Float64()
	switch {
	case s.chance(0.1):
		v = p.Min + (p.Max-p.Min)*s.size(1e-12, 1e-2)
	case s.chance(0.1):
		v = p.Max - (p.Max-p.Min)*s.size(1e-12, 1e-2)
	}
	return text(v)
}

// weight is a formula of a typed weight.
func (s *randomSettings) weight() string {
	return oneOf(s, "1", "r", "r^2", "1/r", "sqrt(r)", "r/(1+r)", "exp(-r)", "1+sin(r)^2", "cos(sin(1))", "min(r, 3)", "max(r, 0.1)^3",
		"1e-99", "1e99", "1e190", "r < 1 ? 1e-9 : 1e9", "log1p(r)", "r > 0.999 ? 1 : 1e-90", "r^"+text(s.signed(s.size(0.01, 30))), text(s.wild(1))+"/(r+"+text(s.wild(1))+")", "log(r)", "r-1", "1/(r-2)^2")
}

// motion are the flags of the drift.
func (s *randomSettings) motion() (args []string) {
	add := func(p float64, flag, value string) {
		if s.chance(p) {
			args = append(args, "--"+flag+"="+value)
		}
	}
	if s.chance(0.2) {
		args = append(args, "--weight="+s.weight())
	} else {
		add(0.95, "divergence", s.drift())
	}
	add(0.15, "alpha", text(s.rng.Float64()*8-4))
	add(0.1, "lambda", text(s.rng.Float64()*1.1))
	add(0.15, "z-factor", text(s.signed(s.wild(1))))
	add(0.15, "z-factor", text(s.wild(1)))
	add(0.2, "bandwidth", text(s.wild(0.5)))
	add(0.1, "velocity", oneOf(s, "blob", "plugin"))
	add(0.1, "birth-death", text(s.signed(s.wild(1))))
	add(0.1, "coarse", text(s.size(0.5, 40)))
	add(0.05, "coarse-steps", strconv.Itoa(s.rng.IntN(5)))
	add(0.1, "reference", oneOf(s, divergences.ReferenceNames()...))
	return args
}

// target are the flags of the target: a built-in scenario, a formula, or a file.
func (s *randomSettings) target() []string {
	if s.chance(0.1) {
		return append(s.density(), "--regions", oneOf(s, scenarios.Divisions()...))
	}
	return s.density()
}

// density are the flags of a target with its own regions.
func (s *randomSettings) density() []string {
	switch {
	case s.chance(0.35):
		all := catalogue.All()
		one := all[s.rng.IntN(len(all))]
		s.coarse = 3 * one.Bandwidth
		return []string{"--scenario", one.ID}
	case s.chance(0.45):
		flag, formula := s.formula()
		return []string{"--" + flag + "=" + formula, "--window=" + strings.Join(s.window(), ",")}
	}
	return []string{"--scenario", s.file("scenario.yaml", s.scenarioFile())}
}

// file is the path of a file with a text.
func (s *randomSettings) file(name, text string) string {
	s.files[name] = text
	return filepath.Join(s.dir, name)
}

// window are the edges of a window.
func (s *randomSettings) window() []string {
	unit := 1.0
	if s.chance(0.1) {
		unit = s.size(1e-12, 1e12)
	}
	x, y := unit*s.signed(s.size(0.01, 3)), unit*s.signed(s.size(0.01, 3))
	a := unit * s.size(2, 20)
	b := a
	if s.chance(0.4) {
		b = a * s.size(0.02, 50)
	}
	s.coarse = min(a, b) / 8
	return []string{text(x - a), text(x + a), text(y - b), text(y + b)}
}

// formula is a formula of the density or its logarithm: hills, cliffs, walls, and constants that
// floating-point numbers hardly carry.
func (s *randomSettings) formula() (flag, formula string) {
	c := func() string { return text(s.wild(1)) }
	big := func() string { return text(s.size(1, oneOf(s, 1e3, 1e6, 1e20, 1e300))) }
	tiny := func() string { return text(1 / s.size(1, oneOf(s, 1e3, 1e20, 1e300))) }
	if s.chance(0.25) {
		return "density", oneOf(s, "1", big(), tiny(), "exp(-(x^2+y^2)/"+c()+")", "x > 0 ? 1 : 0", "max(0, 1-x^2-y^2)", "abs(sin("+c()+"*x))*exp(-y^2)",
			"gauss(x, "+c()+", "+c()+")*gauss(y, 0, "+c()+")", "1/(x^2+y^2+"+tiny()+")", "x", "1/x", tiny()+"*exp(-x^2-y^2)", big()+"*exp(-x^2-y^2)", "exp("+big()+")")
	}
	return "log-density", oneOf(s,
		"-(x^2+y^2)/"+c(), "-"+c()+"*(x^2+y^2)", "-"+big()+"*(x^2+y^2)", "-(x^2-2)^2/"+c()+"-y^2/"+c(), big(), "-"+big(), big()+"-x^2-y^2",
		big()+"*y", "-"+big()+"*x", big()+"*(x^2+y^2)", "-abs(x)*"+c()+"-abs(y)*"+c(), "x > "+c()+" ? -x^2-y^2 : -1/0", "sin("+big()+"*x)-y^2",
		"-log(x^2+y^2+"+tiny()+")*"+c(), "x > 0 ? "+big()+" : -y^2", "x > 0 ? -"+big()+" : -x^2-y^2", "-"+big()+"*(sqrt(x^2+y^2)-1)^2", "sqrt(x)-y^2", "log(x)", "1/x",
		"-"+tiny()+"*(x^2+y^2)", "-exp("+c()+"*x)-y^2", "logsumexp(-(x-1)^2*"+c()+", -(x+1)^2*"+c()+")-y^2", "floor("+c()+"*x)-y^2")
}

// components is a list of Gaussians.
func (s *randomSettings) components(most int) string {
	var list []string
	for range 1 + s.rng.IntN(most) {
		spread := oneOf(s, 3.0, 3, 3, 15)
		one := fmt.Sprintf("mean: [%s, %s]", text(spread*s.rng.NormFloat64()), text(spread*s.rng.NormFloat64()))
		switch {
		case s.chance(0.6):
			one += ", sigma: " + text(s.wild(0.8))
		case s.chance(0.6):
			one += fmt.Sprintf(", scales: [%s, %s], degrees: %s", text(s.wild(1)), text(s.wild(0.5)), text(360*s.rng.NormFloat64()))
		default:
			a, b, c := s.wild(1), s.wild(1), 2*s.rng.Float64()-1
			one += fmt.Sprintf(", covariance: [[%s, %s], [%[2]s, %s]]", text(a*a), text(c*a*b), text(b*b))
		}
		if s.chance(0.6) {
			one += ", weight: " + text(s.wild(1))
		}
		list = append(list, "{"+one+"}")
	}
	return "[" + strings.Join(list, ", ") + "]"
}

// scenarioFile is the text of a scenario file.
func (s *randomSettings) scenarioFile() string {
	lines := []string{"version: 1"}
	switch {
	case s.chance(0.7):
		lines = append(lines, "target: {mixture: "+s.components(5)+"}")
		if s.chance(0.3) {
			lines = append(lines, "window: ["+strings.Join(s.window(), ", ")+"]")
		}
	case s.chance(0.5):
		ids := catalogue.IDs()
		lines = append(lines, "target: {catalogue: "+ids[s.rng.IntN(len(ids))]+"}")
	default:
		flag, formula := s.formula()
		lines = append(lines, fmt.Sprintf("target: {%s: '%s'}", strings.ReplaceAll(flag, "-", "_"), formula), "window: ["+strings.Join(s.window(), ", ")+"]")
	}
	point := func(unit float64) string {
		return fmt.Sprintf("[%s, %s]", text(s.signed(s.wild(unit))), text(s.signed(s.wild(unit))))
	}
	switch s.rng.IntN(6) {
	case 0:
		lines = append(lines, fmt.Sprintf("start: {ring: {centre: %s, radius: %s, sigma: %s}}", point(1), text(s.wild(5)), text(s.wild(0.5))))
	case 1:
		lines = append(lines, fmt.Sprintf("start: {gaussian: {mean: %s, sigma: %s}}", point(2), text(s.wild(2))))
	case 2:
		lines = append(lines, "start: {mixture: "+s.components(4)+"}")
	case 3:
		lines = append(lines, "start: {uniform: ["+strings.Join(s.window(), ", ")+"]}")
	}
	if s.chance(0.3) {
		lines = append(lines, fmt.Sprintf("regions:\n  - {name: one, disc: {centre: %s, radius: %s}}\n  - {name: two, half_plane: {through: %s, normal: %s}}", point(1), text(s.wild(3)), point(1), point(1)))
	}
	if s.coarse = 0; s.chance(0.3) {
		lines = append(lines, "bandwidth: "+text(s.wild(0.5)))
	}
	if s.chance(0.2) {
		lines = append(lines, "divergence: "+s.drift())
	}
	return strings.Join(lines, "\n") + "\n"
}

// start are the flags of the initial cloud.
func (s *randomSettings) start() []string {
	switch {
	case s.chance(0.5):
		return nil
	case s.chance(0.85):
		names := scenarios.Scenario{}.StartNames()
		return []string{"--start", names[s.rng.IntN(len(names))]}
	}
	var b strings.Builder
	unit := s.wild(2)
	for range 1 + s.rng.IntN(20) {
		fmt.Fprintf(&b, "%s,%s\n", text(unit*s.rng.NormFloat64()), text(unit*s.rng.NormFloat64()))
	}
	return []string{"--start-samples", s.file("points.csv", b.String())}
}

// edit is an edit of the target or the particles, in the format of --edit without its step.
func (s *randomSettings) edit() string {
	mode := 1 + s.rng.IntN(4)
	at := fmt.Sprintf("%s:%s", text(s.signed(s.wild(2))), text(s.signed(s.wild(2))))
	return oneOf(s, fmt.Sprintf("move:%d:%s", mode, at), fmt.Sprintf("weight:%d:%s", mode, text(s.wild(1))), fmt.Sprintf("widen:%d:%s", mode, text(s.wild(1))),
		fmt.Sprintf("add:%s:%s", at, text(s.wild(1))), fmt.Sprintf("delete:%d", mode), fmt.Sprintf("pour:%s:%s:%d", at, text(s.wild(1)), 1+s.rng.IntN(50)),
		fmt.Sprintf("drain:%s:%s", at, text(s.wild(2))), "undo")
}

// edits are as many edits as there are steps at most.
func (s *randomSettings) edits(maxSteps int) (list []string) {
	for range 1 + s.rng.IntN(maxSteps) {
		list = append(list, s.edit())
	}
	return list
}

// write writes the files to a folder.
func (s *randomSettings) write(t *testing.T) {
	t.Helper()
	for name, text := range s.files {
		if err := os.WriteFile(filepath.Join(s.dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}
