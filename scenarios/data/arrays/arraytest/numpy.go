// Package arraytest writes array files for tests, by their formats alone: what reads them
// is not asked.
package arraytest

import (
	"bytes"
	"encoding/binary"
	"fmt"
)

// NumPy is a NumPy file (.npy, version 1.0) of data whose type is descr, such as <f8, in
// Fortran's order or in C's, with the shape as Python writes it.
func NumPy(descr string, fortran bool, shape string, data []byte) []byte {
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

// Packed is the bytes of numbers.
func Packed(order binary.ByteOrder, v any) []byte {
	var b bytes.Buffer
	_ = binary.Write(&b, order, v)
	return b.Bytes()
}
