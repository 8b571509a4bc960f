// Package draws reads the files that samplers and table programs write: CmdStan's CSV, tables
// with a header or without (CSV, TSV, blanks, decimal commas), chains of GetDist and CosmoMC,
// NumPy arrays and archives, JSON lines and Parquet. A format is recognised by the content of
// the file. Read returns one Table, whose Notes say in sentences what was taken for what.
//
// An error is one sentence with the file, the place in it and what was expected. Lines, rows
// and columns count from 1, indices of NumPy arrays from 0.
package draws
