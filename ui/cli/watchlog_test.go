//go:build unix

package cli

import (
	"path/filepath"
	"strings"
	"testing"

	"undercurrent/ui/journal"
)

func TestLogsOfWatchThatCannotBeAreRefused(t *testing.T) {
	for want, args := range map[string]string{
		"--log and --json given, expected --log with a screen":            "--log s.jsonl --json",
		"--log-limit without --log, expected both":                        "--log-limit 7",
		"--log-limit is 0, expected a whole number from 1 to 8192":        "--log s.jsonl --log-limit 0",
		"--log: no/s.jsonl cannot be written (no such file or directory)": "--log no/s.jsonl",
	} {
		if r := runs(append([]string{"watch", "--scenario", "ring8"}, strings.Fields(args)...)...); r.status != exitUsage || !strings.Contains(r.err, want) {
			t.Errorf("expected %s: %v", want, r)
		}
	}
}

// A log that does not say the size of a file is held to its digest.
func TestFilesOfAnyLogAreCompared(t *testing.T) {
	name := filepath.Join(t.TempDir(), "a.csv")
	writeFile(t, name, "1,2\n")
	now, err := fileNow(name, -1)
	if err != nil {
		t.Fatal(err)
	}
	old := journal.File{Name: name, SHA256: now.SHA256}
	if err := checkFiles([]journal.File{now, old}); err != nil {
		t.Error(err)
	}
	old.SHA256 = strings.Repeat("0", 64)
	if err := checkFiles([]journal.File{old}); err == nil || !strings.Contains(err.Error(), "its SHA-256 is "+now.SHA256[:12]+"…, expected 000000000000…") {
		t.Error(err)
	}
}
