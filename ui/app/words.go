package app

import (
	"fmt"
	"strings"

	"undercurrent/divergences"
)

// wordsGroup is the heading of the words.
const wordsGroup = "words"

// words are those of the field that the screen and textbooks use.
func words() []topic {
	list := []topic{
		{name: "p, q, r", sentence: "p is the target density, q the density of the particles, smoothed by the kernel; r = p/q. r > 1 is under-covered (orange), r < 1 over-covered (blue)."},
		{name: "D_f(p‖q)", sentence: "The divergence ∫ q f(p/q) with a convex f and f(1) = 0. Its gradient flow moves particles with V = w(r)·∇log r, w(r) = r² f″(r): the divergence decides the weight alone."},
		{name: "KL(q‖p)", sentence: "Reverse KL, ∫ q log(q/p), the one of variational inference: f = −ln r, w = 1, the same weight everywhere."},
		{name: "KL(p‖q)", sentence: "Forward KL, ∫ p log(p/q), the one of maximum likelihood: f = r ln r, w = r, most weight where coverage is lacking most."},
		{name: "mass-covering", sentence: "Target mass without particles costs without bound: f(r)/r → ∞ as r → ∞; the weight grows there at least like r. Also zero-avoiding. " + tending(divergences.Tendency{MassCovering: true})},
		{name: "mode-seeking", sentence: "Particles without target mass cost without bound: f(r) → ∞ as r → 0; the weight does not vanish there. Also zero-forcing. " + tending(divergences.Tendency{ModeSeeking: true})},
		{name: "both, neither", sentence: tending(divergences.Tendency{MassCovering: true, ModeSeeking: true}) + " " + tending(divergences.Tendency{})},
		{name: "are modes dropped?", sentence: "Mode-seeking drops modes where q is restricted to a family, such as one Gaussian. Here q is not: particles move freely, every D_f is zero only at q = p. A divergence decides the order in which mass moves, not the end."},
		{name: "empty modes", sentence: "Transport moves mass only as far as the kernel sees it. Between separated modes a flow may come to rest, under every divergence. U adds birth–death, which needs no path: particles double where mass is missing and die where there is too much. A broad cloud or a wider kernel help too."},
		{name: "elasticity e(r)", sentence: "e(r) = d ln w/d ln r. A flow contracts where −div V = −w (e |∇log r|² + Δ log r) is positive; the dotted line div V = 0 depends on the divergence through e."},
		{name: "w*, efficiency η", sentence: "w* is the weight that moves mass into the chosen region fastest for its kinetic energy; η is what another weight does, squared, in % of that. It holds for this moment only. E runs under w*."},
		{name: "under-coverage U", sentence: "The target mass that is under-covered by more than a factor τ, softly: ∫ p σ((ln r − ln τ)/s). At τ = s = 1 it is ½ where q = p and never less."},
	}
	for i := range list {
		list[i].group = wordsGroup
	}
	return list
}

// tendencyText is a tendency in words.
func tendencyText(t divergences.Tendency) string {
	switch {
	case t.MassCovering && t.ModeSeeking:
		return "both mass-covering and mode-seeking"
	case !t.MassCovering && !t.ModeSeeking:
		return "neither mass-covering nor mode-seeking"
	}
	return t.String()
}

// tending says which divergences have a tendency.
func tending(to divergences.Tendency) string {
	var names []string
	for _, f := range divergences.Standard().Families() {
		if d, err := f.Divergence(nil); err == nil && d != nil && divergences.TendencyOf(d) == to {
			names = append(names, d.Info().Name)
		}
	}
	return fmt.Sprintf("%s: %s.", capital(tendencyText(to)), strings.Join(names, ", "))
}
