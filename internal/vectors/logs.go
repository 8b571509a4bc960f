package vectors

import "undercurrent/internal/portable"

// Logs is portable.Logs with the vectors of a processor, and the same bits: it writes ln x of every x of src to dst, which
// may be src.
func Logs(dst, src []float64) {
	const atOnce = 4 // where the vectorised path does not go on
	for done := 0; done < len(src); {
		done += logsInVectors(dst[done:], src[done:])
		end := min(done+atOnce, len(src))
		portable.Logs(dst[done:end], src[done:end])
		done = end
	}
}
