package divergences

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"math"
	"sort"
	"strconv"
	"strings"

	"undercurrent/internal/portable"
)

// TableID is the id of the family of a weight that is given by a table.
const TableID = "table"

// MaxWeightNodes is the largest number of nodes of a table.
const MaxWeightNodes = 1000

// WeightNode is the value of a weight w(r) at ln r.
type WeightNode struct{ LogR, Weight float64 }

// NewTabulated returns the divergence whose weight has the given values at the nodes, which have
// increasing ln r within ±ClipLogR. Between them ln w is the monotone cubic in ln r of Fritsch and
// Butland (1984, A method for constructing local monotone piecewise cubic interpolants); beyond the
// first and the last node w is constant. The error names the invalid node, counted from 1.
func NewTabulated(nodes []WeightNode) (*Custom, error) {
	if err := checkNodes(nodes); err != nil {
		return nil, err
	}
	nodes = append([]WeightNode(nil), nodes...)
	at := Interpolation(nodes)
	c, err := NewCustom(fmt.Sprintf("table of %s", counted(len(nodes), "value")), func(r float64) float64 { return at(math.Log(r)) })
	if err != nil {
		return nil, err
	}
	c.nodes = nodes
	return c, nil
}

// TableFamily returns the family of one tabulated weight.
func TableFamily(nodes []WeightNode) (Family, error) {
	c, err := NewTabulated(nodes)
	if err != nil {
		return Family{}, err
	}
	f := single(c)
	f.Table = nodesText(nodes)
	return f, nil
}

// Interpolation returns w at ln r between nodes, of which there is at least one; see NewTabulated. The
// nodes must not change.
func Interpolation(nodes []WeightNode) (weight func(logR float64) float64) {
	return newMonotone(nodes).at
}

// Nodes returns a copy of the nodes of a tabulated weight, nil for a formula.
func (c *Custom) Nodes() []WeightNode { return append([]WeightNode(nil), c.nodes...) }

// checkNodes returns an error for nodes that are no table.
func checkNodes(nodes []WeightNode) error {
	if n := len(nodes); n == 0 || n > MaxWeightNodes {
		return fmt.Errorf("the table has %s, expected 1 to %d", counted(n, "value"), MaxWeightNodes)
	}
	for k := range nodes {
		if err := checkNode(nodes[:k+1]); err != nil {
			return fmt.Errorf("value %d: %w", k+1, err)
		}
	}
	return nil
}

// checkNode returns an error if the last node is invalid after those before it.
func checkNode(nodes []WeightNode) error {
	k := len(nodes) - 1
	switch n := nodes[k]; {
	case !(math.Abs(n.LogR) <= ClipLogR):
		return fmt.Errorf("log r is %g, expected %.4g to %.4g", n.LogR, -ClipLogR, ClipLogR)
	case k > 0 && !(n.LogR > nodes[k-1].LogR):
		return fmt.Errorf("log r is %g after %g, expected increasing values", n.LogR, nodes[k-1].LogR)
	case !(n.Weight >= minCustomWeight && n.Weight <= maxCustomWeight):
		return fmt.Errorf("the weight is %g, expected a number from %g to %g", n.Weight, minCustomWeight, maxCustomWeight)
	}
	return nil
}

// monotone interpolates ln w in ln r.
type monotone struct {
	nodes         []WeightNode
	values, slope []float64
}

func newMonotone(nodes []WeightNode) monotone {
	m := monotone{nodes: nodes, values: make([]float64, len(nodes)), slope: make([]float64, len(nodes))}
	for k, n := range nodes {
		m.values[k] = math.Log(n.Weight)
	}
	// The slopes at the ends are 0, as beyond them.
	for k := 1; k < len(nodes)-1; k++ {
		before, after := nodes[k].LogR-nodes[k-1].LogR, nodes[k+1].LogR-nodes[k].LogR
		left, right := (m.values[k]-m.values[k-1])/before, (m.values[k+1]-m.values[k])/after
		if left*right > 0 {
			a, b := before+2*after, 2*before+after
			m.slope[k] = (a + b) / (b/left + a/right)
		}
	}
	return m
}

