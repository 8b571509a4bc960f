//go:build long

package app

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"undercurrent/ui/journal"
)

// A log whose lines are not those of a session is replayed as far as it can be, and never ends the program.
func TestAReplayOfAnythingEndsInOrder(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("testdata", "session.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.SplitAfter(strings.TrimSuffix(string(text), "\n"), "\n")
	extra := []string{
		`{"t":0,"step":0,"trained":{"iteration":9}}`, `{"t":0,"step":0,"answer":{"of":"opened","name":"x.yaml"}}`, `{"t":0,"step":0,"answer":{"of":"recorded"}}`, `{"t":0,"step":0,"resize":{"columns":0,"rows":0}}`,
		`{"t":0,"step":0,"took":{"number":3}}`, `{"t":0,"step":0,"over":{"error":"cut"}}`, `{"t":0,"step":0,"points":"AAAf/wAA"}`, `{"t":0,"step":0,"first":{"number":2,"packed":{"points":9}}}`,
		`{"t":0,"step":0,"resize":{"columns":1000,"rows":1000}}`, `{"t":0,"step":0,"mouse":{"did":"press","x":-9,"y":1000000,"button":1}}`, `{"t":0,"step":0,"key":{"name":"g"}}`, `{"t":0,"step":0,"soon":3}`, `{"t":0,"step":0,"advances":9,"work":3,"frame":true}`,
	}
	rng := rand.New(rand.NewPCG(1, 2))
	wrong := 0
	for range 150 {
		changed := slices.Clone(lines[1:])
		for range 1 + rng.IntN(3) {
			k, other := rng.IntN(len(changed)), rng.IntN(len(changed))
			switch rng.IntN(4) {
			case 0:
				changed = slices.Delete(changed, k, k+1)
			case 1:
				changed[k], changed[other] = changed[other], changed[k]
			case 2:
				changed = slices.Insert(changed, k, extra[rng.IntN(len(extra))]+"\n")
			default:
				changed = slices.Insert(changed, k, changed[other])
			}
		}
		log := timeless(t, lines[0], changed)
		if log == nil {
			continue
		}
		if r := replayed(t, log, loggedOptions()); r.Err() != nil {
			wrong++
		}
	}
	if wrong < 50 {
		t.Errorf("%d of 150 logs differ", wrong)
	}
}

// timeless is a log with times that do not fall, nil where it cannot be read.
func timeless(t *testing.T, head string, lines []string) *journal.Log {
	t.Helper()
	var b strings.Builder
	b.WriteString(head)
	for _, l := range lines {
		_, rest, _ := strings.Cut(l, ",")
		b.WriteString(`{"t":0,` + strings.TrimSuffix(rest, "\n") + "\n")
	}
	log, err := journal.Read(strings.NewReader(b.String()))
	if err != nil {
		t.Log(err)
		return nil
	}
	return log
}
