//go:build unix

package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// A recording of the program has the name of its scenario, with a number where there is one.
func TestARecordingTakesAFreeName(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, want := range []string{"a-b.cast", "a-b-2.cast"} {
		r, err := beginCast("a/b", 20, 2)
		if err != nil || r.Name() != want {
			t.Fatalf("the name is %q (%v), expected %q", r.Name(), err, want)
		}
		r.Add(0, 20, 2, "first\nscreen", nil, nil)
		r.Add(time.Second, 24, 2, "second\nscreen              last", nil, nil)
		if name, err := r.Keep(2 * time.Second); err != nil || name != want {
			t.Fatalf("kept as %q (%v), expected %q", name, err, want)
		}
		cast, err := os.ReadFile(want)
		if err != nil {
			t.Fatal(err)
		}
		if text, end := lastScreen(t, cast); !strings.Contains(text, "second") || !strings.Contains(text, "last") || end != 2 {
			t.Errorf("it ends at %g s with\n%s", end, text)
		}
		if name, err := r.Keep(time.Hour); err != nil || name != want {
			t.Errorf("kept again as %q (%v)", name, err)
		}
		r.Add(0, 20, 2, "too late", nil, nil)
	}
	if left := entries(t, "."); len(left) != 2 {
		t.Errorf("there are %v", left)
	}
}

// Who takes the name meanwhile keeps it.
func TestARecordingReplacesNothing(t *testing.T) {
	t.Chdir(t.TempDir())
	r, err := beginCast("a", 20, 2)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile("a.cast", []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	r.Add(0, 20, 2, "text", nil, nil)
	name, err := r.Keep(time.Second)
	if mine, _ := os.ReadFile("a.cast"); err != nil || name != "a-2.cast" || string(mine) != "mine" {
		t.Errorf("kept as %q (%v) beside %q", name, err, mine)
	}
	if left := entries(t, "."); len(left) != 2 {
		t.Errorf("there are %v", left)
	}
}

func TestARecordingSaysThatItCannotBegin(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "gone")
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	t.Chdir(folder)
	if err := os.Remove(folder); err != nil {
		t.Skip(err)
	}
	if _, err := beginCast("a", 20, 2); err == nil || !strings.Contains(err.Error(), "a.cast cannot be written") {
		t.Errorf("the error is %v", err)
	}
}
