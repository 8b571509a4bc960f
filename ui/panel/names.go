package panel

import (
	"fmt"

	"undercurrent/sim"
	"undercurrent/ui/paint"
)

// shortName is the room under which a name says too little to be shown cut.
const shortName = 8

// nameWidth is the width of a column of the regions' names with a blank before them:
// the room there is, if need be; 0 where there are no names or too little room.
func nameWidth(regions []sim.RegionReport, room int) int {
	long := 0
	for _, k := range regions {
		long = max(long, paint.Width(k.Name))
	}
	if long == 0 || room <= min(long, shortName) {
		return 0
	}
	return min(long+1, room)
}

// writeName fills a column of names.
func writeName(r *paint.Row, t paint.Theme, k sim.RegionReport, width int) {
	r.Text(" "+paint.Cut(k.Name, width-1), t.RegionStyle(k.ID-1))
}

// numberAndName is how a region is called in so many cells.
func numberAndName(k sim.RegionReport, room int) string {
	if text := fmt.Sprintf("%d %s", k.ID, k.Name); k.Name != "" && paint.Width(text) <= room {
		return text
	}
	return fmt.Sprint(k.ID)
}
