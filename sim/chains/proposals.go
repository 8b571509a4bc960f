package chains

import "math"

// proposals judges what all chains propose, by what they accept.
func (s Samples) proposals() (found []Suspicion, err error) {
	if s.LogDensity == nil {
		return nil, nil
	}
	r, err := s.Rejections()
	if err != nil {
		return nil, err
	}
	suspect := func(kind Kind, statistic, threshold, se float64) {
		found = append(found, Suspicion{Kind: kind, Chain: -1, Statistic: statistic, Threshold: threshold, SE: se, N: r.Transitions})
	}
	// Rare is what is two standard deviations below the least rate, for as many proposals.
	if r.Acceptance.Value < MinAcceptance-2*math.Sqrt(MinAcceptance*(1-MinAcceptance)/float64(r.Transitions)) {
		suspect(RareMoves, r.Acceptance.Value, MinAcceptance, 0)
		return found, nil
	}
	if !r.SE.Defined() || r.Acceptance.Value < MinAcceptance {
		return nil, nil
	}
	if accepted := min(r.Acceptance.Value, r.RandomWalk.Value); accepted > MaxAcceptance {
		suspect(ShortMoves, accepted, MaxAcceptance, 0)
	}
	if r.Ratio.Value-2*r.SE.Value > MaxRejectionRatio {
		suspect(AgainstGradient, r.Ratio.Value, MaxRejectionRatio, r.SE.Value)
	}
	return found, nil
}
