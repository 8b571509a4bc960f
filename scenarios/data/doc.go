// Package data makes targets and initial clouds of what files hold: points, values on a grid
// and pictures. Reading the files is the part of a Files.
package data
