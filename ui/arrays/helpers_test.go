package arrays

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

// numPy writes an array as NumPy does, by its format alone.
func numPy(descr string, fortran bool, shape string, data []byte) []byte {
	header := fmt.Sprintf("{'descr': '%s', 'fortran_order': %s, 'shape': %s, }", descr, map[bool]string{true: "True", false: "False"}[fortran], shape)
	for (10+len(header)+1)%64 != 0 {
		header += " "
	}
	var b bytes.Buffer
	b.WriteString("\x93NUMPY\x01\x00")
	_ = binary.Write(&b, binary.LittleEndian, uint16(len(header)+1))
	b.WriteString(header + "\n")
	b.Write(data)
	return b.Bytes()
}

func packed(order binary.ByteOrder, v any) []byte {
	var b bytes.Buffer
	_ = binary.Write(&b, order, v)
	return b.Bytes()
}

// doubles is an array of float64.
func doubles(shape string, values ...float64) []byte {
	return numPy("<f8", false, shape, packed(binary.LittleEndian, values))
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
