package session

import (
	"fmt"
	"time"
)

// repeatedTrainer trains as far as acts say, in the session's goroutine, and carries out orders where they say.
type repeatedTrainer struct {
	create func() (*trainer, error)
	*trainer
	orders []func(*trainer) // that are not carried out yet
	newest *TrainingSnapshot
	err    error // why there is no trainer
}

func (w *repeatedTrainer) do(order func(*trainer)) { w.orders = append(w.orders, order) }

func (w *repeatedTrainer) advance() (*TrainingSnapshot, error) { return w.newest, w.err }

func (w *repeatedTrainer) pause(bool) {}
func (w *repeatedTrainer) end()       {}

// trainTo trains as an act says. The error says what of the act cannot be.
func (w *repeatedTrainer) trainTo(to TrainedTo) error {
	if w.trainer == nil {
		var err error
		if w.trainer, err = w.create(); err != nil {
			w.trainer, w.err = nil, err
		}
	}
	if refused := w.err != nil; refused != to.Refused {
		return fmt.Errorf("refused is %t, expected %t", to.Refused, refused)
	} else if refused {
		return nil
	}
	for _, at := range to.Orders {
		if len(w.orders) == 0 {
			return fmt.Errorf("an order of the sampler at iteration %d, expected none", at)
		}
		if err := w.trainUntil(at); err != nil {
			return err
		}
		w.obey(w.orders[0])
		w.orders = w.orders[1:]
	}
	if err := w.trainUntil(to.Iteration); err != nil {
		return err
	}
	if to.Final {
		w.finish()
	}
	w.newest = w.snapshot(time.Time{})
	return nil
}

// trainUntil trains until an iteration.
func (w *repeatedTrainer) trainUntil(iteration int) error {
	for {
		switch now := w.training.Progress().Iteration; {
		case now == iteration:
			return nil
		case now > iteration || w.training.Done():
			return fmt.Errorf("the sampler at iteration %d, expected at most %d and at least %d", iteration, w.training.Settings().Horizon, now)
		}
		w.train()
	}
}

// since is the act that comes to a snapshot from an earlier one, nil for none.
func (p *TrainingSnapshot) since(before *TrainingSnapshot) *TrainedTo {
	known := 0
	if before != nil {
		known = len(before.ordered)
	}
	return &TrainedTo{Iteration: p.Progress.Iteration, Orders: p.ordered[known:], Final: p.Final != nil}
}
