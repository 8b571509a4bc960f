package draws

import (
	"errors"
	"fmt"
	"io"
	"math"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/format"

	"undercurrent/scenarios"
	"undercurrent/scenarios/data/arrays"
)

// parquetSource is a Parquet file with a column for each variable.
type parquetSource struct {
	h       head
	bytes   io.ReaderAt
	file    *parquet.File
	columns []*parquet.Column
}

// newParquetSource reads the footer of a Parquet file.
func newParquetSource(f file) (s *parquetSource, err error) {
	defer guard(&err)
	size, err := f.Seek(0, io.SeekEnd)
	if err != nil {
		return nil, fmt.Errorf("%w, expected a Parquet file", arrays.Plain(err))
	}
	if err := checkFooter(f, size); err != nil {
		return nil, err
	}
	p, err := parquet.OpenFile(f, size, parquet.SkipPageIndex(true), parquet.SkipBloomFilters(true))
	if err != nil {
		return nil, notParquet(err)
	}
	if rows := p.NumRows(); rows > rowsPerByte*size+minRows {
		return nil, fmt.Errorf("the file has %d bytes and says that it has %d rows, expected fewer", size, rows)
	}
	s = &parquetSource{bytes: f, file: p, columns: p.Root().Columns()}
	s.h = head{format: "Parquet", roles: noRoles()}
	for _, c := range s.columns {
		s.h.columns, s.h.numeric = append(s.h.columns, c.Name()), append(s.h.numeric, isNumeric(c))
	}
	return s, nil
}

// rowsPerByte and minRows bound the rows by the bytes of a file: columns that do not vary take almost none, but draws have one that
// does.
const (
	rowsPerByte = 64
	minRows     = 1 << 16
)

// checkFooter refuses a file without the end of a Parquet file, and a footer that is longer than
// the file or says that it has more than it has, for which the library would allocate memory.
func checkFooter(f file, size int64) error {
	const tail = 8 // the length of the footer and PAR1
	end := make([]byte, tail)
	if _, err := f.ReadAt(end, max(size-tail, 0)); err != nil || string(end[4:]) != "PAR1" {
		return errors.New("the end of a Parquet file is missing, expected a complete file")
	}
	footer := int64(end[0]) | int64(end[1])<<8 | int64(end[2])<<16 | int64(end[3])<<24
	if footer > size-tail {
		return fmt.Errorf("the footer has %d bytes in a file of %d, expected a Parquet file", footer, size)
	}
	text := make([]byte, footer)
	if _, err := f.ReadAt(text, size-tail-footer); err != nil {
		return fmt.Errorf("%w, expected a Parquet file", arrays.Plain(err))
	}
	if _, whole := structSize(text); !whole {
		return errors.New("the footer is not whole, expected a complete Parquet file")
	}
	return nil
}

// guard makes a panic an error: the library must not end the program on a broken file.
func guard(err *error) {
	if failure := recover(); failure != nil {
		*err = notParquet(fmt.Errorf("%v", failure))
	}
}

func notParquet(err error) error {
	return fmt.Errorf("%s, expected a complete Parquet file", scenarios.Shortened(scenarios.Escaped(err.Error()), 120))
}

// isNumeric reports whether a column has one number or truth value in each row.
func isNumeric(c *parquet.Column) bool {
	if !c.Leaf() || c.Repeated() {
		return false
	}
	// A date or a decimal is stored as an integer, and is none.
	if t := c.Type().LogicalType(); t != nil && t.Value != nil {
		if _, integer := t.Value.(*format.IntType); !integer {
			return false
		}
	}
	switch c.Type().Kind() {
	case parquet.Boolean, parquet.Int32, parquet.Int64, parquet.Float, parquet.Double:
		return true
	}
	return false
}

func (s *parquetSource) head() *head { return &s.h }

// read passes the rows to the builder. Columns are read side by side, a page of each at a time.
func (s *parquetSource) read(b *builder) (err error) {
	defer guard(&err)
	readers := make([]*parquetColumn, len(b.inputs))
	for slot, k := range b.inputs {
		if !s.h.numeric[k] {
			return fmt.Errorf("column %s has type %s, expected numbers", b.inputName(slot), scenarios.Escaped(fmt.Sprint(s.columns[k].Type())))
		}
		if err := checkPages(s.bytes, s.file.Metadata(), s.columns[k]); err != nil {
			return fmt.Errorf("column %s: %w", b.inputName(slot), err)
		}
		readers[slot] = newParquetColumn(s.columns[k])
		defer readers[slot].close()
	}
	row := make([]float64, len(readers))
	for n := 1; ; n++ {
		ended := 0
		for slot, r := range readers {
			v, err := r.next()
			switch {
			case errors.Is(err, io.EOF):
				ended++
			case err != nil:
				return at(fmt.Errorf("column %s: %w", b.inputName(slot), notParquet(err)), "row %d", n)
			}
			row[slot] = v
		}
		if ended > 0 {
			return s.end(n-1, ended == len(readers))
		}
		if err := b.add(row); err != nil {
			return at(err, "row %d", n)
		}
	}
}

// end is the error of columns that end after a number of rows, all of them or not.
func (s *parquetSource) end(rows int, all bool) error {
	if want := s.file.NumRows(); int64(rows) != want || !all {
		return fmt.Errorf("a column ends after %d of %d rows, expected a complete Parquet file", rows, want)
	}
	return nil
}

// parquetColumn reads the values of a column.
type parquetColumn struct {
	pages  parquet.Pages
	page   parquet.Page
	values parquet.ValueReader
	buffer []parquet.Value
	unread []parquet.Value
	end    error // of the page, after the unread values
}

func newParquetColumn(c *parquet.Column) *parquetColumn {
	return &parquetColumn{pages: c.Pages(), buffer: make([]parquet.Value, 1024), end: io.EOF}
}

// next is the next value, NaN for null. The error is io.EOF after the last one.
func (c *parquetColumn) next() (float64, error) {
	for len(c.unread) == 0 {
		if c.end != nil {
			if !errors.Is(c.end, io.EOF) {
				return 0, c.end
			}
			if err := c.turn(); err != nil {
				return 0, err
			}
		}
		var n int
		n, c.end = c.values.ReadValues(c.buffer)
		if n == 0 && c.end == nil {
			c.end = io.ErrNoProgress
		}
		c.unread = c.buffer[:n]
	}
	v := c.unread[0]
	c.unread = c.unread[1:]
	return parquetNumber(v), nil
}

// turn turns to the next page.
func (c *parquetColumn) turn() (err error) {
	parquet.Release(c.page)
	if c.page, err = c.pages.ReadPage(); err != nil {
		c.page = nil
		return err
	}
	c.values, c.end = c.page.Values(), nil
	return nil
}

func (c *parquetColumn) close() {
	parquet.Release(c.page)
	_ = c.pages.Close() // nothing was written
}

// parquetNumber is a value as a number, NaN for null.
func parquetNumber(v parquet.Value) float64 {
	if v.IsNull() {
		return math.NaN()
	}
	switch v.Kind() {
	case parquet.Boolean:
		if v.Boolean() {
			return 1
		}
		return 0
	case parquet.Int32:
		return float64(v.Int32())
	case parquet.Int64:
		return float64(v.Int64())
	case parquet.Float:
		return float64(v.Float())
	}
	return v.Double()
}
