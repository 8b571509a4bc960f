package output

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// names are those of the files in a directory.
func names(t *testing.T, dir string) (list []string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		list = append(list, e.Name())
	}
	return list
}

func text(content string) func(io.Writer) error {
	return func(w io.Writer) error {
		_, err := io.WriteString(w, content)
		return err
	}
}

func TestAFileAppearsWholeOrNotAtAll(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "a.txt")
	failure := errors.New("no more")
	if err := Write(name, func(w io.Writer) error { return errors.Join(text("half")(w), failure) }); !errors.Is(err, failure) {
		t.Errorf("a writer that fails gives %v", err)
	}
	if left := names(t, dir); len(left) != 0 {
		t.Errorf("a writer that fails leaves %v", left)
	}
	for _, content := range []string{"one", "two"} {
		if err := Write(name, text(content)); err != nil {
			t.Fatal(err)
		}
		if got, err := os.ReadFile(name); err != nil || string(got) != content {
			t.Errorf("the file has %q, expected %q (%v)", got, content, err)
		}
	}
	if left := names(t, dir); len(left) != 1 {
		t.Errorf("there are %v, expected the file alone", left)
	}
}

func TestAFileThatCannotBeCreatedIsNamed(t *testing.T) {
	dir := t.TempDir()
	for name, want := range map[string]string{dir: "is a directory, expected a file", filepath.Join(dir, "none", "a.txt"): "no such file or directory"} {
		err := Write(name, text("lost"))
		var create CreateError
		if !errors.As(err, &create) || !strings.Contains(err.Error(), want) {
			t.Errorf("%s gives %v, expected %q", name, err, want)
		}
	}
	if left := names(t, dir); len(left) != 0 {
		t.Errorf("there are %v left", left)
	}
}
