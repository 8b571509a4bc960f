package session

import (
	"math/rand/v2"
	"reflect"
	"runtime"
	"strings"
	"testing"
	"time"

	"undercurrent/divergences"
	"undercurrent/scenarios"
	"undercurrent/scenarios/catalogue"
	"undercurrent/sim"
	"undercurrent/sim/diagnosis"
	"undercurrent/sim/stream"
)

// chainsOfReel is a session on a reel that has the draws of chains as its frames.
func chainsOfReel(t *testing.T, d diagnosis.Draws, perTick float64) *Session {
	t.Helper()
	r, n := &reel{}, d.Lengths[0]
	for k := range n {
		f := &stream.Frame{Number: k + 1, Ordered: k > 0, Pooled: 1}
		for c := range d.Lengths {
			f.Points = append(f.Points, scenarios.Point{X: d.Columns[0][c*n+k], Y: d.Columns[1][c*n+k]})
		}
		r.add(f)
	}
	return chainedOn(t, Watch{Source: r, First: r.Take(nil), Input: "stdin", PerTick: perTick, MetricsInline: true})
}

func chainedOn(t *testing.T, w Watch) *Session {
	t.Helper()
	s, err := catalogue.Named("three-modes")
	if err != nil {
		t.Fatal(err)
	}
	w.Chained = true
	d, err := NewWatcher(divergences.Standard(), s, sim.DefaultSettings(s, specOf(t, "forward-kl")), functionalOf(t), w)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// A stream of chains is diagnosed as a file of the same draws, whether its frames are shown in turn or only the newest
// ones are.
func TestChainsOfAStreamAreDiagnosed(t *testing.T) {
	target := newSession(t, "three-modes").flow()
	draws, _ := drawsOfThreeModes(t, target.Scenario(), 4, 60, 30)
	for _, perTick := range []float64{0, 1} {
		s := chainsOfReel(t, draws, perTick)
		if frameOf(s).Watching.Chains != nil {
			t.Error("a single draw is diagnosed")
		}
		for range 61 {
			s.Advance()
		}
		f := frameOf(s)
		c := f.Watching.Chains
		want, err := Diagnose(draws, false, f.Scenario, s.flow().Target())
		if err != nil || c == nil || f.Report.Step != 60 || c.Report.Gathered.Frames != 60 || c.Report.Gathered.Particles != 4 {
			t.Fatalf("at the end there is frame %d with %+v (%v)", f.Report.Step, c, err)
		}
		if !reflect.DeepEqual(c.Report.Findings, want.Findings) || !reflect.DeepEqual(c.Report.Quantities, want.Quantities) || !reflect.DeepEqual(c.Report.Regions, want.Regions) || c.Traces[0][2][5] != draws.Columns[0][125] {
			t.Errorf("the diagnosis is %+v, expected %+v", c.Report.Findings, want.Findings)
		}
		if skipped := f.Watching.Dropped; perTick == 1 && skipped != 0 || perTick == 0 && skipped != 58 {
			t.Errorf("%d frames are skipped", skipped)
		}
		if !strings.HasPrefix(f.Note.Text, "stdin has ended: chain 4 stays at one draw") {
			t.Errorf("at the end the note is %q", f.Note.Text)
		}
		s.Edits.Apply(scenarios.Edit{Verb: scenarios.Weigh, Mode: 1, By: 2})
		if frameOf(s).Watching.Chains != nil {
			t.Error("the diagnosis is against the target before an edit")
		}
	}
}

// While frames stand still the chains go on: a sampler does not wait for who looks at it.
func TestChainsGoOnWhileFramesStandStill(t *testing.T) {
	draws, _ := drawsOfThreeModes(t, newSession(t, "three-modes").flow().Scenario(), 4, 50, 50)
	s := chainsOfReel(t, draws, 0)
	s.Clock.TogglePause()
	s.Advance()
	if f := frameOf(s); f.Report.Step != 1 || f.Watching.Ended || f.Watching.Chains.Report.Gathered.Frames != 50 {
		t.Errorf("paused there is frame %d, chains %+v", f.Report.Step, f.Watching.Chains)
	}
	s.Clock.SingleStep()
	s.Advance()
	if f := frameOf(s); f.Report.Step != 50 || !f.Watching.Ended {
		t.Errorf("a step leads to frame %d", f.Report.Step)
	}
}

// walkers is a stream of chains, of which some frames come at a time.
type walkers struct {
	erratic
	points []scenarios.Point
}

func (w *walkers) Take(back *stream.Frame) *stream.Frame {
	w.mu.Lock()
	defer w.mu.Unlock()
	if back = w.next(back); back == nil {
		return nil
	}
	for i := range w.points {
		w.points[i].X += 0.5 * (w.rng.NormFloat64() - w.points[i].X/2)
		w.points[i].Y += 0.5 * (w.rng.NormFloat64() - w.points[i].Y/2)
	}
	w.left, w.number = w.left-1, w.number+1
	*back = stream.Frame{Number: w.number, Points: append(back.Points[:0], w.points...), Ordered: w.number > 1, Pooled: 1}
	return back
}

func (w *walkers) End() (bool, error) {
	ended, _ := w.erratic.End()
	return ended, nil
}

// What was said of chains that came by the clock is said again of their log, to the bit, on any number of processors.
func TestChainsOfAStreamAreRepeatedToTheBit(t *testing.T) {
	first := &stream.Frame{Number: 1, Points: make([]scenarios.Point, 30), Pooled: 1}
	source := &walkers{erratic{rng: rand.New(rand.NewPCG(1, 2)), number: 1, left: 110}, make([]scenarios.Point, 30)}
	var commands []Command
	for k, does := range []func(*Session){
		func(s *Session) { s.Clock.TogglePause() }, func(s *Session) { s.Clock.SingleStep() }, func(s *Session) { s.Motion.ScaleBandwidth(1) },
		func(s *Session) { s.Clock.Back(2) }, func(s *Session) { s.Clock.Last() }, func(s *Session) { s.Clock.TogglePause() },
	} {
		commands = append(commands, Command{Run: once(does), ID: k + 1, Must: true})
	}
	var acts []noted
	digester := Digester{}
	r := StartObserved(chainedOn(t, Watch{Source: source, First: first, Input: "stdin"}), 120, func(s *Session, a Act) { acts = append(acts, noted{kept(a), digester.Digest(s)}) })
	for _, c := range commands {
		r.Give(c)
		time.Sleep(30 * time.Millisecond)
	}
	var shown []*Chains
	end := take(t, r, func(f *Frame) bool {
		if c := f.Watching.Chains; c != nil {
			shown = append(shown, c)
		}
		return !f.Waiting.For(len(commands)) && f.Watching.Ended && strings.Contains(f.Note.Text, "stdin has ended: ")
	})
	r.Stop()
	if kinds := countActs(acts); kinds[0] != 110 || kinds[1] != 1 || kinds[2] < 2 || len(shown) < 2 {
		t.Fatalf("took, over and finished are %v, and %d frames have chains", kinds, len(shown))
	}
	for _, processors := range []int{1, 2} {
		was := runtime.GOMAXPROCS(processors)
		var again []*Chains
		note := ""
		repeatsSeen(t, chainedOn(t, Watch{Source: Awaited{}, First: first, Input: "stdin"}), commands, acts, func(seen *Frame) {
			if c := seen.Watching.Chains; c != nil {
				again = append(again, c)
			}
			if seen.Serial == end.Serial {
				note = seen.Note.Text
			}
		})
		runtime.GOMAXPROCS(was)
		if note != end.Note.Text {
			t.Errorf("on %d processors the end is %q, expected %q", processors, note, end.Note.Text)
		}
		for _, want := range shown {
			if !hasAlike(again, want) {
				t.Fatalf("on %d processors the diagnosis of %d frames is not repeated", processors, want.Report.Gathered.Frames)
			}
		}
	}
}

// hasAlike reports whether a list has chains with the same bits.
func hasAlike(list []*Chains, c *Chains) bool {
	for _, one := range list {
		a, b := one.Report, c.Report
		if a.Gathered.Frames == b.Gathered.Frames && reflect.DeepEqual(a.Quantities, b.Quantities) && reflect.DeepEqual(a.Findings, b.Findings) &&
			reflect.DeepEqual(one.Traces, c.Traces) && reflect.DeepEqual(one.Ranks, c.Ranks) && a.Rejections.Ratio == b.Rejections.Ratio {
			return true
		}
	}
	return false
}
