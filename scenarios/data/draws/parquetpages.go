package draws

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"github.com/parquet-go/parquet-go/encoding/thrift"
	"github.com/parquet-go/parquet-go/format"
)

// A page of a Parquet file says how large it is. The library makes room for as much as it says, before it has
// read any of it, so that some bytes could ask for all memory.

const (
	// maxPageBytes and maxPageValues bound a page; programs write about a megabyte.
	maxPageBytes  = 1 << 28
	maxPageValues = 1 << 26
)

// checkPages refuses a column of a Parquet file with a page that claims more than its file has, or than a page may
// have. What it cannot read it leaves to the library.
func checkPages(f io.ReaderAt, of format.FileMetaData, column int) error {
	for _, group := range of.RowGroups {
		if column < 0 || column >= len(group.Columns) {
			return nil
		}
		if err := checkChunk(f, &group.Columns[column].MetaData); err != nil {
			return err
		}
	}
	return nil
}

// checkChunk is checkPages for the pages of a group of rows.
func checkChunk(f io.ReaderAt, chunk *format.ColumnMetaData) error {
	first := chunk.DataPageOffset
	if chunk.DictionaryPageOffset != 0 {
		first = chunk.DictionaryPageOffset
	}
	size := chunk.TotalCompressedSize
	if first < 0 || size < 0 {
		return nil
	}
	pages, buffer := io.NewSectionReader(f, first, size), bufio.NewReader(nil)
	for at := int64(0); at < size; {
		if _, err := pages.Seek(at, io.SeekStart); err != nil {
			return nil
		}
		buffer.Reset(pages)
		var header format.PageHeader
		if err := thrift.NewDecoder(new(thrift.CompactProtocol).NewReader(buffer)).Decode(&header); err != nil {
			return nil
		}
		read, err := pages.Seek(0, io.SeekCurrent)
		if err != nil {
			return nil
		}
		at = read - int64(buffer.Buffered())
		if err := checkPage(&header, pages, at, size-at, chunk.Codec); err != nil {
			return err
		}
		at += int64(header.CompressedPageSize)
	}
	return nil
}

// checkPage checks a page of which a number of bytes are left in its file.
func checkPage(h *format.PageHeader, pages io.ReaderAt, at, left int64, codec format.CompressionCodec) error {
	values, levels := h.DataPageHeader.V.NumValues, int64(0)
	switch {
	case h.DataPageHeaderV2.Valid:
		v2 := &h.DataPageHeaderV2.V
		values, levels = v2.NumValues, int64(v2.RepetitionLevelsByteLength)+int64(v2.DefinitionLevelsByteLength)
	case h.DictionaryPageHeader.Valid:
		values = h.DictionaryPageHeader.V.NumValues
	}
	bytes := int64(h.UncompressedPageSize)
	if codec == format.Snappy {
		bytes = max(bytes, snappyLength(pages, at+levels))
	}
	switch {
	case h.CompressedPageSize < 0:
		return errors.New("a page has a negative size, expected the bytes of the page")
	case int64(h.CompressedPageSize) > left:
		return fmt.Errorf("a page has %d bytes in a column of which %d are left, expected no more", h.CompressedPageSize, left)
	case bytes > maxPageBytes:
		return fmt.Errorf("a page has %d bytes, expected at most %d", bytes, maxPageBytes)
	case values > maxPageValues:
		return fmt.Errorf("a page has %d values, expected at most %d", values, maxPageValues)
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
