package cli

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"undercurrent/divergences"
	"undercurrent/scenarios"
	"undercurrent/scenarios/formula"
	"undercurrent/sim"
)

// motionFlags choose what moves the particles: drift, velocity, bandwidth.
type motionFlags struct {
	divergence string
	parameters map[string]*divergences.Value // by the name of parameter and flag
	zFactor    float64
	weight     string
	bandwidth  float64
	velocity   string

	set *pflag.FlagSet
}

func (f *motionFlags) bind(cmd *cobra.Command) {
	f.set = cmd.Flags()
	standard := divergences.Standard()
	f.set.StringVar(&f.divergence, "divergence", "reverse-kl", "what drives the particles, by id, with a parameter as in alpha:0.5 or lv:target and a bandwidth as in reverse-kl@0.4")
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
	f.set.Float64Var(&f.zFactor, "z-factor", 1, "how many times too large the drift takes the normalizing constant of the target")
	f.set.StringVar(&f.weight, "weight", "", "custom weight w(r), an expression such as 'r/(1+r)'")
	f.set.Float64Var(&f.bandwidth, "bandwidth", 0, "standard deviation h of the kernel (default: the scenario's)")
	f.set.StringVar(&f.velocity, "velocity", "plugin", "plugin, or blob: the exact gradient flow of the smoothed objective")
	complete(cmd, "divergence", append(standard.IDs(), divergences.CustomID))
	complete(cmd, "velocity", []string{"plugin", "blob"})
}

// ofOneFlow are the flags that name the drift of one flow.
func (f *motionFlags) ofOneFlow() []string {
	names := []string{"divergence", "weight"}
	for _, p := range divergences.Standard().Parameters() {
		names = append(names, p.Name)
	}
	return names
}

// values are the parameters as the flags have them, defaults included.
func (f *motionFlags) values() divergences.Values {
	v := divergences.Values{}
	for name, value := range f.parameters {
		v[name] = *value
	}
	return v
}

// catalogue lists the drifts that can be chosen, that of --weight among them.
func (f *motionFlags) catalogue() (divergences.Catalogue, error) {
	c := divergences.Standard()
	if f.weight == "" {
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

// resolve is what moves the flow of a scenario: what the flags say, or what its file says
// where they do not. Its drift can be built. The bandwidth is 0 where neither names one.
func (f *motionFlags) resolve(s scenarios.Scenario) (sim.Motion, error) {
	c, err := f.catalogue()
	if err != nil {
		return sim.Motion{}, err
	}
	m, err := f.choose(c, s)
	if err != nil {
		return m, err
	}
	if f.set.Changed("bandwidth") {
		m.Bandwidth = f.bandwidth
	}
	velocity, err := choose("--velocity", f.velocity, sim.Plugin, sim.Blob)
	if f.set.Changed("velocity") || m.Velocity == sim.Plugin {
		m.Velocity = velocity
	}
	return m, err
}

func (f *motionFlags) choose(c divergences.Catalogue, s scenarios.Scenario) (sim.Motion, error) {
	switch {
	case f.weight != "" && f.set.Changed("divergence") && f.divergence != divergences.CustomID:
		return sim.Motion{}, usagef("--weight defines the divergence custom, expected no --divergence %s beside it", f.divergence)
	case f.weight != "":
		return f.read(c, "--weight", divergences.CustomID)
	case f.divergence == divergences.CustomID:
		return sim.Motion{}, usagef("--divergence custom has no weight, expected --weight with an expression of r such as 'r/(1+r)'")
	case f.decides(s):
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

// decides reports whether the scenario's file says what moves the particles.
func (f *motionFlags) decides(s scenarios.Scenario) bool {
	return s.File != "" && s.Divergence != "" && !f.set.Changed("divergence") && f.weight == ""
}

// ofFile is the motion that a scenario file names, with the flags that say otherwise.
func (f *motionFlags) ofFile(c divergences.Catalogue, s scenarios.Scenario) (sim.Motion, error) {
	from := s.File + ": divergence"
	if id, _, _ := strings.Cut(s.Divergence, ":"); id == divergences.CustomID {
		return sim.Motion{}, usagef("%s: custom has no weight in a file, expected another, or --weight beside the file", from)
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
	if err := f.refuseForeign(m.Drift); err != nil {
		return m, err
	}
	return m, f.build(c, from, m.Drift)
}

// readMotion reads a motion of its own: parameters that are not in the text have their
// defaults, and Z is taken zFactor times too large where the text does not say otherwise.
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

// read is parse of a text whose drift can be built.
func (f *motionFlags) read(c divergences.Catalogue, from, text string) (sim.Motion, error) {
	m, err := f.parse(c, from, text)
	if err != nil {
		return m, err
	}
	return m, f.build(c, from, m.Drift)
}

// parse reads a motion; parameters that are not in the text are those of the flags. Errors
// say where it is from.
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

// build refuses a drift that cannot be built. Of --divergence it is not said that it is
// from there: the parameter may have a flag of its own, and the error names it.
func (f *motionFlags) build(c divergences.Catalogue, from string, spec divergences.Spec) error {
	_, err := spec.Build()
	if from == "--divergence" {
		return usage(explained(c, err))
	}
	return named(from, explained(c, err))
}

// explained is an error that says, of a name that is unknown, which ones there are.
func explained(c divergences.Catalogue, err error) error {
	var unknown divergences.UnknownError
	var reference divergences.UnknownReferenceError
	switch {
	case errors.As(err, &unknown):
		return fmt.Errorf("%w, expected %s (see undercurrent list divergences)", err, nearest(unknown.ID, withCustom(c.IDs())))
	case errors.As(err, &reference):
		return fmt.Errorf("%w, expected %s", err, nearest(reference.Name, divergences.ReferenceNames()))
	}
	return err
}

// withCustom are ids with that of a typed weight.
func withCustom(ids []string) []string {
	if slices.Contains(ids, divergences.CustomID) {
		return ids
	}
	return append(ids, divergences.CustomID)
}

// agree refuses a flag that says otherwise than --divergence does.
func (f *motionFlags) agree(m sim.Motion) error {
	refuse := func(flag string) error {
		return usagef("--%s %s beside --divergence %s, expected one of them", flag, f.set.Lookup(flag).Value, f.divergence)
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
	case f.set.Changed("velocity") && m.Velocity == sim.Blob && f.velocity != sim.Blob.String():
		return refuse("velocity")
	}
	return nil
}

// refuseForeign refuses a choice that was given for a drift that has none.
func (f *motionFlags) refuseForeign(spec divergences.Spec) error {
	for _, p := range divergences.Standard().Parameters() {
		if p.Choices == nil || !f.set.Changed(p.Name) || spec.Value(p.Name) != (divergences.Value{}) {
			continue
		}
		return usagef("--%s is for %s, expected no --%s %s beside %s", p.Name, strings.Join(takers(p.Name), " and "), p.Name, f.parameters[p.Name].Choice, spec.ID())
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

// differ tells two values apart; NaN is refused elsewhere.
func differ(a, b divergences.Value) bool {
	return a != b && (a.Number == a.Number || b.Number == b.Number)
}

// objectives is every f-divergence at the parameters of a drift, and the custom one where
// there is one.
func (f *motionFlags) objectives(spec divergences.Spec) ([]divergences.Divergence, error) {
	c, err := f.catalogue()
	if err != nil {
		return nil, err
	}
	all, err := c.Divergences(spec.Values())
	return all, usage(err)
}
