package cli

import (
	"math"

	"undercurrent/sim"
)

// designLine is what design --json prints.
type designLine struct {
	Step       int       `json:"step"`
	Time       float64   `json:"time"`
	Scenario   string    `json:"scenario"`
	Seed       uint64    `json:"seed"`
	Particles  int       `json:"particles"`
	Region     *int      `json:"region"`
	RegionName *string   `json:"region_name"`
	Around     *discLine `json:"around"`
	Functional string    `json:"functional"`
	Raised     bool      `json:"raised"`
	Energy     float64   `json:"energy"`

	Divergences []efficiencyLine     `json:"divergences"`
	Current     *efficiencyLine      `json:"current"`
	Table       efficiencyLine       `json:"table"`
	Bins        []weightBinLine      `json:"bins"`
	Nodes       []map[string]float64 `json:"nodes"`
}

// efficiencyLine is the efficiency of a drift.
type efficiencyLine struct {
	Drift      string  `json:"drift"`
	Efficiency float64 `json:"efficiency"`
	Response   float64 `json:"response"`
	Energy     float64 `json:"energy"`
	BinLoss    float64 `json:"bin_loss"`
	Change     float64 `json:"change"`
}

// discLine is the surroundings of a point.
type discLine struct {
	X      float64 `json:"x"`
	Y      float64 `json:"y"`
	Radius float64 `json:"radius"`
}

// weightBinLine is a bin of log r.
type weightBinLine struct {
	Lo        float64 `json:"log_r_lo"`
	Hi        float64 `json:"log_r_hi"`
	Particles float64 `json:"particles"`
	Response  float64 `json:"response"`
	Energy    float64 `json:"energy"`
	Weight    float64 `json:"weight"`
}

func newDesignLine(flow *sim.Flow, quantity string, d sim.Design) designLine {
	settings, progress := flow.Settings(), flow.Progress()
	l := designLine{Step: progress.Step, Time: progress.Time, Scenario: flow.Scenario().ID, Seed: settings.Seed, Particles: settings.Particles,
		Functional: quantity, Raised: d.Raised, Energy: d.Energy, Table: newEfficiencyLine(d.Tabulated)}
	if disc := d.Aim.Around; disc.Radius > 0 {
		l.Around = &discLine{disc.Centre.X, disc.Centre.Y, disc.Radius}
	} else if d.Aim.Region != sim.AllRegions {
		region := flow.Target().Regions.List[d.Aim.Region]
		l.Region, l.RegionName = &region.ID, &region.Name
	}
	for _, e := range d.Divergences {
		l.Divergences = append(l.Divergences, newEfficiencyLine(e))
	}
	if !math.IsNaN(d.Current.Value) {
		current := newEfficiencyLine(d.Current)
		if settings.Adaptive {
			current.Drift = sim.AdaptiveID
		}
		l.Current = &current
	}
	for _, b := range d.Bins {
		l.Bins = append(l.Bins, weightBinLine{b.Lo, b.Hi, b.Mass, b.Response, b.Energy, b.Weight})
	}
	for _, n := range d.Nodes {
		l.Nodes = append(l.Nodes, map[string]float64{"log_r": n.LogR, "weight": n.Weight})
	}
	return l
}

func newEfficiencyLine(e sim.Efficiency) efficiencyLine {
	return efficiencyLine{e.Drift.String(), e.Value, e.Response, e.Energy, e.BinLoss, e.Change}
}
