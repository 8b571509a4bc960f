package cli

import (
	"sort"
	"time"
)

// pace is how a piece of work went on, and estimates from its latest part how long the rest takes. Its start is
// no guide: the first iterations of a training are on coarse grids.
type pace struct{ marks []mark }

// mark is the share of the work, from 0 to 1, that was done at a time since its start.
type mark struct {
	at   time.Duration
	done float64
}

const (
	// recent is the part of the time so far that the estimate is made from.
	recent = 0.25
	// maxMarks bounds the marks; beyond it every second one is dropped.
	maxMarks = 512
)

// add adds a mark. Times must not decrease.
func (p *pace) add(at time.Duration, done float64) {
	if len(p.marks) == maxMarks {
		for k := range maxMarks / 2 {
			p.marks[k] = p.marks[2*k]
		}
		p.marks = p.marks[:maxMarks/2]
	}
	p.marks = append(p.marks, mark{at, done})
}

// left is how long the rest takes at the latest pace; ok is false where nothing was done of late.
func (p *pace) left() (left time.Duration, ok bool) {
	if len(p.marks) == 0 {
		return 0, false
	}
	now := p.marks[len(p.marks)-1]
	span := time.Duration(recent * float64(now.at))
	gained := now.done - p.doneAt(now.at-span)
	if gained <= 0 || span <= 0 {
		return 0, false
	}
	return time.Duration((1 - now.done) / gained * float64(span)), true
}

// doneAt is the share that was done at a time, between marks in proportion.
func (p *pace) doneAt(at time.Duration) float64 {
	k := sort.Search(len(p.marks), func(k int) bool { return p.marks[k].at >= at })
	before, after := mark{}, p.marks[k]
	if k > 0 {
		before = p.marks[k-1]
	}
	if after.at == before.at {
		return after.done
	}
	return before.done + (after.done-before.done)*float64(at-before.at)/float64(after.at-before.at)
}
