//go:build long

package session

import "testing"

func TestIslandsAreFoundOnOtherScenarios(t *testing.T) {
	islandsAreFound(t, map[string]bool{"ring8": true, "three-modes": false, "uneven-ring": false})
}

func TestCoarseToFineHelpsAgainstIslands(t *testing.T) {
	keysHelp(t, map[string]func(*Session){"coarse to fine": func(s *Session) { s.Motion.ToggleCoarse() }})
}
