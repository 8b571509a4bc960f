package app

// KeyHelp is a key with what it does, as the help shows it.
type KeyHelp struct {
	// Group is what the key is about.
	Group string `json:"group"`
	// Key is the key as the help writes it, Name the name of its action.
	Key  string `json:"key"`
	Name string `json:"name"`
	// Config is the name of the action in the configuration file.
	Config string `json:"config"`
	// Sentence says what changes.
	Sentence string `json:"sentence"`
}

// KeyHelps are the keys of the program as it comes, by group in the order of the help.
func KeyHelps() (list []KeyHelp) {
	said := sentences()
	for _, g := range groups() {
		for _, k := range keymap() {
			if k.group == g {
				list = append(list, KeyHelp{string(g), k.Help().Key, k.Help().Desc, k.name(), said[k.name()]})
			}
		}
	}
	return list
}
