package session

import (
	"errors"
	"math/rand/v2"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"undercurrent/divergences"
	"undercurrent/scenarios"
	"undercurrent/scenarios/catalogue"
	"undercurrent/sim"
	"undercurrent/sim/stream"
)

// erratic is a stream whose frames come at times of their own, faster than they are taken or slower. It uses the frames
// that it has back.
type erratic struct {
	mu      sync.Mutex
	rng     *rand.Rand
	left    int
	number  int
	dropped int
}

func (e *erratic) Take(back *stream.Frame) *stream.Frame {
	e.mu.Lock()
	defer e.mu.Unlock()
	if back = e.next(back); back == nil {
		return nil
	}
	skipped := e.rng.IntN(3)
	e.left, e.dropped, e.number = e.left-1, e.dropped+skipped, e.number+skipped+1
	back.Points = append(back.Points[:0], make([]scenarios.Point, 60+e.rng.IntN(2))...)
	for i := range back.Points {
		back.Points[i] = scenarios.Point{X: e.rng.NormFloat64(), Y: e.rng.NormFloat64()}
	}
	back.Number, back.Lost, back.Ordered, back.Pooled = e.number, e.rng.IntN(2), e.rng.IntN(2) == 0, 1
	return back
}

// next is a frame to be filled, nil where none comes.
func (e *erratic) next(back *stream.Frame) *stream.Frame {
	switch {
	case e.left == 0 || e.rng.IntN(3) == 0:
		return nil
	case back == nil:
		return &stream.Frame{}
	}
	return back
}

func (e *erratic) Dropped() int {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.dropped
}

func (e *erratic) End() (bool, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.left == 0, errors.New("the input ends in line 7, expected more")
}

func (e *erratic) Close() {}

