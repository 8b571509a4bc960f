package recording

import (
	"bufio"
	"bytes"
	"encoding/json"
	"image/color"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/vt"
)

// night is a ground as that of a dark terminal.
func night() Ground {
	return Ground{Text: color.RGBA{200, 210, 220, 255}, Ground: color.RGBA{13, 17, 23, 255}}
}

// goldens are the screens of the program that its own tests keep, in the order of their names.
func goldens(t *testing.T, pattern string) (all []string) {
	t.Helper()
	names, err := filepath.Glob("../app/testdata/" + pattern + ".golden")
	if err != nil || len(names) == 0 {
		t.Fatalf("there are no screens %s (%v)", pattern, err)
	}
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, string(text))
	}
	return all
}

// sizeOf is the size of a screen in cells.
func sizeOf(screen string) (width, height int) {
	lines := strings.Split(screen, "\n")
	return ansi.StringWidth(lines[0]), len(lines)
}

// event is a line of an asciicast after the first.
type event struct {
	at         float64
	kind, data string
}

// parsed reads an asciicast.
func parsed(t *testing.T, cast []byte) (h header, events []event) {
	t.Helper()
	lines := bufio.NewScanner(bytes.NewReader(cast))
	lines.Buffer(nil, len(cast)+1)
	for n := 0; lines.Scan(); n++ {
		if n == 0 {
			if err := json.Unmarshal(lines.Bytes(), &h); err != nil {
				t.Fatalf("header: %v", err)
			}
			continue
		}
		var e event
		if err := json.Unmarshal(lines.Bytes(), &[]any{&e.at, &e.kind, &e.data}); err != nil {
			t.Fatalf("line %d: %v", n+1, err)
		}
		events = append(events, e)
	}
	return h, events
}

// emulator is a terminal that a text can be written to.
func emulator(t *testing.T, width, height int) *vt.Emulator {
	t.Helper()
	e := vt.NewEmulator(width, height)
	t.Cleanup(func() { e.Close() })
	return e
}

// shows writes to a terminal.
func shows(t *testing.T, e *vt.Emulator, data string) {
	t.Helper()
	if _, err := e.WriteString(data); err != nil {
		t.Fatal(err)
	}
}
