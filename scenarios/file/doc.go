// Package file reads scenarios from YAML files and writes them to such.
//
// schema.json defines the format. A file is parsed to a tree (parse.go, within the limits of
// limits.go), the tree is validated by the schema and the first violation becomes a sentence
// (violation.go), and what passes is put into the structs of document.go. What no schema can
// say is checked where a document becomes a scenario (target.go, start.go, mixture.go,
// regions.go). Writing fills the same structs (encode.go).
package file
