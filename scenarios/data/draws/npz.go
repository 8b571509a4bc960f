package draws

import (
	"errors"
	"fmt"
	"slices"

	"undercurrent/scenarios"
	"undercurrent/scenarios/data/arrays"
)

// archiveSource is a NumPy archive with an array for each variable, as users of ArviZ, PyMC and
// NumPyro save them: of shape (chain, draw), (draw,), or either with further dimensions, whose
// elements are columns such as theta[3].
type archiveSource struct {
	h       head
	archive arrays.Archive
	arrays  []arrays.Header // that have the axes
	axes    []Axis          // the first dimensions of every array
	lengths []int           // along the axes
	columns []element       // by column
}

// element is where a column is in the archive.
type element struct {
	array int
	index []int // within the dimensions after the axes
}

// newArchiveSource reads the headers of an archive.
func newArchiveSource(f file) (*archiveSource, error) {
	a, err := arrays.OpenArchive(f)
	if err != nil {
		return nil, err
	}
	s := &archiveSource{archive: a}
	var all []arrays.Header
	for _, h := range a.Headers() {
		if h.Numeric && len(h.Shape) > 0 && !slices.Contains(h.Shape, 0) {
			all = append(all, h)
		}
	}
	if len(all) == 0 {
		return nil, errors.New("there is no array of numbers in the archive, expected one for each variable")
	}
	s.lengths, s.axes = leading(all)
	var left []string
	for _, h := range all {
		if s.has(h) {
			s.arrays = append(s.arrays, h)
		} else {
			left = append(left, fmt.Sprintf("%s of shape %s", h.Name, shapeText(h.Shape)))
		}
	}
	s.h = head{format: "NumPy archive", roles: noRoles(), isChain: len(s.axes) == 2}
	if err := s.flatten(); err != nil {
		return nil, err
	}
	if len(s.axes) == 2 || slices.ContainsFunc(s.arrays, func(h arrays.Header) bool { return len(h.Shape) > 1 }) {
		s.h.notes = append(s.h.notes, fmt.Sprintf("the arrays of shape %s… are taken for %s", shapeText(s.lengths), axesText(s.axes)))
	}
	if left != nil {
		s.h.notes = append(s.h.notes, "left out are "+escaped(left))
	}
	return s, nil
}

// leading are the lengths of the first dimensions that most arrays have, and their axes. Where as
// many arrays have the first two in common as have the first one, those are chain and draw, the
// longer one the draws; a single array of more rows than columns has a draw in each row.
func leading(all []arrays.Header) (lengths []int, axes []Axis) {
	ones, twos := map[int]int{}, map[[2]int]int{}
	for _, h := range all {
		ones[h.Shape[0]]++
		if len(h.Shape) > 1 {
			twos[[2]int{h.Shape[0], h.Shape[1]}]++
		}
	}
	one, two := all[0].Shape[0], [2]int{}
	for _, h := range all {
		if ones[h.Shape[0]] > ones[one] {
			one = h.Shape[0]
		}
		if len(h.Shape) > 1 {
			if pair := [2]int{h.Shape[0], h.Shape[1]}; twos[pair] > twos[two] {
				two = pair
			}
		}
	}
	single := len(all) == 1 && len(all[0].Shape) == 2 && two[0] > two[1]
	switch {
	case ones[one] > twos[two] || single:
		return []int{one}, []Axis{Draw}
	case two[0] > two[1]:
		return two[:], []Axis{Draw, Chain}
	}
	return two[:], []Axis{Chain, Draw}
}

// has reports whether an array begins with the axes.
func (s *archiveSource) has(h arrays.Header) bool {
	n := len(s.lengths)
	return len(h.Shape) >= n && slices.Equal(h.Shape[:n], s.lengths)
}

// flatten makes a column of every element of the arrays.
func (s *archiveSource) flatten() error {
	for k, h := range s.arrays {
		rest, count := h.Shape[len(s.axes):], 1
		for _, length := range rest {
			if count > maxColumns/length {
				return fmt.Errorf("the array %s has shape %s, expected at most %d variables", scenarios.Escaped(h.Name), shapeText(h.Shape), maxColumns)
			}
			count *= length
		}
		if count > maxColumns-len(s.columns) {
			return fmt.Errorf("the arrays have more than %d variables, expected fewer", maxColumns)
		}
		for i := range count {
			name, index := h.Name, unravelled(i, rest)
			if len(rest) > 0 {
				name += subscript(index)
			}
			s.columns = append(s.columns, element{k, index})
			s.h.columns, s.h.numeric = append(s.h.columns, name), append(s.h.numeric, true)
		}
	}
	return nil
}

// unravelled is the index of element i of a shape in row-major order.
func unravelled(i int, shape []int) []int {
	index := make([]int, len(shape))
	for k := range index {
		along := len(shape) - 1 - k
		index[along], i = i%shape[along], i/shape[along]
	}
	return index
}

// subscript is an index as ArviZ writes it, such as [3] or [0, 2].
func subscript(index []int) string { return arrays.IndexText(index...) }

func (s *archiveSource) head() *head { return &s.h }

// strided is a column of an array.
type strided struct {
	values                   []float64
	start, perChain, perDraw int
}

// read passes the draws of one chain after the other.
func (s *archiveSource) read(b *builder) error {
	columns, err := s.strided(b.inputs)
	if err != nil {
		return err
	}
	chains, draws := 1, s.lengths[slices.Index(s.axes, Draw)]
	if k := slices.Index(s.axes, Chain); k >= 0 {
		chains = s.lengths[k]
	}
	row := make([]float64, len(columns))
	b.reserve(chains * draws)
	for chain := range chains {
		b.beginChain(chain)
		for draw := range draws {
			for slot, c := range columns {
				row[slot] = c.values[c.start+chain*c.perChain+draw*c.perDraw]
			}
			if err := b.add(row); err != nil {
				return at(err, "%s", (&arraySource{axes: s.axes}).place(chain, draw))
			}
		}
	}
	return nil
}

// strided reads the arrays of columns, each once.
func (s *archiveSource) strided(inputs []int) ([]strided, error) {
	read := map[int]arrays.Array{}
	columns := make([]strided, len(inputs))
	for slot, column := range inputs {
		e := s.columns[column]
		a, known := read[e.array]
		if !known {
			var err error
			if a, err = s.archive.Read(s.arrays[e.array].Name); err != nil {
				return nil, err
			}
			read[e.array] = a
		}
		strides := a.Strides()
		c := strided{values: a.Values}
		for k, axis := range s.axes {
			if axis == Chain {
				c.perChain = strides[k]
			} else {
				c.perDraw = strides[k]
			}
		}
		for k, i := range e.index {
			c.start += i * strides[len(s.axes)+k]
		}
		columns[slot] = c
	}
	return columns, nil
}
