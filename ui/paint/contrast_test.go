package paint

import "testing"

// everyLook calls body for each look and depth with colours.
func everyLook(t *testing.T, body func(t *testing.T, theme Theme)) {
	for _, l := range looks() {
		for name, depth := range map[string]Depth{"true": True, "indexed": Indexed, "sixteen": Sixteen} {
			t.Run(l.Theme+"/"+l.Palette+"/"+name, func(t *testing.T) { body(t, New(l, depth)) })
		}
	}
}

// The upper half of a scale of densities is seen on a projector, and every step away from the ground is one
// to a stronger contrast, or none.
func TestDensitiesStandOut(t *testing.T) {
	everyLook(t, func(t *testing.T, theme Theme) {
		ground := theme.pixel(theme.scheme.ground)
		for name, p := range map[string]Palette{"density": theme.Density(), "muted": theme.Muted()} {
			steps, before := 1, 1.0
			for level, c := range p.Colors {
				now := contrast(c, ground)
				if level >= DensityLevels/2 && now < 3 {
					t.Errorf("%s: level %d of %d has the contrast %.2f, expected at least 3", name, level, DensityLevels, now)
				}
				if now < before-0.02 {
					t.Errorf("%s: the contrast falls from %.2f to %.2f at level %d", name, before, now, level)
				}
				if level > 0 && c != p.Colors[level-1] {
					steps++
				}
				before = now
			}
			if least := map[Depth]int{True: 24, Indexed: 4, Sixteen: 3}[theme.Depth]; steps < least {
				t.Errorf("%s: %d colours are told apart, expected at least %d", name, steps, least)
			}
		}
	})
}

// Both sides of the scale of log r grow stronger from the middle on.
func TestTheSignedScaleIsInOrder(t *testing.T) {
	everyLook(t, func(t *testing.T, theme Theme) {
		p, ground := theme.Signed().Colors, theme.pixel(theme.scheme.ground)
		for _, side := range []int{-1, 1} {
			before := contrast(p[SignedSide], ground)
			for k := 1; k <= SignedSide; k++ {
				now := contrast(p[SignedSide+side*k], ground)
				if now < before-0.1 {
					t.Errorf("at %d of %d the contrast falls from %.2f to %.2f", side*k, SignedSide, before, now)
				}
				before = now
			}
		}
	})
}
