package metrics

import (
	"context"
	"errors"
	"slices"
	"testing"
)

// An interrupt ends the draws of a floor between two of them, and leaves nothing half done.
func TestAFloorCanBeInterrupted(t *testing.T) {
	v := evaluatorOf(t, "ring8", 200)
	interrupted, stop := context.WithCancel(context.Background())
	stop()
	if f, err := v.FloorWithin(interrupted, 200); !errors.Is(err, context.Canceled) || f != nil {
		t.Errorf("an interrupted floor is %v, %v", f, err)
	}
	f, err := v.FloorWithin(context.Background(), 200)
	if err != nil || !slices.Equal(f, evaluatorOf(t, "ring8", 200).Floor(200)) {
		t.Errorf("after an interrupt the floor is another one: %v, %v", f, err)
	}
	if _, err := v.FloorWithin(interrupted, 200); err != nil {
		t.Errorf("a floor that is known gives %v", err)
	}
}
