package scenarios

// Origin identifies a target that a scenario file and a command line refer to instead of
// writing it out. It is the zero value for a mixture, which is written by its components.
type Origin struct {
	// Source is Catalogue, or the key of a source of data or formulas such as "log_density".
	Source string
	// Text is the id in the catalogue, the formula, or the name of the file.
	Text string
	// Kernel is the requested standard deviation of the kernel, for points alone; 0 selects
	// Scott's rule.
	Kernel float64
	// Selection says which columns of the file are points, for points alone.
	Selection Selection
	// HasWindow reports whether the source defines the window, which is then not written.
	HasWindow bool
	// Remedy is an example of a formula that is a valid density outside the window too, such
	// as "x > 0 ? … : 0", empty where the target is not a formula.
	Remedy string
}

// Selection says which columns of a file are the coordinates of points, in the notation of package
// draws. The zero value leaves it to the content of the file.
type Selection struct {
	// Columns are two names, numbers or formulas, separated by a comma.
	Columns string
	// Weights is the name or the number of the column of the weights of points.
	Weights string
	// Axes name the dimensions of an array, such as "draw,chain,variable".
	Axes string
}

// Catalogue is the Source of a built-in target.
const Catalogue = "catalogue"
