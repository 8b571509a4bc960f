package sampler

import (
	"math/rand/v2"
	"runtime"
	"sync"

	"undercurrent/scenarios"
)

// BatchSize is how many samples are mapped at once. Noise is drawn batch by batch,
// each from a generator of its own, so that batches can be mapped side by side and
// the samples are the same whatever GOMAXPROCS is.
const BatchSize = 1024

// Stream is an endless sequence of samples of a mapping.
type Stream struct {
	mapping mapping
	seed    uint64
	next    uint64 // batch
	workers []worker
}

type worker struct {
	trace trace
	z     []float64
}

// Stream draws samples from seed.
func (m *Model) Stream(seed uint64) *Stream { return newStream(m.mapping, seed) }

func newStream(m mapping, seed uint64) *Stream {
	return &Stream{mapping: m, seed: seed, workers: make([]worker, runtime.GOMAXPROCS(0))}
}

// Read fills dst with the samples of the next batches. The rest of a last batch
// that dst has no room for is lost.
func (s *Stream) Read(dst []scenarios.Point) {
	batches := (len(dst) + BatchSize - 1) / BatchSize
	var wait sync.WaitGroup
	for k := range min(len(s.workers), batches) {
		wait.Go(func() {
			for b := k; b < batches; b += len(s.workers) {
				part := dst[b*BatchSize : min((b+1)*BatchSize, len(dst))]
				s.workers[k].fill(s.mapping, part, rand.New(rand.NewPCG(s.seed, s.next+uint64(b))))
			}
		})
	}
	wait.Wait()
	s.next += uint64(batches)
}

// fill maps one batch.
func (w *worker) fill(m mapping, dst []scenarios.Point, rng *rand.Rand) {
	w.z = grow(w.z, len(dst)*m.Latent())
	for i := range w.z {
		w.z[i] = rng.NormFloat64()
	}
	toPoints(dst[:0], m.Values(&w.trace, w.z))
}
