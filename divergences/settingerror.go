package divergences

// SettingError reports that a setting is out of range.
type SettingError struct {
	// Name is that of its flag: of a Parameter, "z-factor", "tau" or "softness", and of a setting
	// of what uses the drift.
	Name string
	// Problem says what is wrong and what was expected.
	Problem string
}

// Error returns the problem.
func (e SettingError) Error() string { return e.Problem }

// Setting is the name.
func (e SettingError) Setting() string { return e.Name }
