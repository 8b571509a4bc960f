package cli

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

const benchWatched = 10_000 // particles a frame

// streamFile is a file of JSON lines, a cloud that shrinks from wide to narrow.
func streamFile(b *testing.B, frames int) string {
	b.Helper()
	name := filepath.Join(b.TempDir(), "stream.jsonl")
	f, err := os.Create(name)
	if err != nil {
		b.Fatal(err)
	}
	w, rng := bufio.NewWriter(f), rand.New(rand.NewPCG(1, 1))
	for k := range frames {
		size, comma := 8-6*float64(k)/float64(frames), ""
		fmt.Fprint(w, `{"particles": [`)
		for range benchWatched {
			fmt.Fprintf(w, "%s[%.6g, %.6g]", comma, size*rng.NormFloat64(), size*rng.NormFloat64())
			comma = ", "
		}
		fmt.Fprintln(w, "]}")
	}
	if err := w.Flush(); err != nil {
		b.Fatal(err)
	}
	if err := f.Close(); err != nil {
		b.Fatal(err)
	}
	return name
}

// BenchmarkWatchLines is watch --json over frames of 10,000 particles in JSON.
func BenchmarkWatchLines(b *testing.B) {
	const frames = 300
	name := streamFile(b, frames)
	for _, id := range []string{"uneven-ring", "gmm40"} {
		b.Run(id, func(b *testing.B) {
			for b.Loop() {
				begun := time.Now()
				if status := Main([]string{"watch", "--scenario", id, "--json", name}, strings.NewReader(""), io.Discard, io.Discard); status != 0 {
					b.Fatalf("status %d", status)
				}
				b.ReportMetric(frames/time.Since(begun).Seconds(), "frames/s")
			}
		})
	}
}

// BenchmarkScreenWatching is the program at 200×60 on a stream of 30 frames a second of
// 10,000 particles in JSON, and on one of 200.
func BenchmarkScreenWatching(b *testing.B) {
	const frames = 2500
	name := streamFile(b, frames)
	for _, rate := range []string{"30", "200"} {
		b.Run(rate, func(b *testing.B) {
			for b.Loop() {
				t := open(b, false, false, "watch", "--scenario", "gmm40", "--rate", rate, "--fps", "60", name)
				time.Sleep(2 * time.Second)
				from, first := t.size(), onScreen(b, t.since(0), `frame (\d+)`)
				time.Sleep(benchSeconds * time.Second)
				text := t.since(0)
				b.ReportMetric(float64(bytes.Count(text[from:], []byte(synchronized)))/benchSeconds, "frames/s")
				b.ReportMetric(float64(onScreen(b, text, `frame (\d+)`)-first)/benchSeconds, "streamed/s")
				b.ReportMetric(t.cores(), "cores")
			}
		})
	}
}
