package journal

import (
	"bytes"
	"encoding/json"
	"reflect"
	"testing"

	"undercurrent/internal/fuzztest"
)

// Any text is a log that reads the same when it is written again, or is refused in one line.
func FuzzRead(f *testing.F) {
	f.Add([]byte(head))
	f.Add([]byte(head + `{"t":1,"step":0,"key":{"name":"d"}}` + "\n" + `{"t":2,"step":0,"advances":7,"work":1,"frame":true}` + "\n" + `{"t":3,"step":7,"end":true}` + "\n"))
	f.Add([]byte(head + `{"t":1,"step":0,"commands":[1,2],"work":3}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		var log *Log
		var err error
		fuzztest.Bounded(t, text, 4<<20+64*uint64(len(text)), func() { log, err = Read(bytes.NewReader(text)) })
		fuzztest.OneLine(t, string(text), err)
		if err != nil {
			return
		}
		var again bytes.Buffer
		e := json.NewEncoder(&again)
		if err := e.Encode(log.Head); err != nil {
			t.Fatal(err)
		}
		for _, l := range log.Lines {
			if err := e.Encode(l); err != nil {
				t.Fatal(err)
			}
		}
		second, err := Read(&again)
		if err != nil {
			t.Fatalf("what was read cannot be read again: %v", err)
		}
		if log.Cut = false; !reflect.DeepEqual(second, log) && !bytes.Contains(text, []byte("[]")) && !bytes.Contains(text, []byte("{}")) {
			t.Fatalf("%+v is read again as %+v", log, second)
		}
	})
}
