package app

import (
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

// rebound are the actions with other keys. A key that is given to one action is taken
// from the one that had it, unless both were given it.
func rebound(keys []action, other map[string][]string) ([]action, error) {
	given := map[string]string{}
	for _, name := range slices.Sorted(maps.Keys(other)) {
		if !slices.ContainsFunc(keys, func(k action) bool { return k.name() == name }) {
			return nil, fmt.Errorf("keys: there is no action %q, expected one that --print-config lists", name)
		}
		for _, symbol := range other[name] {
			if first, twice := given[symbol]; twice {
				return nil, fmt.Errorf("keys: %q is given to %s and to %s, expected one of them", symbol, first, name)
			}
			given[symbol] = name
		}
	}
	for i := range keys {
		if list, ok := other[keys[i].name()]; ok {
			keys[i].bind(list)
			continue
		}
		keys[i].bind(slices.DeleteFunc(slices.Clone(keys[i].Keys()), func(symbol string) bool { return given[symbol] != "" }))
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
