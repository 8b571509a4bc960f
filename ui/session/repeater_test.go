package session

import (
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"undercurrent/scenarios"
	"undercurrent/scenarios/catalogue"
)

// noted is an act with the digest of the particles after it.
type noted struct {
	Act
	digest string
}

// notes are the acts of a Runner.
type notes struct {
	mu     sync.Mutex
	list   []noted
	digest Digester
}

func (n *notes) observe(s *Session, a Act) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.list = append(n.list, noted{a, n.digest.Digest(s)})
}

// restless are the commands of a user who tries everything.
func restless(rng *rand.Rand, n int) (list []Command) {
	run := func(f func(*Session)) Command { return Command{Run: once(f)} }
	for k := range n {
		var c Command
		switch rng.IntN(13) {
		case 0:
			c = run(func(s *Session) { s.Motion.Next(1) })
		case 1:
			c = run(func(s *Session) { s.Clock.First() })
		case 2:
			c = Command{Kind: "back", Run: func(s *Session, n int) { s.Clock.Back(3 * n) }}
		case 3:
			c = run(func(s *Session) { s.Clock.Faster(true) })
		case 4:
			c = run(func(s *Session) { s.Motion.ScaleBandwidth(1) })
		case 5:
			c = run(func(s *Session) { s.Comparison.Toggle() })
		case 6:
			c = Command{Dragged: true, Edit: &scenarios.Edit{Verb: scenarios.Move, Mode: 1 + rng.IntN(3), At: scenarios.Point{X: rng.Float64(), Y: 2 * rng.Float64()}}}
		case 7:
			c = run(func(s *Session) { s.Edits.EndDrag() })
		case 8:
			c = run(func(s *Session) { s.Scene.NextStart(1) })
		case 9:
			c = Command{Shown: &Shown{Response: rng.IntN(2) == 0, Exact: true}}
		case 10:
			c = run(func(s *Session) { s.Comparison.Before() })
		case 11:
			n := 300 + rng.IntN(300)
			c = run(func(s *Session) { s.Scene.SetParticles(n) })
		default:
			c = run(func(s *Session) { s.Clock.TogglePause() })
		}
		c.Must = true
		if c.Shown == nil {
			c.ID = k + 1
		}
		list = append(list, c)
	}
	return list
}

func once(f func(*Session)) func(*Session, int) { return func(s *Session, _ int) { f(s) } }

// lived gives commands to a Runner, some at once and some after a while.
func lived(t *testing.T, s *Session, commands []Command) []noted {
	t.Helper()
	n := &notes{}
	r := StartObserved(s, 200, n.observe)
	for k, c := range commands {
		if r.Give(c); k%3 == 0 {
			time.Sleep(time.Duration(k%7) * 3 * time.Millisecond)
		}
	}
	<-Ask(r, func(*Session) int { return 0 })
	time.Sleep(50 * time.Millisecond)
	r.Stop()
	return n.list
}

// repeats does acts again, and holds each to its digest.
func repeats(t *testing.T, s *Session, commands []Command, acts []noted) {
	t.Helper()
	repeatsSeen(t, s, commands, acts, func(*Frame) {})
}

// repeatsSeen is repeats with somebody who sees every frame.
func repeatsSeen(t *testing.T, s *Session, commands []Command, acts []noted, sees func(*Frame)) {
	t.Helper()
	r, d := NewRepeater(s), Digester{}
	for _, c := range commands {
		r.Give(c)
	}
	for k, a := range acts {
		if err := r.Do(a.Act); err != nil {
			t.Fatalf("act %d, %+v: %v", k, a.Act, err)
		}
		// What is taken is told in the middle of an act.
		if part := a.Took != nil || a.Over != nil; !part && d.Digest(s) != a.digest {
			t.Fatalf("after act %d, %+v, the particles are others", k, a.Act)
		}
		for f := r.Take(); f != nil; f = r.Take() {
			sees(f)
			r.GiveBack(f)
		}
	}
}

// What a Runner did in its time is done again to the same bits without it, on any number of processors.
func TestActsAreRepeatedToTheBit(t *testing.T) { actsAreRepeated(t, 1, 24) }

func actsAreRepeated(t *testing.T, seeds, length int) {
	for seed := range seeds {
		commands := restless(rand.New(rand.NewPCG(uint64(seed), 1)), length)
		acts := lived(t, newSession(t, "three-modes"), commands)
		for _, processors := range []int{1, 2} {
			was := runtime.GOMAXPROCS(processors)
			repeats(t, newSession(t, "three-modes"), commands, acts)
			runtime.GOMAXPROCS(was)
		}
	}
}

