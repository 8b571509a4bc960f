package session

import "slices"

// Waiting says which commands of a player had not been carried out by the time of a frame.
type Waiting struct {
	given int   // the highest ID of the commands that had been given
	list  []int // the IDs of those that waited
}

// For reports whether a command had not been carried out: it waited, or was given later.
func (w *Waiting) For(id int) bool { return id > w.given || slices.Contains(w.list, id) }

// set sets what waited, oldest first, of all that had been given.
func (w *Waiting) set(given int, waiting []Command) {
	w.given, w.list = given, w.list[:0]
	for _, c := range waiting {
		if c.ID > 0 {
			w.list = append(append(w.list, c.joined...), c.ID)
		}
	}
}
