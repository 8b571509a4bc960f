//go:build long

package cli

import (
	"os"
	"path/filepath"
	"testing"
)

// A tour of the program is small enough for a README.
func TestARecordedTourIsSmall(t *testing.T) {
	path := filepath.Join(t.TempDir(), "tour.gif")
	const tour = "wait 4; d; wait 2; d; wait 2; o; wait 2; type hl; esc; c; wait 4; c; t; type grid; wait 1; enter; wait 2"
	if r := runs("record", "--out", path, "--keys", tour); r.status != exitOK {
		t.Fatal(r)
	}
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d bytes", info.Size())
	if info.Size() > 4_000_000 {
		t.Errorf("20 s at 120×40 are %d bytes, expected at most 4 MB", info.Size())
	}
}
