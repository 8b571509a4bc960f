package stream

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// frameText is a frame whose first particle is at a number.
func frameText(number, n int) string {
	return fmt.Sprintf("%d,0\n", number) + pointLines(n-1) + "\n"
}

func started(t *testing.T, from io.Reader, d Delivery) *Feed {
	t.Helper()
	r, err := NewReader(from, Options{})
	if err != nil {
		t.Fatal(err)
	}
	f := Start(r, d)
	t.Cleanup(f.Close)
	return f
}

// until waits for something that a goroutine is to bring about.
func until(t *testing.T, about string, done func() bool) {
	t.Helper()
	for end := time.Now().Add(20 * time.Second); !done(); time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("%s: in vain", about)
		}
	}
}

// taken waits for a frame.
func taken(t *testing.T, f *Feed, back *Frame) (frame *Frame) {
	t.Helper()
	until(t, "a frame", func() bool {
		frame = f.Take(back)
		return frame != nil
	})
	return frame
}

// Paced, every frame is taken in turn, and no further one is read before.
func TestAPacedFeedLeavesNothingOut(t *testing.T) {
	from, to := io.Pipe()
	written := make(chan int, 100)
	go func() {
		for i := 1; i <= 50; i++ {
			if _, err := io.WriteString(to, frameText(i, 2)); err != nil {
				return
			}
			written <- i
		}
		to.Close()
	}()
	f := started(t, from, InTurn)
	var back *Frame
	for i := 1; i <= 50; i++ {
		if ended, _ := f.End(); ended {
			t.Fatalf("the feed is over before frame %d", i)
		}
		time.Sleep(time.Millisecond)
		if n := len(written); n > 1 {
			t.Fatalf("%d frames are read ahead of frame %d", n, i)
		}
		frame := taken(t, f, back)
		<-written
		if frame.Number != i || frame.Points[0].X != float64(i) || frame.Ordered != (i > 1) {
			t.Fatalf("frame %d is %+v", i, frame)
		}
		back = frame
	}
	until(t, "the end", func() bool { ended, err := f.End(); return ended && err == nil })
	if n := f.Dropped(); n != 0 || f.Take(back) != nil {
		t.Errorf("%d frames are dropped", n)
	}
}

// Without pace the newest frame is taken, and the others are counted.
func TestTheNewestFrameIsTaken(t *testing.T) {
	from, to := io.Pipe()
	f := started(t, from, Newest)
	write := func(number, n int) {
		t.Helper()
		if _, err := io.WriteString(to, frameText(number, n)); err != nil {
			t.Fatal(err)
		}
	}
	write(1, 3)
	first := taken(t, f, nil)
	if first.Number != 1 || first.Ordered {
		t.Errorf("the first frame is %+v", first)
	}
	write(2, 3)
	write(3, 3)
	until(t, "a frame to be dropped", func() bool { return f.Dropped() == 1 })
	third := taken(t, f, first)
	if third.Number != 3 || !third.Ordered {
		t.Errorf("the frame after 1 is %+v", third)
	}
	// Between frames of equal size one was larger: particle k is another one.
	write(4, 4)
	write(5, 3)
	write(6, 3)
	until(t, "two frames to be dropped", func() bool { return f.Dropped() == 3 })
	sixth := taken(t, f, third)
	if sixth.Number != 6 || sixth.Ordered {
		t.Errorf("the frame after 3 is %+v", sixth)
	}
	if _, err := io.WriteString(to, frameText(7, 3)+"1,2\n3,"); err != nil {
		t.Fatal(err)
	}
	to.Close()
	until(t, "the last frame", func() bool { f.mu.Lock(); defer f.mu.Unlock(); return f.over })
	if ended, err := f.End(); ended || err != nil {
		t.Errorf("the feed ends before its last frame is taken (%v)", err)
	}
	if last := taken(t, f, sixth); last.Number != 7 {
		t.Errorf("the last frame is %+v", last)
	}
	ended, err := f.End()
	var cut CutError
	if !ended || !errors.As(err, &cut) {
		t.Errorf("the feed ended: %v with %v", ended, err)
	}
}

// A frame that cannot be given back for another stays with its holder.
func TestAFrameIsKeptWhereThereIsNoOther(t *testing.T) {
	f := started(t, strings.NewReader(frameText(1, 2)), Newest)
	frame := taken(t, f, nil)
	until(t, "the end", func() bool { ended, _ := f.End(); return ended })
	if f.Take(frame) != nil || len(f.spare) != 0 {
		t.Error("the frame is taken back")
	}
}

// Closing waits for no read, and ends a paced feed that nobody takes from.
func TestClosingReturnsAtOnce(t *testing.T) {
	from, to := io.Pipe()
	defer to.Close()
	for _, c := range []struct {
		from     io.Reader
		delivery Delivery
	}{{from, Newest}, {from, InTurn}, {&again{text: []byte(frameText(1, 2))}, Newest}, {&again{text: []byte(frameText(1, 2))}, InTurn}, {&again{text: []byte(frameText(1, 9000))}, Buffered}} {
		f := started(t, c.from, c.delivery)
		time.Sleep(2 * time.Millisecond)
		closed := make(chan bool)
		go func() { f.Close(); f.Close(); close(closed) }()
		select {
		case <-closed:
		case <-time.After(10 * time.Second):
			t.Fatal("closing waits")
		}
		if ended, err := f.End(); !ended || err != nil || f.Take(nil) != nil {
			t.Errorf("a closed feed has ended: %v (%v)", ended, err)
		}
	}
}

// Buffered, every frame is taken in turn, and the stream waits only where too many particles wait.
func TestABufferedFeedLeavesNothingOut(t *testing.T) {
	const particles = 1 << 17
	one := frameText(1, particles)
	var read atomic.Int64
	f := started(t, &counted{io.LimitReader(&again{text: []byte(one)}, 20*int64(len(one))), &read}, Buffered)
	until(t, "a full buffer", func() bool { return read.Load() >= int64(8*len(one)) })
	time.Sleep(20 * time.Millisecond)
	if n := read.Load(); n > int64(9*len(one)) {
		t.Errorf("%d frames are read ahead", n/int64(len(one)))
	}
	for k := 1; k <= 20; k++ {
		if frame := taken(t, f, nil); frame.Number != k || len(frame.Points) != particles {
			t.Fatalf("frame %d comes as the %dth", frame.Number, k)
		}
	}
	until(t, "the end", func() bool { ended, _ := f.End(); return ended })
	if f.Dropped() != 0 {
		t.Errorf("%d frames are dropped", f.Dropped())
	}
}

// counted counts the bytes that are read.
type counted struct {
	io.Reader
	n *atomic.Int64
}

func (c *counted) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	c.n.Add(int64(n))
	return n, err
}

// Everybody may ask at any time.
func TestAFeedIsSafeForConcurrentUse(t *testing.T) {
	for _, delivery := range []Delivery{Newest, InTurn, Buffered} {
		f := started(t, strings.NewReader(strings.Repeat(frameText(1, 5), 200)), delivery)
		var all sync.WaitGroup
		for range 3 {
			all.Go(func() {
				var back *Frame
				for before := 0; ; {
					if frame := f.Take(back); frame != nil {
						if frame.Number <= before || len(frame.Points) != 5 {
							t.Errorf("frame %d comes after %d", frame.Number, before)
						}
						before, back = frame.Number, frame
					}
					if ended, _ := f.End(); ended {
						return
					}
					f.Dropped()
					time.Sleep(10 * time.Microsecond)
				}
			})
		}
		all.Wait()
	}
}
