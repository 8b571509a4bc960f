package draws

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/encoding/thrift"
	"github.com/parquet-go/parquet-go/format"

	"undercurrent/scenarios/data/arrays"
)

// A page of a Parquet file says how large it is, and runs of equal values in it how long they are. The library makes room for
// as much as they say, before it has read any of it, so that some bytes could ask for all memory.

const (
	// maxPageBytes and maxPageValues bound a page; programs write about a megabyte.
	maxPageBytes  = 1 << 28
	maxPageValues = 1 << 26
)

// pageCheck checks the pages of a column before the library reads them. What it cannot read it leaves to the library.
type pageCheck struct {
	bytes    io.ReaderAt
	optional bool // whether a value may be missing
	rows     int64
	values   int64 // of the pages so far
}

// checkPages refuses a column of a Parquet file with a page that claims more than its file has, or than a page may
// have, or with more values than rows.
func checkPages(f io.ReaderAt, of *format.FileMetaData, column *parquet.Column) error {
	c := &pageCheck{bytes: f, optional: column.MaxDefinitionLevel() > 0, rows: of.NumRows}
	for _, group := range of.RowGroups {
		if k := column.Index(); k >= 0 && k < len(group.Columns) {
			if err := c.chunk(&group.Columns[k].MetaData); err != nil {
				return err
			}
		}
	}
	return nil
}

// chunk checks the pages of a group of rows.
func (c *pageCheck) chunk(chunk *format.ColumnMetaData) error {
	first := chunk.DataPageOffset
	if chunk.DictionaryPageOffset != 0 {
		first = chunk.DictionaryPageOffset
	}
	if chunk.Codec == format.Lz4Raw {
		// https://github.com/parquet-go/parquet-go/issues/608, in v0.32.0: a page that is compressed to more than a third
		// of its size has other numbers.
		return errors.New("its pages are compressed by LZ4, which is not read rightly, expected Snappy, Zstandard, gzip, Brotli or none")
	}
	size := chunk.TotalCompressedSize
	if first < 0 || size < 0 {
		return fmt.Errorf("its pages begin at %d and have %d bytes, expected a place in the file", first, size)
	}
	pages := io.NewSectionReader(c.bytes, first, size)
	for at := int64(0); at < size; {
		header, n, err := readHeader(pages, at, size-at)
		if err != nil {
			return err
		}
		at += n
		if err := c.sizes(header, pages, at, size-at, chunk.Codec); err != nil {
			return err
		}
		page := make([]byte, header.CompressedPageSize)
		if _, err := pages.ReadAt(page, at); err != nil {
			return nil
		}
		if err := c.runs(header, page, chunk.Codec); err != nil {
			return err
		}
		at += int64(header.CompressedPageSize)
	}
	return nil
}

// headerBytes are read at first of a header, and maxHeaderBytes at most.
const (
	headerBytes    = 1 << 10
	maxHeaderBytes = 1 << 20
)

// readHeader reads the header of a page, and returns the number of its bytes.
func readHeader(pages io.ReaderAt, at, left int64) (h *format.PageHeader, size int64, err error) {
	broken := errors.New("the header of a page is not whole, expected a complete Parquet file")
	for room := int64(headerBytes); ; room = maxHeaderBytes {
		text := make([]byte, min(room, left))
		if _, err := pages.ReadAt(text, at); err != nil && !errors.Is(err, io.EOF) {
			return nil, 0, fmt.Errorf("%w, expected a readable file", arrays.Plain(err))
		}
		n, ok := structSize(text)
		switch {
		case !ok && room < min(maxHeaderBytes, left):
			continue
		case !ok:
			return nil, 0, broken
		}
		h = &format.PageHeader{}
		if err := thrift.NewDecoder(new(thrift.CompactProtocol).NewReader(bytes.NewReader(text[:n]))).Decode(h); err != nil {
			return nil, 0, notParquet(err)
		}
		return h, int64(n), nil
	}
}

// sizes checks what the header of a page says, of which a number of bytes are left in its file.
func (c *pageCheck) sizes(h *format.PageHeader, pages io.ReaderAt, at, left int64, codec format.CompressionCodec) error {
	values, levels := h.DataPageHeader.V.NumValues, int64(0)
	switch {
	case h.DataPageHeaderV2.Valid:
		v2 := &h.DataPageHeaderV2.V
		values, levels = v2.NumValues, int64(v2.RepetitionLevelsByteLength)+int64(v2.DefinitionLevelsByteLength)
	case h.DictionaryPageHeader.Valid:
		values = h.DictionaryPageHeader.V.NumValues
	}
	if !h.DictionaryPageHeader.Valid {
		c.values += int64(values)
	}
	size := int64(max(h.CompressedPageSize, h.UncompressedPageSize))
	if codec == format.Snappy {
		size = max(size, snappyLength(pages, at+levels))
	}
	switch {
	case h.CompressedPageSize < 0:
		return errors.New("a page has a negative size, expected the bytes of the page")
	case int64(h.CompressedPageSize) > left:
		return fmt.Errorf("a page has %d bytes in a column of which %d are left, expected no more", h.CompressedPageSize, left)
	case size > maxPageBytes:
		return fmt.Errorf("a page has %d bytes, expected at most %d", size, maxPageBytes)
	case values < 0 || values > maxPageValues:
		return fmt.Errorf("a page has %d values, expected at most %d", values, maxPageValues)
	case c.values > c.rows:
		return fmt.Errorf("its pages have %d values, expected one in each of %d rows", c.values, c.rows)
	}
	return nil
}

// snappyLength is what compressed data at a position say of their length, 0 if that cannot be read.
func snappyLength(f io.ReaderAt, at int64) int64 {
	var begin [binary.MaxVarintLen64]byte
	n, _ := f.ReadAt(begin[:], max(at, 0))
	if length, ok := binary.Uvarint(begin[:n]); ok > 0 && length <= 1<<62 {
		return int64(length)
	}
	return 0
}
