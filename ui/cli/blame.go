package cli

import (
	"errors"
	"strings"

	"undercurrent/divergences"
	"undercurrent/sim/target"
)

// settingError is an error of a setting, with the name of its flag or of its key in a file.
type settingError interface {
	error
	Setting() string
}

// blame adds to an error of a setting, or of the target's density, the flag or the file that it came
// from. Other errors are returned as they are.
func (f *flowFlags) blame(err error) error {
	var density *target.DensityError
	var setting settingError
	var said usageError
	switch {
	case errors.As(err, &said):
		return err
	case errors.As(err, &density):
		return named(f.targetOrigin(), err)
	case errors.As(err, &setting):
		return named(f.originOf(setting.Setting()), err)
	}
	return err
}

// targetOrigin is the flag or the file that the target came from.
func (f *flowFlags) targetOrigin() string {
	if given := f.changed(sourceFlags()...); len(given) == 1 {
		return given[0]
	}
	if isScenarioFile(f.scenario) {
		return f.scenario
	}
	return "--scenario"
}

// originOf is the flag or the file that a setting came from.
func (f *flowFlags) originOf(setting string) string {
	switch {
	case len(f.changed(setting)) > 0 || setting == "dt":
		return "--" + setting
	case setting == "particles" && f.start != "":
		return "--start-samples"
	case setting == "bandwidth" && f.motion.sets("@") || setting == "velocity" && f.motion.sets("~") || (setting == birthDeathFlag || setting == coarseFlag || setting == coarseStepsFlag) && f.motion.sets("+"):
		return "--divergence"
	case setting == "bandwidth" && f.set.Changed("window"):
		return "--window"
	case setting == moverFlag && f.motion.mover != "":
		return "--" + moverFlag
	case f.motion.has(setting) && (f.set.Changed("divergence") || !isScenarioFile(f.scenario)):
		return "--divergence"
	}
	return f.targetOrigin()
}

// sets reports whether --divergence has a part that begins with a mark.
func (f *motionFlags) sets(mark string) bool {
	return f.set.Changed("divergence") && strings.Contains(f.divergence, mark)
}

// has reports whether a setting is one of the drift.
func (f *motionFlags) has(setting string) bool {
	_, parameter := f.parameters[setting]
	return parameter || setting == "z-factor"
}

// originOf is the flag of a setting of the drift if it was given, otherwise where the drift came from.
func (f *motionFlags) originOf(setting, from string) string {
	if f.has(setting) && f.set.Changed(setting) {
		return "--" + setting
	}
	return from
}

// blame adds to an error of a drift where the drift came from, or the flag of its wrong setting.
func (f *motionFlags) blame(c divergences.Catalogue, from string, err error) error {
	var setting settingError
	if errors.As(err, &setting) {
		from = f.originOf(setting.Setting(), from)
	}
	return named(from, explained(c, err))
}
