package replay

import (
	"slices"
	"unsafe"

	"undercurrent/scenarios"
	"undercurrent/sim"
)

// DefaultHistory is the memory of a history by default, in bytes.
const DefaultHistory = 256 << 20

// minCheckpoints is the number of checkpoints that are kept beyond any memory limit.
const minCheckpoints = 2

// history is the past of a flow within a bounded memory: every step at first, then every
// second, then every fourth, each with a state S.
type history[S sized[S]] struct {
	list   []entry[S] // by step, ascending
	stride int        // steps from one recorded step to the next; 0 counts as 1
	limit  int        // bytes
	held   int        // bytes that the entries refer to
}

// sized is a state that knows its memory.
type sized[S any] interface {
	// bytes is the memory that the state refers to and the one before it does not.
	bytes(before S) int
}

// entry is a checkpoint of a flow with the state that belongs to it.
type entry[S sized[S]] struct {
	sim.Checkpoint
	state S
	// changed reports whether something was changed at this step, so that it cannot be
	// computed again from an earlier checkpoint.
	changed bool
	held    int // bytes that it refers to and the entry before it does not
}

const (
	pointBytes    = int(unsafe.Sizeof(scenarios.Point{}))
	shareBytes    = int(unsafe.Sizeof(float64(0)))
	ancestorBytes = int(unsafe.Sizeof(int32(0)))
)

// weigh counts the bytes that an entry adds to those of the one before it.
func (c *entry[S]) weigh(before *entry[S]) {
	c.held = len(c.Points)*pointBytes + len(c.Shares)*shareBytes + c.Ancestors()*ancestorBytes + c.state.bytes(before.state)
	if !c.SharesStarts(before.Checkpoint) {
		c.held += c.Starts() * pointBytes
	}
}

// bytes is the memory of the history, with the room of its list.
func (h *history[S]) bytes() int { return h.held + cap(h.list)*int(unsafe.Sizeof(entry[S]{})) }

// clear removes all checkpoints.
func (h *history[S]) clear() { h.list, h.stride, h.held = nil, 1, 0 }

// clone is a separate history with the same checkpoints, which are shared.
func (h *history[S]) clone() history[S] {
	c := *h
	c.list = slices.Clone(h.list)
	return c
}

// wants reports whether a step is to be recorded: it is new and a multiple of the stride.
func (h *history[S]) wants(step int) bool { return h.isNew(step) && step%max(h.stride, 1) == 0 }

// isNew reports whether a step is later than every checkpoint.
func (h *history[S]) isNew(step int) bool {
	n := len(h.list)
	return n == 0 || step > h.list[n-1].Step
}

// cut removes the checkpoints from a step on.
func (h *history[S]) cut(step int) {
	at, _ := h.search(step)
	for _, c := range h.list[at:] {
		h.held -= c.held
	}
	clear(h.list[at:])
	h.list = h.list[:at]
}

// remove removes checkpoints, and the room of the list with them.
func (h *history[S]) remove(unwanted func(*entry[S]) bool) {
	var kept []entry[S]
	for k := range h.list {
		if c := &h.list[k]; !unwanted(c) {
			kept = append(kept, *c)
		}
	}
	h.list, h.held = slices.Clone(kept), 0
	before := &entry[S]{}
	for k := range h.list {
		c := &h.list[k]
		c.weigh(before)
		h.held, before = h.held+c.held, c
	}
}

// add appends a checkpoint, and thins out the list until it is within the limit.
func (h *history[S]) add(c entry[S]) {
	before := &entry[S]{}
	if n := len(h.list); n > 0 {
		before = &h.list[n-1]
	}
	c.weigh(before)
	h.list, h.held = append(h.list, c), h.held+c.held
	for len(h.list) > minCheckpoints && h.bytes() > h.limit {
		h.thin()
	}
}

// thin removes every second checkpoint at which nothing changed, except the first; if there
// is none, the first.
func (h *history[S]) thin() {
	first := h.list[0].Step
	if !slices.ContainsFunc(h.list[1:], func(c entry[S]) bool { return !c.changed }) {
		h.remove(func(c *entry[S]) bool { return c.Step == first })
		return
	}
	h.stride = 2 * max(h.stride, 1)
	h.remove(func(c *entry[S]) bool { return c.Step != first && !c.changed && c.Step%h.stride != 0 })
}

// span is the range of steps in the list, up to now at least.
func (h *history[S]) span(now int) (first, last int) {
	if len(h.list) == 0 {
		return now, now
	}
	return h.list[0].Step, max(h.list[len(h.list)-1].Step, now)
}

// before is the latest checkpoint up to a step.
func (h *history[S]) before(step int) (entry[S], bool) {
	at, found := h.search(step)
	if !found {
		at--
	}
	if at < 0 {
		return entry[S]{}, false
	}
	return h.list[at], true
}

// after is the earliest checkpoint past a step.
func (h *history[S]) after(step int) (entry[S], bool) {
	at, _ := h.search(step + 1)
	if at == len(h.list) {
		return entry[S]{}, false
	}
	return h.list[at], true
}

func (h *history[S]) search(step int) (at int, found bool) {
	return slices.BinarySearchFunc(h.list, step, func(c entry[S], step int) int { return c.Step - step })
}
