package journal

import (
	"io"
	"testing"
)

// What a key waits for.
func BenchmarkInput(b *testing.B) {
	w, err := NewWriter(io.Discard, Head{})
	if err != nil {
		b.Fatal(err)
	}
	for n := 0; b.Loop(); n++ {
		if w.Input(Input{Seen: n, Key: &Key{Name: "d"}}, n); n%1000 == 0 {
			w.send()
		}
	}
}
