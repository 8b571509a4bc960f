//go:build unix

package cli

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"image/gif"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/charmbracelet/x/vt"
)

// short is a recording that takes no time.
func short(args ...string) []string {
	return append([]string{"record", "--particles", "300", "--size", "80x24", "--seconds", "1", "--fps", "10"}, args...)
}

// recorded runs a recording to a file of a name and is what it has.
func recorded(t *testing.T, name string, args ...string) []byte {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if r := runs(short(append(args, "--out", path)...)...); r.status != exitOK || r.out != "" || r.err != "" {
		t.Fatal(r)
	}
	file, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return file
}

// lastScreen plays an asciicast on a terminal to its end, and is its text and the time of the last event.
func lastScreen(t *testing.T, cast []byte) (text string, end float64) {
	t.Helper()
	lines := bufio.NewScanner(bytes.NewReader(cast))
	lines.Buffer(nil, len(cast)+1)
	var size struct{ Version, Width, Height int }
	var screen *vt.Emulator
	for lines.Scan() {
		if screen == nil {
			if err := json.Unmarshal(lines.Bytes(), &size); err != nil || size.Version != 2 {
				t.Fatalf("the header is %s (%v)", lines.Text(), err)
			}
			screen = vt.NewEmulator(size.Width, size.Height)
			defer screen.Close()
			continue
		}
		var kind, data string
		last := end
		if err := json.Unmarshal(lines.Bytes(), &[]any{&end, &kind, &data}); err != nil || end < last {
			t.Fatalf("an event is %s after %g s (%v)", lines.Text(), last, err)
		}
		if kind == "r" {
			if n, err := fmt.Sscanf(data, "%dx%d", &size.Width, &size.Height); n != 2 {
				t.Fatalf("the size is %s (%v)", data, err)
			}
			screen.Resize(size.Width, size.Height)
			continue
		}
		if _, err := screen.WriteString(data); err != nil {
			t.Fatal(err)
		}
	}
	return screen.String(), end
}

func TestARecordingShowsTheKeys(t *testing.T) {
	text, end := lastScreen(t, recorded(t, "demo.cast", "--scenario", "three-modes", "--keys", "wait 0.3; d; wait 0.2; space"))
	for _, want := range []string{"three-modes", "forward KL", "❚❚ paused"} {
		if !strings.Contains(text, want) {
			t.Errorf("the last screen has no %q:\n%s", want, text)
		}
	}
	if end != 1 {
		t.Errorf("it ends at %g s, expected 1", end)
	}
	text, end = lastScreen(t, recorded(t, "demo.cast", "--scenario", "three-modes", "--keys", "wait 0.45; q"))
	if end != 0.6 || !strings.Contains(text, "three-modes") {
		t.Errorf("after q it ends at %g s with\n%s", end, text)
	}
}

func TestARecordingIsAGIF(t *testing.T) {
	g, err := gif.DecodeAll(bytes.NewReader(recorded(t, "DEMO.GIF", "--compare", "reverse-kl,forward-kl", "--theme", "light")))
	if err != nil {
		t.Fatal(err)
	}
	hundredths := 0
	for _, d := range g.Delay {
		hundredths += d
	}
	if len(g.Image) < 2 || len(g.Image) > 10 || g.Config.Width != 640 || g.Config.Height != 384 || hundredths != 100 {
		t.Errorf("%d frames of %d×%d in %d hundredths of a second", len(g.Image), g.Config.Width, g.Config.Height, hundredths)
	}
	// The corner of the screen has the ground of the theme.
	if r, g, b, _ := g.Image[0].At(0, 0).RGBA(); r>>8 != 255 || g>>8 != 255 || b>>8 != 255 {
		t.Errorf("the ground is %d %d %d, expected white", r>>8, g>>8, b>>8)
	}
}

func TestARecordingIsTheSameEveryTime(t *testing.T) {
	args := []string{"--keys", ":z 2<enter>", "--compare", "reverse-kl,pearson"}
	if !bytes.Equal(recorded(t, "a.cast", args...), recorded(t, "b.cast", args...)) {
		t.Error("two recordings differ")
	}
}

