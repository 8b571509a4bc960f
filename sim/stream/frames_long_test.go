//go:build long

package stream

import (
	"strings"
	"testing"
)

// Objects of a gigabyte, and of as many particles as there may be.
func TestEndlessObjectsOfManyParticlesAreRefused(t *testing.T) {
	areRefused(t, []endless{
		{`{"particles":[`, "[1,2],", 1 << 30, "the input: line 1, column 120000019: frame 1 has 20000001 finite particles of 20000001, expected 2 to 20000000"},
		{`{"particles":[`, "null," + strings.Repeat(" ", 4000), 1 << 20, "the input: line 1 has more than 1073741824 bytes, expected fewer"},
	})
}
