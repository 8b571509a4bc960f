//go:build long && unix

package output

import "testing"

func TestManyKilledWritersLeaveWholeFiles(t *testing.T) { killsLeaveWholeFiles(t, 600) }
