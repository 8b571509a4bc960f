package session

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"undercurrent/divergences"
	"undercurrent/scenarios"
	"undercurrent/scenarios/catalogue"
	"undercurrent/sim"
)

// newSession is reverse KL on a built-in scenario with 500 particles.
func newSession(t *testing.T, scenario string) *Session {
	t.Helper()
	s, err := catalogue.Named(scenario)
	if err != nil {
		t.Fatal(err)
	}
	settings := sim.DefaultSettings(s, specOf(t, "reverse-kl"))
	settings.Particles = 500
	session, err := New(divergences.Standard(), s, settings, functionalOf(t))
	if err != nil {
		t.Fatal(err)
	}
	return session
}

func specOf(t *testing.T, text string) divergences.Spec {
	t.Helper()
	spec, err := divergences.Standard().Parse(text, nil)
	if err != nil {
		t.Fatal(err)
	}
	return spec
}

func functionalOf(t *testing.T) Functional {
	t.Helper()
	u, err := NewFunctional("under-coverage", 1, 1)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

// A number of particles other than that of the points of a start is noted.
func TestTheNumberOfPointsIsNoted(t *testing.T) {
	d := newSession(t, "three-modes")
	points, err := scenarios.NewFixedPoints([]scenarios.Point{{X: 1}, {Y: 1}, {X: -1}})
	if err != nil {
		t.Fatal(err)
	}
	points.Name = "p.csv"
	s := d.focus.Base()
	s.Start, s.Particles, s.Story = scenarios.Start{Sampler: points}, 3, "three"
	if d.Scene.OpenScenario(s); d.note.Text != "three-modes: three" {
		t.Errorf("three of three points: %q", d.note.Text)
	}
	if d.Scene.SetParticles(7); d.note.Text != "7 particles of the 3 points in p.csv, which are repeated from the first" {
		t.Errorf("seven of three points: %q", d.note.Text)
	}
	if err := d.Play(nil, 0); err != nil || !strings.Contains(d.note.Text, "7 particles of the 3") {
		t.Errorf("at the start: %q (%v)", d.note.Text, err)
	}
}

// eventsOf writes the changes on the way to the present step as a command line has them.
func eventsOf(s *Session) string {
	p := s.Recipe()
	var list []string
	last := p.Settings.Motion()
	for _, e := range p.Events {
		if e.Edit != nil {
			list = append(list, fmt.Sprintf("%d=%s", e.Step, e.Edit))
			continue
		}
		list = append(list, fmt.Sprintf("%d=%s", e.Step, e.Motion.After(last)))
		last = e.Motion
	}
	return strings.Join(append(list, fmt.Sprintf("at %d", p.Step)), " ")
}

func frameOf(d *Session) *Frame {
	f := &Frame{}
	d.Frame(f)
	return f
}

// take waits for a frame that is wanted.
func take(t *testing.T, e *Runner, wanted func(*Frame) bool) *Frame {
	t.Helper()
	var f *Frame
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); time.Sleep(time.Millisecond) {
		if next := e.Take(); next != nil {
			if f != nil {
				e.GiveBack(f)
			}
			f = next
			if wanted(f) {
				return f
			}
		}
	}
	t.Fatal("the wanted frame never came")
	return nil
}

func TestARunnerRunsObeysAndStops(t *testing.T) {
	e := Start(newSession(t, "uneven-ring"), 100)
	defer e.Stop()
	take(t, e, func(f *Frame) bool { return f.Report.Step > 3 })
	e.Give(Command{Run: func(s *Session, _ int) { s.Clock.TogglePause() }})
	f := take(t, e, func(f *Frame) bool { return f.Paused })
	at := f.Report.Step
	e.Give(Command{Run: func(s *Session, _ int) { s.Clock.SingleStep() }})
	f = take(t, e, func(f *Frame) bool { return f.Report.Step > at })
	if f.Report.Step != at+1 {
		t.Errorf("a single step went from %d to %d", at, f.Report.Step)
	}
}

