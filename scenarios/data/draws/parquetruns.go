package draws

import (
	"encoding/binary"
	"fmt"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/format"
)

// runSlack is by how many values the runs of a page may exceed its values: the last one is filled up, and old writers fill up
// more.
const runSlack = 512

// plainDictionary is what older files call RLEDictionary.
const plainDictionary format.Encoding = 2

// runs checks the runs of equal values in a page whose sizes have been checked.
func (c *pageCheck) runs(h *format.PageHeader, page []byte, codec format.CompressionCodec) error {
	switch {
	case h.DataPageHeaderV2.Valid:
		v2 := &h.DataPageHeaderV2.V
		repetitions, definitions := int(v2.RepetitionLevelsByteLength), int(v2.DefinitionLevelsByteLength)
		if repetitions < 0 || definitions < 0 || repetitions+definitions > len(page) {
			return nil
		}
		if v2.IsCompressed.Valid && !v2.IsCompressed.V {
			codec = format.Uncompressed
		}
		levels := page[repetitions : repetitions+definitions]
		return c.valuesAfter(levels, unpacked(page[repetitions+definitions:], codec), v2.Encoding, int(v2.NumValues))
	case h.DataPageHeader.Valid:
		values, levels := unpacked(page, codec), []byte(nil)
		if c.optional {
			levels, values = prefixed(values)
		}
		return c.valuesAfter(levels, values, h.DataPageHeader.V.Encoding, int(h.DataPageHeader.V.NumValues))
	}
	return nil
}

// valuesAfter checks the levels of a page, which say what is missing, and its values.
func (c *pageCheck) valuesAfter(levels, values []byte, encoding format.Encoding, n int) error {
	longest := 0
	if c.optional {
		longest = runLength(levels, 1, n)
	}
	switch encoding {
	case plainDictionary, format.RLEDictionary:
		if len(values) > 0 {
			longest = max(longest, runLength(values[1:], int(values[0]), n))
		}
	case format.RLE:
		runs, _ := prefixed(values)
		longest = max(longest, runLength(runs, 1, n))
	case format.DeltaBinaryPacked:
		longest = max(longest, deltaLength(values))
	}
	if longest > n+runSlack {
		return fmt.Errorf("the runs of a page have more values than the %d of the page, expected as many", n)
	}
	return nil
}

// unpacked is a page that has been compressed, nil if it cannot be unpacked.
func unpacked(page []byte, codec format.CompressionCodec) []byte {
	if codec == format.Uncompressed {
		return page
	}
	data, err := parquet.LookupCompressionCodec(codec).Decode(nil, page)
	if err != nil {
		return nil
	}
	return data
}

// prefixed are as many bytes as the four before them say, and the rest.
func prefixed(data []byte) (part, rest []byte) {
	const prefix = 4
	if len(data) < prefix {
		return nil, nil
	}
	n := uint64(binary.LittleEndian.Uint32(data))
	if data = data[prefix:]; n > uint64(len(data)) {
		return nil, nil
	}
	return data[:n], data[n:]
}

// runLength is the number of values of a width in bits, in runs of equal ones and packed ones in turn, counted until there are
// too many more than expected.
func runLength(data []byte, width, expected int) (values int) {
	for len(data) > 0 && values <= expected+runSlack {
		head, size := binary.Uvarint(data)
		if size <= 0 {
			return values
		}
		data = data[size:]
		count, bytes := head>>1, uint64(width+7)/8
		switch {
		case count == 0: // without a value
			continue
		case count > maxPageValues:
			return maxPageValues
		}
		if packed := head&1 == 1; packed {
			bytes, count = count*uint64(width), 8*count
		}
		values += int(count)
		data = data[min(bytes, uint64(len(data))):]
	}
	return values
}

// deltaLength is the number of values that differences say they are: the third number, behind the sizes of blocks.
func deltaLength(data []byte) int {
	var n uint64
	for range 3 {
		v, size := binary.Uvarint(data)
		if size <= 0 {
			return 0
		}
		n, data = v, data[size:]
	}
	return int(min(n, maxPageValues))
}
