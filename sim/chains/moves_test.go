package chains_test

import (
	"math"
	"strings"
	"testing"

	"undercurrent/sim/chains"
)

func TestMovesOfAShortWalk(t *testing.T) {
	m, err := chains.NewMoves([][][]float64{{{0, 3, 3, 3, 3, 6}, {1}, {2, 2}}, {{0, 4, 4, 4, 5, 9}, {1}, {2, 2}}})
	if err != nil {
		t.Fatal(err)
	}
	walk := m[0]
	if walk.Transitions != 5 || walk.Number() != 3 || walk.LongestStay != 2 {
		t.Errorf("transitions %d, moves %d, longest stay %d, expected 5, 3, 2", walk.Transitions, walk.Number(), walk.LongestStay)
	}
	expect(t, "acceptance", walk.Acceptance, 3./5, 1e-12)
	expect(t, "mean length", walk.MeanLength, (5.+1+5)/3, 1e-12)
	for p, want := range map[float64]float64{0: 1, 0.25: 3, 0.5: 5, 1: 5} {
		expect(t, "quantile of the length", walk.LengthQuantile(p), want, 1e-12)
	}
	expectReason(t, "acceptance of one draw", m[1].Acceptance, chains.NoTransition)
	expect(t, "acceptance without moves", m[2].Acceptance, 0, 1e-12)
	expectReason(t, "length without moves", m[2].MeanLength, chains.NoMoves)
	expectReason(t, "quantile without moves", m[2].LengthQuantile(0.5), chains.NoMoves)
}

func TestMovesOfWhatIsNoTable(t *testing.T) {
	m, err := chains.NewMoves([][][]float64{{{0, math.NaN(), 1}}})
	if err != nil {
		t.Fatal(err)
	}
	expectReason(t, "acceptance", m[0].Acceptance, chains.NonFinite)
	if _, err := chains.NewMoves(nil); err == nil {
		t.Error("there is no error without coordinates")
	}
	_, err = chains.NewMoves([][][]float64{{{1, 2}}, {{1, 2, 3}}})
	if err == nil || err.Error() != "chain 1: coordinate 1 has 2 draws and coordinate 2 3, expected equal numbers" {
		t.Errorf("the error is %v", err)
	}
	_, err = chains.NewDownhill([][][]float64{{{1, 2}}}, nil)
	if err == nil || !strings.Contains(err.Error(), "the log density 0") {
		t.Errorf("the error is %v", err)
	}
}
