package app

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/charmbracelet/colorprofile"

	"undercurrent/ui/layout"
	"undercurrent/ui/panel"
)

// Tab goes through every panel and back; each says in a line what is seen, and its
// keys come first.
func TestTheFocusGoesRound(t *testing.T) {
	t.Parallel()
	for _, size := range [][2]int{{60, 20}, {80, 24}, {90, 50}, {120, 28}, {120, 40}, {200, 60}} {
		a, player := screen(t, "uneven-ring", size[0], size[1], 2, colorprofile.ASCII)
		seen := map[layout.ID]bool{}
		for range a.board.panels.Places(a.frame) {
			send(a, press("tab"))
			if a.messages.note.Text == "" || len(a.messages.note.Text) > 80 || !strings.Contains(shows(a, player), a.messages.note.Text[:min(50, len(a.messages.note.Text))]) {
				t.Errorf("%v: of panel %v it is said %q", size, a.board.focus, a.messages.note.Text)
			}
			seen[a.board.focus] = true
			checkCells(t, a, size[0], size[1])
		}
		if len(seen) != len(a.board.panels.Places(a.frame)) {
			t.Errorf("%v: tab goes to %d panels, expected %d", size, len(seen), len(a.board.panels.Places(a.frame)))
		}
		was := a.board.focus
		send(a, press("tab"), tea.KeyPressMsg{Code: tea.KeyTab, Mod: tea.ModShift})
		if a.board.focus != was {
			t.Errorf("%v: tab and back leads from %v to %v", size, was, a.board.focus)
		}
	}
}

func TestThePanelInFocusHasItsKeysFirst(t *testing.T) {
	t.Parallel()
	for p, want := range map[layout.ID]string{panel.Stage: "grab mode", "weight": "previous divergence", panel.Regions: "coverage measure"} {
		a, player := screen(t, "uneven-ring", 200, 60, 2, colorprofile.ASCII)
		for range 20 {
			if a.board.focus == p {
				break
			}
			send(a, press("tab"))
		}
		a.messages.left = 0
		plain := shows(a, player)
		if line := plain[strings.LastIndex(plain, "\n"):]; !strings.Contains(line, want) || !strings.Contains(line, "q quit") {
			t.Errorf("with the focus on %v the keys are %s", p, line)
		}
		send(a, press("esc"))
		if a.board.focus != "" {
			t.Error("esc does not end the focus")
		}
	}
}
