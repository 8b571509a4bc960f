package divergences

import "strings"

// KnownAs says what to ask for instead of a name that is usual elsewhere, such as chi2 or jsd, as the rest of
// a sentence that begins with "expected". ok is false for a name that it does not know.
func KnownAs(name string) (expected string, ok bool) {
	plain := strings.Map(func(r rune) rune {
		if strings.ContainsRune("-_ .²^", r) {
			return -1
		}
		return r
	}, strings.ToLower(name))
	switch strings.TrimSuffix(strings.TrimSuffix(plain, "divergence"), "distance") {
	case "kl", "kld", "kullbackleibler":
		return "reverse-kl, which is KL(q‖p), or forward-kl, which is KL(p‖q)", true
	case "rkl", "klqp", "reversekld", "exclusivekl":
		return "reverse-kl", true
	case "fkl", "klpq", "forwardkld", "inclusivekl":
		return "forward-kl", true
	case "symmetrickl", "symkl", "j":
		return "jeffreys", true
	case "chi", "chi2", "chisq", "chisquare", "chisquared", "χ", "χ2":
		return "pearson, which is ∫ (p − q)²/q, or neyman, which is ∫ (q − p)²/p", true
	case "js", "jsd":
		return "jensen-shannon", true
	case "h2", "hellinger2", "squaredhellinger", "bhattacharyya":
		return "hellinger", true
	case "triangular", "vincze", "vinczelecam", "lc":
		return "le-cam", true
	case "renyi", "rényi", "tsallis", "cressieread", "amari", "power":
		return "alpha with --alpha", true
	case "skewkl", "skewedkl", "skew":
		return "skew-forward-kl or skew-reverse-kl with --lambda", true
	case "logvariance", "logvar", "vargrad":
		return "lv", true
	case "tv", "totalvariation":
		return "another divergence: the weight of total variation is zero almost everywhere, so that it drives no flow", true
	case "mmd", "w1", "w2", "wasserstein", "sinkhorn", "energy", "ksd", "stein", "fisher":
		return "a divergence of the form ∫ q f(p/q)", true
	case "svgd", "ula", "mala", "langevin":
		return "a divergence; samplers are compared by the command bench", true
	}
	return "", false
}