// During a long step keys beyond the queue are dropped. What must be done is done, after
// everything that was queued before it and before what comes later.
func TestWhatMustBeDoneIsNeitherDroppedNorReordered(t *testing.T) {
	e := Start(newSession(t, "uneven-ring"), 100)
	defer e.Stop()
	gate := make(chan struct{})
	var done []int // by the goroutine of the runner until the last is done
	note := func(n int, must bool) {
		e.Give(Command{Run: func(*Session, int) { done = append(done, n) }, Must: must})
	}
	e.Give(Command{Run: func(*Session, int) { <-gate }, Must: true})
	const many = 3 * maxWaiting
	for n := range many {
		note(n, false)
	}
	for n := range many {
		note(many+n, true)
		note(-1, false) // there is still no room
	}
	last := make(chan struct{})
	e.Give(Command{Run: func(*Session, int) { close(last) }, Must: true})
	close(gate)
	<-last
	keys, must := 0, 0
	for i, n := range done {
		switch {
		case n == i && n < many && must == 0:
			keys++
		case n == many+must:
			must++
		default:
			t.Fatalf("command %d is the %d-th that was carried out", n, i)
		}
	}
	if must != many || keys < maxWaiting-1 || keys > maxWaiting {
		t.Errorf("carried out are %d keys and %d that must be, expected %d and %d", keys, must, maxWaiting, many)
	}
}

func TestTakeGivesEachFrameOnce(t *testing.T) {
	e := Start(newSession(t, "uneven-ring"), 200)
	defer e.Stop()
	last := 0
	var f *Frame
	for range 20 {
		f = take(t, e, func(*Frame) bool { return true })
		if f.Serial <= last {
			t.Fatalf("frame %d came after frame %d", f.Serial, last)
		}
		last = f.Serial
	}
}

func TestAFrameSharesNothingWithTheFlow(t *testing.T) {
	d := newSession(t, "uneven-ring")
	f := frameOf(d)
	particle, density, share := f.Particles[0], f.Fields.Q[len(f.Fields.Q)/2], f.Report.Regions[0].ParticleMass
	bins := append([]float64(nil), f.Histogram...)
	for range 30 {
		d.Advance()
	}
	if f.Particles[0] != particle || f.Fields.Q[len(f.Fields.Q)/2] != density || f.Report.Regions[0].ParticleMass != share {
		t.Error("a frame changed while the flow went on")
	}
	for i := range bins {
		if bins[i] != f.Histogram[i] {
			t.Fatal("the histogram of a frame changed while the flow went on")
		}
	}
}

func TestAPausedSessionStandsStill(t *testing.T) {
	d := newSession(t, "uneven-ring")
	d.Clock.TogglePause()
	if d.Advance() {
		t.Error("a paused session took a step")
	}
	d.Clock.SingleStep()
	d.Clock.SingleStep()
	d.Advance()
	if step := frameOf(d).Report.Step; step != 2 {
		t.Errorf("two single steps led to step %d", step)
	}
}

func TestSteppingStaysWithinTheRange(t *testing.T) {
	d := newSession(t, "uneven-ring")
	for range 40 {
		d.Motion.StepParameter(true)
	}
	f := frameOf(d)
	if f.Settings.Drift.ID() != "alpha" || f.Settings.Drift.Value("alpha").Number != 3 {
		t.Errorf("α stepped up ends at %v of %s, expected 3 of alpha", f.Settings.Drift.Value("alpha").Number, f.Settings.Drift.ID())
	}
	d.Motion.Choose("skew-forward-kl")
	for range 40 {
		d.Motion.StepParameter(false)
	}
	if l := frameOf(d).Settings.Drift.Value("lambda").Number; !(l > 0 && l < 0.06) {
		t.Errorf("λ stepped down ends at %v, expected just above 0", l)
	}
}

func TestAnInvalidBandwidthLeavesAMessageAndTheFlow(t *testing.T) {
	d := newSession(t, "gmm40")
	f := frameOf(d)
	for k := 0; k < 40 && f.Note.Text == ""; k++ {
		d.Motion.ScaleBandwidth(-1)
		f = frameOf(d)
	}
	if f.Note.Text == "" || f.Settings.Bandwidth < 0.1 {
		t.Fatalf("bandwidth is %g, the message %q", f.Settings.Bandwidth, f.Note.Text)
	}
	d.Advance()
	if frameOf(d).Report.Step != 1 {
		t.Error("the flow does not go on after the message")
	}
}

