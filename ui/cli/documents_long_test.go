//go:build long

package cli

// screensOfDocuments is whether the commands of the documents that open a screen, or run programs in
// other languages, are run, not only read.
const screensOfDocuments = true
