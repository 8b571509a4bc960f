package cli

import (
	"math"
	"os"
	"os/exec"
	"runtime"
	"testing"
)

// Garbage beside what is in use stays within the bound, and the collector finds its rest. It is a process of
// its own: with what other tests keep in use, the collector may not take the time that the bound asks for.
func TestGarbageIsCollectedWithinTheBound(t *testing.T) {
	const alone = "UNDERCURRENT_TEST_ALONE"
	if os.Getenv(alone) == "" {
		self, err := os.Executable()
		if err != nil {
			t.Fatal(err)
		}
		c := exec.Command(self, "-test.run", "^"+t.Name()+"$")
		c.Env = append(os.Environ(), alone+"=1")
		if out, err := c.CombinedOutput(); err != nil {
			t.Errorf("%v:\n%s", err, out)
		}
		return
	}
	const mega = 1 << 20
	var now runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&now)
	before := now.HeapAlloc
	defer boundMemory(int(before/mega) + 80)()
	inUse := make([][]byte, 90)
	for k := range inUse {
		inUse[k] = make([]byte, mega)
	}
	// On a busy machine the collector may come late in one round: the bound holds in the best of three.
	least, garbage := uint64(math.MaxUint64), []byte(nil)
	for range 3 {
		runtime.GC()
		most := uint64(0)
		for range 500 {
			garbage = make([]byte, mega)
			runtime.ReadMemStats(&now)
			most = max(most, now.HeapAlloc)
		}
		least = min(least, most)
	}
	// The bound is 130 MB above what was there; the collector of a busy machine overshoots it, by far less
	// than without a bound.
	if least > before+190*mega {
		t.Errorf("with %d MB in use the heap has up to %d MB, expected at most 100 more", before/mega+90, least/mega)
	}
	runtime.KeepAlive(inUse)
	runtime.KeepAlive(garbage)
}

// Some garbage is allowed however little is in use, and it is never more than that for the setting.
func TestLittleInUseHasRoomForGarbage(t *testing.T) {
	for live := int64(0); live < 200<<20; live += 3 << 20 {
		garbage := live * int64(percentFor(live)) / 100
		if live >= 4<<20 && (garbage > startingGarbage || garbage < startingGarbage-live/100) {
			t.Errorf("with %d bytes in use there may be %d of garbage, expected %d", live, garbage, startingGarbage)
		}
	}
	if most := percentFor(0) * 4 << 20 / 100; most > startingGarbage {
		t.Errorf("at first there may be %d bytes of garbage, expected at most %d", most, startingGarbage)
	}
}

// More in use than the bound gives room for garbage all the same.
func TestTheBoundFollowsWhatIsInUse(t *testing.T) {
	const mega = 1 << 20
	b := memoryBound{least: 100 * mega}
	for live, want := range map[int64]int64{0: 100, 80: 100, 100: 117, 110: 146, 125: 166, 150: 200, 1000: 1333} {
		if got := b.limit(memoryUse{live * mega, 5 * mega}) / mega; got != want {
			t.Errorf("with %d MB in use the limit is %d, expected %d", live, got, want)
		}
	}
}