func TestOpeningKeepsTheDivergenceAndTakesTheScenariosDefaults(t *testing.T) {
	d := newSession(t, "uneven-ring")
	d.Motion.Choose("pearson")
	d.Scene.Open("grid9")
	f := frameOf(d)
	s, _ := catalogue.Named("grid9")
	if f.Scenario.ID != "grid9" || f.Info.ID != "pearson" || f.Settings.Particles != s.Particles || f.Settings.Bandwidth != s.Bandwidth {
		t.Errorf("opened %s under %s with N %d and h %g", f.Scenario.ID, f.Info.ID, f.Settings.Particles, f.Settings.Bandwidth)
	}
}

func TestTheViewContainsTheTarget(t *testing.T) {
	viewContainsTarget(t, "gmm40", "funnel", "two-moons", "moons")
}

func viewContainsTarget(t *testing.T, ids ...string) {
	t.Helper()
	for _, id := range ids {
		d := newSession(t, id)
		f := frameOf(d)
		inside := 0.0
		for i, p := range f.Fields.P {
			x, y := f.Fields.Grid.X(i%f.Fields.Grid.NX), f.Fields.Grid.Y(i/f.Fields.Grid.NX)
			if x >= f.View.XMin && x <= f.View.XMax && y >= f.View.YMin && y <= f.View.YMax {
				inside += p * f.Fields.Grid.Area()
			}
		}
		if inside < 0.999 {
			t.Errorf("%s: the picture holds %.5f of the target, expected at least 0.999", id, inside)
		}
	}
}

func TestAFailingCommandIsReportedNotLost(t *testing.T) {
	e := Start(newSession(t, "uneven-ring"), 100)
	defer e.Stop()
	e.Give(Command{Run: func(_ *Session, _ int) { panic("out of cheese") }})
	select {
	case f := <-e.Failure():
		if f.String() != "out of cheese" || f.Recipe == nil || f.Recipe.Scenario.ID != "uneven-ring" || !strings.Contains(string(f.Stack), "session_test.go") {
			t.Errorf("reported is %+v", f)
		}
	case <-time.After(20 * time.Second):
		t.Fatal("the failure was never reported")
	}
}

// The session says what reproduces a fault of the work beside it.
func TestAFailureBesideTheSessionIsReported(t *testing.T) {
	e := Start(newSession(t, "uneven-ring"), 100)
	defer e.Stop()
	e.Give(Command{Run: func(s *Session, _ int) {
		s.schedule.later(1, func() func(*Session) { panic("out of cheese") })
	}})
	for deadline := time.Now().Add(20 * time.Second); ; time.Sleep(time.Millisecond) {
		if f := e.Take(); f != nil {
			e.GiveBack(f)
		}
		select {
		case f := <-e.Failure():
			if f.String() != "out of cheese" || f.Recipe == nil || f.Recipe.Scenario.ID != "uneven-ring" {
				t.Errorf("reported is %+v", f)
			}
			return
		default:
		}
		if time.Now().After(deadline) {
			t.Fatal("the failure was never reported")
		}
	}
}

// The answer of a question is that of the moment in which it is reached.
func TestAQuestionIsAnsweredInItsTurn(t *testing.T) {
	r := Start(newSession(t, "three-modes"), 100)
	defer r.Stop()
	r.Give(Command{Run: func(s *Session, _ int) { s.Motion.Choose("pearson") }})
	recipe := <-Ask(r, (*Session).Recipe)
	last := recipe.Settings.Motion()
	for _, e := range recipe.Events {
		last = e.Motion
	}
	if id := last.Drift.ID(); id != "pearson" {
		t.Errorf("the recipe ends with %s", id)
	}
}

// The target is divided again with the same particles at the start, and what it has no names for is refused.
func TestATargetIsDividedInAnotherWay(t *testing.T) {
	d := newSession(t, "three-modes")
	was := frameOf(d)
	path(d, 2)
	d.Scene.Divide("auto")
	f := frameOf(d)
	if f.Report.Step != 0 || len(f.Report.Regions) != 9 || !reflect.DeepEqual(f.Particles, was.Particles) || d.Recipe().Scenario.ChosenDivision != "auto" {
		t.Errorf("at step %d there are %d regions", f.Report.Step, len(f.Report.Regions))
	}
	d.Scene.Divide("named")
	if f := frameOf(d); len(f.Report.Regions) != 9 || !strings.Contains(f.Note.Text, "three-modes names no regions") {
		t.Errorf("%d regions and the message %q", len(f.Report.Regions), f.Note.Text)
	}
}

