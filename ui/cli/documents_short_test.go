//go:build !long

package cli

// everyCommandRuns is whether all commands of the documents are run, or built, and not only read.
const everyCommandRuns = false
