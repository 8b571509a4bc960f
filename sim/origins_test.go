package sim

import "testing"

// Origins are those that were set, whatever they take of memory, at the limits of a byte too.
func TestOriginsAreThoseThatWereSet(t *testing.T) {
	t.Parallel()
	var o origins
	if o.known() {
		t.Error("origins are known that never were")
	}
	for _, regions := range []int{1, 2, 255, 256, 257, 255, 5000} {
		set := []int{0, regions - 1, inNone, regions / 2}
		o = newOrigins(len(set), regions, o)
		for i, region := range set {
			o.set(i, region)
		}
		for i, want := range set {
			got, ok := o.at(i)
			if ok != (want != inNone) || ok && got != want {
				t.Errorf("of %d regions the origin is %d, %v, expected %d", regions, got, ok, want)
			}
		}
		if few := o.few != nil; few != (regions <= 255) || !o.known() {
			t.Errorf("%d regions take a byte: %v", regions, few)
		}
	}
}
