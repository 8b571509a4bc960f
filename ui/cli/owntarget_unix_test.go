//go:build unix

package cli

import (
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// The later frames of a stream are not known, so it needs a target.
func TestAStreamNeedsATarget(t *testing.T) {
	t.Parallel()
	pipe := filepath.Join(t.TempDir(), "pipe")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Skip(err)
	}
	for _, args := range [][]string{{"watch", "--json"}, {"watch", "-", "--json", "--last", "5"}, {"watch", pipe, "--json"}} {
		r := runsOn(strings.NewReader("0,0\n1,1\n\n"), args...)
		name := map[bool]string{true: pipe, false: "standard input"}[args[1] == pipe]
		if r.status != exitUsage || r.out != "" || !strings.Contains(r.err, name+" has no target, expected one to compare its frames with: --scenario or one of --log-density, ") {
			t.Errorf("%v gives %v", args, r)
		}
	}
}
