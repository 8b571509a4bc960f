package cli

import (
	"fmt"
	"io"

	"undercurrent/sim/chains"
	"undercurrent/sim/diagnosis"
)

// diagnosisLine is the report of diagnose as JSON. Numbers that are not defined are null.
type diagnosisLine struct {
	Scenario   string           `json:"scenario,omitempty"`
	Chains     int              `json:"chains"`
	Draws      int              `json:"draws"`
	Particles  int              `json:"particles,omitempty"`
	Frames     int              `json:"frames,omitempty"`
	Every      int              `json:"every,omitempty"`
	Pass       bool             `json:"pass"`
	Findings   []findingLine    `json:"findings"`
	Columns    []quantityLine   `json:"columns"`
	LogDensity *quantityLine    `json:"log_density"`
	Moves      []movesLine      `json:"moves"`
	Regions    []regionDrawLine `json:"regions"`
	Crossings  [][]int          `json:"transitions"`
	RoundTrips []roundTripsLine `json:"round_trips"`
	Rejections *rejectionsLine  `json:"rejections"`
	Divergent  *int             `json:"divergent"`
	Energies   []*float64       `json:"e_bfmi"`
}

type findingLine struct {
	Kind string `json:"kind"`
	Text string `json:"text"`
}

type quantityLine struct {
	Name    string   `json:"name"`
	Mean    *float64 `json:"mean"`
	SD      *float64 `json:"sd"`
	MCSE    *float64 `json:"mcse_mean"`
	RHat    *float64 `json:"r_hat"`
	ESSBulk *float64 `json:"ess_bulk"`
	ESSTail *float64 `json:"ess_tail"`
	Time    *float64 `json:"autocorrelation_time"`
	Lag1    *float64 `json:"lag_1"`
}

type movesLine struct {
	Chain       int      `json:"chain"`
	Acceptance  *float64 `json:"acceptance"`
	MeanLength  *float64 `json:"mean_move"`
	LongestStay int      `json:"longest_stay"`
}

// roundTripsLine are the trips between two regions, by their numbers, and back.
type roundTripsLine struct {
	From   int      `json:"from"`
	To     int      `json:"to"`
	Number int      `json:"number"`
	Mean   *float64 `json:"mean_length"`
}

type regionDrawLine struct {
	ID      int        `json:"id"`
	Name    string     `json:"name"`
	Target  float64    `json:"target"`
	Share   float64    `json:"share"`
	ESS     *float64   `json:"ess"`
	Z       *float64   `json:"z"`
	ByChain []*float64 `json:"by_chain"`
	// Divergent is the number of divergent transitions there, null where unknown.
	Divergent *int `json:"divergent"`
}

type rejectionsLine struct {
	Acceptance *float64 `json:"acceptance"`
	RandomWalk *float64 `json:"random_walk"`
	Ratio      *float64 `json:"ratio"`
	SE         *float64 `json:"se"`
}

// value is the number of an estimate, nil where it is not defined.
func value(e chains.Estimate) *float64 {
	if !e.Defined() {
		return nil
	}
	return &e.Value
}

func newQuantityLine(q diagnosis.Quantity) quantityLine {
	return quantityLine{q.Name, value(q.Mean), value(q.SD), value(q.MCSE), value(q.RHat), value(q.ESSBulk), value(q.ESSTail), value(q.Time), value(q.Lag1)}
}

func newDiagnosisLine(r *diagnosis.Report, scenario string) diagnosisLine {
	l := diagnosisLine{Scenario: scenario, Chains: r.Chains, Draws: r.Length, Pass: r.Pass(), Findings: []findingLine{}, Crossings: r.Visits.Transitions}
	if g := r.Gathered; g != nil {
		l.Particles, l.Frames, l.Every = g.Particles, g.Frames, g.Every
	}
	for _, f := range r.Findings {
		l.Findings = append(l.Findings, findingLine{f.Kind, f.Text})
	}
	for _, q := range r.Quantities {
		l.Columns = append(l.Columns, newQuantityLine(q))
	}
	if q := r.LogDensity; q != nil {
		line := newQuantityLine(*q)
		l.LogDensity = &line
	}
	for k, m := range r.Moves {
		l.Moves = append(l.Moves, movesLine{k + 1, value(m.Acceptance), value(m.MeanLength), m.LongestStay})
	}
	for k, one := range r.Regions {
		line := regionDrawLine{ID: k + 1, Name: one.Name, Target: one.Target, Share: one.Share, ESS: value(one.ESS), Z: value(one.Z)}
		for _, share := range one.ByChain {
			line.ByChain = append(line.ByChain, &share)
		}
		if len(r.Divergent) > 0 {
			line.Divergent = &r.Divergent[1+k]
		}
		l.Regions = append(l.Regions, line)
	}
	for _, p := range r.Visits.Pairs() {
		l.RoundTrips = append(l.RoundTrips, roundTripsLine{p.A + 1, p.B + 1, p.RoundTrips.Number, value(p.RoundTrips.MeanLength)})
	}
	if x := r.Rejections; x.Ratio.Defined() && x.Transitions > 0 {
		l.Rejections = &rejectionsLine{value(x.Acceptance), value(x.RandomWalk), value(x.Ratio), value(x.SE)}
	}
	if len(r.Divergent) > 0 {
		l.Divergent = &r.Divergent[0]
	}
	for _, e := range r.Energies {
		l.Energies = append(l.Energies, value(e))
	}
	return l
}

