//go:build long

package app

import (
	"fmt"
	"strings"
	"testing"
)

func TestAUserReadsTheHelpAndClosesIt(t *testing.T) {
	u := start(t, 80, 24)
	u.sees("uneven-ring").presses("?").sees("↓").presses("\x1b[6~\x1b[6~").sees("↑ ")
	u.presses("?").waits("for the help to go", func(s string) bool { return !strings.Contains(s, "esc closes") })
	u.presses("\x03").quits()
}

func TestAUserTurnsAlphaBandwidthAndSpeed(t *testing.T) {
	u := start(t, 120, 40)
	u.sees("uneven-ring").presses(">").sees("r^1.5").presses(">").sees("r^1.75").presses("<<").sees("r^1.25")
	u.presses("]").sees("h 0.275").presses("[").sees("h 0.25")
	u.presses("++").sees("×4").presses("-").sees("×2")
	u.presses("r").waits("for the restart", func(s string) bool { return len(step(s)) < 3 })
	u.presses("R").sees("seed 2").presses("q").quits()
}

func TestAUserSeesTheTheory(t *testing.T) {
	u := start(t, 200, 60)
	u.sees("response").sees("ΔU").sees("identity error").sees("predicted → actual")
	u.presses("DDD").sees("Log-Variance (ρ = q)").sees("along ∇log r").presses("e").sees("ρ = p")
	u.presses(" ").sees("paused").presses("b").sees("smoothed gradient flow").presses("b")
	u.presses("U").sees("│ birth–death 1").sees("particles double").presses(":birth-death 2\r").sees("│ birth–death 2").presses("U").sees("birth–death off")
	u.presses("H").sees("h 2 → 0.25").sees("coarse to fine: the bandwidth falls").presses("H").sees("coarse to fine off").presses(":coarse 4\r").sees("h 1 → 0.25").presses("H")
	u.presses("u").sees("soft deficit").presses("u").sees("under-coverage τ 1")
	u.presses("((").sees("green: r*").presses("}").sees("τ 2").presses("q").quits()
}

func TestAUserStepsBackAndBranches(t *testing.T) {
	u := start(t, 120, 40)
	u.waits("for some steps", func(s string) bool { return len(step(s)) >= 2 })
	u.presses(",").sees("❚❚ paused").sees("●").presses("\x1b[1;2D").sees("●").presses("4").waits("for the branch", func(s string) bool {
		return strings.Contains(s, "Pearson χ²") && !strings.Contains(s, "●")
	})
	u.presses(" ").waits("to go on", func(s string) bool { return !strings.Contains(s, "paused") }).presses("q").quits()
}

func TestAUserComparesUnderAWrongZ(t *testing.T) {
	u := start(t, 160, 48)
	u.sees("uneven-ring").presses("c").sees("A reverse-kl").sees("D jensen-shannon").presses("n").presses("3").sees("B jeffreys")
	u.presses("'").sees("Z×2").presses("c").sees("Z ×2").presses(";").waits("for the right Z", func(s string) bool { return !strings.Contains(s, "Z ×2") })
	u.presses(":theme light\r").sees("theme light").presses("T").sees("theme high-contrast").presses("C").sees("palette cividis")
	u.presses("\t\t").sees("drag a mode").presses("q").quits()
}

func TestAUserProbesAndLooksAround(t *testing.T) {
	u := start(t, 120, 40)
	gone := func(s string) bool { return !strings.Contains(s, "V = w(r)") }
	u.sees("uneven-ring").presses("hll").sees("region").sees("V = w(r)·∇log r").presses(escape).waits("for the probe to go", gone)
	u.presses(mouseAt(0, 20, 10, "M")+mouseAt(0, 20, 10, "m")).sees("V = w(r)·∇log r").presses(escape).waits("for the probe to go", gone)
	u.presses("J").sees("gains from").sees("best next").presses("OK").sees("lowest first").presses(escape).sees("from ↓ to →")
	u.presses("o").sees("velocity arrows").presses("oo").sees("velocity arrows and trails").presses("v").sees("density q").presses("V").sees("speed |V|")
	u.presses("?palette\r").sees("palette cividis").presses(":alpha 0.3\r").sees("r^0.3").presses("%").presses("q").quits()
}

func TestAUserGoesBackAndComparesWithWhatWasBefore(t *testing.T) {
	u := start(t, 160, 48)
	u.sees("step 4").presses("\x1b[H").sees("paused").presses("d").sees("kept for :compare before").presses("B").sees("B before: reverse-kl").sees("which left it at step 0")
	u.presses("q").quits()
}

// On the whole program: the samples' masses come as close to the target's as the
// particles', live.
func TestAUserWatchesAGeneratorLearn(t *testing.T) {
	u := start(t, 160, 48)
	u.sees("step").presses("g").sees("G(z)").sees("of the generator")
	u.waits("for the generator to learn", func(s string) bool { return iteration(s) >= 3 })
	u.presses("d").sees("forward KL").presses("g").sees("coverage log p/q").presses("q").quits()
}

// iteration is the number of iterations in the status line.
func iteration(screen string) (n int) {
	_, after, _ := strings.Cut(screen, "training ")
	fmt.Sscanf(after, "%d", &n)
	return n
}

func TestAUserComparesFourDivergences(t *testing.T) {
	u := start(t, 160, 48)
	u.sees("step").presses("c").sees("A reverse-kl").sees("D jensen-shannon").sees("remove the flow")
	u.presses("n").presses("4").sees("pearson").presses("x").waits("for three flows", func(s string) bool { return !strings.Contains(s, "D jensen") })
	u.presses("\r").sees("coverage log p/q").presses("\r").sees("▲▲ fastest").presses("c").sees("coverage log p/q").presses("q").quits()
}

// A user asks which divergence is best for region 1, how much the current one loses, and takes the best weight.
func TestAUserRanksTheDivergences(t *testing.T) {
	u := start(t, 100, 32)
	u.sees("uneven-ring").waits("for the flow to move", func(s string) bool { return len(step(s)) > 1 })
	u.presses(" ").sees("paused").presses("E").sees("to lower the under-coverage of all regions")
	u.presses("J").sees("the mass of region 1 after step").sees("reverse-kl: ").sees("less response than w* at the same kinetic energy")
	u.presses("\x1b[B\x1b[B").sees("▸ ").presses("E").waits("for the table to close", func(s string) bool { return !strings.Contains(s, "less response") })
	u.presses("E").sees("▸ " + bestName).presses("\r").sees("w* of region 1").presses("q").quits()
}
