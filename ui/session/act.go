package session

// Act is what a Runner makes its session do at one time. A Repeater that does the acts of a Runner in their order, with
// the same commands on a session that began alike, comes to the same bits: what depends on the time that something
// took is in them.
type Act struct {
	// Commands are the IDs of a command that is carried out, more than one where commands were joined.
	Commands []int `json:"commands,omitempty"`
	// Asked is a command without an ID, which changes nothing.
	Asked bool `json:"asked,omitempty"`
	// Shown are the instruments that are shown from here on.
	Shown *Shown `json:"shown,omitempty"`
	// Soon is the number of a work beside the session that the command which comes next has waited for, Finished that of
	// one whose result is taken.
	Soon     int `json:"soon,omitempty"`
	Finished int `json:"finished,omitempty"`
	// Trained is how far a sampler in training was when the session saw it.
	Trained *TrainedTo `json:"trained,omitempty"`
	// Took is a frame that is taken from what is watched, Over the end of that.
	Took *Arrival `json:"took,omitempty"`
	Over *Over    `json:"over,omitempty"`
	// Advances is the number of times that Session.Advance is called, each with equal Work and Frame.
	Advances int `json:"advances,omitempty"`
	// Work is the number of steps that a command, or each call of Advance, has taken: those of a frame, or those of a
	// seek that are computed again.
	Work int `json:"work,omitempty"`
	// Frame says that a frame is made after it.
	Frame bool `json:"frame,omitempty"`
	// End says that the Runner ends.
	End bool `json:"-"`
}

// TrainedTo says how far a sampler in training is.
type TrainedTo struct {
	Iteration int `json:"iteration"`
	// Orders are the iterations at which the orders since the act before were carried out.
	Orders []int `json:"orders,omitempty"`
	// Final reports whether it was compared with exact samples.
	Final bool `json:"final,omitempty"`
	// Refused reports whether the settings have no sampler.
	Refused bool `json:"refused,omitempty"`
}

// Observer is told of every act of a Runner, right after it, but of Soon, Trained, Took and Over before what depends on
// them, which goes on meanwhile.
type Observer func(*Session, Act)

// observed tells of an act.
func (s *Session) observed(a Act) {
	if s.observe != nil {
		s.observe(a)
	}
}

// act is the carrying out of a command that took some steps.
func (c Command) act(work int) Act {
	switch {
	case c.Shown != nil:
		return Act{Shown: c.Shown}
	case c.work > 0:
		return Act{Finished: c.work, Work: work}
	case c.ID == 0:
		return Act{Asked: true, Work: work}
	}
	return Act{Commands: append(c.joined, c.ID), Work: work}
}
