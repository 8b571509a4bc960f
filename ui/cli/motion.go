package cli

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"undercurrent/divergences"
	"undercurrent/internal/suggest"
	"undercurrent/scenarios"
	"undercurrent/scenarios/formula"
	"undercurrent/sim"
)

// motionFlags are the flags of a motion: drift, velocity, birth–death, bandwidth and its schedule.
type motionFlags struct {
	divergence string
	parameters map[string]*divergences.Value // by name, which is that of the flag
	zFactor    float64
	weight     string
	weightFile string
	bandwidth  float64
	velocity   string
	birthDeath float64
	coarse     float64
	mover      string
	stairs     int // over how many steps a coarse bandwidth falls

	set *pflag.FlagSet
}

func (f *motionFlags) bind(cmd *cobra.Command) {
	f.set = cmd.Flags()
	standard := divergences.Standard()
	f.set.StringVar(&f.divergence, "divergence", "reverse-kl", "divergence, with a parameter (alpha:0.5, lv:target) or a bandwidth (reverse-kl@0.4)")
	f.parameters = map[string]*divergences.Value{}
	for _, p := range standard.Parameters() {
		v := p.Default
		f.parameters[p.Name] = &v
		if p.Choices == nil {
			f.set.Float64Var(&v.Number, p.Name, p.Default.Number, p.Usage)
			continue
		}
		f.set.StringVar(&v.Choice, p.Name, p.Default.Choice, p.Usage)
		complete(cmd, p.Name, p.Choices)
	}
	f.set.Float64Var(&f.zFactor, "z-factor", 1, "factor by which the drift takes the normalizing constant Z too large; power laws ignore it")
	f.set.StringVar(&f.weight, "weight", "", "custom weight w(r), an expression such as 'r/(1+r)'")
	f.set.StringVar(&f.weightFile, "weight-file", "", "custom weight from a file: log r and w in two columns, as design --out writes it")
	f.set.Float64Var(&f.bandwidth, "bandwidth", 0, "standard deviation h of the kernel (default: the scenario's)")
	f.set.StringVar(&f.velocity, "velocity", "plugin", "velocity: plugin, or blob (the exact gradient flow of the smoothed objective)")
	densityFlags.take(f.set, "bandwidth")
	driftFlags.take(f.set)
	complete(cmd, "divergence", append(standard.IDs(), divergences.CustomID, sim.AdaptiveID))
	complete(cmd, "velocity", []string{"plugin", "blob"})
}

// ofOneFlow are the flags of the drift of a single flow.
func (f *motionFlags) ofOneFlow() []string {
	names := []string{"divergence", "weight", "weight-file"}
	for _, p := range divergences.Standard().Parameters() {
		names = append(names, p.Name)
	}
	return names
}

// values are the parameters of the flags, defaults included.
func (f *motionFlags) values() divergences.Values {
	v := divergences.Values{}
	for name, value := range f.parameters {
		v[name] = *value
	}
	return v
}

// catalogue is the standard catalogue, with the drift of --weight or --weight-file if there is one.
func (f *motionFlags) catalogue() (divergences.Catalogue, error) {
	c := divergences.Standard()
	switch {
	case f.weightFile != "":
		family, err := readWeight(f.weightFile)
		return c.With(family), err
	case f.weight == "":
		return c, nil
	}
	w, err := formula.NewWeight(f.weight)
	if err != nil {
		return c, usagef("--weight: %w", err)
	}
	d, err := divergences.NewCustom(f.weight, w)
	if err != nil {
		return c, usagef("--weight: %w", err)
	}
	return c.With(divergences.CustomFamily(d)), nil
}

// resolve is the motion of a flow of a scenario: that of the flags, or else of its file. Its
// drift is valid. The bandwidth is 0 if neither sets one.
func (f *motionFlags) resolve(s scenarios.Scenario) (sim.Motion, error) {
	c, err := f.catalogue()
	if err != nil {
		return sim.Motion{}, err
	}
	m, err := f.choose(c, s)
	if err != nil {
		return m, err
	}
	if err := f.takeMover(c, &m); err != nil {
		return m, err
	}
	if f.set.Changed("bandwidth") {
		m.Bandwidth = f.bandwidth
	}
	velocity, err := choose("--velocity", f.velocity, sim.Plugin, sim.Blob)
	if f.set.Changed("velocity") || m.Velocity == sim.Plugin {
		m.Velocity = velocity
	}
	if f.set.Changed(birthDeathFlag) {
		m.BirthDeath = f.birthDeath
	}
	if err == nil {
		err = f.takeCoarse(&m)
	}
	if err == nil && m.Coarse.On() && f.set.Lookup(coarseFlag) == nil {
		err = usagef("--divergence has a coarse bandwidth, which moves no samples, expected it in a flow alone")
	}
	if err == nil && m.Coarse.From != 0 {
		err = usagef("the coarse bandwidth begins at step %d, expected 0: the flow begins with it", m.Coarse.From)
	}
	if err == nil && m.BirthDeath > 0 && f.set.Lookup(birthDeathFlag) == nil {
		err = usagef("--divergence has birth–death, which moves no samples, expected it in a flow alone")
	}
	return m, err
}

