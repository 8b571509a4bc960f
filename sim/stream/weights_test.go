package stream

import (
	"bytes"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"undercurrent/scenarios"
)

// weightedText is frames of particles with weights: lines with a heading in the first frame, or objects with the weights
// before or behind the particles.
func weightedText(points [][]scenarios.Point, weights [][]float64) map[string][]byte {
	lines, before, behind := []byte("\"x\";y;Weights\n"), []byte{}, []byte{}
	for k := range points {
		var list, of []string
		for i, p := range points[k] {
			lines = fmt.Appendf(lines, "%v;%v;%v\n", p.X, p.Y, weights[k][i])
			list, of = append(list, fmt.Sprintf("[%v, %v]", p.X, p.Y)), append(of, fmt.Sprint(weights[k][i]))
		}
		lines = append(lines, '\n')
		particles, all := strings.Join(list, ", "), strings.Join(of, ",")
		before = fmt.Appendf(before, "{\"weights\": [%s], \"step\": 3, \"particles\": [%s]}\n", all, particles)
		behind = fmt.Appendf(behind, "{\"particles\": [%s], \"weights\":[ %s ]}\n", particles, all)
	}
	return map[string][]byte{"lines": lines, "weights first": before, "weights last": behind}
}

// Particles have the shares of their weights in those that are finite; a particle of weight 0 is left out.
func TestWeightedFramesHaveShares(t *testing.T) {
	const n = 3000 // a frame is longer than the buffer
	rng := rand.New(rand.NewPCG(5, 6))
	var points [][]scenarios.Point
	var weights [][]float64
	for range 3 {
		cloud, of := make([]scenarios.Point, n), make([]float64, n)
		for i := range cloud {
			cloud[i], of[i] = scenarios.Point{X: rng.NormFloat64(), Y: rng.NormFloat64()}, rng.ExpFloat64()
		}
		points, weights = append(points, cloud), append(weights, of)
	}
	points[1][7].X, points[1][n-1].Y = math.NaN(), math.Inf(1)
	weights[2][0], weights[2][5] = 0, 0
	for about, text := range weightedText(points, weights) {
		got, err := readAll(pieces{bytes.NewReader(text), rng}, Options{})
		if err != nil || len(got) != len(points) {
			t.Fatalf("%s: %d frames, %v", about, len(got), err)
		}
		for k, f := range got {
			var kept []scenarios.Point
			var of []float64
			for i, p := range points[k] {
				if finite(p) {
					kept, of = append(kept, p), append(of, weights[k][i])
				}
			}
			want, err := scenarios.NewCloud(kept, of)
			if err != nil {
				t.Fatal(err)
			}
			if !slices.Equal(f.Points, want.Points) || !slices.Equal(f.Shares, want.Shares) || f.Lost != n-len(kept) {
				t.Errorf("%s: frame %d is not the cloud of its weights: %d points, %d shares, %d lost", about, f.Number, len(f.Points), len(f.Shares), f.Lost)
			}
			if f.Ordered {
				t.Errorf("%s: frame %d is ordered, though particles were left out here or before", about, f.Number)
			}
		}
	}
}

// Weights say nothing where all are equal, and hold until another heading.
func TestHeadingsSayWhetherLinesHaveWeights(t *testing.T) {
	text := "x,y,weight\n1,2,3\n4,5,3\n\n6,7,1\n8,9,3\n\nx,y\n1,2\n3,4\n\nx y weight\n1 2 1\n3 4 1"
	got, err := readAll(strings.NewReader(text), Options{Complete: true})
	if err != nil || len(got) != 4 {
		t.Fatalf("%d frames, %v", len(got), err)
	}
	for k, want := range [][]float64{nil, {0.25, 0.75}, nil, nil} {
		if !slices.Equal(got[k].Shares, want) || got[k].Ordered != (k > 0) {
			t.Errorf("frame %d has shares %v and is ordered: %v", k+1, got[k].Shares, got[k].Ordered)
		}
	}
}

func TestWeightsThatCannotBeAreRefused(t *testing.T) {
	for _, c := range []struct {
		text, want string
		Options
	}{
		{"x,y,weight\n1,2,1\n3,4,-1\n", "in: line 3: frame 1: the weight of particle 2 is -1, expected 0 or more", Options{}},
		{"x,y,weight\n1,2,1\nnan,4,-1\n5,6,nan\n", "in: line 4: frame 1: the weight of particle 3 is NaN, expected 0 or more", Options{}},
		{"x,y,weight\n1,2,1\n3,4\n", "in: line 3, column 4: the line ends, expected a number", Options{}},
		{"x,y,weight\n1,2,1,7\n3,4,1\n", "in: line 2, column 6: \",7\", expected the line to end after x, y and a weight", Options{}},
		{"x,y\n1,2,1\n3,4,1\n", "in: line 2, column 4: \",1\", expected the line to end after x and y", Options{}},
		{"x,y,weight\n1,2,0\n3,4,0\n", "in: line 3: frame 1: no particle has a positive weight, expected 2 at least", Options{}},
		{"x,y,weight\n1,2,0\n3,4,1\n", "in: line 3: frame 1 has 1 finite particles of", Options{}},
		{"x,y,weight\n1,2,1\n3,4,1\n" + strings.Repeat("nan,0,1\n", maxLost+1), "in: line 32772: frame 1 has 32769 particles that are not finite, expected at most 32768", Options{}},
		{`{"particles": [[1, 2], [3, 4]], "weights": [1, 2, 3]}` + "\n", "in: line 1: frame 1 has 3 weights of 2 particles, expected one for each", Options{}},
		{`{"particles": [[1, 2], [3, 4]], "weights": []}` + "\n", "in: line 1: frame 1 has 0 weights of 2 particles, expected one for each", Options{}},
		{`{"particles": [[1, 2], [3, 4]], "weights": [1, null]}` + "\n", "in: line 1: frame 1: the weight of particle 2 is NaN, expected 0 or more", Options{}},
		{`{"particles": [[1, 2], [3, 4]], "weights": 1}` + "\n", "in: line 1, column 44: \"1\", expected [", Options{}},
		{`{"particles": [[1, 2], [3, 4]], "weights": [1, 2]}` + "\n", "in: frame 1 has weights, expected none in the last 5 frames together", Options{Pool: 5}},
		{`{"particles": [[1, 2], [3, 4]], "weights": [1, 2]}` + "\n", "in: frame 1 has weights, expected none: each particle is a draw of a chain", Options{Chains: true}},
	} {
		c.Name, c.Complete = "in", true
		if _, err := readAll(strings.NewReader(c.text), c.Options); err == nil || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("%q gives %v, expected %s", c.text, err, c.want)
		}
	}
}
