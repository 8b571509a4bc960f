package replay

import (
	"slices"
	"unsafe"

	"undercurrent/scenarios"
	"undercurrent/sim"
)

// What a history may take by default, in bytes: of the flow of a Run, whose steps can be computed again, as much as
// historyCheckpoints of it within two bounds; of a Recording, whose frames cannot, FrameHistory.
const (
	historyCheckpoints = 8
	minHistory         = 12 << 20
	maxHistory         = 256 << 20
	FrameHistory       = maxHistory
)

// HistoryFor is the memory of the history of a flow by default, in bytes.
func HistoryFor(particles int) int {
	return min(max(historyCheckpoints*particles*pointBytes, minHistory), maxHistory)
}

// minCheckpoints is the number of checkpoints with points that are kept beyond any memory limit.
const minCheckpoints = 2

// history is the past of a flow within a bounded memory: every step at first, then every
// second, then every fourth, each with a state S. Steps with a change stay, but without their points.
type history[S sized[S]] struct {
	list   []entry[S] // by step, ascending; the first one has points
	stride int        // steps from one recorded step to the next; 0 counts as 1
	limit  int        // bytes
	held   int        // bytes that the entries refer to
	// waypoint is a checkpoint between two of the list, near which the flow goes back step by step, nil for none.
	waypoint *entry[S]
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
	// changed reports whether something was changed at this step. Its points are computed again from those of
	// an earlier checkpoint by making the change there.
	changed bool
	// fixed reports whether that would not give the same points.
	fixed bool
	// bare reports whether the points are not kept.
	bare bool
	held int // bytes that it refers to and the entries before it do not
}

const (
	pointBytes    = int(unsafe.Sizeof(scenarios.Point{}))
	shareBytes    = int(unsafe.Sizeof(float64(0)))
	ancestorBytes = int(unsafe.Sizeof(int32(0)))
)

// weigh counts the bytes that an entry adds to those of the one before it, and of the last one before it with points.
func (c *entry[S]) weigh(before, full *entry[S]) {
	c.held = len(c.Points)*pointBytes + len(c.Shares)*shareBytes + c.Ancestors()*ancestorBytes + c.state.bytes(before.state)
	if !c.SharesStarts(full.Checkpoint) {
		c.held += c.Starts() * pointBytes
	}
}

// strip removes the points.
func (c *entry[S]) strip() { c.Checkpoint, c.bare = sim.Checkpoint{Progress: c.Progress}, true }

// bytes is the memory of the history, with the room of its list.
func (h *history[S]) bytes() int {
	n := h.held + cap(h.list)*int(unsafe.Sizeof(entry[S]{}))
	if h.waypoint != nil {
		n += h.waypoint.held
	}
	return n
}

// clear removes all checkpoints.
func (h *history[S]) clear() { h.list, h.stride, h.held, h.waypoint = nil, 1, 0, nil }

// mark makes a checkpoint the waypoint.
func (h *history[S]) mark(c entry[S]) {
	c.weigh(&entry[S]{}, &entry[S]{})
	h.waypoint = &c
}

// hasRoomFor reports whether a waypoint of some particles is within the limit, beside the checkpoints that are kept beyond it.
func (h *history[S]) hasRoomFor(particles int) bool {
	return (minCheckpoints+1)*particles*pointBytes <= h.limit
}

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
	if h.waypoint != nil && h.waypoint.Step >= step {
		h.waypoint = nil
	}
}

// drop removes the points of some entries, and the entries themselves where nothing changed, with their room in the list.
func (h *history[S]) drop(unwanted func(*entry[S]) bool) {
	var kept []entry[S]
	for _, c := range h.list {
		if unwanted(&c) {
			if !c.changed {
				continue
			}
			c.strip()
		}
		kept = append(kept, c)
	}
	h.replace(kept)
}

// replace makes entries the list, and counts them anew.
func (h *history[S]) replace(list []entry[S]) {
	h.list, h.held = slices.Clone(list), 0
	none := &entry[S]{}
	before, full := none, none
	for k := range h.list {
		c := &h.list[k]
		c.weigh(before, full)
		h.held, before = h.held+c.held, c
		if !c.bare {
			full = c
		}
	}
}

// add appends a checkpoint, and thins out the list until it is within the limit.
func (h *history[S]) add(c entry[S]) {
	before, full := &entry[S]{}, &entry[S]{}
	if n := len(h.list); n > 0 {
		before, full = &h.list[n-1], &h.list[h.lastFull(n)]
	}
	c.weigh(before, full)
	h.list, h.held = append(h.list, c), h.held+c.held
	for h.bytes() > h.limit && h.thin() {
	}
}

// lastFull is the index of the last entry with points among the first n.
func (h *history[S]) lastFull(n int) int {
	for n--; n > 0 && h.list[n].bare; n-- {
	}
	return n
}

// thin removes every second one of the points that can be computed again; if there are none, the beginning. It reports
// whether there was anything to remove.
func (h *history[S]) thin() bool {
	full, points := 0, 0
	for k := range h.list {
		if !h.list[k].bare {
			full, points = full+1, points+h.list[k].held
		}
	}
	first, last := h.list[0].Step, h.list[len(h.list)-1].Step
	for stride := 2 * max(h.stride, 1); full > minCheckpoints && stride <= 2*(last-first); stride *= 2 {
		spare := func(c *entry[S]) bool { return !c.bare && !c.fixed && c.Step != first && c.Step%stride != 0 }
		if slices.ContainsFunc(h.list, func(c entry[S]) bool { return spare(&c) }) {
			h.stride = stride
			h.drop(spare)
			return true
		}
	}
	// The changes alone take little, unless there are very many.
	if changes := h.bytes() - points; full > minCheckpoints || full > 1 && changes > max(h.limit, points) {
		h.replace(h.list[h.nextFull(1):])
		return true
	}
	return false
}

// nextFull is the index of the first entry with points from an index on.
func (h *history[S]) nextFull(at int) int {
	for h.list[at].bare {
		at++
	}
	return at
}

// span is the range of steps in the list, up to now at least.
func (h *history[S]) span(now int) (first, last int) {
	if len(h.list) == 0 {
		return now, now
	}
	return h.list[0].Step, max(h.list[len(h.list)-1].Step, now)
}

// checkpoint is the latest entry with points up to a step, or the waypoint.
func (h *history[S]) checkpoint(step int) (entry[S], bool) {
	at, found := h.search(step)
	if found {
		at++
	}
	if at == 0 {
		return entry[S]{}, false
	}
	c := h.list[h.lastFull(at)]
	if w := h.waypoint; w != nil && c.Step < w.Step && w.Step <= step {
		return *w, true
	}
	return c, true
}

// at is the entry of a step.
func (h *history[S]) at(step int) (entry[S], bool) {
	at, found := h.search(step)
	if !found {
		return entry[S]{}, false
	}
	return h.list[at], true
}

// before is the latest entry up to a step.
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
