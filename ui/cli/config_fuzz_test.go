package cli

import (
	"bytes"
	"reflect"
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
		c.Keys, again.Keys = c.options().AllKeys(), again.options().AllKeys()
		if !reflect.DeepEqual(again, c) {
			t.Errorf("%q is read as %+v, written and read again as %+v", text, c, again)
		}
	})
}