// watches is a session that watches a source, whose first frame has been taken.
func watches(t *testing.T, source Source, first *stream.Frame) *Session {
	t.Helper()
	s, err := catalogue.Named("three-modes")
	if err != nil {
		t.Fatal(err)
	}
	d, err := NewWatcher(divergences.Standard(), s, sim.DefaultSettings(s, specOf(t, "forward-kl")), functionalOf(t), Watch{Source: source, First: first, Input: "stdin"})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// attentive are the commands of a user who watches.
func attentive(rng *rand.Rand, n int) (list []Command) {
	x := rng.Float64()
	all := []func(*Session){
		func(s *Session) { s.Motion.Next(1) }, func(s *Session) { s.Clock.Back(2) }, func(s *Session) { s.Clock.TogglePause() }, func(s *Session) { s.Clock.SingleStep() },
		func(s *Session) { s.Motion.ScaleBandwidth(1) }, func(s *Session) { s.Clock.Faster(true) }, func(s *Session) { s.Clock.First() },
		func(s *Session) {
			s.Edits.Apply(scenarios.Edit{Verb: scenarios.Move, Mode: 1, At: scenarios.Point{X: x}})
		},
	}
	for k := range n {
		list = append(list, Command{Run: once(all[rng.IntN(len(all))]), ID: k + 1, Must: true})
	}
	return append(list, Command{Run: once(func(s *Session) { s.Clock.Last(); s.Clock.TogglePause() }), ID: n + 1, Must: true})
}

// kept is an act with a copy of its frame.
func kept(a Act) Act {
	if a.Took != nil {
		took, frame := *a.Took, *a.Took.Frame
		frame.Points = slices.Clone(frame.Points)
		took.Frame, a.Took = &frame, &took
	}
	return a
}

// What was watched at the times of its stream is watched again without it, to the bit, with the same metrics, on any
// number of processors.
func TestWatchingIsRepeatedToTheBit(t *testing.T) {
	source := &erratic{rng: rand.New(rand.NewPCG(1, 2)), left: 25, dropped: 5}
	first := &stream.Frame{Number: 4, Points: drawnFrame(newSession(t, "three-modes").flow().Scenario(), 1, 60).Points, Pooled: 1}
	live := watches(t, source, first)
	commands := attentive(rand.New(rand.NewPCG(3, 4)), 12)
	var acts []noted
	digester := Digester{}
	r := StartObserved(live, 120, func(s *Session, a Act) { acts = append(acts, noted{kept(a), digester.Digest(s)}) })
	for k, c := range commands {
		r.Give(c)
		time.Sleep(time.Duration(k%4) * 10 * time.Millisecond)
	}
	end := take(t, r, func(f *Frame) bool {
		return !f.Waiting.For(len(commands)) && f.Watching.Ended && f.Watching.Metrics != nil && f.Watching.Metrics.Frame == f.Report.Step
	})
	r.Stop()
	if kinds := countActs(acts); kinds[0] != 25 || kinds[1] != 1 || kinds[2] < 2 {
		t.Fatalf("took, over and finished are %v", kinds)
	}
	for _, processors := range []int{1, 2} {
		was := runtime.GOMAXPROCS(processors)
		var f Frame
		repeatsSeen(t, watches(t, Awaited{Before: 5}, first), commands, acts, func(seen *Frame) {
			if seen.Serial == end.Serial {
				f = *seen
			}
		})
		runtime.GOMAXPROCS(was)
		if f.Watching == nil {
			t.Fatalf("on %d processors there is no frame %d", processors, end.Serial)
		}
		if !reflect.DeepEqual(f.Watching.Metrics, end.Watching.Metrics) || f.Watching.Dropped != end.Watching.Dropped || f.Watching.Problem != end.Watching.Problem || f.Report.TV != end.Report.TV {
			t.Errorf("on %d processors the end is %+v with %+v, expected %+v with %+v", processors, f.Watching, f.Watching.Metrics, end.Watching, end.Watching.Metrics)
		}
	}
}

// countActs counts the frames that were taken, their ends, and the works that were finished.
func countActs(acts []noted) (n [3]int) {
	for _, a := range acts {
		for k, is := range []bool{a.Took != nil, a.Over != nil, a.Finished > 0} {
			if is {
				n[k]++
			}
		}
	}
	return n
}

// What cannot be taken again is said.
func TestFramesThatCannotBeTakenAreRefused(t *testing.T) {
	two := func() (*Session, *reel) { return watcher(t, 2) }
	for want, acts := range map[string][]Act{
		"took frame 7, expected 2":                                      {{Took: &Arrival{Number: 7}}, {Advances: 1, Frame: true}},
		"took frame 3, expected no frame: the input has ended":          {{Took: &Arrival{Number: 2}}, {Advances: 1, Frame: true}, {Took: &Arrival{Number: 3}}, {Advances: 1, Frame: true}},
		"took frame 3, expected no frame to be taken":                   {{Took: &Arrival{Number: 2}}, {Took: &Arrival{Number: 3}}, {Advances: 1, Frame: true}},
		"no frame, expected one":                                        {{Took: &Arrival{Number: 2}}, {Advances: 1}},
		"took frame 2, expected no frame: line 3 is no point, expected": {{Took: &Arrival{Number: 2}}, {Advances: 1, Frame: true}},
	} {
		s, from := two()
		if strings.Contains(want, "line 3") {
			from.frames, from.err = nil, errors.New("line 3 is no point, expected x,y")
		}
		r := NewRepeater(s)
		var err error
		for _, a := range acts {
			if err = r.Do(a); err != nil {
				break
			}
		}
		if err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("it gives %v, expected %s", err, want)
		}
	}
	if err := NewRepeater(newSession(t, "three-modes")).Do(Act{Over: &Over{}}); err == nil || !strings.Contains(err.Error(), "nothing that is watched") {
		t.Errorf("the end of a stream that is none gives %v", err)
	}
}

// Other columns of a table are frames of its own, which come without acts.
func TestOtherColumnsAreRepeatedWithoutTheirSource(t *testing.T) {
	d, from := watcher(t, 1)
	w := d.mode.(*watching)
	w.Source = &given{frames: []scenarios.Cloud{{Points: drawnFrame(d.flow().Scenario(), 2, 400).Points}}}
	told := 0
	d.observe = func(a Act) {
		if a.Took != nil || a.Over != nil {
			told++
		}
	}
	w.repeated = &arrivals{}
	d.Advance()
	if f := frameOf(d); told != 0 || f.Report.Step != 1 || !f.Watching.Ended || len(from.frames) > 0 {
		t.Errorf("there are %d acts, frame %d, ended %t", told, f.Report.Step, f.Watching.Ended)
	}
}
