package cli

import "github.com/spf13/pflag"

// subject is what a flag is about. Help has the flags of one subject together.
type subject string

const (
	targetFlags   subject = "Target"
	startFlags    subject = "Initial cloud"
	driftFlags    subject = "Drift"
	densityFlags  subject = "Density estimate"
	timeFlags     subject = "Time"
	coverageFlags subject = "Coverage measure"
	eventFlags    subject = "Comparison and events"
	frameFlags    subject = "Frames"
	networkFlags  subject = "Network"
	trainingFlags subject = "Training"
	benchFlags    subject = "What is compared"
	sizeFlags     subject = "Size"
	sampleFlags   subject = "Samples"
	runFlags      subject = "Run"
	displayFlags  subject = "Display"
	outputFlags   subject = "Output"
	// otherFlags are those of the library: help, version.
	otherFlags subject = "Other"
)

// subjects are all of them in the order of the help.
func subjects() []subject {
	return []subject{targetFlags, startFlags, driftFlags, densityFlags, timeFlags, coverageFlags, eventFlags, frameFlags, networkFlags, trainingFlags,
		benchFlags, sizeFlags, sampleFlags, runFlags, displayFlags, outputFlags, otherFlags}
}

// subjectKey is the annotation of a flag that has its subject.
const subjectKey = "subject"

// take makes flags those of a subject: the named ones, or all that have none yet.
func (s subject) take(set *pflag.FlagSet, names ...string) {
	if len(names) == 0 {
		set.VisitAll(func(f *pflag.Flag) {
			if f.Annotations[subjectKey] == nil {
				names = append(names, f.Name)
			}
		})
	}
	for _, name := range names {
		// The error is that of a flag which does not exist.
		_ = set.SetAnnotation(name, subjectKey, []string{string(s)})
	}
}

// subjectOf is the subject of a flag.
func subjectOf(f *pflag.Flag) subject {
	if s := f.Annotations[subjectKey]; len(s) == 1 {
		return subject(s[0])
	}
	return otherFlags
}
