package sampler

import (
	"bytes"
	"fmt"
	"math"
	"runtime"
	"slices"
	"strings"
	"testing"

	"undercurrent/internal/fuzztest"
	"undercurrent/scenarios"
	"undercurrent/sim/internal/simtest"
)

// trained is a model after a few iterations.
func trained(t testing.TB, r Route) *Model {
	tr := newTrainer(t, simtest.Scenario(t, "three-modes"), "reverse-kl", small(r))
	for range 3 {
		tr.Step()
	}
	return tr.Model()
}

func saved(t testing.TB, m *Model) string {
	t.Helper()
	var b bytes.Buffer
	if err := m.Save(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func samplesOf(m *Model, n int, seed uint64) []scenarios.Point {
	points := make([]scenarios.Point, n)
	m.Stream(seed).Read(points)
	return points
}

func TestLoadedModelsSampleTheSameBits(t *testing.T) {
	for _, r := range Routes() {
		m := trained(t, r)
		back, err := Load(strings.NewReader(saved(t, m)))
		if err != nil {
			t.Fatalf("%s: %v", r, err)
		}
		if !slices.Equal(samplesOf(back, 3000, 7), samplesOf(m, 3000, 7)) {
			t.Errorf("%s: a loaded model gives other samples", r)
		}
		if back.Origin != m.Origin || back.Origin.Scenario != "three-modes" || back.Origin.Iterations != 3 {
			t.Errorf("%s: the origin is %+v, expected %+v", r, back.Origin, m.Origin)
		}
	}
}

func TestSamplesDependOnTheSeedAlone(t *testing.T) {
	m := trained(t, Generator)
	want := samplesOf(m, 5*BatchSize+17, 3)
	for _, processors := range []int{1, 3} {
		func() {
			defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(processors))
			if !slices.Equal(samplesOf(m, len(want), 3), want) {
				t.Errorf("GOMAXPROCS %d gives other samples", processors)
			}
		}()
	}
	// By pieces of whole batches it is the same sequence.
	s, pieces := m.Stream(3), make([]scenarios.Point, len(want))
	s.Read(pieces[:2*BatchSize])
	s.Read(pieces[2*BatchSize:])
	if !slices.Equal(pieces, want) {
		t.Error("read by pieces the samples are others")
	}
	if slices.Equal(samplesOf(m, len(want), 4), want) {
		t.Error("the seed does not matter")
	}
}

func TestInvalidModelsAreRejectedInOneSentence(t *testing.T) {
	whole := saved(t, trained(t, Generator))
	swap := func(old, new string) string {
		if !strings.Contains(whole, old) {
			t.Fatalf("a model has no %q", old)
		}
		return strings.Replace(whole, old, new, 1)
	}
	for want, text := range map[string]string{
		"ends after 0 bytes":          "",
		"in the middle":               whole[:len(whole)/2],
		"not valid JSON at byte":      "{hello}",
		"not a model of undercurrent": `{"a": 1}`,
		"version 99, expected 1":      swap(`"version":1`, `"version":99`),
		"expected the":                swap(`"parameters":[`, `"parameters":[1,`),
		"layer of width 0":            swap(`"hidden":[7,5]`, `"hidden":[7,0]`),
		"parameters, expected":        swap(`"hidden":[7,5]`, `"hidden":[7,6]`),
		"unknown field":               swap(`"route"`, `"rout"`),
		"route is":                    swap(`"generator"`, `"carousel"`),
		"unknown activation":          swap(`"silu"`, `"step"`),
		"spread is":                   swap(`"spread":{"X":`, `"spread":{"X":-`),
		"hidden is a string":          swap(`"hidden":[7,5]`, `"hidden":"7"`),
	} {
		_, err := Load(strings.NewReader(text))
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("expected %q, the error is %v", want, err)
		}
	}
}

// For any file, loading ends in a model that samples numbers or in an error.
func FuzzLoad(f *testing.F) {
	for _, r := range Routes() {
		s := small(r)
		s.Hidden, s.Couplings = []int{2}, 2
		tr := newTrainer(f, simtest.Scenario(f, "three-modes"), "reverse-kl", s)
		text := saved(f, tr.Model())
		f.Add([]byte(text))
		f.Add([]byte(text[:len(text)/2]))
		f.Add([]byte(strings.Replace(text, "2", "3", 1)))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		m, err := Load(bytes.NewReader(text))
		if err != nil {
			fuzztest.OneLine(t, text, err)
			return
		}
		if again, err := Load(strings.NewReader(saved(t, m))); err != nil || fmt.Sprint(samplesOf(again, 3, 1)) != fmt.Sprint(samplesOf(m, 3, 1)) {
			t.Errorf("a model that loads does not come back: %v", err)
		}
	})
}

func TestTrainedFlowsHaveTheDensityOfTheirSamples(t *testing.T) {
	m := trained(t, Flow).mapping.(*coupling)
	z := normals(2*10, 1)
	x := slices.Clone(m.Values(&trace{}, z))
	back, _ := m.Inverse(&trace{}, x)
	for i := range z {
		if math.Abs(back[i]-z[i]) > 1e-9 {
			t.Fatalf("z %d comes back as %g, expected %g", i, back[i], z[i])
		}
	}
}

// BenchmarkSampling is a million samples by batches, through three hidden layers of
// 128 and through two of 32, on all processors.
func BenchmarkSampling(b *testing.B) {
	for _, hidden := range [][]int{{128, 128, 128}, {32, 32}} {
		b.Run(fmt.Sprint(hidden), func(b *testing.B) {
			s := Defaults(Generator)
			s.Hidden = hidden
			m := newTrainer(b, simtest.Scenario(b, "ring8"), "reverse-kl", s).Model()
			points := make([]scenarios.Point, 64*BatchSize)
			for b.Loop() {
				stream := m.Stream(1)
				for n := 0; n < 1_000_000; n += len(points) {
					stream.Read(points[:min(len(points), 1_000_000-n)])
				}
			}
		})
	}
}
