package app

import (
	"fmt"
	"unicode"
	"unicode/utf8"

	"undercurrent/divergences"
)

// sentences say what each action does and what changes on the screen, by the action's name.
func sentences() map[string]string {
	all := map[string]string{
		"pause":     "Stops the flow, or resumes it. Paused, tables show the change predicted for the next step.",
		"step":      "Takes one step and stops: tables show the change as predicted → actual.",
		"step-back": "Goes back one step. Particles, tables and charts are those of that step again.",
		"rewind":    "Goes back by a twentieth of the history; a mark in the last line shows where you are.",
		"forward":   "Goes forward by a twentieth of the history, up to the last step computed.",
		"restart":   "Starts again at step 0 with the same initial particles.",
		"reseed":    "Starts again with the next random seed: other particles of the same initial cloud.",

		"change-initial-cloud": "Starts again from the next initial cloud: the scenario's own, narrow, broad, one-mode, ring, uniform.",

		"faster":          "Doubles the speed, up to 64 steps a frame. The status line shows it, as in ×4.",
		"slower":          "Halves the speed, down to a step every 64 frames (×1/64): slow motion.",
		"narrower-kernel": "Divides the bandwidth h by 1.1: q is estimated more finely and more noisily, the maps sharpen.",
		"wider-kernel":    "Multiplies the bandwidth h by 1.1: the maps blur, regions may merge.",

		"compare":             "Compares up to four divergences from the initial cloud, a map for each; again to end.",
		"compare-with-before": "Compares with what the flow did before it went back and was changed: its old course, bit by bit.",
		"first-recorded-step": "Goes to the first step of the history.",
		"last-recorded-step":  "Goes to the last step of the history.",
		"add-a-flow":          "Adds a flow under the next divergence to the comparison, up to four.",
		"remove-the-flow":     "Removes the focused flow from the comparison.",
		"next-flow":           "Focuses the next flow of the comparison: d, <, > and [ ] then change that one.",
		"previous-flow":       "Focuses the previous flow of the comparison.",
		"flow-full-size":      "Shows the focused flow of a comparison on the whole screen; again to return.",

		"one-step-sampler":  "Trains a network that maps noise to samples in one pass, by the same drift; again to stop.",
		"train-on":          "Trains the sampler for 1000 iterations more.",
		"save-sampler":      "Saves the sampler to a new file, in the format of the command train.",
		"generator-or-flow": "Trains the other kind of sampler: a generator, or a normalizing flow with exact density.",

		"divergence":           "Switches to the next divergence. The flow goes on from here with another weight w(r).",
		"previous-divergence":  "Switches to the previous divergence.",
		"less-alpha-or-lambda": "Lowers α of the α-family, or λ of a skewed KL or of the mixture reference; the weight curve turns.",
		"more-alpha-or-lambda": "Raises α, or λ: a larger α sends mass to under-covered places first.",
		"reference-rho":        "Changes the reference density ρ of a Log-Variance drift, which bends the arrows.",
		"gradient-flow-blob":   "Switches to the exact gradient flow of the smoothed objective, or back to the plug-in velocity.",
		"birth-death":          "Lets particles double where mass is missing and die where there is too much, beside the drift; again to stop.",
		"coarse-to-fine":       "Widens the kernel to 8 h and lets it fall to h over 200 steps, so that mass can move between islands; again to stop.",
		"langevin-stein":       "Lets another sampler move the particles in place of the drift: Langevin, MALA, HMC, Stein, drifting models, in turn; d goes back to a divergence.",
		"halve-assumed-z":      "Halves the normalizing constant Z that the drift assumes. Power laws take the same paths, others do not.",
		"double-assumed-z":     "Doubles the normalizing constant Z that the drift assumes. Measurements keep the right Z.",

		"coverage-measure": "Measures coverage by the other functional: soft under-coverage or soft deficit.",
		"lower-tau":        "Halves τ: places that are less under-covered count as well.",
		"higher-tau":       "Doubles τ: only places under-covered by a larger factor count.",
		"smaller-s":        "Makes the coverage measure sharper. Below s = 1 a repair threshold r* is drawn on the map.",
		"larger-s":         "Makes the coverage measure softer.",

		"target":             "Opens the list of targets with a picture of each and its initial clouds; type to filter.",
		"columns":            "Opens the list of the columns of a file of draws, with R̂ and ESS of each; enter shows the chosen one.",
		"previous-columns":   "Shows the previous pair of the columns of a file of draws.",
		"next-columns":       "Shows the next pair of the columns of a file of draws: first with second, first with third, and so on.",
		"left-map-quantity":  "Changes what the left map shows: p, q, log p/q, speed, weight, −div V.",
		"right-map-quantity": "Changes what the right map shows.",
		"arrows-trails":      "Draws velocity arrows over the maps, trails of particles, both, or none.",
		"theme":              "Changes the colours of the screen: dark, light, high-contrast.",
		"palette":            "Changes the colours of densities: viridis, cividis, magma.",
		"next-panel":         "Focuses the next panel, or opens its tab; a line says what the panel shows.",
		"previous-panel":     "Focuses the previous panel.",

		"next-region":      "Chooses the next region: maps outline it, a panel says what flows in and when it is covered.",
		"previous-region":  "Chooses the previous region.",
		"rank-divergences": "Opens the table of the divergences by efficiency η for the chosen region, the place of the probe, or all regions; enter runs the chosen one.",
		"best-weight":      "Runs the flow under the weight that improves the chosen region, the place of the probe, or all regions fastest from here.",
		"aim-mass-or-u":    "Changes what η and the best weight are for: the mass of a place, or the coverage measure U there, or of all regions.",
		"order-of-regions": "Sorts the tables of regions by number, by % of target or by change per step.",

		"probe-left":       "Moves the probe to the left: it shows log r, weight and velocity at one place.",
		"probe-right":      "Moves the probe to the right.",
		"probe-up":         "Moves the probe up.",
		"probe-down":       "Moves the probe down.",
		"end-probe-region": "Removes the probe and the outline of a region, releases a grabbed mode, ends the focus.",
		"mouse-on-or-off":  "Gives the mouse to the terminal, to select text there, or takes it back.",

		"grab-mode":          "Grabs the mode nearest to the probe: the arrows move it and the target follows; again to release.",
		"add-a-mode":         "Adds a mode to the target at the probe: an orange place without particles appears.",
		"delete-the-mode":    "Deletes the mode nearest to the probe from the target.",
		"lighter-mode":       "Divides the weight of the mode nearest to the probe by 1.25.",
		"heavier-mode":       "Multiplies the weight of the mode nearest to the probe by 1.25.",
		"narrower-mode":      "Divides the width of the mode nearest to the probe by 1.1.",
		"wider-mode":         "Multiplies the width of the mode nearest to the probe by 1.1.",
		"add-particles":      "Adds particles around the probe.",
		"remove-particles":   "Removes the particles around the probe: watch the hole close.",
		"undo":               "Takes back the last edit of the target or the particles.",
		"redo":               "Makes the edit again that was taken back.",
		"save-target-figure": "Saves the target as a scenario file and what is seen as a PDF, in the current directory; the last line says their names.",

		"lessons":          "Opens the list of lessons: short guided tours that ask what will happen, and show it.",
		"lessons-or-right": "Opens the list of lessons where there is no probe, and otherwise moves the probe to the right.",
		"command":          "Opens a line for commands with an argument, such as divergence alpha:0.5 or help mode-seeking.",
		"copy-the-command": "Copies the command line that reproduces this view, step and edits included.",
		"record":           "Records the screen into an asciicast in the current directory, until it is pressed again.",
		"help":             "Opens this list, or closes it.",
		"quit":             "Ends the program and gives the terminal back as it was.",
	}
	for n, f := range divergences.Standard().Families()[:numbered] {
		all[divergenceName(n)] = switchSentence(f)
	}
	return all
}

// switchSentence says what a switch to a divergence does.
func switchSentence(f divergences.Family) string {
	d, err := f.Divergence(nil)
	if err != nil || d == nil {
		return fmt.Sprintf("Switches to %s.", f.ID)
	}
	i := d.Info()
	return fmt.Sprintf("Switches to %s, %s: %s. %s.", i.Name, i.Definition, i.Character, capital(tendencyText(divergences.TendencyOf(d))))
}

// capital is a text that begins with a capital letter.
func capital(text string) string {
	first, size := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(first)) + text[size:]
}
