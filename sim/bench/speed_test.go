package bench

import (
	"context"
	"errors"
	"runtime"
	"testing"
)

// The grid is that of the benchmarks, every time is measured, and the number of processors is as before.
func TestSpeedIsMeasured(t *testing.T) {
	before := runtime.GOMAXPROCS(0)
	f, err := speedFlow(1000)
	if err != nil || f.Grid().NX != 256 || f.Grid().NY != 256 {
		t.Fatalf("the grid is %d by %d: %v", f.Grid().NX, f.Grid().NY, err)
	}
	row, err := Speed(context.Background(), 1000, 1)
	if err != nil || row.Particles != 1000 || row.Cores != 1 || row.Step <= 0 || row.Report <= 0 || row.Instruments <= 0 || row.Triad <= 0 {
		t.Errorf("the row is %+v: %v", row, err)
	}
	if runtime.GOMAXPROCS(0) != before {
		t.Errorf("%d processors are left, expected %d", runtime.GOMAXPROCS(0), before)
	}
	ended, end := context.WithCancel(context.Background())
	end()
	if _, err := Speed(ended, 1000, 1); !errors.Is(err, context.Canceled) {
		t.Errorf("after its context Speed returns %v", err)
	}
}