func (f *motionFlags) choose(c divergences.Catalogue, s scenarios.Scenario) (sim.Motion, error) {
	switch {
	case f.weightFile != "" && f.weight != "":
		return sim.Motion{}, exclusive("--weight-file "+f.weightFile, "--weight "+f.weight)
	case f.weightFile != "" && f.set.Changed("divergence"):
		return sim.Motion{}, exclusive("--weight-file "+f.weightFile, "--divergence "+f.divergence)
	case f.weightFile != "":
		return f.read(c, "--weight-file", divergences.TableID)
	case f.divergence == divergences.TableID:
		return sim.Motion{}, usagef("--divergence table has no values, expected --weight-file with a file of log r and the weight")
	case f.weight != "" && f.set.Changed("divergence") && f.divergence != divergences.CustomID:
		return sim.Motion{}, usagef("--weight and --divergence %s given, expected one of them (--weight defines the divergence custom)", f.divergence)
	case f.weight != "":
		return f.read(c, "--weight", divergences.CustomID)
	case f.divergence == divergences.CustomID:
		return sim.Motion{}, usagef("--divergence custom has no weight, expected --weight with an expression of r such as 'r/(1+r)'")
	case f.decidedByFile(s):
		return f.ofFile(c, s)
	}
	m, err := f.read(c, "--divergence", f.divergence)
	if err != nil {
		return m, err
	}
	if err := f.agree(m); err != nil {
		return m, err
	}
	return m, f.refuseForeign(m.Drift)
}

// decidedByFile reports whether the scenario's file sets the divergence.
func (f *motionFlags) decidedByFile(s scenarios.Scenario) bool {
	return s.File != "" && s.Divergence != "" && !f.set.Changed("divergence") && f.weight == "" && f.weightFile == ""
}

// ofFile is the motion of a scenario file, with the parameters of flags in place of its own.
func (f *motionFlags) ofFile(c divergences.Catalogue, s scenarios.Scenario) (sim.Motion, error) {
	from := s.File + ": divergence"
	if id, _, _ := strings.Cut(s.Divergence, ":"); id == divergences.CustomID {
		return sim.Motion{}, usagef("%s: custom takes its weight from --weight, expected another divergence or --weight with the file", from)
	}
	m, err := f.parse(c, from, s.Divergence)
	if err != nil {
		return m, err
	}
	for name, value := range f.parameters {
		if f.set.Changed(name) {
			m.Drift = m.Drift.With(name, *value)
		}
	}
	if f.set.Changed("z-factor") {
		m.Drift = m.Drift.WithZFactor(f.zFactor)
	}
	if !m.Mover.IsZero() || m.Adaptive {
		return m, usagef("%s is %s, expected a divergence; --divergence takes movers too", from, s.Divergence)
	}
	if err := f.refuseForeign(m.Drift); err != nil {
		return m, err
	}
	return m, f.build(c, from, m.Drift)
}

// readMotion parses a motion: parameters that are not in the text have their defaults, and
// the factor of Z is zFactor unless the text sets it after ^. Errors begin with from.
func readMotion(c divergences.Catalogue, from, text string, zFactor float64) (sim.Motion, error) {
	m, err := sim.ParseMotion(c, text, nil)
	if err == nil && !strings.Contains(text, "^") {
		m.Drift = m.Drift.WithZFactor(zFactor)
	}
	if err == nil {
		_, err = m.Drift.Build()
	}
	return m, named(from, explained(c, err))
}

// read is parse, and refuses a drift that cannot be built.
func (f *motionFlags) read(c divergences.Catalogue, from, text string) (sim.Motion, error) {
	m, err := f.parse(c, from, text)
	if err != nil {
		return m, err
	}
	return m, f.build(c, from, m.Drift)
}

// parse parses a motion; parameters that are not in the text are those of the flags. Errors
// begin with from.
func (f *motionFlags) parse(c divergences.Catalogue, from, text string) (sim.Motion, error) {
	m, err := sim.ParseMotion(c, text, f.values())
	if err != nil {
		return m, named(from, explained(c, err))
	}
	if !strings.Contains(text, "^") {
		m.Drift = m.Drift.WithZFactor(f.zFactor)
	}
	return m, nil
}

