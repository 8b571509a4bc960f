//go:build long

package app

import "testing"

func TestLongRandomUseNeverBreaksTheProgram(t *testing.T) { survives(t, 8, 2500) }
