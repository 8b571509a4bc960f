package cli

import (
	"bytes"
	"testing"

	"undercurrent/internal/fuzztest"
)

// A configuration that is accepted is written with every key and read again as the same;
// another ends in one line.
func FuzzConfig(f *testing.F) {
	f.Add([]byte("theme: dark\nfps: 60\nkeys: {quit: [Q]}\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		c := defaultConfig()
		err := c.decode(text)
		if err == nil {
			err = c.check()
		}
		if err != nil {
			fuzztest.OneLine(t, text, err)
			return
		}
		var written bytes.Buffer
		if err := c.write(&written, "config.yaml"); err != nil {
			t.Fatal(err)
		}
		again := defaultConfig()
		if err := again.decode(written.Bytes()); err != nil {
			t.Fatalf("%q is written as %q, which gives %v", text, written.Bytes(), err)
		}
		var repeated bytes.Buffer
		if err := again.write(&repeated, "config.yaml"); err != nil || !bytes.Equal(repeated.Bytes(), written.Bytes()) {
			t.Errorf("%q is written as %s, and read again as %s (%v)", text, &written, &repeated, err)
		}
	})
}
