package draws

import (
	"bytes"
	"encoding/binary"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/encoding/thrift"
	"github.com/parquet-go/parquet-go/format"
)

// snappyFile is a file with two columns of numbers, in some pages, and where the header of the first page of the first column
// ends.
func snappyFile(t *testing.T) (text []byte, end int64) {
	t.Helper()
	type row struct{ X, Y float64 }
	var b bytes.Buffer
	w := parquet.NewGenericWriter[row](&b, parquet.Compression(&parquet.Snappy), parquet.PageBufferSize(256))
	for k := range 300 {
		if _, err := w.Write([]row{{float64(k), -float64(k)}}); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	f, err := parquet.OpenFile(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		t.Fatal(err)
	}
	begin := f.Metadata().RowGroups[0].Columns[0].MetaData.DataPageOffset
	header := bytes.NewReader(b.Bytes()[begin:])
	if err := thrift.NewDecoder(new(thrift.CompactProtocol).NewReader(header)).Decode(&format.PageHeader{}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes(), int64(b.Len()) - int64(header.Len())
}

// A page that claims more than it can have is refused before there is room for it.
func TestParquetPagesThatClaimTooMuchAreRefused(t *testing.T) {
	text, end := snappyFile(t)
	read := func(text []byte) (*Table, error) {
		s, err := newParquetSource(bytes.NewReader(text))
		if err != nil {
			return nil, err
		}
		return tableOf(s, Options{All: true})
	}
	if table, err := read(text); err != nil || table.Rows() != 300 {
		t.Fatalf("the file gives %v", err)
	}
	huge := bytes.Clone(text)
	binary.PutUvarint(huge[end:], 3_000_000_000)
	const want = "column X: a page has 3000000000 bytes, expected at most 268435456"
	if _, err := read(huge); err == nil || err.Error() != want {
		t.Errorf("it gives %v, expected %s", err, want)
	}
}

func TestHeadersOfParquetPagesAreChecked(t *testing.T) {
	v1 := func(values int32) thrift.Null[format.DataPageHeader] {
		return thrift.New(format.DataPageHeader{NumValues: values})
	}
	for _, c := range []struct {
		header format.PageHeader
		want   string
	}{
		{format.PageHeader{CompressedPageSize: 100, UncompressedPageSize: 1 << 20, DataPageHeader: v1(1 << 17)}, ""},
		{format.PageHeader{CompressedPageSize: -1}, "a page has a negative size"},
		{format.PageHeader{CompressedPageSize: 101}, "a page has 101 bytes in a column of which 100 are left"},
		{format.PageHeader{CompressedPageSize: 100, UncompressedPageSize: 1<<31 - 1}, "a page has 2147483647 bytes, expected at most"},
		{format.PageHeader{CompressedPageSize: 100, DataPageHeader: v1(1 << 30)}, "a page has 1073741824 values, expected at most"},
		{format.PageHeader{CompressedPageSize: 100, DataPageHeaderV2: thrift.New(format.DataPageHeaderV2{NumValues: 1 << 30})}, "a page has 1073741824 values"},
		{format.PageHeader{CompressedPageSize: 100, DictionaryPageHeader: thrift.New(format.DictionaryPageHeader{NumValues: 1 << 30})}, "a page has 1073741824 values"},
	} {
		err := checkPage(&c.header, bytes.NewReader(nil), 0, 100, format.Zstd)
		if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.HasPrefix(err.Error(), c.want)) {
			t.Errorf("%+v gives %v, expected %q", c.header, err, c.want)
		}
	}
}
