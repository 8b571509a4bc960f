package arrays

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"os"
	"path/filepath"
	"testing"

	"undercurrent/scenarios/data/arrays/arraytest"
)

// doubles is an array of float64.
func doubles(shape string, values ...float64) []byte {
	return arraytest.NumPy("<f8", false, shape, arraytest.Packed(binary.LittleEndian, values))
}

// entry is a file of an archive.
type entry struct {
	name string
	text []byte
}

// archived are files in an archive, deflated as numpy.savez_compressed does.
func archived(entries ...entry) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, e := range entries {
		w, _ := z.Create(e.name)
		_, _ = w.Write(e.text)
	}
	_ = z.Close()
	return b.Bytes()
}

// kept is a file with a text.
func kept(t *testing.T, name string, text []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, text, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}
