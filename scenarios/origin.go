package scenarios

// Origin is where a target comes from, for a target that a scenario file and a command line
// can name but not write out. It is the zero value for a mixture, whose components say all.
type Origin struct {
	// Source is Catalogue, or the key of a source of data or formulas such as "log_density".
	Source string
	// Text is the id in the catalogue, the formula, or the name of the file.
	Text string
	// Kernel is the kernel's standard deviation that was asked for, of points alone; 0 is by a
	// rule.
	Kernel float64
	// Placed is set where what was read has a window of its own, which is not to be named
	// beside it.
	Placed bool
	// Remedy is what to write where the target turns out to be no density beyond its window,
	// such as "x > 0 ? … : 0", empty where nothing can be written.
	Remedy string
}

// Catalogue is the Source of a target that is built in.
const Catalogue = "catalogue"