// The keys and the configuration of who records change nothing.
func TestARecordingDoesNotReadTheConfiguration(t *testing.T) {
	folder := t.TempDir()
	t.Setenv("XDG_CONFIG_HOME", folder)
	t.Setenv("UNDERCURRENT_THEME", "pink")
	if err := os.MkdirAll(folder+"/undercurrent", 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(folder+"/undercurrent/config.yaml", []byte("nonsense"), 0o600); err != nil {
		t.Fatal(err)
	}
	recorded(t, "a.cast", "--seconds", "0.1")
}

func TestRecordingsThatCannotBeMadeAreRefused(t *testing.T) {
	folder := t.TempDir()
	t.Chdir(folder)
	for want, args := range map[string][]string{
		"--out is not given, expected a file that ends in .cast or .gif": nil,
		"--out demo.mp4 does not end in .cast or .gif":                   {"--out", "demo.mp4"},
		"--out none/demo.gif cannot be written":                          {"--out", "none/demo.gif"},
		"--out a.gif is a directory, expected a file":                    {"--out", "a.gif"},
		`--size is "80", expected COLUMNSxROWS from 60x20 to 300x100`:    {"--out", "b.gif", "--size", "80"},
		`--size is "80x10"`:   {"--out", "b.gif", "--size", "80x10"},
		`--size is "80x24x2"`: {"--out", "b.gif", "--size", "80x24x2"},
		"--fps is 0, expected a whole number from 1 to 50":        {"--out", "b.gif", "--fps", "0"},
		"--seconds is 0, expected a number above 0 and up to 300": {"--out", "b.gif", "--seconds", "0"},
		"--seconds is NaN":                                          {"--out", "b.gif", "--seconds", "NaN"},
		`--keys, column 4: unknown key "spce"`:                      {"--out", "b.gif", "--keys", "d; spce"},
		"--keys take 2 s, expected at most the 1 s of --seconds":    {"--out", "b.gif", "--keys", "wait 2"},
		`--theme is "auto", expected dark`:                          {"--out", "b.gif", "--theme", "auto"},
		`--palette is "virids", expected viridis`:                   {"--out", "b.gif", "--palette", "virids"},
		"unknown divergence":                                        {"--out", "b.gif", "--switch", "20=tv"},
		"--compare names 1 divergence, expected 2 to 4 divergences": {"--out", "b.gif", "--compare", "pearson"},
		"unknown scenario \"rng\"":                                  {"--out", "b.gif", "--scenario", "rng"},
	} {
		if err := os.MkdirAll("a.gif", 0o700); err != nil {
			t.Fatal(err)
		}
		if r := runs(short(args...)...); r.status != exitUsage || !strings.Contains(r.err, want) || strings.Count(r.err, "\n") != 1 {
			t.Errorf("expected %q: %v", want, r)
		}
	}
	if left := entries(t, folder); len(left) != 1 {
		t.Errorf("there are %v, expected the directory alone", left)
	}
}

// A full disk is one sentence.
func TestARecordingThatCannotBeWrittenSaysSo(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, name := range []string{"full.cast", "full.gif"} {
		if err := os.Symlink("/dev/full", name); err != nil {
			t.Skip(err)
		}
		if r := runs(short("--out", name, "--seconds", "0.3")...); r.status != exitFailure || r.err != "undercurrent: "+name+" cannot be written (no space left on device), expected a file in a directory with space left\n" {
			t.Error(r)
		}
	}
}

// A recording that is interrupted leaves nothing, and what was there before.
func TestAnInterruptedRecordingLeavesNothing(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.WriteFile("old.gif", []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := ended(short("--out", "old.gif")...); err != nil {
		t.Fatal(err)
	}
	if old, err := os.ReadFile("old.gif"); err != nil || string(old) != "old" || len(entries(t, ".")) != 1 {
		t.Errorf("the file is %q (%v) of %v", old, err, entries(t, "."))
	}
}
