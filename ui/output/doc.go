// Package output writes the files that commands leave behind. Each appears under its name
// when it is complete, or not at all, so that an interrupt, a kill or a full disk leaves
// nothing half-written: it is written to a temporary in the same directory, synchronised and
// renamed. A file that exists keeps its mode, what a link leads to is replaced and not the
// link, and devices, pipes and the standard output are written to as they are. A process
// that is killed leaves at most one temporary of a file, which the next write removes.
package output
