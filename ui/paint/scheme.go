package paint

import "fmt"

// Look is the choice of a theme and of the palette of densities, by name. The zero
// Look is the dark theme with viridis.
type Look struct{ Theme, Palette string }

// Names of the themes.
const (
	DarkTheme         = "dark"
	LightTheme        = "light"
	HighContrastTheme = "high-contrast"
)

// Themes are the names of the themes.
func Themes() []string { return []string{DarkTheme, LightTheme, HighContrastTheme} }

// Palettes are the names of the palettes of densities.
func Palettes() []string { return []string{"viridis", "cividis", "magma"} }

// scheme is the colours of a theme.
type scheme struct {
	ground ink // behind everything
	// Of text.
	text, dim, strong, title, rule, key, accent, alert ink
	underCovered, overCovered, balanced                ink
	// Of charts.
	curve, guide, second, columns, wrong ink
	regions, runs                        []ink
	// Of maps: particles from a few to a crowd, lines by Line, the signed ramp from
	// far below to zero and from zero to far above, its middle, and what is empty of
	// everything, of particles, and every other pixel of that.
	particles   [3]ink
	lines       [lines]ink
	over, under []ink
	middle      ink
	special     [3]ink
	// Densities rise away from the ground.
	rising bool
}

// schemeOf is the scheme of a name, the dark one for any other.
func schemeOf(name string) scheme {
	switch name {
	case LightTheme:
		return light()
	case HighContrastTheme:
		return highContrast()
	}
	return dark()
}

// okabeIto are Okabe and Ito's colours, which people with any colour vision
// distinguish, without black.
func okabeIto() []ink {
	return []ink{{"#E69F00", 3}, {"#56B4E9", 14}, {"#009E73", 2}, {"#F0E442", 11},
		{"#0072B2", 12}, {"#D55E00", 9}, {"#CC79A7", 13}, {"#BBBBBB", 7}}
}

func dark() scheme {
	return scheme{
		ground: ink{"#0D1117", 0},
		text:   ink{"#C9D1D9", 7}, dim: ink{"#7D8590", 8}, strong: ink{"#F0F6FC", 15}, title: ink{"#E6EDF3", 15},
		rule: ink{"#30363D", 8}, key: ink{"#79C0FF", 14}, accent: ink{"#7EE787", 10}, alert: ink{"#FF7B72", 9},
		underCovered: ink{"#FFA657", 11}, overCovered: ink{"#58A6FF", 12}, balanced: ink{"#8B949E", 7},
		curve: ink{"#7EE787", 10}, guide: ink{"#484F58", 8}, second: ink{"#C9D1D9", 15}, columns: ink{"#6E7681", 7}, wrong: ink{"#FF7B72", 9},
		regions:   okabeIto(),
		runs:      []ink{{"#7EE787", 10}, {"#FFA657", 11}, {"#79C0FF", 14}, {"#F778BA", 13}},
		particles: [3]ink{{"#D9C9A3", 7}, {"#FFF1C9", 15}, {"#FFFFFF", 15}},
		lines:     [lines]ink{{}, {"#F0F6FC", 15}, {"#7EE787", 10}, {"#A371F7", 13}, {"#6E7681", 8}, {"#FFFFFF", 15}, {"#B1BAC4", 7}, {"#F778BA", 13}, {"#FF7B72", 9}},
		over:      []ink{{"#9ECBFF", 14}, {"#388BFD", 12}, {"#1F4E8C", 4}, {"#16263F", 0}},
		under:     []ink{{"#3A2412", 0}, {"#9A4F12", 3}, {"#F0883E", 11}, {"#FFD8A8", 15}},
		middle:    ink{"#1C2128", 0},
		special:   [3]ink{{"#0D1117", 0}, {"#A33D85", 13}, {"#4A1D3D", 5}},
		rising:    true,
	}
}

// light is for a light background: everything darkens away from it.
func light() scheme {
	return scheme{
		ground: ink{"#FFFFFF", 15},
		text:   ink{"#24292F", 0}, dim: ink{"#6E7781", 8}, strong: ink{"#000000", 0}, title: ink{"#1F2328", 0},
		rule: ink{"#D0D7DE", 7}, key: ink{"#0550AE", 4}, accent: ink{"#116329", 2}, alert: ink{"#CF222E", 1},
		underCovered: ink{"#953800", 3}, overCovered: ink{"#0969DA", 4}, balanced: ink{"#57606A", 8},
		curve: ink{"#1A7F37", 2}, guide: ink{"#AFB8C1", 7}, second: ink{"#24292F", 0}, columns: ink{"#8C959F", 8}, wrong: ink{"#CF222E", 1},
		// Okabe and Ito's, darker where they are too light for white.
		regions:   []ink{{"#B87700", 3}, {"#2283B8", 6}, {"#007A59", 2}, {"#8A7F00", 11}, {"#005A8C", 4}, {"#B34E00", 1}, {"#A84F81", 5}, {"#6E7781", 8}},
		runs:      []ink{{"#1A7F37", 2}, {"#BC4C00", 3}, {"#0969DA", 4}, {"#BF3989", 5}},
		particles: [3]ink{{"#6B5836", 8}, {"#3B2E14", 0}, {"#000000", 0}},
		lines:     [lines]ink{{}, {"#24292F", 0}, {"#1A7F37", 2}, {"#8250DF", 5}, {"#8C959F", 8}, {"#24292F", 0}, {"#6E7781", 8}, {"#BF3989", 5}, {"#CF222E", 1}},
		over:      []ink{{"#0B3C7D", 4}, {"#2F74C0", 12}, {"#8DB9E8", 14}, {"#DCE9F7", 15}},
		under:     []ink{{"#FBE9D7", 15}, {"#F2B877", 11}, {"#D9731A", 3}, {"#8A3D00", 1}},
		middle:    ink{"#F3F4F6", 15},
		special:   [3]ink{{"#FFFFFF", 15}, {"#B3478F", 13}, {"#E8C2DC", 5}},
	}
}