// Steps of a frame that were cut short for a key, and a seek in parts, are repeated as they were.
func TestWorkThatTimeCutIsRepeated(t *testing.T) {
	var commands []Command
	add := func(f func(*Session)) {
		commands = append(commands, Command{Run: once(f), Must: true, ID: len(commands) + 1})
	}
	add(func(s *Session) { s.SetHistoryLimit(1) }) // nearly every step is computed again
	for range 5 {
		add(func(s *Session) { s.Clock.SetSpeed(64) })
	}
	for range 40 {
		add(func(s *Session) { s.Motion.Next(1) })
	}
	add(func(s *Session) { s.Scene.SetParticles(8000) })
	add(func(s *Session) { s.Clock.Back(30) })
	add(func(s *Session) { s.Clock.TogglePause() })
	acts := lived(t, newSession(t, "uneven-ring"), commands)
	cut := func(a noted) bool { return a.Advances > 0 && a.Work > 0 && a.Work < 64 }
	if !slices.ContainsFunc(acts, cut) {
		t.Skip("no frame was cut short: the machine is too fast")
	}
	repeats(t, newSession(t, "uneven-ring"), commands, acts)
}

// A seek whose steps are computed again in several frames, and that another command ends where it is, is repeated.
func TestASeekInPartsIsRepeated(t *testing.T) {
	var commands []Command
	n := &notes{}
	r := StartObserved(newSession(t, "three-modes"), 200, n.observe)
	give := func(wanted func(*Frame) bool, f func(*Session)) {
		c := Command{Run: once(f), Must: true, ID: len(commands) + 1}
		commands = append(commands, c)
		r.Give(c)
		take(t, r, func(f *Frame) bool { return !f.Waiting.For(c.ID) && wanted(f) })
	}
	at := func(step int) func(*Frame) bool { return func(f *Frame) bool { return f.Now >= step } }
	give(at(0), func(s *Session) { s.SetHistoryLimit(1); s.Scene.SetParticles(15000) })
	give(at(150), func(s *Session) { s.Clock.SetSpeed(8) })
	give(at(0), func(s *Session) { s.Clock.Seek(s.flow().Progress().Step - 1) })
	give(at(0), func(s *Session) { s.Clock.TogglePause() })
	r.Stop()
	parts := 0
	for _, a := range n.list {
		if len(a.Commands) > 0 && a.Commands[0] == 3 {
			parts = a.Work
		}
	}
	if parts == 0 || parts > 60 {
		t.Skipf("the seek takes %d steps at once: the machine is too fast", parts)
	}
	repeats(t, newSession(t, "three-modes"), commands, n.list)
}

// An act that cannot be done says why.
func TestActsThatCannotBeDoneAreRefused(t *testing.T) {
	pause := Command{ID: 1, Run: once(func(s *Session) { s.Clock.TogglePause() })}
	for want, a := range map[string]Act{
		"command 2, expected one that was given and not carried out: 1 is the first": {Commands: []int{2}},
		"work is 3, expected 1":                                      {Advances: 1, Work: 3, Frame: true},
		"no frame, expected one":                                     {Advances: 1, Work: 1},
		"finished is 7, expected a work that was begun":              {Finished: 7},
		"trained, expected no sampler in training":                   {Trained: &TrainedTo{}},
		"command 1, expected one that was given and not carried out": {Commands: []int{1, 1}},
	} {
		r := NewRepeater(newSession(t, "three-modes"))
		r.Give(pause)
		if err := r.Do(a); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%+v gives %v, expected %s", a, err, want)
		}
	}
	r := NewRepeater(newSession(t, "three-modes"))
	r.Give(pause)
	r.Give(Command{ID: 2, Run: pause.Run})
	if err := r.Do(Act{Commands: []int{1, 2}}); err == nil || !strings.Contains(err.Error(), "can be joined") {
		t.Errorf("two commands of no kind at once: %v", err)
	}
}

// Every bit of every particle of every flow is in the digest.
func TestADigestHasEveryBit(t *testing.T) {
	d := Digester{}
	s := newSession(t, "three-modes")
	first := d.Digest(s)
	if again := (&Digester{}).Digest(newSession(t, "three-modes")); again != first || len(first) != 64 {
		t.Errorf("an equal session has the digest %s, expected %s", again, first)
	}
	seen := map[string]bool{first: true}
	for _, change := range []func(){
		func() { s.Advance() },
		func() { s.Comparison.Toggle() },
		func() {
			p := s.runs[len(s.runs)-1].Flow().Checkpoint()
			p.Points[len(p.Points)-1].Y += 1e-15
			s.runs[len(s.runs)-1].Flow().Restore(p)
		},
	} {
		change()
		if got := d.Digest(s); seen[got] {
			t.Error("a change has the digest of before")
		} else {
			seen[got] = true
		}
	}
	big, err := catalogue.Named("gmm40")
	if err != nil {
		t.Fatal(err)
	}
	s.Comparison.Toggle()
	s.Scene.OpenScenario(big)
	if got := testing.AllocsPerRun(3, func() { d.Digest(s) }); got > 6 {
		t.Errorf("a digest allocates %g times", got)
	}
}
