package divergences_test

import (
	"errors"
	"math"
	"slices"
	"testing"

	"undercurrent/divergences"
)

func TestAllHasEveryIDInOrder(t *testing.T) {
	all, err := divergences.All(divergences.DefaultParameters())
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, d := range all {
		ids = append(ids, d.Info().ID)
	}
	if !slices.Equal(ids, divergences.IDs()) {
		t.Errorf("All gives %v, expected %v", ids, divergences.IDs())
	}
}

func TestUnknownID(t *testing.T) {
	d, err := divergences.New("total-variation", divergences.DefaultParameters())
	var unknown divergences.UnknownError
	if d != nil || !errors.As(err, &unknown) || unknown.ID != "total-variation" {
		t.Fatalf("New gives %v and %v, expected no member and an UnknownError", d, err)
	}
	if want := `unknown divergence "total-variation"`; err.Error() != want {
		t.Errorf("the error is %q, expected %q", err, want)
	}
}

func TestBadParameters(t *testing.T) {
	for _, p := range []divergences.Parameters{
		{Alpha: 5, Lambda: 0.5}, {Alpha: 1.5, Lambda: 1}, {Alpha: math.NaN(), Lambda: 0.5}, {},
	} {
		if all, err := divergences.All(p); err == nil || all != nil {
			t.Errorf("All(%+v) gives %d members and error %v, expected an error alone", p, len(all), err)
		}
	}
	if d, err := divergences.New("alpha", divergences.Parameters{Alpha: 5}); d != nil || err == nil {
		t.Errorf("New gives %v and %v, expected an error alone", d, err)
	}
}