// printDiagnosis prints the findings, then the numbers that they are made of.
func printDiagnosis(out io.Writer, r *diagnosis.Report, scenario string) error {
	w := visible{out}
	if r.Pass() {
		fmt.Fprintf(w, "nothing speaks against this sampler, from %s of %s\n\n", counted(r.Chains, "chain"), counted(r.Length, "draw"))
	}
	for k, f := range r.Findings {
		fmt.Fprintf(w, "%d. %s\n", k+1, f.Text)
	}
	if !r.Pass() {
		fmt.Fprintln(w)
	}
	t := newTable("column", "mean", "± mcse", "sd", "R̂", "ESS bulk", "ESS tail", "τ", "lag 1")
	for _, q := range r.All() {
		t.Row(q.Name, q.Mean.Text("%.4g"), q.MCSE.Text("%.2g"), q.SD.Text("%.4g"), q.RHat.Text("%.3f"), q.ESSBulk.Text("%.0f"), q.ESSTail.Text("%.0f"), q.Time.Text("%.3g"), q.Lag1.Text("%.3f"))
	}
	if err := printTable(out, t); err != nil {
		return err
	}
	if g := r.Gathered; g != nil && g.Every > 1 {
		fmt.Fprintf(w, "\n%s; τ (in frames), lag 1, and the moves are those of all of them, the rest is that of the draws\n", g.Text(r.Chains))
	}
	if err := printMoves(out, r); err != nil {
		return err
	}
	if len(r.Regions) == 0 {
		return nil
	}
	if err := printOccupancy(out, r, scenario); err != nil {
		return err
	}
	return printTrips(out, r)
}

// maxTripRows is the number of pairs of regions whose round trips are printed.
const maxTripRows = 12

// printTrips prints how the chains go between regions.
func printTrips(out io.Writer, r *diagnosis.Report) error {
	pairs := r.Visits.Pairs()
	if len(pairs) == 0 {
		return nil
	}
	fmt.Fprintln(out)
	t := newTable("between regions", "transitions", "round trips", "their mean length in "+r.DrawWord())
	for _, p := range pairs[:min(len(pairs), maxTripRows)] {
		t.Row(fmt.Sprintf("%d and %d", p.A+1, p.B+1), fmt.Sprint(p.Transitions), fmt.Sprint(p.RoundTrips.Number), p.RoundTrips.MeanLength.Text("%.1f"))
	}
	if err := printTable(out, t); err != nil {
		return err
	}
	if more := len(pairs) - maxTripRows; more > 0 {
		fmt.Fprintf(out, "and %s with fewer transitions (--json has all)\n", counted(more, "more pair"))
	}
	return nil
}

// maxMoveRows is the number of chains whose moves are printed.
const maxMoveRows = 40

// printMoves prints how each chain moves.
func printMoves(out io.Writer, r *diagnosis.Report) error {
	if len(r.Moves) == 0 {
		return nil
	}
	fmt.Fprintln(out)
	heads := []string{"chain", "draws that move", "mean move", "median", "longest stay"}
	if r.Energies != nil {
		heads = append(heads, "E-BFMI")
	}
	t := newTable(heads...)
	shown := min(len(r.Moves), maxMoveRows)
	for k, m := range r.Moves[:shown] {
		accepted := "–"
		if m.Acceptance.Defined() {
			accepted = percent(m.Acceptance.Value)
		}
		row := []string{fmt.Sprint(k + 1), accepted, m.MeanLength.Text("%.3g"), m.LengthQuantile(0.5).Text("%.3g"), counted(m.LongestStay, "draw")}
		if r.Energies != nil {
			row = append(row, r.Energies[k].Text("%.2f"))
		}
		t.Row(row...)
	}
	if err := printTable(out, t); err != nil {
		return err
	}
	if more := len(r.Moves) - shown; more > 0 {
		fmt.Fprintf(out, "and %s (--json has all)\n", counted(more, "more chain"))
	}
	if x := r.Rejections; x.Transitions > 0 && x.Ratio.Defined() {
		_, err := fmt.Fprintf(out, "\nrejections: %s of those of a random walk with the same moves, from n = %d (0 for short Langevin steps, 1 for a random walk, 2 against the gradient)\n", x.Ratio.Text("%.2f"), x.Transitions)
		return err
	}
	return nil
}

// printOccupancy prints the regions: target mass, share, standard errors, by chain.
func printOccupancy(out io.Writer, r *diagnosis.Report, scenario string) error {
	fmt.Fprintf(visible{out}, "\nregions of %s, with the share of each chain\n", scenario)
	heads := []string{"region", "target", "draws", "z", "ESS"}
	hasDivergent := len(r.Divergent) > 0 && r.Divergent[0] > 0
	if hasDivergent {
		heads = append(heads, "divergent")
	}
	const most = 8
	shown := min(r.Chains, most)
	for c := range shown {
		heads = append(heads, fmt.Sprint(c+1))
	}
	if r.Chains > most {
		heads = append(heads, "…")
	}
	t := newTable(heads...)
	for k, one := range r.Regions {
		name := fmt.Sprint(k + 1)
		if one.Name != "" {
			name += " " + one.Name
		}
		row := []string{name, percent(one.Target), percent(one.Share), one.Z.Text("%+.1f"), one.ESS.Text("%.0f")}
		if hasDivergent {
			row = append(row, percent(float64(r.Divergent[1+k])/float64(r.Divergent[0])))
		}
		for _, share := range one.ByChain[:shown] {
			row = append(row, percent(share))
		}
		t.Row(row...)
	}
	return printTable(out, t)
}
