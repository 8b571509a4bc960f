// Package file reads and writes scenarios as YAML files.
//
// schema.json defines the format. A file is parsed to a tree (parse.go, within the limits of
// limits.go), the tree is validated against the schema and the first violation becomes the
// error message (violation.go), and a valid tree is decoded into the structs of document.go.
// Rules that a schema cannot express are checked where a document becomes a scenario
// (target.go, start.go, mixture.go, regions.go). Writing fills the same structs (encode.go).
package file
