package app

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
)

// name of an action in a configuration: what it does, in small letters and dashes.
func (k action) name() string {
	spelt := strings.NewReplacer("α", "alpha", "λ", "lambda", "τ", "tau", "ρ", "rho").Replace(strings.ToLower(k.Help().Desc))
	return strings.Join(strings.FieldsFunc(spelt, func(r rune) bool { return r != '-' && (r < '0' || r > '9') && (r < 'a' || r > 'z') }), "-")
}

// formerNames are names that actions had before, for configurations that have them still.
func formerNames() map[string]string {
	return map[string]string{
		"save-the-target": "save-target-figure",
		"another-start":   "change-initial-cloud", "blob-velocity": "gradient-flow-blob",
		"z-too-small": "halve-assumed-z", "z-too-large": "double-assumed-z",
		"functional":  "coverage-measure",
		"stage-shows": "left-map-quantity", "map-shows": "right-map-quantity",
		"take-a-mode-along": "grab-mode", "pour-particles": "add-particles", "drain-particles": "remove-particles",
	}
}

// renamed is a configuration of keys with the current names of its actions.
func renamed(keys map[string][]string) map[string][]string {
	current := map[string][]string{}
	for _, name := range slices.Sorted(maps.Keys(keys)) {
		now := cmp.Or(formerNames()[name], name)
		current[now] = append(current[now], keys[name]...)
	}
	return current
}

// rebound are the actions with other keys. A key that is given to one action is taken
// from the one that had it, unless both were given it. An action that is not always ready may share a key with
// one that is, but takes none from it.
func rebound(keys []action, other map[string][]string) ([]action, error) {
	other = renamed(other)
	type use struct {
		symbol string
		always bool
	}
	given := map[use]string{}
	for _, name := range slices.Sorted(maps.Keys(other)) {
		at := slices.IndexFunc(keys, func(k action) bool { return k.name() == name })
		if at < 0 {
			return nil, fmt.Errorf("keys: there is no action %q, expected one of those that --print-config lists", name)
		}
		for _, symbol := range other[name] {
			of := use{symbol, keys[at].when == nil}
			if first, twice := given[of]; twice {
				return nil, fmt.Errorf("keys: %q is given to %s and to %s, expected one of them", symbol, first, name)
			}
			given[of] = name
		}
	}
	for i := range keys {
		if list, ok := other[keys[i].name()]; ok {
			keys[i].bind(list)
			continue
		}
		keys[i].bind(slices.DeleteFunc(slices.Clone(keys[i].Keys()), func(symbol string) bool {
			return given[use{symbol, true}] != "" || keys[i].when != nil && given[use{symbol, false}] != ""
		}))
	}
	return keys, nil
}

// bind gives an action its keys; the help shows the first where they are others.
func (k *action) bind(list []string) {
	if slices.Equal(list, k.Keys()) {
		return
	}
	desc, symbol := k.Help().Desc, "none"
	if len(list) > 0 {
		symbol = list[0]
	}
	k.Binding = key.NewBinding(key.WithKeys(list...), key.WithHelp(symbol, desc))
}
