package output

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// What is written is in the file at once, in place of what was there; a link stays.
func TestAGrowingFileIsThereAtOnce(t *testing.T) {
	dir := t.TempDir()
	name, link := filepath.Join(dir, "a.jsonl"), filepath.Join(dir, "link")
	if err := os.WriteFile(name, []byte("something longer"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("a.jsonl", link); err != nil {
		t.Fatal(err)
	}
	g, err := CreateGrowing(link)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"", "one\n", "one\none\n"} {
		if got, err := os.ReadFile(name); err != nil || string(got) != want {
			t.Errorf("the file has %q, expected %q (%v)", got, want, err)
		}
		if _, err := g.Write([]byte("one\n")); err != nil {
			t.Fatal(err)
		}
	}
	if err := g.Close(); err != nil {
		t.Fatal(err)
	}
	if left := names(t, dir); len(left) != 2 {
		t.Errorf("there are %v", left)
	}
}

func TestAGrowingFileThatCannotBeWrittenSaysSo(t *testing.T) {
	dir := t.TempDir()
	kept := filepath.Join(dir, "kept")
	if err := os.WriteFile(kept, []byte("old"), 0o444); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{kept: "the file is read-only", dir: "is a directory, expected a file", filepath.Join(dir, "no", "file"): "expected a file in a writable directory"} {
		_, err := CreateGrowing(name)
		var create CreateError
		if !errors.As(err, &create) || !strings.Contains(err.Error(), want) {
			t.Errorf("%s gives %v, expected %s", name, err, want)
		}
	}
	if _, err := os.Stat("/dev/full"); err != nil {
		t.Skip(err)
	}
	g, err := CreateGrowing("/dev/full")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := g.Write([]byte("x")); err == nil || err.Error() != "/dev/full cannot be written (no space left on device), expected a file in a directory with space left" {
		t.Errorf("a full disk gives %v", err)
	}
}
