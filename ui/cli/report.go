package cli

import (
	"undercurrent/scenarios"
	"undercurrent/sim"
)

// line is a report as run --json prints it.
type line struct {
	Step          int                `json:"step"`
	Time          float64            `json:"time"`
	DT            float64            `json:"dt"`
	Scenario      string             `json:"scenario"`
	Divergence    string             `json:"divergence"`
	Seed          uint64             `json:"seed"`
	Particles     int                `json:"particles"`
	Bandwidth     float64            `json:"bandwidth"`
	TV            float64            `json:"tv"`
	Objectives    map[string]float64 `json:"objectives"`
	UnderCoverage float64            `json:"under_coverage"`
	Capped        float64            `json:"capped"`
	Held          int                `json:"held"`
	Regions       []regionLine       `json:"regions"`
}

type regionLine struct {
	ID            int     `json:"id"`
	X             float64 `json:"x"`
	Y             float64 `json:"y"`
	Target        float64 `json:"target"`
	Mass          float64 `json:"mass"`
	Count         int     `json:"count"`
	SE            float64 `json:"se"`
	UnderCoverage float64 `json:"under_coverage"`
	Inflow        float64 `json:"inflow"`
}

func newLine(s scenarios.Scenario, settings sim.Settings, r *sim.Report) line {
	l := line{
		Step: r.Step, Time: r.Time, DT: r.DT,
		Scenario: s.ID, Divergence: settings.Divergence.Info().ID, Seed: settings.Seed,
		Particles: settings.Particles, Bandwidth: settings.Bandwidth,
		TV: r.TV, Objectives: map[string]float64{}, UnderCoverage: r.UnderCoverage,
		Capped: r.Capped, Held: r.Held,
	}
	for _, o := range r.Objectives {
		l.Objectives[o.ID] = o.Value
	}
	for _, k := range r.Regions {
		l.Regions = append(l.Regions, regionLine{
			ID: k.ID, X: k.Peak.X, Y: k.Peak.Y, Target: k.Region.Mass, Mass: k.Share, Count: k.Count, SE: k.SE,
			UnderCoverage: k.UnderCoverage, Inflow: k.Inflow,
		})
	}
	return l
}
