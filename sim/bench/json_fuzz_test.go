package bench

import (
	"bytes"
	"encoding/json"
	"testing"
)

// A kept result is read and written without loss.
func FuzzResult(f *testing.F) {
	f.Add([]byte(`{"method":"particles","scenario":"ring8","seed":1}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		var r, again Result
		if json.Unmarshal(text, &r) != nil {
			return // whoever reads the file names it, and what to do
		}
		first, err := json.Marshal(r)
		if err != nil {
			t.Fatalf("%q is read and not written: %v", text, err)
		}
		if err := json.Unmarshal(first, &again); err != nil {
			t.Fatalf("%q is written as %s and not read: %v", text, first, err)
		}
		if second, err := json.Marshal(again); err != nil || !bytes.Equal(first, second) {
			t.Errorf("%q is written as %s, and read again as %s (%v)", text, first, second, err)
		}
	})
}
