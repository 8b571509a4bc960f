package session

import (
	"sync"

	"undercurrent/scenarios"
)

// Command is what a player is to do.
type Command struct {
	// ID counts the commands of keys and the like, from 1: equal keys give equal ones. The others have none.
	ID     int
	joined []int // the IDs of the commands that this one was joined with, oldest first
	// Run carries the command out, for commands of a Kind several at once.
	Run func(s *Session, times int)
	// Must says that the command is never dropped where too many wait, as one that ends something.
	Must bool
	// Haste says which waiting commands it passes.
	Haste Haste
	// Slow says that the command may take long, and leaves to the others what they do whether it is carried out
	// before or after.
	Slow bool
	// Untimed says that the command does the same whether the clock is paused before or after it.
	Untimed bool
	// Kind names commands that may be joined with others of their kind, empty for none.
	Kind  string
	times int
	// Shown says in place of Run which instruments are shown.
	Shown *Shown
	work  int // number of the work beside the session that is done, 0 for none
	// Edit is made in place of Run, with the probe where a mode goes, and may be joined with the next one. Dragged says
	// that it is one of a drag.
	Edit    *scenarios.Edit
	Dragged bool
}

// Haste says which waiting commands another one passes.
type Haste int

const (
	// InTurn passes none.
	InTurn Haste = iota
	// BeforeSlow passes edits, slow commands, and what is shown.
	BeforeSlow
	// BeforeUntimed passes those and all others that are untimed.
	BeforeUntimed
)

// Do carries the command out.
func (c Command) Do(s *Session) {
	switch {
	case c.Shown != nil:
		s.Show(*c.Shown)
	case c.Edit == nil:
		c.Run(s, c.times+1)
	default:
		c.edit(s)
	}
	s.given = max(s.given, c.ID)
}

func (c Command) edit(s *Session) {
	if c.Edit.Verb == scenarios.Move {
		s.Probe(&c.Edit.At)
	}
	if c.Dragged {
		s.Edits.Drag(*c.Edit)
	} else {
		s.Edits.Nudge(*c.Edit)
	}
}

// then is the command that does what c and the next one do, if there is one.
func (c Command) then(next Command) (one Command, ok bool) {
	one = next
	one.Must = c.Must || next.Must
	if c.ID > 0 {
		one.joined = append(c.joined, c.ID)
	}
	switch {
	case c.Edit != nil && next.Edit != nil && c.Dragged == next.Dragged:
		edit, ok := c.Edit.Then(*next.Edit)
		one.Edit = &edit
		return one, ok
	case c.Kind != "" && c.Kind == next.Kind:
		one.times += c.times + 1
		return one, true
	}
	return c, false
}

// passes reports whether the command is carried out before another one that waits.
func (c Command) passes(w Command) bool {
	slow := w.Edit != nil || w.Slow || w.Shown != nil
	return c.Haste >= BeforeSlow && slow || c.Haste == BeforeUntimed && w.Untimed
}

// inserted is a list of waiting commands with another one, behind all that it does not pass.
func inserted(list []Command, c Command) []Command {
	list = append(list, c)
	for k := len(list) - 1; k > 0 && list[k].passes(list[k-1]); k-- {
		list[k-1], list[k] = list[k], list[k-1]
	}
	return list
}

// queue holds the waiting commands, oldest first. It is safe for concurrent use.
type queue struct {
	mu        sync.Mutex
	list      []Command
	given     int           // the highest ID so far
	droppable int           // of the list
	wake      chan struct{} // has a token while commands wait
}

// maxWaiting bounds the queue of commands while a step takes long; commands that must be
// carried out are queued beyond it.
const maxWaiting = 256

// add queues a command. A key that is held down costs one: it is joined with the command before
// where they are of one kind.
func (q *queue) add(c Command) {
	q.mu.Lock()
	defer q.mu.Unlock()
	defer q.signal()
	q.given = max(q.given, c.ID)
	if last := len(q.list) - 1; last >= 0 {
		if one, ok := q.list[last].then(c); ok {
			q.droppable += droppable(one) - droppable(q.list[last])
			q.list[last] = one
			return
		}
		if !c.Must && q.droppable >= maxWaiting {
			return
		}
	}
	q.droppable += droppable(c)
	q.list = inserted(q.list, c)
}

func droppable(c Command) int {
	if c.Must {
		return 0
	}
	return 1
}

func (q *queue) signal() {
	select {
	case q.wake <- struct{}{}:
	default:
	}
}

// next takes the oldest command, if one waits.
func (q *queue) next() (c Command, ok bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if len(q.list) == 0 {
		return c, false
	}
	c = q.list[0]
	q.list = q.list[1:]
	q.droppable -= droppable(c)
	return c, true
}

// waiting reports whether a command waits.
func (q *queue) waiting() bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	return len(q.list) > 0
}

// tell says what waits.
func (q *queue) tell(w *Waiting) {
	q.mu.Lock()
	defer q.mu.Unlock()
	w.set(q.given, q.list)
}

// resume wakes who takes commands, if some are left.
func (q *queue) resume() {
	q.mu.Lock()
	defer q.mu.Unlock()
	if len(q.list) > 0 {
		q.signal()
	}
}

func (q *queue) clear() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.list, q.droppable = nil, 0
}
