package draws

import (
	"fmt"
	"slices"

	"undercurrent/scenarios/data/arrays"
)

// arraySource is a NumPy array of one to three dimensions.
type arraySource struct {
	h     head
	axes  []Axis
	array *arrays.NumPy
	shape []int
}

// newArraySource reads the header of a NumPy file; without axes the likeliest are assumed.
func newArraySource(f file, axes []Axis) (*arraySource, error) {
	a, err := arrays.NewNumPy(f)
	if err != nil {
		return nil, err
	}
	s := &arraySource{axes: axes, array: a, shape: a.Shape}
	switch n := len(a.Shape); {
	case n < 1 || n > 3 || slices.Contains(a.Shape, 0):
		return nil, fmt.Errorf("the array has shape %v, expected draws along one to three dimensions", a.Shape)
	case axes != nil && len(axes) != n:
		return nil, fmt.Errorf("the array has shape %s, expected %s for the axes %s", shapeText(a.Shape), counted(len(axes), "dimension"), axesText(axes))
	}
	if err := s.assume(); err != nil {
		return nil, err
	}
	width := max(s.length(Variable), 1)
	if width > maxColumns {
		return nil, fmt.Errorf("the array has shape %s with axes %s, expected at most %d variables", shapeText(s.shape), axesText(s.axes), maxColumns)
	}
	s.h = head{format: "NumPy array", columns: make([]string, width), numeric: make([]bool, width), roles: noRoles(), isChain: s.length(Chain) > 0, notes: s.h.notes}
	for k := range s.h.numeric {
		s.h.numeric[k] = true
	}
	return s, nil
}

// assume sets the axes that were not named.
func (s *arraySource) assume() error {
	if s.axes != nil {
		return nil
	}
	switch len(s.shape) {
	case 1:
		s.axes = []Axis{Draw}
	case 2:
		if rows, columns := s.shape[0], s.shape[1]; rows == 2 && columns > 2 {
			return fmt.Errorf("the array has shape 2×%d, expected %d×2: transposed?", columns, columns)
		}
		s.axes = []Axis{Draw, Variable}
	case 3:
		s.axes = guessAxes(s.shape)
		s.h.notes = []string{fmt.Sprintf("the axes of the array of shape %s are taken for %s", shapeText(s.shape), axesText(s.axes))}
	}
	return nil
}

// length is the length along an axis, 0 if there is none.
func (s *arraySource) length(a Axis) int {
	if k := slices.Index(s.axes, a); k >= 0 {
		return s.shape[k]
	}
	return 0
}

func (s *arraySource) head() *head { return &s.h }

// read passes the draws of one chain after the other.
func (s *arraySource) read(b *builder) error {
	a, err := s.array.All()
	if err != nil {
		return err
	}
	strides := a.Strides()
	stride := func(axis Axis) int {
		if k := slices.Index(s.axes, axis); k >= 0 {
			return strides[k]
		}
		return 0
	}
	alongChain, alongDraw, alongVariable := stride(Chain), stride(Draw), stride(Variable)
	row := make([]float64, len(b.inputs))
	b.reserve(max(s.length(Chain), 1) * s.length(Draw))
	for chain := range max(s.length(Chain), 1) {
		b.beginChain(chain)
		for draw := range s.length(Draw) {
			for slot, column := range b.inputs {
				row[slot] = a.Values[chain*alongChain+draw*alongDraw+column*alongVariable]
			}
			if err := b.add(row); err != nil {
				return at(err, "%s", s.place(chain, draw))
			}
		}
	}
	return nil
}

// place is the index of a draw.
func (s *arraySource) place(chain, draw int) string {
	text := ""
	for k, a := range s.axes {
		index, ok := map[Axis]int{Chain: chain, Draw: draw}[a]
		if k > 0 {
			text += ", "
		}
		if ok {
			text += fmt.Sprint(index)
		} else {
			text += ":"
		}
	}
	return "[" + text + "]"
}