// The best weight of the chosen region takes over as a table, which the recipe has, and the flow is the same
// from the recipe's texts. Without a chosen region it is that of the coverage of all.
func TestTheBestWeightOfARegionTakesOver(t *testing.T) {
	all, d := newSession(t, "uneven-ring"), newSession(t, "uneven-ring")
	path(all, 6)
	path(d, 6)
	all.Motion.ChooseBest()
	if f := frameOf(all); f.Settings.Drift.ID() != divergences.TableID || !strings.Contains(f.Note.Text, "w* of all regions: the best weight for their under-coverage at this step") {
		t.Errorf("without a region %s takes over: %q", f.Settings.Drift, f.Note.Text)
	}
	d.Regions.Choose(1)
	before := frameOf(d).Detail
	d.Motion.ChooseBest()
	f := frameOf(d)
	if f.Settings.Drift.ID() != divergences.TableID || !strings.Contains(f.Note.Text, "w* of region 1") {
		t.Fatalf("%s takes over: %q", f.Settings.Drift, f.Note.Text)
	}
	// In the moment, no named divergence is as efficient.
	for _, forecast := range f.Detail.Forecasts {
		if forecast.Efficiency > f.Detail.Current.Efficiency {
			t.Errorf("η of %s is %g, of the best weight %g", forecast.Drift, forecast.Efficiency, f.Detail.Current.Efficiency)
		}
	}
	if len(f.Detail.Forecasts) != len(before.Forecasts)+1 {
		t.Errorf("%d forecasts with the table, %d before", len(f.Detail.Forecasts), len(before.Forecasts))
	}
	path(d, 4)
	first := f.Settings.Drift
	d.Motion.ChooseBest()
	path(d, 3)
	f = frameOf(d)
	if f.Settings.Drift.Equal(first) {
		t.Error("four steps later the best weight is the same")
	}
	again, r := newSession(t, "uneven-ring"), d.Recipe()
	if len(r.Events) != 2 {
		t.Fatalf("the recipe has the events %v, expected two", r.Events)
	}
	for _, e := range r.Events {
		path(again, e.Step-frameOf(again).Report.Step)
		if !again.Motion.SetText(e.Motion.String()) {
			t.Fatalf("%s is refused", e.Motion)
		}
	}
	path(again, r.Step-frameOf(again).Report.Step)
	if g := frameOf(again); g.Report.Step != f.Report.Step || !reflect.DeepEqual(g.Particles, f.Particles) {
		t.Errorf("at step %d the particles of the recipe are others", g.Report.Step)
	}
}

// The region that is chosen has a detail of the flow in focus; the next one follows in the order that is
// shown, around its end.
func TestARegionIsChosen(t *testing.T) {
	d := newSession(t, "uneven-ring")
	number := func() int {
		return frameOf(d).Chosen()
	}
	order := []int{3, 1, 8}
	for _, c := range []struct {
		do   func()
		want int
	}{
		{func() {}, 0}, {func() { d.Regions.Next(order, 1) }, 3}, {func() { d.Regions.Next(order, 1) }, 1}, {func() { d.Regions.Next(order, 2) }, 3},
		{func() { d.Regions.Next(order, -1) }, 8}, {func() { d.Regions.Choose(5) }, 5}, {func() { d.Regions.Next(order, -1) }, 8},
		{func() { d.Regions.Choose(9) }, 0}, {func() { d.Regions.Choose(0) }, 0},
	} {
		if c.do(); number() != c.want {
			t.Errorf("region %d is chosen, expected %d", number(), c.want)
		}
	}
	d.Regions.Choose(1)
	before := frameOf(d).Detail
	path(d, 5)
	if after := frameOf(d).Detail; after.Current.MassChange == before.Current.MassChange || len(after.Forecasts) != 11 {
		t.Errorf("the forecast is %v after five steps, %v before", after.Current, before.Current)
	}
	d.Scene.Open("three-modes")
	d.Regions.Choose(3)
	d.Scene.Open("banana")
	if number() != 0 {
		t.Errorf("region %d of another target is chosen, expected none", number())
	}
}
