package sampler

import (
	"math/rand/v2"
	"runtime"
	"sync"

	"undercurrent/scenarios"
)

// BatchSize is the number of samples mapped at once. The noise of each batch has its own random
// number generator, so that batches can be mapped in parallel and the samples do not depend on
// GOMAXPROCS.
const BatchSize = 1024

// Stream is an infinite sequence of samples of a mapping.
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

// Stream returns the sequence of samples with a seed.
func (m *Model) Stream(seed uint64) *Stream { return newStream(m.mapping, seed) }

func newStream(m mapping, seed uint64) *Stream {
	return &Stream{mapping: m, seed: seed, workers: make([]worker, min(runtime.GOMAXPROCS(0), runtime.NumCPU()))}
}

// Read fills dst with the samples of the next batches. The rest of the last batch is dropped.
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
