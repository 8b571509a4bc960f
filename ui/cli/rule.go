package cli

import (
	"strings"

	"undercurrent/divergences"
	"undercurrent/scenarios"
	"undercurrent/sim"
	"undercurrent/ui/engine"
)

// resolveRule is what drives the flow: --divergence with what follows it there, or what
// a scenario file says where that flag is not given. The flags of a divergence are set to
// what it says; its bandwidth is 0 where it says none.
func (f *flowFlags) resolveRule(s scenarios.Scenario) (engine.Rule, error) {
	text, from := f.divergence, "--divergence"
	if f.ruledBy(s) {
		text, from = s.Divergence, s.File+": divergence"
	}
	rule, err := engine.ParseRuleWith(text, f.parameters)
	if err != nil {
		return rule, named(from, err)
	}
	if f.ruledBy(s) {
		f.overrule(&rule.Parameters)
	} else if err := f.agree(rule); err != nil {
		return rule, err
	}
	if f.set.Changed("reference") && f.weight == "" && !strings.HasPrefix(rule.ID, "lv") {
		return rule, usagef("--reference is of lv and lv-surrogate alone, expected no --reference %s beside %s", f.parameters.Reference, rule.ID)
	}
	if f.ruledBy(s) && rule.ID == customID {
		return rule, usagef("%s: divergence: custom has no weight in a file, expected another, or --weight beside the file", s.File)
	}
	f.divergence, f.parameters = rule.ID, rule.Parameters
	return rule, nil
}

// ruledBy tells whether a scenario file says what drives the flow.
func (f *flowFlags) ruledBy(s scenarios.Scenario) bool {
	return s.File != "" && s.Divergence != "" && !f.set.Changed("divergence") && f.weight == ""
}

// ofFile names the file where an error is of the divergence that it asks for.
func (f *flowFlags) ofFile(s scenarios.Scenario, err error) error {
	if !f.ruledBy(s) {
		return err
	}
	return named(s.File+": divergence", err)
}

// overrule has flags that were given say more than a file does.
func (f *flowFlags) overrule(p *divergences.Parameters) {
	own := f.parameters
	if f.set.Changed("alpha") {
		p.Alpha = own.Alpha
	}
	if f.set.Changed("lambda") {
		p.Lambda = own.Lambda
	}
	if f.set.Changed("reference") {
		p.Reference = own.Reference
	}
	if f.set.Changed("z-factor") {
		p.ZFactor = own.ZFactor
	}
}

// agree refuses a flag that says otherwise than --divergence does.
func (f *flowFlags) agree(rule engine.Rule) error {
	p, own := rule.Parameters, f.parameters
	for _, one := range []struct {
		flag      string
		otherwise bool
	}{
		{"alpha", differ(p.Alpha, own.Alpha)},
		{"lambda", differ(p.Lambda, own.Lambda)},
		{"reference", p.Reference != own.Reference},
		{"z-factor", differ(p.ZFactor, own.ZFactor)},
		{"bandwidth", rule.Bandwidth != 0 && rule.Bandwidth != f.bandwidth},
		{"velocity", rule.Velocity == sim.Blob && f.velocity != sim.Blob.String()},
	} {
		if given := f.set.Lookup(one.flag); given.Changed && one.otherwise {
			return usagef("--%s %s beside --divergence %s, expected one of them", one.flag, given.Value, f.divergence)
		}
	}
	return nil
}

// differ tells two numbers apart; what is no number is told elsewhere.
func differ(a, b float64) bool { return a != b && (a == a || b == b) }
