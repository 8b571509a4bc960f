//go:build !linux

package app

// favour does nothing: here a thread has no priority of its own.
func favour() {}
