// Package data makes targets and initial clouds from the contents of files: points, values on
// a grid and pictures. A Files reads the files.
package data
