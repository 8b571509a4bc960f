package session

import "undercurrent/sim"

// MeasuredFlow is a flow with its report.
type MeasuredFlow struct {
	Flow   *sim.Flow
	Report *sim.Report
}

// Flows are the flows as they are, with reports of their state, without figures of a step. They are not to be changed.
func (s *Session) Flows() (list []MeasuredFlow) {
	for _, r := range s.runs {
		in := s.instruments(r)
		in.Objectives, in.Response, in.Effort, in.Identity = s.Motion.objectives(), false, false, false
		report := &sim.Report{}
		r.Flow().Report(report, in)
		list = append(list, MeasuredFlow{r.Flow(), report})
	}
	return list
}
