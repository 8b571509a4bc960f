package app

import "testing"

func TestAnOldKittyIsKnown(t *testing.T) {
	for version, old := range map[string]bool{"kitty(0.26.5)": true, "kitty(0.28.0)": false, "kitty(1.0.1)": false, "WezTerm 20240203": false, "": false} {
		p := pictures{version: version}
		if got := p.tooOld(); got != old {
			t.Errorf("%q is taken for too old: %v", version, got)
		}
	}
}
