//go:build unix

package output

import (
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

// The environment variable that makes the test binary write a file again and again.
const childFile = "UNDERCURRENT_TEST_WRITES"

// contents are what the child writes in turn: long enough to be written in many parts.
func contents() []string {
	return []string{strings.Repeat("old and whole\n", 20_000), strings.Repeat("new, also whole, and longer\n", 20_000)}
}

// TestMain writes the file that a parent asks for until it is killed.
func TestMain(m *testing.M) {
	name := os.Getenv(childFile)
	if name == "" {
		os.Exit(m.Run())
	}
	for k := 0; ; k++ {
		if err := Write(name, text(contents()[k%2])); err != nil {
			os.Exit(1)
		}
		if k == 0 {
			os.Stdout.WriteString("begun\n")
		}
	}
}

// killedWhileWriting kills a process that writes a file, after a time.
func killedWhileWriting(t *testing.T, name string, after time.Duration) {
	t.Helper()
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), childFile+"="+name)
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	if _, err := io.ReadFull(out, make([]byte, len("begun\n"))); err != nil {
		t.Fatal(err)
	}
	time.Sleep(after)
	if err := child.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = child.Wait()
}

// holdsWhole fails unless the file is whole and what is left of killed processes is at most
// one temporary that says what it is.
func holdsWhole(t *testing.T, name string) (left int) {
	t.Helper()
	got, err := os.ReadFile(name)
	if err != nil || !slices.Contains(contents(), string(got)) {
		t.Fatalf("the file has %d bytes (%v), expected one of the two contents", len(got), err)
	}
	for _, n := range names(t, filepath.Dir(name)) {
		if n == filepath.Base(name) {
			continue
		}
		if left++; !strings.HasPrefix(n, "."+filepath.Base(name)+".undercurrent-unfinished-") {
			t.Errorf("%s is left", n)
		}
	}
	if left > 1 {
		t.Errorf("%d temporaries are left, expected at most one", left)
	}
	return left
}

// killsLeaveWholeFiles kills writers at moments spread over the time of a few writes; the
// next write removes what they leave.
func killsLeaveWholeFiles(t *testing.T, kills int) {
	name := filepath.Join(t.TempDir(), "model.json")
	left := 0
	for k := range kills {
		killedWhileWriting(t, name, time.Duration(k%17)*time.Millisecond+time.Duration(k%7)*137*time.Microsecond)
		left += holdsWhole(t, name)
	}
	t.Logf("%d kills, %d temporaries left", kills, left)
	if err := Write(name, text("next")); err != nil {
		t.Fatal(err)
	}
	if all := names(t, filepath.Dir(name)); len(all) != 1 {
		t.Errorf("there are %v after the next write, expected the file alone", all)
	}
}

func TestAKilledWriterLeavesAWholeFile(t *testing.T) { killsLeaveWholeFiles(t, 12) }

// A temporary that is being written is not taken for one that was left behind.
func TestTwoWritersOfOneFileDoNotMix(t *testing.T) {
	name := filepath.Join(t.TempDir(), "a.txt")
	first, err := Create(name)
	if err != nil {
		t.Fatal(err)
	}
	if err := Write(name, text("second")); err != nil {
		t.Fatal(err)
	}
	if _, err := first.WriteString("first"); err != nil {
		t.Fatal(err)
	}
	if err := first.Keep(); err != nil {
		t.Fatal(err)
	}
	if got, _ := os.ReadFile(name); string(got) != "first" {
		t.Errorf("the file has %q, expected the text that was kept last", got)
	}
	if all := names(t, filepath.Dir(name)); len(all) != 1 {
		t.Errorf("there are %v, expected the file alone", all)
	}
}

func TestAModeOutlastsAWriteAndANewFileHasThatOfTheUmask(t *testing.T) {
	before := syscall.Umask(0o027)
	defer syscall.Umask(before)
	dir := t.TempDir()
	fresh, old := filepath.Join(dir, "new"), filepath.Join(dir, "old")
	if err := os.WriteFile(old, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(old, 0o606); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]os.FileMode{fresh: 0o640, old: 0o606} {
		if err := Write(name, text("x")); err != nil {
			t.Fatal(err)
		}
		if info, err := os.Stat(name); err != nil || info.Mode().Perm() != want {
			t.Errorf("%s has the mode %v, expected %v (%v)", name, info.Mode().Perm(), want, err)
		}
	}
}

// What links lead to is replaced, also where it is yet to be; the links stay.
func TestLinksStay(t *testing.T) {
	dir := t.TempDir()
	deep := filepath.Join(dir, "a", "b")
	if err := os.MkdirAll(deep, 0o777); err != nil {
		t.Fatal(err)
	}
	links := map[string]string{
		filepath.Join(dir, "up"):      filepath.Join("a", "b"),        // a directory
		filepath.Join(deep, "there"):  filepath.Join("..", "there"),   // a file in a
		filepath.Join(dir, "dangles"): filepath.Join("up", "missing"), // a file in b
		filepath.Join(deep, "around"): filepath.Join("..", "..", "dangles"),
	}
	for link, to := range links {
		if err := os.Symlink(to, link); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "a", "there"), []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ name, target string }{
		{filepath.Join(dir, "up", "there"), filepath.Join(dir, "a", "there")},
		{filepath.Join(deep, "around"), filepath.Join(deep, "missing")},
	} {
		if err := Write(c.name, text(c.name)); err != nil {
			t.Fatal(err)
		}
		if got, err := os.ReadFile(c.target); err != nil || string(got) != c.name {
			t.Errorf("%s has %q, expected %q (%v)", c.target, got, c.name, err)
		}
	}
	for link, to := range links {
		if got, err := os.Readlink(link); err != nil || got != to {
			t.Errorf("%s leads to %q, expected %q (%v)", link, got, to, err)
		}
	}
	around := filepath.Join(dir, "loop")
	if err := os.Symlink("loop", around); err != nil {
		t.Fatal(err)
	}
	if err := Write(around, text("x")); err == nil {
		t.Error("a link to itself is written")
	}
}

