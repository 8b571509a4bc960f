package draws

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"undercurrent/scenarios/data/arrays"
)

// newSource recognises the format of a file by its first bytes.
func newSource(path string, f file, o Options) (source, error) {
	begin := make([]byte, 512)
	n, err := io.ReadFull(f, begin)
	switch {
	case errors.Is(err, io.EOF):
		return nil, errors.New("the file is empty, expected draws")
	case err != nil && !errors.Is(err, io.ErrUnexpectedEOF):
		return nil, fmt.Errorf("%w, expected a readable file", arrays.Plain(err))
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return nil, fmt.Errorf("%w, expected a file, not a pipe", arrays.Plain(err))
	}
	isArray := bytes.HasPrefix(begin, []byte("\x93NUMPY"))
	if len(o.Axes) > 0 && !isArray {
		return nil, errors.New("the file is no NumPy array (.npy), expected one where axes are named")
	}
	switch begin = begin[:n]; {
	case isArray:
		return newArraySource(f, o.Axes)
	case bytes.HasPrefix(begin, []byte("PK\x03\x04")), bytes.HasPrefix(begin, []byte("PK\x05\x06")):
		return newArchiveSource(f)
	case bytes.HasPrefix(begin, []byte("PAR1")):
		return newParquetSource(f)
	case bytes.HasPrefix(begin, []byte("\x89HDF")), bytes.HasPrefix(begin, []byte("CDF")):
		return nil, errors.New("the file is HDF5 or NetCDF, expected text, NumPy (.npy, .npz) or Parquet")
	case bytes.IndexByte(begin, 0) >= 0 || bytes.HasPrefix(begin, []byte("\x1f\x8b")):
		return nil, fmt.Errorf("the file begins with %s, expected text in UTF-8, NumPy (.npy, .npz) or Parquet", arrays.Quoted(begin[:min(n, 8)]))
	case bytes.HasPrefix(bytes.TrimLeft(bytes.TrimPrefix(begin, []byte("\ufeff")), " \t\r\n"), []byte("{")):
		return newJSONSource(f)
	}
	return newTextSource(path, f)
}