// at is w at ln r.
func (m monotone) at(logR float64) float64 {
	last := len(m.nodes) - 1
	k := sort.Search(len(m.nodes), func(k int) bool { return m.nodes[k].LogR > logR })
	switch k {
	case 0:
		return m.nodes[0].Weight
	case last + 1:
		return m.nodes[last].Weight
	}
	length := m.nodes[k].LogR - m.nodes[k-1].LogR
	u, rise := (logR-m.nodes[k-1].LogR)/length, m.values[k]-m.values[k-1]
	left, right := m.slope[k-1]*length-rise, rise-m.slope[k]*length
	return portable.Exp(m.values[k-1] + u*rise + u*(1-u)*((1-u)*left+u*right))
}

// nodesText is ln r and w of every node in turn, separated by colons, as parseNodes reads them.
func nodesText(nodes []WeightNode) string {
	var words []string
	for _, n := range nodes {
		words = append(words, shortest(n.LogR), shortest(n.Weight))
	}
	return strings.Join(words, ":")
}

func shortest(v float64) string { return strconv.FormatFloat(v, 'g', -1, 64) }

// parseNodes reads ln r and w of every node in turn, separated by colons.
func parseNodes(text string) (nodes []WeightNode, err error) {
	words := strings.Split(text, ":")
	if len(words)%2 != 0 {
		return nil, fmt.Errorf("%s has %s, expected pairs log r:w such as %s:-2:0.5:2:1", TableID, counted(len(words), "number"), TableID)
	}
	if len(words)/2 > MaxWeightNodes {
		return nil, fmt.Errorf("the table has %s, expected 1 to %d", counted(len(words)/2, "value"), MaxWeightNodes)
	}
	for k := 0; k < len(words); k += 2 {
		node, err := parseNode(words[k], words[k+1])
		if err != nil {
			return nil, fmt.Errorf("value %d of %s: %w", k/2+1, TableID, err)
		}
		nodes = append(nodes, node)
	}
	return nodes, nil
}

// parseNode reads a node.
func parseNode(logR, weight string) (n WeightNode, err error) {
	if n.LogR, err = strconv.ParseFloat(logR, 64); err != nil {
		return n, fmt.Errorf("log r is %q, expected a number", logR)
	}
	if n.Weight, err = strconv.ParseFloat(weight, 64); err != nil {
		return n, fmt.Errorf("the weight is %q, expected a number", weight)
	}
	return n, nil
}

// WriteNodes writes a line for each node, ln r and w, after a line that says so. The numbers read back
// as they are.
func WriteNodes(w io.Writer, nodes []WeightNode) error {
	if _, err := fmt.Fprintln(w, "# log r, w"); err != nil {
		return err
	}
	for _, n := range nodes {
		if _, err := fmt.Fprintf(w, "%s %s\n", shortest(n.LogR), shortest(n.Weight)); err != nil {
			return err
		}
	}
	return nil
}

// ReadNodes reads a line for each node: ln r and w, separated by blanks or a comma. Empty lines and
// what follows # are skipped. The error names the line.
func ReadNodes(r io.Reader) (nodes []WeightNode, err error) {
	lines, number := bufio.NewScanner(r), 1
	for ; lines.Scan(); number++ {
		text, _, _ := strings.Cut(lines.Text(), "#")
		words := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(" \t\r,", r) })
		switch len(words) {
		case 0:
			continue
		case 2:
		default:
			return nil, fmt.Errorf("line %d has %s, expected two: log r and the weight", number, counted(len(words), "column"))
		}
		node, err := parseNode(words[0], words[1])
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", number, err)
		}
		if nodes = append(nodes, node); len(nodes) > MaxWeightNodes {
			return nil, fmt.Errorf("line %d: the table has more than %d values", number, MaxWeightNodes)
		}
		if err := checkNode(nodes); err != nil {
			return nil, fmt.Errorf("line %d: %w", number, err)
		}
	}
	switch err := lines.Err(); {
	case errors.Is(err, bufio.ErrTooLong):
		return nil, fmt.Errorf("line %d has more than %d bytes, expected log r and the weight", number, bufio.MaxScanTokenSize)
	case err != nil:
		return nil, err
	}
	if len(nodes) == 0 {
		return nil, fmt.Errorf("no values, expected lines of log r and the weight")
	}
	return nodes, nil
}
