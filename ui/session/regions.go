package session

import "undercurrent/sim"

// RegionControl chooses the region of which a frame has the detail.
type RegionControl struct {
	s *Session
	// chosen counts from 1; 0 is none.
	chosen int
	detail *sim.RegionDetail // of flow, never modified; nil if it has to be made again
	flow   int
}

// Choose chooses the region with a number, none for 0 or if there is no such region.
func (c *RegionControl) Choose(number int) {
	if number < 0 || number > len(c.s.flow().Target().Regions.List) {
		number = 0
	}
	c.chosen, c.detail = number, nil
}

// Next chooses a later region in an order of their numbers, around its end; without a chosen one the
// first of them, or for by < 0 the last.
func (c *RegionControl) Next(order []int, by int) {
	n := len(order)
	if n == 0 {
		return
	}
	for k, number := range order {
		if number == c.chosen {
			c.Choose(order[((k+by)%n+n)%n])
			return
		}
	}
	if by > 0 {
		by--
	}
	c.Choose(order[(by%n+n)%n])
}

// show returns the detail for a frame, nil without a chosen region. It is made again with a report.
func (c *RegionControl) show(reports bool) *sim.RegionDetail {
	s := c.s
	if c.chosen == 0 || c.chosen > len(s.flow().Target().Regions.List) {
		return nil
	}
	if c.detail == nil || c.flow != s.focus.id || reports {
		d := s.mode.detail(s, c.chosen-1)
		c.detail, c.flow = &d, s.focus.id
	}
	return c.detail
}
