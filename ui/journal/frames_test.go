package journal

import (
	"bytes"
	"errors"
	"io"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"undercurrent/scenarios"
	"undercurrent/sim/stream"
	"undercurrent/ui/session"
)

// framesOf are frames of points that move, in their order from the second on.
func framesOf(n, points int) (list []*stream.Frame) {
	rng := rand.New(rand.NewPCG(1, 2))
	at := make([]scenarios.Point, points)
	for k := range n {
		for i := range at {
			at[i].X += rng.NormFloat64()
			at[i].Y += rng.NormFloat64()
		}
		list = append(list, &stream.Frame{Number: 2*k + 1, Points: slices.Clone(at), Lost: k % 2, Ordered: k > 0, Pooled: 1})
		if k%3 == 2 {
			weights := make([]float64, points)
			for i := range weights {
				weights[i] = rng.ExpFloat64()
			}
			cloud, _ := scenarios.NewCloud(list[k].Points, weights) // positive
			list[k].Shares = cloud.Shares
		}
	}
	return list
}

// ofStream is the head of a log with room for frames.
func ofStream(room int) Head { return Head{Watch: &Watch{Stream: true, Room: room}} }

// watched is the log of a session that watches frames.
func watched(t *testing.T, room int, frames []*stream.Frame) (text string, failure error) {
	t.Helper()
	var out guarded
	clock, s := &slow{at: time.Unix(1, 0)}, newSession(t)
	w, err := newWriter(&out, ofStream(room), clock.now)
	if err != nil {
		t.Fatal(err)
	}
	w.First(session.Arrival{Number: frames[0].Number, Dropped: 3, Frame: frames[0]})
	w.Observe(s, session.Act{Frame: true})
	for _, f := range frames[1:] {
		clock.pass(time.Second / 30)
		again := *f
		again.Points = slices.Clone(f.Points)
		w.Observe(s, session.Act{Took: &session.Arrival{Number: f.Number, Dropped: f.Number, Frame: &again}})
		clear(again.Points) // a source has it back
		w.Observe(s, session.Act{Advances: 1, Frame: true})
	}
	w.Observe(s, session.Act{Over: &session.Over{Error: "cut"}})
	w.Observe(s, session.Act{Advances: 1, Frame: true})
	w.Observe(s, session.Act{End: true})
	err = w.Close()
	return out.text(), err
}

// The frames that were shown are in the log, to the bit, each before what shows it; digests are between acts.
func TestFramesAreReadAsTheyWereWatched(t *testing.T) {
	frames := framesOf(6, 10_000)
	text, err := watched(t, 1<<30, frames)
	if err != nil {
		t.Fatal(err)
	}
	log, err := Read(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	first, err := log.FirstFrame()
	if err != nil || first.Dropped != 3 || !reflect.DeepEqual(first.Frame, frames[0]) {
		t.Errorf("the first frame is that of %d, %d dropped: %v", first.Number, first.Dropped, err)
	}
	var u stream.Unpacker
	k, over := 0, 0
	for at, l := range log.Lines {
		a := l.Took
		switch {
		case len(l.Points) > 0:
			if err := u.Add(l.Points); err != nil {
				t.Fatal(err)
			}
			continue
		case l.First != nil:
			a = l.First
		case l.Over != nil:
			over++
		case l.Digest != "" && log.Lines[at-1].Took != nil:
			t.Errorf("line %d is a digest in the middle of an act", Number(at))
		}
		if a == nil {
			continue
		}
		if f, err := Unpacked(&u, *a); err != nil || !reflect.DeepEqual(f, frames[k]) {
			t.Fatalf("frame %d is not as it was: %v", a.Number, err)
		}
		if next := log.Lines[at+1]; k > 0 && next.Advances != 1 {
			t.Errorf("after frame %d comes %+v", a.Number, next)
		}
		k++
	}
	if k != len(frames) || over != 1 || !log.Ended || strings.Count(text, `"digest"`) < 2 {
		t.Errorf("there are %d frames, %d ends:\n%.2000s", k, over, text)
	}
}

// A log without room for a frame ends before it, and says so.
func TestALogWithoutRoomEndsBeforeAFrame(t *testing.T) {
	frames := framesOf(9, 300)
	text, err := watched(t, 20_000, frames)
	var full FullError
	if !errors.As(err, &full) || full.Frame < 3 || full.Frame > 15 {
		t.Fatalf("the error is %v", err)
	}
	log, err := Read(strings.NewReader(text))
	if err != nil || log.Missing() != full.Frame || log.Ended {
		t.Fatalf("the log has no frame %d, ended %t: %v", log.Missing(), log.Ended, err)
	}
	if len(text) > 25_000 {
		t.Errorf("the log has %d bytes", len(text))
	}
	if _, err := Read(strings.NewReader(text + `{"t":9999999,"step":0,"end":true}` + "\n")); err == nil || !strings.Contains(err.Error(), "a line after the end") {
		t.Errorf("a line more gives %v", err)
	}
}

// What of frames cannot be is refused with its line.
func TestDamagedFramesAreRefused(t *testing.T) {
	text, err := watched(t, 1<<30, framesOf(2, 50))
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.SplitAfter(text, "\n")
	first := slices.IndexFunc(lines, func(l string) bool { return strings.Contains(l, `"first"`) })
	without := func(k int) string { return strings.Join(slices.Delete(slices.Clone(lines), k, k+1), "") }
	for want, text := range map[string]string{
		"line 2: illegal base64 data at input byte 4, expected an input": strings.Replace(text, `"points":"`, `"points":"AAAA*`, 1),
		"line 2: no first frame, expected that of the stream":            without(first)[:strings.Index(text, "\n")+1],
		"line 2: frame 1 has 50 points, expected the 0 that it keeps":    without(1),
		"line 2: the points cannot be unpacked (":                        strings.Replace(text, `"points":"`, `"points":"AAAA`, 1),
		"line 3: frame 0 after 3 dropped, expected numbers from 1":       strings.Replace(text, `"first":{"number":1`, `"first":{"number":0`, 1),
		"line 2: 2 things in a line, expected one":                       strings.Replace(text, `"points"`, `"over":{},"points"`, 1),
	} {
		log, err := Read(strings.NewReader(text))
		if err == nil {
			_, err = log.FirstFrame()
		}
		var wrong ReadError
		if !errors.As(err, &wrong) || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("it gives %v, expected %s", err, want)
		}
	}
}

