// Package file reads scenarios from YAML files and writes them to such.
package file
