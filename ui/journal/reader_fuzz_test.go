package journal

import (
	"bytes"
	"encoding/json"
	"testing"

	"undercurrent/internal/fuzztest"
)

// watchedHead is the head of a session that watches a stream.
const watchedHead = `{"format":"undercurrent session","version":1,"program":"0.1.0","machine":"amd64","watch":{"inputs":["-"],"stream":true,"room":9},"files":[{"name":"a","sha256":"` + digest + `","size":3,"grows":true}],"screen":{"fps":30}}` + "\n"

// Any text is a log that reads the same when it is written again, or is refused in one line.
func FuzzRead(f *testing.F) {
	f.Add([]byte(head))
	f.Add([]byte(head + `{"t":1,"step":0,"key":{"name":"d"}}` + "\n" + `{"t":2,"step":0,"advances":7,"work":1,"frame":true}` + "\n" + `{"t":3,"step":7,"end":true}` + "\n"))
	f.Add([]byte(head + `{"t":1,"step":0,"commands":[1,2],"work":3}`))
	f.Add([]byte(watchedHead + `{"t":0,"step":0,"points":"AAAf/wAA"}` + "\n" + `{"t":0,"step":0,"first":{"number":4,"dropped":3,"packed":{"points":2,"pooled":1}}}` + "\n" +
		`{"t":1,"step":4,"took":{"number":5,"packed":{"points":2,"kept":1,"lost":1,"ordered":true}}}` + "\n" + `{"t":1,"step":4,"over":{"error":"cut"}}` + "\n" + `{"t":2,"step":4,"missing":6}` + "\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		var log *Log
		var err error
		fuzztest.Bounded(t, text, 4<<20+64*uint64(len(text)), func() { log, err = Read(bytes.NewReader(text)) })
		fuzztest.OneLine(t, string(text), err)
		if err != nil {
			return
		}
		_, err = log.FirstFrame()
		fuzztest.OneLine(t, string(text), err)
		written := encoded(t, log)
		second, err := Read(bytes.NewReader(written))
		if err != nil {
			t.Fatalf("what was read cannot be read again: %v", err)
		}
		// A list that is empty, and none, are the same.
		if again := encoded(t, second); second.Cut || !bytes.Equal(again, written) {
			t.Fatalf("%s is read again as %s", written, again)
		}
	})
}

func encoded(t *testing.T, log *Log) []byte {
	var text bytes.Buffer
	e := json.NewEncoder(&text)
	if err := e.Encode(log.Head); err != nil {
		t.Fatal(err)
	}
	for _, l := range log.Lines {
		if err := e.Encode(l); err != nil {
			t.Fatal(err)
		}
	}
	return text.Bytes()
}
