package paint

import (
	"fmt"
	"strings"
)

// Digits is a number with n > 1 significant digits, with the zeros at its end, so that those of a column can be compared.
func Digits(v float64, n int) string { return strings.TrimSuffix(fmt.Sprintf("%#.*g", n, v), ".") }

// SignedDigits is Digits with the sign, also of a number above 0.
func SignedDigits(v float64, n int) string {
	return strings.TrimSuffix(fmt.Sprintf("%+#.*g", n, v), ".")
}
