package cli

import "fmt"

// counted is a number with its noun, such as "no files", "1 file" or "2 files".
func counted(n int, thing string) string {
	switch n {
	case 0:
		return "no " + thing + "s"
	case 1:
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}