// build refuses a drift that cannot be built. Errors begin with from, or with the flag of the wrong
// setting.
func (f *motionFlags) build(c divergences.Catalogue, from string, spec divergences.Spec) error {
	_, err := spec.Build()
	return f.blame(c, from, err)
}

// explained adds the nearest names to the error of an unknown name.
func explained(c divergences.Catalogue, err error) error {
	var unknown divergences.UnknownError
	var reference divergences.UnknownReferenceError
	switch {
	case errors.As(err, &unknown):
		expected, ok := divergences.KnownAs(unknown.ID)
		if !ok {
			expected = suggest.Nearest(unknown.ID, withCustom(c.IDs()))
		}
		return fmt.Errorf("%w, expected %s (see %s list divergences)", err, expected, invocation())
	case errors.As(err, &reference):
		return fmt.Errorf("%w, expected %s", err, suggest.Nearest(reference.Name, divergences.ReferenceNames()))
	}
	return err
}

// withCustom are ids and that of --weight.
func withCustom(ids []string) []string {
	if slices.Contains(ids, divergences.CustomID) {
		return ids
	}
	return append(ids, divergences.CustomID)
}

// agree refuses a flag that contradicts --divergence.
func (f *motionFlags) agree(m sim.Motion) error {
	refuse := func(flag string) error {
		return exclusive(fmt.Sprintf("--%s %s", flag, f.set.Lookup(flag).Value), "--divergence "+f.divergence)
	}
	for _, p := range m.Drift.Family().Parameters {
		if f.set.Changed(p.Name) && differ(m.Drift.Value(p.Name), *f.parameters[p.Name]) {
			return refuse(p.Name)
		}
	}
	switch {
	case f.set.Changed("z-factor") && differ(divergences.Number(m.Drift.ZFactor()), divergences.Number(f.zFactor)):
		return refuse("z-factor")
	case f.set.Changed("bandwidth") && m.Bandwidth != 0 && m.Bandwidth != f.bandwidth:
		return refuse("bandwidth")
	case f.set.Changed(birthDeathFlag) && m.BirthDeath != 0 && m.BirthDeath != f.birthDeath:
		return refuse(birthDeathFlag)
	case f.set.Changed(coarseFlag) && m.Coarse.On() && m.Coarse.Factor != f.coarse:
		return refuse(coarseFlag)
	case f.set.Changed("velocity") && m.Velocity == sim.Blob && f.velocity != sim.Blob.String():
		return refuse("velocity")
	}
	return nil
}

// refuseForeign refuses a parameter that the drift does not have, unless another drift of the command line
// may take it.
func (f *motionFlags) refuseForeign(spec divergences.Spec) error {
	if f.set.Changed("switch") || f.set.Changed("compare") {
		return nil
	}
	for _, p := range divergences.Standard().Parameters() {
		own := slices.ContainsFunc(spec.Family().Parameters, func(q divergences.Parameter) bool { return q.Name == p.Name })
		if own || !f.set.Changed(p.Name) {
			continue
		}
		return usagef("--%s is for %s, expected no --%s %s with %s", p.Name, strings.Join(takers(p.Name), " and "), p.Name, f.parameters[p.Name], spec.ID())
	}
	return nil
}

// takers are the families that take a parameter.
func takers(name string) (ids []string) {
	for _, family := range divergences.Standard().Families() {
		if slices.ContainsFunc(family.Parameters, func(p divergences.Parameter) bool { return p.Name == name }) {
			ids = append(ids, family.ID)
		}
	}
	return ids
}

// differ reports whether two values differ; two NaN do not, they are refused elsewhere.
func differ(a, b divergences.Value) bool {
	return a != b && (a.Number == a.Number || b.Number == b.Number)
}

// objectives are all f-divergences at the parameters of a drift, that of --weight or a table included.
func (f *motionFlags) objectives(spec divergences.Spec) ([]divergences.Divergence, error) {
	c, err := f.catalogue()
	if err != nil {
		return nil, err
	}
	if spec.ID() == divergences.TableID {
		c = c.With(spec.Family())
	}
	all, err := c.Divergences(spec.Values())
	return all, f.blame(c, "--divergence", err)
}

// drift appends the flags of a drift.
func (w *commandWriter) drift(spec divergences.Spec) {
	family := spec.Family()
	switch {
	case family.Weight != "":
		w.add("weight", family.Weight)
	case family.Table != "":
		w.add("divergence", family.ID+":"+family.Table)
	default:
		w.add("divergence", spec.ID())
	}
	w.set("z-factor", number(spec.ZFactor()))
	for _, p := range spec.Parameters() {
		w.set(p.Name, spec.Value(p.Name).String())
	}
}
