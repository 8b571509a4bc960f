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

// historyMB is the memory of a history in MB, of which none was chosen where that is 0.
func historyMB(chosen, automatic int) int {
	if chosen > 0 {
		return chosen
	}
	return automatic >> 20
}

// boundMemory lets garbage be collected before the memory of the program is more than the history, in
// MB, and what is allowed beside it. By default the collector waits until there is as much garbage as
// memory in use, which with a full history is hundreds of megabytes. Where more is in use, as with
// millions of particles, the limit follows it, since a collector that cannot reach its limit never
// rests. Where little is in use, as at first, some garbage is allowed all the same. The returned function
// restores the default.
func boundMemory(history int) (restore func()) {
	b := memoryBound{least: int64(history+beyondHistory-programItself) << 20}
	was := debug.SetMemoryLimit(b.least)
	percent := debug.SetGCPercent(percentFor(0))
	stop := afterCollections(func(u memoryUse) {
		debug.SetMemoryLimit(b.limit(u))
		debug.SetGCPercent(max(percent, percentFor(u.live)))
	})
	return func() {
		stop()
		debug.SetMemoryLimit(was)
		debug.SetGCPercent(percent)
	}
}

// memoryBound is the limit of a program with a screen.
type memoryBound struct{ least int64 } // bytes

// memoryUse is what the runtime holds after a collection, in bytes: what is in use, and what the limit counts beside it
// and garbage, such as stacks and gaps between objects.
type memoryUse struct{ live, overhead int64 }

// minRoom is what is left for garbage at least: with less the collector hardly rests.
const minRoom = 12 << 20

// limit is the limit for what is held. What is left for garbage and overhead is a tenth of what is in use near the bound,
// and a third of it where some more than the bound is.
func (b memoryBound) limit(u memoryUse) int64 {
	garbage := min(max(u.live/10, 4*(u.live-b.least)), max(u.live, b.least)/3)
	return max(b.least, u.live+max(garbage, u.overhead+minRoom))
}

// startingGarbage is what a program with a screen may leave behind, in bytes, however little is in use: until the first
// frame there is hardly a collection.
const startingGarbage = 24 << 20

// percentFor is the setting of the collector for startingGarbage beside a heap in use, in bytes. The collector takes a
// smaller heap for one of leastHeap.
func percentFor(live int64) int {
	const leastHeap = 4 << 20
	return int(100 * startingGarbage / max(live, leastHeap))
}

// afterCollections calls adapt after every collection of garbage, until it is stopped.
func afterCollections(adapt func(memoryUse)) (stop func()) {
	c := &collections{adapt: adapt, held: []metrics.Sample{
		{Name: "/gc/heap/live:bytes"}, {Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"},
		{Name: "/memory/classes/heap/free:bytes"}, {Name: "/memory/classes/heap/objects:bytes"},
	}}
	c.await()
	return func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		c.ended = true
	}
}

// collections notices the end of every collection.
type collections struct {
	adapt func(memoryUse)
	held  []metrics.Sample // live, total, and what of it is not overhead

	mu    sync.Mutex
	ended bool
}

// cycle is found to be garbage by the next collection.
type cycle struct{ of *collections }

func (c *collections) await() {
	runtime.SetFinalizer(&cycle{c}, func(c *cycle) { c.of.collected() })
}

func (c *collections) collected() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.ended {
		return
	}
	metrics.Read(c.held)
	bytes := func(k int) int64 { return int64(c.held[k].Value.Uint64()) }
	c.adapt(memoryUse{live: bytes(0), overhead: bytes(1) - bytes(2) - bytes(3) - bytes(4)})
	c.await()
}
