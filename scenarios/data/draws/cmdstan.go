package draws

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// stanComments are the settings in the comments of a file of CmdStan, such as "num_warmup = 1000
// (Default)"; see "Stan CSV File Format" in the CmdStan User's Guide.
type stanComments struct {
	version            bool
	method             string
	savesWarmUp        bool
	numWarmUp, thin    int
	adaptationFinished bool
}

// read reads a comment, without its sign.
func (c *stanComments) read(comment string) {
	key, value, ok := strings.Cut(comment, "=")
	if !ok {
		return
	}
	value, _, _ = strings.Cut(strings.TrimSpace(value), " ")
	n, _ := strconv.Atoi(value)
	switch strings.TrimSpace(key) {
	case "stan_version_major":
		c.version = true
	case "method":
		c.method = value
	case "save_warmup":
		c.savesWarmUp = value == "1" || value == "true"
	case "num_warmup":
		c.numWarmUp = n
	case "thin":
		c.thin = n
	}
}

// isStan reports whether the comments, or the names of columns, are those of CmdStan.
func (c *stanComments) isStan(columns []string) bool {
	return c.version || slices.Contains(columns, "lp__") && slices.ContainsFunc(columns, func(name string) bool {
		return name == "accept_stat__" || name == "divergent__" || name == "log_p__"
	})
}

// saved is the number of rows of the warm-up: every thin-th iteration.
func (c *stanComments) saved() int {
	if !c.savesWarmUp || c.numWarmUp < 1 {
		return 0
	}
	thin := max(c.thin, 1)
	return (c.numWarmUp + thin - 1) / thin
}

// warmUp leaves the warm-up rows of a file of CmdStan out: those before the comment "Adaptation
// terminated", or, where there is none, as many as the settings say.
type warmUp struct {
	b       *builder
	stan    *stanComments // nil for other files
	from    int           // rows of the table before the file
	rows    int           // of the file
	skipped int
	toSkip  int
}

func newWarmUp(stan *stanComments, b *builder) *warmUp {
	w := &warmUp{b: b, stan: stan, from: b.table.Rows()}
	if stan != nil {
		w.toSkip = stan.saved()
		if stan.method == "variational" {
			w.toSkip = 1 // the mean of the approximation
		}
	}
	return w
}

// skips counts a row and reports whether it is left out.
func (w *warmUp) skips() bool {
	if w.rows++; w.skipped < w.toSkip {
		w.skipped++
		return true
	}
	return false
}

// comment reads a comment between rows.
func (w *warmUp) comment(line []byte) {
	if w.stan == nil || w.rows == 0 || w.stan.adaptationFinished || !bytes.Contains(line, []byte("Adaptation terminated")) {
		return
	}
	w.stan.adaptationFinished = true
	w.b.truncate(w.from)
	w.skipped, w.toSkip = w.rows, 0
}

// end ends the file.
func (w *warmUp) end() error {
	if w.skipped > 0 && w.skipped == w.rows {
		return fmt.Errorf("all %s are warm-up, expected draws after them", counted(w.rows, "row"))
	}
	if w.stan != nil && w.stan.method == "variational" {
		w.b.means += w.skipped
		return nil
	}
	w.b.warmUp += w.skipped
	return nil
}

// truncate drops the rows of the table from a number on.
func (b *builder) truncate(rows int) {
	t := &b.table
	for _, column := range b.all {
		*column = (*column)[:min(rows, len(*column))]
	}
	t.Chain, t.Divergent = t.Chain[:min(rows, len(t.Chain))], t.Divergent[:min(rows, len(t.Divergent))]
}
