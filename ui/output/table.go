package output

import (
	"fmt"
	"io"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/sbinet/npyio"
	"github.com/sbinet/npyio/npz"
	"gonum.org/v1/gonum/mat"
)

// Column is a column of a table with its name.
type Column struct {
	Name   string
	Values []float64
}

// Table is columns of equal length. Where Rows is positive they list the nodes of a grid row by row.
type Table struct {
	Columns []Column
	Rows    int
}

// Add appends a column.
func (t *Table) Add(name string, values []float64) {
	t.Columns = append(t.Columns, Column{name, values})
}

// TableEndings are those of the files that a table can be written to.
func TableEndings() []string { return []string{".csv", ".npy", ".npz"} }

// Writer writes the table in the format of a file's name: CSV with a header; one NumPy array with a column for each
// column; or a NumPy archive with an array for each, which on a grid is Rows × columns of it. The
// error says what was expected.
func (t Table) Writer(name string) (func(io.Writer) error, error) {
	switch strings.ToLower(filepath.Ext(name)) {
	case ".csv":
		return t.writeCSV, nil
	case ".npy":
		return t.writeNPY, nil
	case ".npz":
		return t.writeNPZ, nil
	}
	return nil, fmt.Errorf("%s does not end in %s, expected one of them", name, strings.Join(TableEndings(), ", "))
}

// length is the number of rows.
func (t Table) length() int {
	if len(t.Columns) == 0 {
		return 0
	}
	return len(t.Columns[0].Values)
}

// writeCSV writes a header and a line for each row, with as many digits as give the same bits.
func (t Table) writeCSV(w io.Writer) error {
	var line []byte
	for k, c := range t.Columns {
		if k > 0 {
			line = append(line, ',')
		}
		line = append(line, field(c.Name)...)
	}
	for i := range t.length() {
		if _, err := w.Write(append(line, '\n')); err != nil {
			return err
		}
		line = line[:0]
		for k, c := range t.Columns {
			if k > 0 {
				line = append(line, ',')
			}
			line = strconv.AppendFloat(line, c.Values[i], 'g', -1, 64)
		}
	}
	_, err := w.Write(append(line, '\n'))
	return err
}

// field is a text as a field of CSV (RFC 4180).
func field(s string) string {
	if strings.ContainsAny(s, ",\"\r\n") {
		return `"` + strings.ReplaceAll(s, `"`, `""`) + `"`
	}
	return s
}

// writeNPY writes one array of length × columns.
func (t Table) writeNPY(w io.Writer) error {
	m := mat.NewDense(t.length(), len(t.Columns), nil)
	for k, c := range t.Columns {
		m.SetCol(k, c.Values)
	}
	return npyio.Write(w, m)
}

// writeNPZ writes an array for each column.
func (t Table) writeNPZ(w io.Writer) error {
	archive := npz.NewWriter(w)
	for _, c := range t.Columns {
		var array any = c.Values
		if t.Rows > 0 {
			array = mat.NewDense(t.Rows, len(c.Values)/t.Rows, c.Values)
		}
		// The names of an archive are those of files.
		if err := archive.Write(Name(c.Name), array); err != nil {
			return err
		}
	}
	return archive.Close()
}
