// Package catalogue has the built-in scenarios, a file each: the density, its exact sampler,
// what is known of it, and the story that it shows. catalogue.go lists them.
package catalogue
