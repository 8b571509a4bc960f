// Package command has the commands with an argument that act on a session, as they are typed into the palette and
// written in lessons: a name, a blank and an argument, such as "divergence alpha:0.5".
package command

import (
	"fmt"
	"slices"
	"strings"

	"undercurrent/divergences"
	"undercurrent/internal/suggest"
	"undercurrent/ui/session"
)

// Effect is what a command does to a session.
type Effect func(*session.Session)

// Command is a command with an argument.
type Command struct {
	Name, Argument, Help string
	// Values are those that complete the argument, nil where it is free.
	Values func() []string
	// Read is the effect with an argument; the error says in one sentence what is wrong with that.
	Read func(argument string) (Effect, error)
	// Alone reports whether it has no argument.
	Alone bool
}

// Split are the name and the argument of a line.
func Split(line string) (name, argument string) {
	name, argument, _ = strings.Cut(strings.TrimSpace(line), " ")
	return name, strings.TrimSpace(argument)
}

// Parse is the effect of a line. The catalogue lists the drifts that it may name.
func Parse(c divergences.Catalogue, line string) (Effect, error) {
	name, argument := Split(line)
	list := All(c)
	k := slices.IndexFunc(list, func(c Command) bool { return c.Name == name })
	switch {
	case k < 0:
		return nil, Unknown(name, names(list))
	case argument == "" && !list[k].Alone:
		return nil, Missing(name, list[k].Argument)
	}
	return list[k].Read(argument)
}

// Unknown is the error of a name that none of the commands has.
func Unknown(name string, names []string) error {
	return fmt.Errorf("unknown command %q, expected %s", name, suggest.Nearest(name, names))
}

// Missing is the error of a command without its argument.
func Missing(name, argument string) error {
	return fmt.Errorf("%s has no argument, expected %s", name, argument)
}

func names(list []Command) (names []string) {
	for _, c := range list {
		names = append(names, c.Name)
	}
	return names
}
