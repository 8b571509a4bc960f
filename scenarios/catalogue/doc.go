// Package catalogue defines the built-in scenarios, one family per file: the density, its
// exact sampler, its known properties, and its story. catalogue.go lists them.
package catalogue