func TestAReadOnlyFileIsRefusedBeforeTheWork(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "kept")
	if err := os.WriteFile(name, []byte("old"), 0o444); err != nil {
		t.Fatal(err)
	}
	for _, err := range []error{Check(name), Write(name, func(io.Writer) error { t.Error("the work is done"); return nil })} {
		var create CreateError
		if !errors.As(err, &create) || !strings.Contains(err.Error(), "the file is read-only") {
			t.Errorf("the error is %v, expected one of a read-only file", err)
		}
	}
	if got, _ := os.ReadFile(name); string(got) != "old" || len(names(t, dir)) != 1 {
		t.Errorf("there are %v, the file has %q", names(t, dir), got)
	}
}

// A device and a pipe are written to and stay what they are; a full one says so.
func TestDevicesAndPipesAreWrittenTo(t *testing.T) {
	if err := Write(os.DevNull, text("nothing")); err != nil {
		t.Error(err)
	}
	if info, err := os.Stat(os.DevNull); err != nil || info.Mode().IsRegular() {
		t.Fatalf("the null device is a file (%v)", err)
	}
	pipe := filepath.Join(t.TempDir(), "pipe")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Skip("no named pipes: ", err)
	}
	got := make(chan string, 1)
	go func() {
		bytes, _ := os.ReadFile(pipe)
		got <- string(bytes)
	}()
	if err := Write(pipe, text("through")); err != nil {
		t.Error(err)
	}
	if read := <-got; read != "through" {
		t.Errorf("%q came through the pipe", read)
	}
	if info, err := os.Lstat(pipe); err != nil || info.Mode()&os.ModeNamedPipe == 0 {
		t.Error("the pipe was replaced")
	}
}

func TestAFullDeviceIsNamed(t *testing.T) {
	const full = "/dev/full"
	if _, err := os.Stat(full); err != nil {
		t.Skip(err)
	}
	link := filepath.Join(t.TempDir(), "link.json")
	if err := os.Symlink(full, link); err != nil {
		t.Fatal(err)
	}
	for _, content := range []string{"short", strings.Repeat("longer than the buffer", 1000)} {
		err := Write(link, text(content))
		if err == nil || !strings.HasPrefix(err.Error(), link+" cannot be written (no space left on device), expected ") || !errors.Is(err, syscall.ENOSPC) {
			t.Errorf("%d bytes give %v", len(content), err)
		}
	}
}

// A disk that is full, here by a limit of the process, leaves the old file and nothing else.
func TestAFullDiskLeavesTheOldFile(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "old.txt")
	if err := os.WriteFile(name, []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	child := exec.Command("sh", "-c", `ulimit -f 100 && exec "$0"`, os.Args[0])
	child.Env = append(os.Environ(), childFile+"="+name)
	if err := child.Run(); err == nil {
		t.Fatal("a file is longer than the limit")
	}
	if got, err := os.ReadFile(name); err != nil || string(got) != "old" {
		t.Errorf("the file has %q (%v)", got, err)
	}
	if left := names(t, dir); len(left) != 1 {
		t.Errorf("there are %v, expected the old file alone", left)
	}
}

func TestDirectoriesOfAbandonedResultsAreRemoved(t *testing.T) {
	dir := t.TempDir()
	r, err := CreateResults(filepath.Join(dir, "a", "b", "c"))
	if err != nil {
		t.Fatal(err)
	}
	r.Abandon()
	if left := names(t, dir); len(left) != 0 {
		t.Errorf("%v are left", left)
	}
	if _, err := CreateResults(filepath.Join(dir, "a", strings.Repeat("b", 300))); err == nil {
		t.Error("a directory with a name of 300 bytes is created")
	}
	if left := names(t, dir); len(left) != 0 {
		t.Errorf("%v are left", left)
	}
}

func TestANewFileReplacesNone(t *testing.T) {
	name := filepath.Join(t.TempDir(), "a.yaml")
	for _, want := range []error{nil, os.ErrExist} {
		if err := WriteNew(name, text("new")); !errors.Is(err, want) {
			t.Errorf("the error is %v, expected %v", err, want)
		}
	}
	// Also one that appears while it is written.
	other := filepath.Join(filepath.Dir(name), "b.yaml")
	err := WriteNew(other, func(w io.Writer) error {
		return errors.Join(os.WriteFile(other, []byte("theirs"), 0o600), text("ours")(w))
	})
	if got, _ := os.ReadFile(other); !errors.Is(err, os.ErrExist) || string(got) != "theirs" {
		t.Errorf("the file has %q, the error is %v", got, err)
	}
	if left := names(t, filepath.Dir(name)); len(left) != 2 {
		t.Errorf("there are %v", left)
	}
}

// The longest names that a system allows have temporaries too.
func TestALongNameIsWritten(t *testing.T) {
	name := filepath.Join(t.TempDir(), strings.Repeat("ä", 127))
	if err := Write(name, text("x")); err != nil {
		t.Error(err)
	}
}
