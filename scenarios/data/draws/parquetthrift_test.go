package draws

import (
	"bytes"
	"testing"

	"github.com/parquet-go/parquet-go/encoding/thrift"
	"github.com/parquet-go/parquet-go/format"
)

// The size of a structure is what the library writes, whatever comes behind it, and no part of it is whole.
func TestStructuresHaveTheSizeTheyAreWrittenWith(t *testing.T) {
	text, _ := snappyFile(t)
	footer := int(text[len(text)-8]) | int(text[len(text)-7])<<8
	whole := [][]byte{text[len(text)-8-footer : len(text)-8]}
	for _, v := range []any{
		format.PageHeader{CompressedPageSize: 1 << 30, UncompressedPageSize: -5, DataPageHeader: thrift.New(format.DataPageHeader{NumValues: 300, Statistics: format.Statistics{MinValue: bytes.Repeat([]byte{7}, 300)}})},
		format.PageHeader{Type: format.DataPageV2, CRC: -1, DataPageHeaderV2: thrift.New(format.DataPageHeaderV2{NumRows: 1 << 20, IsCompressed: thrift.New(false)})},
		format.FileMetaData{},
	} {
		text, err := thrift.Marshal(new(thrift.CompactProtocol), v)
		if err != nil {
			t.Fatal(err)
		}
		whole = append(whole, text)
	}
	for _, text := range whole {
		if n, ok := structSize(append(bytes.Clone(text), 0x99, 1, 2)); !ok || n != len(text) {
			t.Errorf("%d bytes have the size %d, %v", len(text), n, ok)
		}
		for k := range text {
			if n, ok := structSize(text[:k]); ok {
				t.Fatalf("%d of %d bytes are whole, of the size %d", k, len(text), n)
			}
		}
	}
}

// Items and bytes that are not there, endless numbers, unknown types and endless depth are not passed over.
func TestStructuresThatClaimTooMuchAreNotWhole(t *testing.T) {
	for what, text := range map[string][]byte{
		"a map of two billion doubles":    {0x1b, 0xff, 0xff, 0xff, 0xff, 7, 0x77, 1, 2, 3, 0},
		"a list of two billion":           {0x19, 0xf3, 0xff, 0xff, 0xff, 0xff, 7, 0},
		"a text of two billion bytes":     {0x18, 0xff, 0xff, 0xff, 0xff, 7, 0},
		"a number without an end":         append(bytes.Repeat([]byte{0xff}, 12), 0),
		"an unknown type":                 {0x1d, 0, 0},
		"structures in structures":        append(bytes.Repeat([]byte{0x1c}, 1000), make([]byte, 1001)...),
		"lists of lists":                  append(bytes.Repeat([]byte{0x19}, 1000), make([]byte, 1001)...),
		"half a double":                   {0x17, 1, 2, 3, 4},
		"the number of a field that ends": {0x03},
	} {
		if n, ok := structSize(text); ok {
			t.Errorf("%s: whole, of %d bytes", what, n)
		}
	}
}
