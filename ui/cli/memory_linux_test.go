package cli

import (
	"fmt"
	"os/exec"
	"slices"
	"strconv"
	"syscall"
	"testing"
)

// BenchmarkMemory is the largest resident memory of a run without a screen, the pages of the program itself included:
// the median of the runs. It takes a number of runs, such as 5:
//
//	go test -run '^$' -bench Memory -benchtime 5x ./ui/cli
func BenchmarkMemory(b *testing.B) {
	path := built(b)
	for _, particles := range []int{1000, 100_000, 1_000_000, 10_000_000} {
		b.Run(fmt.Sprintf("particles=%d", particles), func(b *testing.B) {
			var sizes []float64
			for b.Loop() {
				c := exec.Command(path, "run", "--particles", strconv.Itoa(particles), "--steps", "5", "--json")
				if err := c.Run(); err != nil {
					b.Fatal(err)
				}
				// In kibibytes here; other systems have other units.
				usage := c.ProcessState.SysUsage().(*syscall.Rusage)
				sizes = append(sizes, float64(usage.Maxrss)/1024)
			}
			slices.Sort(sizes)
			b.ReportMetric(sizes[len(sizes)/2], "MB-median")
		})
	}
}
