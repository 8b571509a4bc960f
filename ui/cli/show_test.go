package cli

import (
	"fmt"
	"strings"
	"testing"

	"undercurrent/divergences"
)

func TestSwitchesAreRead(t *testing.T) {
	s := newShow()
	cmd := s.command()
	if err := cmd.ParseFlags([]string{"--switch", "20=alpha:0.5", "--switch", "30=lv:mixture:0.2@0.4", "--switch", "30=neyman~blob",
		"--edit", "25=move:3:4.5:1.2", "--edit", "30=undo", "--at", "50"}); err != nil {
		t.Fatal(err)
	}
	_, settings, err := s.flow.resolve()
	if err != nil {
		t.Fatal(err)
	}
	list, err := s.resolveEvents(divergences.Standard(), settings.Bandwidth)
	if err != nil {
		t.Fatal(err)
	}
	var texts []string
	for _, e := range list {
		if e.Edit != nil {
			texts = append(texts, fmt.Sprintf("%d=%s", e.Step, e.Edit))
			continue
		}
		texts = append(texts, fmt.Sprintf("%d=%s", e.Step, e.Motion))
	}
	want := "20=alpha:0.5@0.25 25=move:3:4.5:1.2 30=lv:mixture:0.2@0.4 30=neyman@0.4~blob 30=undo"
	if got := strings.Join(texts, " "); got != want {
		t.Errorf("the changes are\n%s, expected\n%s", got, want)
	}
}

func TestSwitchesThatCannotBeReadAreRefused(t *testing.T) {
	for want, args := range map[string][]string{
		"expected a step of at least 0, =": {"--switch", "pearson"},
		"expected move, weight":            {"--edit", "20=shift:1:2"},
		"expected move:mode:x:y":           {"--edit", "20=move:1:2"},
		"by is -1, expected a positive":    {"--edit", "20=widen:1:-1"},
		"a positive number after ^":        {"--switch", "20=pearson^0"},
		"factor of the normalizing":        {"--z-factor", "0"},
		"unknown divergence":               {"--switch", "20=tv"},
		"expected a number":                {"--switch", "20=alpha:much"},
		"a positive number after @":        {"--switch", "20=pearson@0"},
		"--at is -1":                       {"--at", "-1"},
		"--history is -1":                  {"--history", "-1"},
	} {
		if r := runs(args...); r.status != exitUsage || !strings.Contains(r.err, want) || strings.Count(r.err, "\n") != 1 {
			t.Errorf("expected %q: %v", want, r)
		}
	}
}
