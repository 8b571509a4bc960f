package paint

import "testing"

func TestDigitsKeepTheirZeros(t *testing.T) {
	for _, c := range []struct {
		v            float64
		n            int
		want, signed string
	}{{0.04, 2, "0.040", "+0.040"}, {10, 2, "10", "+10"}, {-0.5, 3, "-0.500", "-0.500"}, {1.79e-7, 3, "1.79e-07", "+1.79e-07"}, {0, 2, "0.0", "+0.0"}} {
		if got, signed := Digits(c.v, c.n), SignedDigits(c.v, c.n); got != c.want || signed != c.signed {
			t.Errorf("%v is %s and %s, expected %s and %s", c.v, got, signed, c.want, c.signed)
		}
	}
}
