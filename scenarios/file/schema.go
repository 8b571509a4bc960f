package file

import _ "embed"

//go:embed schema.json
var schema string

// Schema is the JSON Schema of scenario files.
func Schema() string { return schema }
