package cli

import (
	"fmt"
	"io"
	"os"
	"strings"

	"undercurrent/divergences"
	"undercurrent/ui/paint"
)

// divergenceEntry is a divergence as list prints it.
type divergenceEntry struct {
	divergences.Info
	// Tendency is null for the Log-Variance drifts, which are no f-divergences.
	Tendency *string `json:"tendency"`
}

// divergenceEntries are the members of the standard catalogue at their defaults.
func divergenceEntries() (list []divergenceEntry, err error) {
	for _, f := range divergences.Standard().Families() {
		drift, err := divergences.NewSpec(f, nil).Build()
		if err != nil {
			return nil, err
		}
		e := divergenceEntry{Info: drift.Info()}
		d, err := f.Divergence(nil)
		if err != nil {
			return nil, err
		}
		if d != nil {
			tendency := divergences.TendencyOf(d).String()
			e.Tendency = &tendency
		}
		list = append(list, e)
	}
	return list, nil
}

func listDivergences(out io.Writer, asJSON bool) error {
	entries, err := divergenceEntries()
	if err != nil {
		return err
	}
	if asJSON {
		return printJSON(out, entries)
	}
	width := widthOf(out, os.Getenv)
	text := indented(aboutDivergences, 0, width) + "\n"
	for _, e := range entries {
		text += e.text(width)
	}
	text += entryText(divergences.CustomID, "∫ q f(p/q), f″ = w/r²", "by --weight", "w = any positive expression of r", width)
	text += entryText(divergences.TableID, "∫ q f(p/q), f″ = w/r²", "by --weight-file", "w interpolated between values at log r", width)
	text += "\n" + indented(aboutTendencies+"\n\nlv and lv-surrogate take --reference "+strings.Join(divergences.ReferenceNames(), ", ")+
		".\nTotal variation is not offered: its w is zero almost everywhere, so it drives no flow.", 0, width)
	_, err = io.WriteString(visible{out}, text)
	return err
}

const (
	aboutDivergences = "D_f(p‖q) = ∫ q f(p/q), with the target p and the density q of the particles. It moves them with " +
		"V = w(r)·∇log r, where r = p/q and w(r) = r² f″(r). KL(q‖p) = ∫ q log(q/p)."
	aboutTendencies = "mass-covering: f(r)/r → ∞ as r → ∞, that is d ln w/d ln r ≥ 1 there. Target mass without particles costs without bound, and " +
		"under-covered places have the largest weight.\n" +
		"mode-seeking: f(r) → ∞ as r → 0, that is d ln w/d ln r ≤ 0 there. Particles without target mass cost without bound, and " +
		"excess mass keeps its weight.\n" +
		"Textbooks say of reverse KL that it drops modes. That is about a q restricted to a family, such as one Gaussian; here q is not restricted, " +
		"and each of these divergences is zero at q = p alone. They differ in the order in which mass moves."
)

// idColumn is the width of the ids.
const idColumn = 19

// text is the divergence in lines of at most width columns.
func (e divergenceEntry) text(width int) string {
	tendency := ""
	if e.Tendency != nil {
		tendency = *e.Tendency
	}
	formulas := fmt.Sprintf("f = %s", e.Formula)
	if e.Tendency == nil {
		formulas = fmt.Sprintf("D = ∫ q G, G = %s", e.Formula)
	}
	return entryText(e.ID, e.Definition, tendency, formulas+", w = "+e.WeightFormula+"\n"+e.Character, width)
}

// entryText is an id with its definition and tendency, and more about it below.
func entryText(id, definition, tendency, more string, width int) string {
	head := paint.NewRow(width).Text(id, "").To(idColumn).Text(definition, "").Right(width, tendency, "").String()
	return strings.TrimRight(head, " ") + "\n" + indented(more, idColumn, width)
}
