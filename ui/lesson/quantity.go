package lesson

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"undercurrent/internal/suggest"
	"undercurrent/sim"
	"undercurrent/ui/session"
)

// Quantity is a number of a frame, by the name that lessons give it, such as "tv", "region 1 ratio" or
// "tv of B", that of the second flow of a comparison.
type Quantity struct {
	Name  string
	needs session.Shown
	print func(float64) string
	// read is the number, NaN where the frame does not have it.
	read func(f *session.Frame) float64
}

// Value is the number of a frame, NaN where it does not have it.
func (q Quantity) Value(f *session.Frame) float64 { return q.read(f) }

// Text is the number as lessons print it.
func (q Quantity) Text(f *session.Frame) string {
	v := q.Value(f)
	if math.IsNaN(v) {
		return "–"
	}
	return q.print(v)
}

// subject is a flow of a frame, and what a quantity is about in it.
type subject struct {
	frame  *session.Frame
	report *sim.Report
	run    *session.Run // nil without a comparison
	region *sim.RegionReport
	name   string // of a divergence
}

// argument is what the name of a quantity contains beside its words.
type argument int

const (
	noArgument argument = iota
	regionArgument
	divergenceArgument
)

// kind is a row of the table of quantities.
type kind struct {
	words    string
	argument argument
	help     string
	needs    session.Shown
	print    func(float64) string
	read     func(s subject) float64
}

// everyFlow reports whether a quantity is measured of every flow of a comparison, and not of the one in focus alone.
func (k kind) everyFlow() bool {
	return (k.needs == session.Shown{} || k.needs == session.Shown{Exact: true}) && k.argument != divergenceArgument
}

// ParseQuantity finds a quantity by its name: words, "region N" before those of a region, a divergence behind those of
// one, and "of A" to "of D" behind those of a flow in a comparison.
func ParseQuantity(name string) (Quantity, error) {
	words, run, err := ofRun(strings.Join(strings.Fields(name), " "))
	if err != nil {
		return Quantity{}, err
	}
	region, words, err := inRegion(words)
	if err != nil {
		return Quantity{}, err
	}
	k, divergence, err := find(words, region > 0)
	if err != nil {
		return Quantity{}, err
	}
	if run >= 0 && !k.everyFlow() {
		return Quantity{}, fmt.Errorf("%q, expected it without a flow: it is known of the one in focus alone", name)
	}
	read := func(f *session.Frame) float64 {
		s, ok := subjectOf(f, run, region)
		if !ok {
			return math.NaN()
		}
		s.name = divergence
		return k.read(s)
	}
	return Quantity{Name: name, needs: k.needs, print: k.print, read: read}, nil
}

// ofRun cuts "of A" off a name; the index of the flow is −1 without it.
func ofRun(name string) (words string, run int, err error) {
	words, letter, ok := strings.Cut(name, " of ")
	if !ok {
		return name, -1, nil
	}
	if len(letter) != 1 || letter[0] < 'A' || letter[0] >= 'A'+session.MaxRuns {
		return name, -1, fmt.Errorf("unknown flow %q in %q, expected A, B, C or D", letter, name)
	}
	return words, int(letter[0] - 'A'), nil
}

// inRegion cuts "region N" off a name; the number is 0 without it.
func inRegion(words string) (region int, rest string, err error) {
	rest, ok := strings.CutPrefix(words, "region ")
	if !ok {
		return 0, words, nil
	}
	number, rest, _ := strings.Cut(rest, " ")
	if region, err = strconv.Atoi(number); err != nil || region < 1 {
		return 0, words, fmt.Errorf("region %q in %q, expected a number from 1", number, words)
	}
	return region, rest, nil
}

// find is the row of words, with the divergence that they name.
func find(words string, region bool) (k kind, divergence string, err error) {
	var known []string
	for _, k := range kinds() {
		if region != (k.argument == regionArgument) {
			continue
		}
		known = append(known, k.words)
		switch rest, ok := strings.CutPrefix(words, k.words+" "); {
		case k.argument == divergenceArgument && ok:
			return k, rest, nil
		case k.argument != divergenceArgument && words == k.words:
			return k, "", nil
		}
	}
	return k, "", fmt.Errorf("unknown quantity %q, expected %s", words, suggest.Nearest(words, known))
}

// subjectOf is a flow of a frame: one of a comparison by its index, or that of the frame for −1.
func subjectOf(f *session.Frame, run, region int) (s subject, ok bool) {
	s = subject{frame: f, report: f.Report}
	if run >= len(f.Runs) {
		return s, false
	}
	if run >= 0 {
		s.run = &f.Runs[run]
		s.report = s.run.Report
	}
	if region > len(s.report.Regions) {
		return s, false
	}
	if region > 0 {
		s.region = &s.report.Regions[region-1]
	}
	return s, true
}

// Quantities are the names that lessons may use, with what each is, in the order of the table.
func Quantities() (list [][2]string) {
	for _, k := range kinds() {
		name := k.words
		switch k.argument {
		case regionArgument:
			name = "region N " + name
		case divergenceArgument:
			name += " DIVERGENCE"
		}
		list = append(list, [2]string{name, k.help})
	}
	return list
}

// forecast is that of a divergence for the chosen region, with all fields NaN where there is none.
func forecast(s subject) sim.Forecast {
	if d := s.frame.Detail; d != nil {
		if k := slices.IndexFunc(d.Forecasts, func(f sim.Forecast) bool { return f.Drift.ID() == s.name }); k >= 0 {
			return d.Forecasts[k]
		}
	}
	return sim.Forecast{MassChange: math.NaN(), Efficiency: math.NaN()}
}
