//go:build !unix

package app

import "io"

// promptEscape is the input: keys come as events here, not as sequences.
func promptEscape(in io.Reader, _ []string) io.Reader { return in }
