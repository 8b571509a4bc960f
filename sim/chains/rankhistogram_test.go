package chains_test

import (
	"math"
	"slices"
	"testing"

	"undercurrent/sim/chains"
)

func histogram(t *testing.T, draws [][]float64, bins int) chains.RankHistogram {
	t.Helper()
	h, err := quantity(t, draws).RankHistogram(bins)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func TestRankHistogramOfAFewDraws(t *testing.T) {
	h := histogram(t, [][]float64{{1, 2, 3, 4}, {5, 6, 7, 8}}, 4)
	if !slices.Equal(h.Counts[0], []int{2, 2, 0, 0}) || !slices.Equal(h.Counts[1], []int{0, 0, 2, 2}) {
		t.Errorf("the counts are %v", h.Counts)
	}
	// 4 of 8 draws, 2 of them in a bin: 4·¼·¾·4/7.
	if h.Expected[0] != 1 || !near(h.SD[0], math.Sqrt(3./7), 1e-12) {
		t.Errorf("expected %v, sd %v", h.Expected, h.SD)
	}
	// Four equal draws have ranks 2 to 5, and 3.5 on average.
	h = histogram(t, [][]float64{{1, 2, 2, 9}, {2, 2, 7, 8}}, 2)
	if !slices.Equal(h.Counts[0], []int{3, 1}) || !slices.Equal(h.Expected, []float64{2.5, 1.5}) {
		t.Errorf("with ties the counts are %v, expected %v", h.Counts, h.Expected)
	}
}

func TestRankHistogramsOfIndependentDrawsHaveTheirSpread(t *testing.T) {
	var squares []float64
	for seed := range uint64(100) {
		h := histogram(t, autoregressive(3, 200, 0, seed), 7)
		for _, counts := range h.Counts {
			for b, n := range counts {
				squares = append(squares, math.Pow((float64(n)-h.Expected[b])/h.SD[b], 2))
			}
		}
	}
	if m := average(squares); math.Abs(m-1) > 0.1 {
		t.Errorf("the mean square deviation is %.3f, expected 1", m)
	}
}

func TestRankHistogramThatIsNotDefined(t *testing.T) {
	for want, draws := range map[chains.Reason][][]float64{
		chains.OneChain: {{1, 2, 3, 4}}, chains.Constant: {{1, 1, 1, 1}, {1, 1, 1, 1}}, chains.FewDraws: {{1}, {2}},
	} {
		if h := histogram(t, draws, 3); h.Reason != want || h.Counts != nil {
			t.Errorf("the reason is %q, expected %q", h.Reason, want)
		}
	}
	if _, err := quantity(t, [][]float64{{1}}).RankHistogram(0); err == nil {
		t.Error("there is no error for no bins")
	}
}
