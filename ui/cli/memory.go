package cli

import (
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"sync"
)

// beyondHistory is the memory beside the history that the program with a screen aims at, in MB: what
// is in use, garbage, and the program itself, which the limit of the garbage collector does not count.
const (
	beyondHistory = 100
	programItself = 50
)

// boundMemory lets garbage be collected before the memory of the program is more than the history, in
// MB, and what is allowed beside it. By default the collector waits until there is as much garbage as
// memory in use, which with a full history is hundreds of megabytes. Where more is in use, as with
// millions of particles, the limit follows it, since a collector that cannot reach its limit never
// rests. The returned function restores the default.
func boundMemory(history int) (restore func()) {
	b := &memoryBound{least: int64(history+beyondHistory-programItself) << 20, live: []metrics.Sample{{Name: "/gc/heap/live:bytes"}}}
	was := debug.SetMemoryLimit(b.least)
	b.afterCollection()
	return func() {
		b.mu.Lock()
		defer b.mu.Unlock()
		b.ended = true
		debug.SetMemoryLimit(was)
	}
}

// memoryBound adapts the limit after every collection.
type memoryBound struct {
	least int64 // bytes
	live  []metrics.Sample

	mu    sync.Mutex
	ended bool
}

// cycle is found to be garbage by the next collection.
type cycle struct{ bound *memoryBound }

func (b *memoryBound) afterCollection() {
	runtime.SetFinalizer(&cycle{b}, func(c *cycle) { c.bound.adapt() })
}

func (b *memoryBound) adapt() {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.ended {
		return
	}
	metrics.Read(b.live)
	debug.SetMemoryLimit(b.limit(int64(b.live[0].Value.Uint64())))
	b.afterCollection()
}

// limit is the limit for a heap in use. What is left for garbage is a tenth of it near the bound, and a third of it
// where some more than the bound is.
func (b *memoryBound) limit(live int64) int64 {
	garbage := min(max(live/10, 4*(live-b.least)), max(live, b.least)/3)
	return max(b.least, live+garbage)
}
