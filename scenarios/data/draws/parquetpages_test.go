package draws

import (
	"bytes"
	"encoding/binary"
	"math"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress"
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

// everyEncoding has a column in every encoding of numbers, with runs of equal ones and without, and with missing ones.
type everyEncoding struct {
	Plain      float64  `parquet:"plain"`
	Dictionary float64  `parquet:"dictionary,dict"`
	Split      float64  `parquet:"split,split"`
	Delta      int64    `parquet:"delta,delta"`
	Short      int32    `parquet:"short,delta"`
	Truth      bool     `parquet:"truth"`
	Missing    *float64 `parquet:"missing,optional,dict"`
	Often      int64    `parquet:"often,optional,delta"`
}

// What the library writes is read, however it is encoded and compressed.
func TestParquetPagesOfEveryKindAreRead(t *testing.T) {
	const n = 5000
	rows := make([]everyEncoding, n)
	for k := range rows {
		x, i := float64(k)/7, int64(k*k)
		rows[k] = everyEncoding{Plain: x, Dictionary: float64(k / 1000), Split: -x, Delta: i, Short: int32(k / 900), Truth: k%700 < 600}
		if k%3 > 0 && k < 4000 {
			rows[k].Missing = &rows[k].Dictionary
		}
		if k >= 2000 {
			rows[k].Often = i // 0 is a missing one
		}
	}
	for _, codec := range []compress.Codec{&parquet.Uncompressed, &parquet.Snappy, &parquet.Gzip, &parquet.Zstd, &parquet.Brotli, &parquet.Lz4Raw} {
		for version := 1; version <= 2; version++ {
			var b bytes.Buffer
			w := parquet.NewGenericWriter[everyEncoding](&b, parquet.Compression(codec), parquet.DataPageVersion(version), parquet.PageBufferSize(4096), parquet.MaxRowsPerRowGroup(n/2))
			if _, err := w.Write(rows); err != nil {
				t.Fatal(err)
			}
			if err := w.Close(); err != nil {
				t.Fatal(err)
			}
			s, err := newParquetSource(bytes.NewReader(b.Bytes()))
			if err != nil {
				t.Fatal(err)
			}
			table, err := tableOf(s, Options{All: true})
			if codec == &parquet.Lz4Raw {
				if want := "column plain: its pages are compressed by LZ4, which is not read rightly, expected Snappy"; err == nil || !strings.HasPrefix(err.Error(), want) {
					t.Errorf("LZ4 gives %v, expected %s", err, want)
				}
				continue
			}
			if err != nil || table.Rows() != n || len(table.Columns) != 8 {
				t.Fatalf("%s, version %d: %v", codec, version, err)
			}
			for k, r := range rows {
				missing, often := math.NaN(), math.NaN()
				if r.Missing != nil {
					missing = *r.Missing
				}
				if r.Often != 0 {
					often = float64(r.Often)
				}
				truth := 0.0
				if r.Truth {
					truth = 1
				}
				for c, want := range []float64{r.Plain, r.Dictionary, r.Split, float64(r.Delta), float64(r.Short), truth, missing, often} {
					if got := table.Columns[c][k]; got != want && !(math.IsNaN(got) && math.IsNaN(want)) {
						t.Fatalf("%s, version %d: row %d, column %d is %g, expected %g", codec, version, k, c, got, want)
					}
				}
			}
		}
	}
}

// Runs that are longer than a page are refused, in levels, indices, truth values and differences.
func TestParquetRunsAreAsLongAsTheirPage(t *testing.T) {
	run := func(count uint64) []byte { return append(binary.AppendUvarint(nil, count<<1), 1) }
	within := func(data []byte) []byte {
		return append(binary.LittleEndian.AppendUint32(nil, uint32(len(data))), data...)
	}
	delta := func(count uint64) []byte {
		return binary.AppendUvarint(binary.AppendUvarint(binary.AppendUvarint(nil, 128), 4), count)
	}
	for _, n := range []uint64{1000, 1000 + runSlack + 1, 1 << 31, 1 << 62} {
		for what, page := range map[string]struct {
			levels, values []byte
			encoding       format.Encoding
		}{
			"levels":         {run(n), nil, format.Plain},
			"runs of levels": {append(append(run(n-10), 0, 0), run(10)...), nil, format.Plain},
			"indices":        {nil, append([]byte{3}, run(n)...), format.RLEDictionary},
			"old indices":    {nil, append([]byte{8}, run(n)...), plainDictionary},
			"truth values":   {nil, within(run(n)), format.RLE},
			"differences":    {nil, delta(n), format.DeltaBinaryPacked},
			"packed levels":  {binary.AppendUvarint(nil, (n+7)/8<<1|1), nil, format.Plain},
		} {
			err := (&pageCheck{optional: true}).valuesAfter(page.levels, page.values, page.encoding, 1000)
			if (err == nil) != (n == 1000) {
				t.Errorf("%s: %d in a page of 1000 give %v", what, n, err)
			}
		}
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
		{format.PageHeader{CompressedPageSize: 1 << 28}, "a page has 268435456 bytes in a column of which 100 are left"},
		{format.PageHeader{CompressedPageSize: 100, UncompressedPageSize: 1<<31 - 1}, "a page has 2147483647 bytes, expected at most"},
		{format.PageHeader{CompressedPageSize: 100, DataPageHeader: v1(1 << 30)}, "a page has 1073741824 values, expected at most"},
		{format.PageHeader{CompressedPageSize: 100, DataPageHeaderV2: thrift.New(format.DataPageHeaderV2{NumValues: 1 << 30})}, "a page has 1073741824 values"},
		{format.PageHeader{CompressedPageSize: 100, DictionaryPageHeader: thrift.New(format.DictionaryPageHeader{NumValues: 1 << 30})}, "a page has 1073741824 values"},
	} {
		err := (&pageCheck{rows: 1 << 40}).sizes(&c.header, bytes.NewReader(nil), 0, 100, format.Zstd)
		if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.HasPrefix(err.Error(), c.want)) {
			t.Errorf("%+v gives %v, expected %q", c.header, err, c.want)
		}
	}
}
