package draws

import (
	"bufio"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
)

// writeStan writes a file of CmdStan with a number of draws.
func writeStan(b *testing.B, rows int) (path string, size int64) {
	b.Helper()
	path = filepath.Join(b.TempDir(), "mcmc.csv")
	f, err := os.Create(path)
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	w := bufio.NewWriterSize(f, 1<<20)
	fmt.Fprintln(w, "# stan_version_major = 2\n# method = sample (Default)\nlp__,accept_stat__,stepsize__,treedepth__,n_leapfrog__,divergent__,energy__,mu,tau")
	rng := rand.New(rand.NewPCG(1, 2))
	for range rows {
		fmt.Fprintf(w, "%.6g,%.6g,0.834127,3,7,0,%.6g,%.6g,%.6g\n", rng.NormFloat64(), rng.Float64(), rng.NormFloat64(), rng.NormFloat64(), rng.NormFloat64())
	}
	if err := w.Flush(); err != nil {
		b.Fatal(err)
	}
	info, err := f.Stat()
	if err != nil {
		b.Fatal(err)
	}
	return path, info.Size()
}

// BenchmarkStan reads 4·10⁶ draws: two columns, the log-density and the divergent transitions, or
// all.
func BenchmarkStan(b *testing.B) {
	path, size := writeStan(b, 4_000_000)
	for name, o := range map[string]Options{"pair": {}, "all": {Columns: []string{"1", "2", "3", "4", "5", "6", "7", "8", "9"}}} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(size)
			b.ReportAllocs()
			for b.Loop() {
				t, err := Read([]string{path}, o)
				if err != nil || t.Rows() != 4_000_000 {
					b.Fatal(err)
				}
			}
		})
	}
}
