package sim

import "math"

// origins are the regions in which particles started, by the index of the start: a byte each where there are few
// regions. The zero value says that they are unknown.
type origins struct {
	few  []uint8  // up to maxFew regions
	many []uint16 // more
}

// The largest number of either type stands for no region.
const (
	maxFew = math.MaxUint8
	inNone = -1
)

// newOrigins has room for a number of particles, in that of old if that fits.
func newOrigins(particles, regions int, old origins) origins {
	switch {
	case regions > maxFew && len(old.many) == particles, regions <= maxFew && len(old.few) == particles:
		return old
	case regions > maxFew:
		return origins{many: make([]uint16, particles)}
	}
	return origins{few: make([]uint8, particles)}
}

// known reports whether there are any.
func (o *origins) known() bool { return o.few != nil || o.many != nil }

// set sets the region of a start, or inNone.
func (o *origins) set(i, region int) {
	if o.few != nil {
		o.few[i] = uint8(region)
		return
	}
	o.many[i] = uint16(region)
}

// at returns the region of a start; ok is false for inNone.
func (o *origins) at(i int) (region int, ok bool) {
	if o.few != nil {
		return int(o.few[i]), o.few[i] != math.MaxUint8
	}
	return int(o.many[i]), o.many[i] != math.MaxUint16
}