// Frames that a disk does not take hold nobody up, and take no more memory than a bound.
func TestFramesForAStuckDiskAreBounded(t *testing.T) {
	disk := stuck{make(chan struct{}, 1)}
	disk.free <- struct{}{}
	w, err := NewWriter(disk, ofStream(1<<40))
	if err != nil {
		t.Fatal(err)
	}
	w.Input(Input{}, 0)
	go w.send()
	f := &stream.Frame{Number: 1, Points: make([]scenarios.Point, 1<<20)}
	n := 0
	for ; w.Err() == nil && n < 100; n++ {
		w.First(session.Arrival{Number: 1, Frame: f})
	}
	if !errors.Is(w.Err(), errSlow) || n > 12 {
		t.Errorf("after %d frames the error is %v", n, w.Err())
	}
	close(disk.free)
}

// Frames wait while a log is behind, but not for a disk that does not answer.
func TestFramesWaitForALogThatIsBehind(t *testing.T) {
	disk := stuck{make(chan struct{}, 1)}
	disk.free <- struct{}{}
	clock := &slow{at: time.Unix(1, 0)}
	w, err := newWriter(disk, ofStream(1<<40), clock.now)
	if err != nil {
		t.Fatal(err)
	}
	f := &stream.Frame{Number: 1, Points: make([]scenarios.Point, 1<<20)}
	for k, behind := range []bool{false, false, true} {
		if w.First(session.Arrival{Number: 1, Frame: f}); w.IsBehind() != behind {
			t.Errorf("behind after %d frames: %t", k+1, w.IsBehind())
		}
	}
	if clock.pass(stuckAfter); w.IsBehind() {
		t.Error("a frame waits for a disk that is stuck")
	}
	close(disk.free)
	if w.send(); w.IsBehind() || w.Err() != nil {
		t.Errorf("it is behind when all is written: %v", w.Err())
	}
}

// What a frame costs the session that takes it.
func BenchmarkFrame(b *testing.B) {
	w, err := NewWriter(io.Discard, ofStream(1<<60))
	if err != nil {
		b.Fatal(err)
	}
	f := framesOf(1, 10_000)[0]
	b.SetBytes(int64(pointBytes * len(f.Points)))
	for b.Loop() {
		w.First(session.Arrival{Number: 1, Frame: f})
		b.StopTimer()
		w.send()
		b.StartTimer()
	}
}

// Lines of frames are read at the speed of a disk.
func BenchmarkReadFrames(b *testing.B) {
	var out bytes.Buffer
	w, err := NewWriter(&out, ofStream(1<<60))
	if err != nil {
		b.Fatal(err)
	}
	for _, f := range framesOf(20, 10_000) {
		w.First(session.Arrival{Number: f.Number, Frame: f})
		w.send()
	}
	b.SetBytes(int64(out.Len()))
	for b.Loop() {
		if _, err := Read(bytes.NewReader(out.Bytes())); err != nil {
			b.Fatal(err)
		}
	}
}
