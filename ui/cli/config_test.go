package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// configured writes a configuration file and has the program find it.
func configured(t *testing.T, text string) {
	t.Helper()
	dir := t.TempDir()
	t.Setenv("XDG_CONFIG_HOME", dir)
	if err := os.MkdirAll(filepath.Join(dir, "undercurrent"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "undercurrent", "config.yaml"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// Defaults give way to the file, the file to the environment, that to the flags.
func TestFlagsOverrideEnvironmentAndFile(t *testing.T) {
	configured(t, "theme: light\npalette: magma\nfps: 20\nmouse: false\nkeys:\n  pause: [p]\n")
	has := func(r result, want ...string) {
		t.Helper()
		for _, w := range want {
			if r.status != 0 || !strings.Contains(r.out, w+"\n") {
				t.Errorf("expected %q in\n%v", w, r)
			}
		}
	}
	has(runs("--print-config"), "theme: light", "palette: magma", "fps: 20", "mouse: false", "history: 0", `  pause: ["p"]`, "  add-particles: []")
	t.Setenv("UNDERCURRENT_THEME", "dark")
	t.Setenv("UNDERCURRENT_FPS", "25")
	t.Setenv("UNDERCURRENT_MOUSE", "true")
	has(runs("--print-config"), "theme: dark", "palette: magma", "fps: 25", "mouse: true")
	has(runs("--print-config", "--fps", "60", "--palette", "cividis", "--mouse=false"), "theme: dark", "palette: cividis", "fps: 60", "mouse: false")
}

// What is printed can be kept as the file.
func TestThePrintedConfigurationIsOne(t *testing.T) {
	configured(t, "")
	first := runs("--print-config", "--theme", "high-contrast")
	configured(t, first.out)
	second := runs("--print-config")
	_, a, _ := strings.Cut(first.out, "\n")
	if _, b, _ := strings.Cut(second.out, "\n"); second.status != 0 || a != b {
		t.Errorf("printed\n%s\nread back\n%v", a, second)
	}
}

func TestABadConfigurationSaysWhere(t *testing.T) {
	for text, want := range map[string]string{
		"theme: sepia\n":                     `config.yaml: theme "sepia", expected one of`,
		"palette: jet\n":                     `config.yaml: palette "jet", expected one of`,
		"fps: 0\n":                           "config.yaml: fps is 0, expected",
		"fps: many\n":                        "config.yaml: line 1, column 6",
		"theme: dark\ncolour: red\n":         "config.yaml: line 2, column 1: unknown field",
		"keys:\n  paws: [p]\n":               "config.yaml: keys: there is no action",
		"keys:\n  pause: [x]\n  step: [x]\n": "given to pause and to step",
		"keys: ! ":                           "config.yaml:",
	} {
		configured(t, text)
		if r := runs("--print-config"); r.status != exitUsage || !strings.Contains(r.err, want) || strings.Count(r.err, "\n") != 1 {
			t.Errorf("%q gives %v, expected %q", text, r, want)
		}
	}
	configured(t, "")
	for name, value := range map[string]string{"UNDERCURRENT_FPS": "fast", "UNDERCURRENT_MOUSE": "perhaps", "UNDERCURRENT_THEME": "sepia"} {
		t.Setenv(name, value)
		if r := runs("--print-config"); r.status != exitUsage || !strings.Contains(r.err, "expected") {
			t.Errorf("%s=%s gives %v", name, value, r)
		}
		t.Setenv(name, "")
	}
}