// highContrast is for eyes and screens that need it: pure black, pure white, and
// nothing dim.
func highContrast() scheme {
	s := dark()
	s.ground, s.middle, s.special[0] = ink{"#000000", 0}, ink{"#262626", 0}, ink{"#000000", 0}
	s.text, s.strong, s.title = ink{"#FFFFFF", 15}, ink{"#FFFFFF", 15}, ink{"#FFFFFF", 15}
	s.dim, s.rule, s.balanced = ink{"#D0D0D0", 7}, ink{"#A0A0A0", 7}, ink{"#E0E0E0", 7}
	s.key, s.accent, s.alert = ink{"#66D9FF", 14}, ink{"#66FF66", 10}, ink{"#FF6666", 9}
	s.underCovered, s.overCovered = ink{"#FFB000", 11}, ink{"#66B3FF", 12}
	s.curve, s.guide, s.second, s.columns = ink{"#66FF66", 10}, ink{"#909090", 7}, ink{"#FFFFFF", 15}, ink{"#B0B0B0", 7}
	s.particles = [3]ink{{"#FFFFFF", 15}, {"#FFFFFF", 15}, {"#FFFFFF", 15}}
	s.lines = [lines]ink{{}, {"#FFFFFF", 15}, {"#66FF66", 10}, {"#CC99FF", 13}, {"#B0B0B0", 7}, {"#FFFFFF", 15}, {"#B0B0B0", 7}, {"#FF80D0", 13}, {"#FF6666", 9}}
	s.over = []ink{{"#B0D8FF", 14}, {"#3399FF", 12}, {"#0050B0", 4}, {"#0A2A4A", 0}}
	s.under = []ink{{"#402408", 0}, {"#A85400", 3}, {"#FF9020", 11}, {"#FFE0B0", 15}}
	return s
}

// ramp is a palette of densities: its colours, and its like for a ground that
// particles must be seen upon.
type ramp struct {
	stops, muted []string
	// light is the muted ramp on a light ground.
	light []string
	// The like of muted and light among 256 colours: the nearest of those are of many hues.
	indexed, indexedLight []string
}

// rampOf is the ramp of a name, viridis for any other.
func rampOf(name string) ramp {
	switch name {
	case "cividis":
		return ramp{
			stops:        []string{"#00224E", "#123570", "#3B496C", "#575D6D", "#707173", "#8A8678", "#A59C74", "#C3B369", "#E1CC55", "#FEE838"},
			muted:        []string{"#00214C", "#26407B", "#586485", "#6E7380", "#83837F", "#989279"},
			light:        []string{"#F6E15E", "#CFBC5A", "#A0924D", "#94895C", "#868066", "#79766B"},
			indexed:      []string{"#00005F", "#444444", "#87875F", "#87875F", "#87875F"},
			indexedLight: []string{"#FFFFD7", "#D7D7AF", "#87875F", "#87875F", "#875F00"},
		}
	case "magma":
		return ramp{
			stops:        []string{"#000004", "#180F3D", "#440F76", "#721F81", "#9E2F7F", "#CD4071", "#F1605D", "#FD9668", "#FECA8D", "#FCFDBF"},
			muted:        []string{"#300560", "#681E82", "#9F3D94", "#C04587", "#DE5073", "#F0655C"},
			light:        []string{"#FED8C2", "#FDA781", "#D67860", "#D5695E", "#CD5C5F", "#C05164"},
			indexed:      []string{"#5F005F", "#87005F", "#D75F5F", "#D75F5F", "#FF5F5F"},
			indexedLight: []string{"#FFD7D7", "#FFAFAF", "#D75F5F", "#D75F5F", "#AF5F5F"},
		}
	}
	return ramp{
		stops:        []string{"#440154", "#482878", "#3E4989", "#31688E", "#26828E", "#1F9E89", "#35B779", "#6DCD59", "#B4DE2C", "#FDE725"},
		muted:        []string{"#29105B", "#313D7C", "#386891", "#2B7D8F", "#1E9288", "#22A579"},
		light:        []string{"#CFE8DA", "#8FCDB9", "#47A17E", "#419787", "#438B8A", "#447E8C"},
		indexed:      []string{"#00005F", "#005F87", "#008787", "#008787", "#00AF87"},
		indexedLight: []string{"#D7FFD7", "#AFD7AF", "#5F8787", "#5F8787", "#008787"},
	}
}

// Check says which name of a look is none.
func (l Look) Check() error {
	for _, c := range []struct {
		what, name string
		names      []string
	}{{"theme", l.Theme, Themes()}, {"palette", l.Palette, Palettes()}} {
		if c.name != "" && !contains(c.names, c.name) {
			return fmt.Errorf("%s %q, expected one of %v", c.what, c.name, c.names)
		}
	}
	return nil
}
