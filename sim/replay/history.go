package replay

import (
	"slices"
	"unsafe"

	"undercurrent/scenarios"
	"undercurrent/sim"
)

// DefaultHistory is the default memory of a history, in bytes.
const DefaultHistory = 256 << 20

// minCheckpoints is the number of checkpoints kept independently of the memory.
const minCheckpoints = 2

// history is a list of checkpoints of a flow within a bounded memory, each with a state S. It
// keeps every step at first, then every second, then every fourth, and so on.
type history[S any] struct {
	list   []entry[S] // by step, ascending
	stride int        // steps between recorded ones; 0 counts as 1
	limit  int        // bytes
	bytes  int        // of all points in the list
}

// entry is a checkpoint of a flow with its state.
type entry[S any] struct {
	sim.Checkpoint
	state S
	// changed reports whether there was an event at the step, so that it cannot be recomputed
	// from an earlier checkpoint.
	changed bool
}

func (c entry[S]) bytes() int { return len(c.Points) * int(unsafe.Sizeof(scenarios.Point{})) }

// clear removes all checkpoints.
func (h *history[S]) clear() { h.list, h.stride, h.bytes = nil, 1, 0 }

// clone returns a copy of the history; the points of the checkpoints are shared.
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
	h.remove(func(c entry[S]) bool { return c.Step >= step })
}

func (h *history[S]) remove(unwanted func(entry[S]) bool) {
	h.list = slices.DeleteFunc(h.list, func(c entry[S]) bool {
		gone := unwanted(c)
		if gone {
			h.bytes -= c.bytes()
		}
		return gone
	})
}

// add appends a checkpoint, and thins the list until it is within the limit.
func (h *history[S]) add(c entry[S]) {
	h.list = append(h.list, c)
	h.bytes += c.bytes()
	for len(h.list) > minCheckpoints && h.bytes > h.limit {
		h.thin()
	}
}

// thin removes every second checkpoint without an event, apart from the first checkpoint; if
// there is none, it removes the first.
func (h *history[S]) thin() {
	first := h.list[0].Step
	if !slices.ContainsFunc(h.list[1:], func(c entry[S]) bool { return !c.changed }) {
		h.remove(func(c entry[S]) bool { return c.Step == first })
		return
	}
	h.stride = 2 * max(h.stride, 1)
	h.remove(func(c entry[S]) bool { return c.Step != first && !c.changed && c.Step%h.stride != 0 })
}

// span is the range of steps in the list, extended to the current step.
func (h *history[S]) span(now int) (first, last int) {
	if len(h.list) == 0 {
		return now, now
	}
	return h.list[0].Step, max(h.list[len(h.list)-1].Step, now)
}

// before returns the latest checkpoint up to a step.
func (h *history[S]) before(step int) (entry[S], bool) {
	k, found := h.search(step)
	if !found {
		k--
	}
	if k < 0 {
		return entry[S]{}, false
	}
	return h.list[k], true
}

// after returns the earliest checkpoint after a step.
func (h *history[S]) after(step int) (entry[S], bool) {
	k, _ := h.search(step + 1)
	if k == len(h.list) {
		return entry[S]{}, false
	}
	return h.list[k], true
}

func (h *history[S]) search(step int) (k int, found bool) {
	return slices.BinarySearchFunc(h.list, step, func(c entry[S], step int) int { return c.Step - step })
}
