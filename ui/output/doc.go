// Package output writes the files that commands leave behind: each appears under its name
// when it is complete, or not at all, so that an interrupt or a full disk leaves nothing
// half-written.
package output
