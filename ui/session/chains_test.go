package session

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"undercurrent/scenarios"
	"undercurrent/sim/diagnosis"
	"undercurrent/sim/stream"
)

// drawsOfThreeModes are exact draws in chains, of which the last stands still after some.
func drawsOfThreeModes(t *testing.T, s scenarios.Scenario, chains, draws, still int) (d diagnosis.Draws, points []scenarios.Point) {
	t.Helper()
	d = diagnosis.Draws{Names: []string{"x", "y"}, Columns: make([][]float64, 2), Lengths: slices.Repeat([]int{draws}, chains)}
	points = make([]scenarios.Point, chains*draws)
	s.Truth.Sampler.Sample(points, rand.New(rand.NewPCG(3, 3)))
	for i := (chains-1)*draws + still; i < chains*draws; i++ {
		points[i] = points[(chains-1)*draws+still-1]
	}
	for _, p := range points {
		d.Columns[0], d.Columns[1] = append(d.Columns[0], p.X), append(d.Columns[1], p.Y)
	}
	return d, points
}

// A file of draws shows what speaks against its chains, until the target is edited.
func TestChainsAreShownWithTheirDiagnosis(t *testing.T) {
	for _, still := range []int{1000, 300} {
		plain := newSession(t, "three-modes")
		s := plain.flow().Scenario()
		d, points := drawsOfThreeModes(t, s, 3, 1000, still)
		reader, err := stream.NewGivenReader([]scenarios.Cloud{{Points: points}}, stream.Options{Name: "chains.csv"})
		if err != nil {
			t.Fatal(err)
		}
		feed := stream.Start(reader, stream.InTurn)
		var first *stream.Frame
		for first == nil {
			first = feed.Take(nil)
		}
		w, err := NewWatcher(plain.Motion.Catalogue(), s, plain.flow().Settings(), plain.Coverage.functional, Watch{Source: feed, First: first, Input: "chains.csv", MetricsInline: true, Table: &Table{Draws: d, Pair: [2]int{0, 1}}})
		if err != nil {
			t.Fatal(err)
		}
		defer w.Close()
		c := frameOf(w).Watching.Chains
		if c == nil || len(c.Report.Regions) != 3 || len(c.Traces[1]) != 3 || len(c.Traces[0][0]) > maxTrace || c.Traces[0][0][1] != d.Columns[0][c.Every] || len(c.Ranks.Counts) != 3 {
			t.Fatalf("the chains are %+v", c)
		}
		want := "nothing speaks against these chains"
		if still < 1000 {
			want = "chain 3 stays at one draw"
		}
		for range 10 {
			w.Advance()
		}
		if note := frameOf(w).Note.Text; !strings.HasPrefix(note, "chains.csv: "+want) {
			t.Errorf("at the end the note is %q, expected %q", note, want)
		}
		w.Edits.Apply(scenarios.Edit{Verb: scenarios.Weigh, Mode: 1, By: 2})
		if frameOf(w).Watching.Chains != nil {
			t.Error("the diagnosis is against the target before an edit")
		}
	}
}
