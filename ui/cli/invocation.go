package cli

import (
	"os"
	"regexp"
	"strings"
)

// programName is the name of the program in its own messages and documents.
const programName = "undercurrent"

// invocation is how the program was called, as a word of a shell: what a message tells to enter runs.
func invocation() string { return invocationOf(os.Args[0]) }

// builtForOnce matches where go run puts a program: in a folder of one build, or in the cache of builds.
var builtForOnce = regexp.MustCompile(`[/\\]go-build\d*[/\\]|[/\\][0-9a-f]{64}-d[/\\][^/\\]+$`)

// invocationOf is invocation for the name under which a process was started: the one that was found in
// PATH, or a path.
func invocationOf(started string) string {
	if builtForOnce.MatchString(started) {
		return "go run ."
	}
	return quoted(started)
}

// invoked is a command of the program, such as "undercurrent list", as it is called here.
func invoked(command string) string { return invocation() + strings.TrimPrefix(command, programName) }
