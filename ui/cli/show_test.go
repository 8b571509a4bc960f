package cli

import (
	"strings"
	"testing"
)

func TestSwitchesAreRead(t *testing.T) {
	s := newShow()
	cmd := s.command()
	if err := cmd.ParseFlags([]string{"--switch", "20=alpha:0.5", "--switch", "30=lv:mixture:0.2@0.4", "--switch", "30=neyman", "--at", "50"}); err != nil {
		t.Fatal(err)
	}
	_, settings, err := s.flow.resolve()
	if err != nil {
		t.Fatal(err)
	}
	choice, err := s.flow.choice(settings.Drift.Info().ID)
	if err != nil {
		t.Fatal(err)
	}
	list, err := s.resolveSwitches(choice, settings.Bandwidth)
	if err != nil {
		t.Fatal(err)
	}
	if len(list) != 3 || list[0].Step != 20 || list[0].Choice.Parameters.Alpha != 0.5 || list[0].Bandwidth != settings.Bandwidth ||
		list[1].Choice.Parameters.Lambda != 0.2 || list[1].Bandwidth != 0.4 || list[2].Choice.ID != "neyman" || list[2].Bandwidth != 0.4 {
		t.Errorf("the changes are %+v", list)
	}
}

func TestSwitchesThatCannotBeReadAreRefused(t *testing.T) {
	for want, args := range map[string][]string{
		"expected a step from 0 on, =":  {"--switch", "pearson"},
		"expected a step from 20 on, =": {"--switch", "20=pearson", "--switch", "10=neyman"},
		"unknown divergence":            {"--switch", "20=tv"},
		"expected a number":             {"--switch", "20=alpha:much"},
		"a positive number after @":     {"--switch", "20=pearson@0"},
		"--at is -1":                    {"--at", "-1"},
		"--history is 0":                {"--history", "0"},
	} {
		if r := runs(args...); r.status != exitUsage || !strings.Contains(r.err, want) || strings.Count(r.err, "\n") != 1 {
			t.Errorf("expected %q: %v", want, r)
		}
	}
}
