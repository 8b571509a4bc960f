package cli

import (
	"bytes"
	"encoding/json"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/sbinet/npyio"
	"gonum.org/v1/gonum/mat"

	"undercurrent/divergences"
	"undercurrent/scenarios/catalogue"
	"undercurrent/sim"
	"undercurrent/sim/metrics"
	"undercurrent/sim/sampler"
)

// quick is a training that takes no time.
func quick(out string, args ...string) []string {
	return append([]string{"train", "--scenario", "three-modes", "--hidden", "6,6", "--batch", "64", "--cloud", "256", "--iterations", "4", "--samples", "1000", "--out", out}, args...)
}

// trainedModel is the file of a model after four iterations. The command measures what was reached, which
// takes longer than all else about it.
func trainedModel(t *testing.T) string {
	t.Helper()
	s, err := catalogue.Named("three-modes")
	if err != nil {
		t.Fatal(err)
	}
	d, err := divergences.Standard().Parse("reverse-kl", nil)
	if err != nil {
		t.Fatal(err)
	}
	settings := sampler.Defaults(sampler.Generator)
	settings.Hidden, settings.Batch, settings.Cloud, settings.Horizon, settings.Descent = []int{6, 6}, 64, 256, 4, 2
	trainer, err := sampler.NewTrainer(s, sim.DefaultSettings(s, d), settings)
	if err != nil {
		t.Fatal(err)
	}
	for range settings.Horizon {
		trainer.Step()
	}
	name := filepath.Join(t.TempDir(), "model.json")
	file, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if err := trainer.Model().Save(file); err != nil {
		t.Fatal(err)
	}
	return name
}

func TestTrainPrintsWhatWasReached(t *testing.T) {
	t.Parallel()
	name := filepath.Join(t.TempDir(), "model.json")
	r := runs(quick(name, "--json")...)
	var got trainResult
	if err := json.Unmarshal([]byte(r.out), &got); err != nil || r.status != exitOK {
		t.Fatalf("%v in %v", err, r)
	}
	tv, _ := got.Reached.Of(metrics.TV)
	floor, _ := got.Floor.Of(metrics.TV)
	covered, _ := got.Floor.Of(metrics.Visited)
	_, w2 := got.Reached.Of(metrics.SlicedW2)
	if got.Scenario != "three-modes" || got.Divergence != "reverse-kl" || got.Iterations != 4 || got.Evaluations == 0 ||
		!(tv > floor.Mean+3*floor.SD) || !w2 || covered.Mean != 3 {
		t.Errorf("train printed %+v", got)
	}
	table := runs(quick(name)...)
	for _, want := range []string{"4 iterations", "evaluations of the target", "TV on the grid", "KL of region masses"} {
		if !strings.Contains(table.out, want) {
			t.Errorf("the table lacks %q: %v", want, table)
		}
	}
	if left := entries(t, filepath.Dir(name)); len(left) != 1 {
		t.Errorf("next to the model there is %v", left)
	}
}

func TestEqualSeedsTrainEqualModels(t *testing.T) {
	t.Parallel()
	read := func(args ...string) string {
		t.Helper()
		name := filepath.Join(t.TempDir(), "model.json")
		if r := runs(quick(name, args...)...); r.status != exitOK {
			t.Fatal(r)
		}
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	first := read()
	if read() != first {
		t.Error("the same command trains another model")
	}
	for _, other := range [][]string{{"--seed", "2"}, {"--divergence", "neyman"}} {
		if read(other...) == first {
			t.Errorf("%v does not matter", other)
		}
	}
}

// The samples of a file are those on standard output, in both formats.
func TestSampleWritesTheSameSamplesEverywhere(t *testing.T) {
	model, dir := trainedModel(t), t.TempDir()
	csv, npy := filepath.Join(dir, "s.csv"), filepath.Join(dir, "s.npy")
	const n = "2500"
	stdout := runs("sample", model, "-n", n)
	for _, file := range []string{csv, npy} {
		if r := runs("sample", model, "-n", n, "--out", file); r.status != exitOK || r.out != "" || !strings.Contains(r.err, "a second") {
			t.Fatal(r)
		}
	}
	text, err := os.ReadFile(csv)
	if err != nil || string(text) != stdout.out || stdout.status != exitOK {
		t.Errorf("the CSV file differs from standard output (%v)", err)
	}
	array, err := os.ReadFile(npy)
	if err != nil {
		t.Fatal(err)
	}
	var m mat.Dense
	if err := npyio.Read(bytes.NewReader(array), &m); err != nil {
		t.Fatal(err)
	}
	rows := strings.Split(strings.TrimSpace(stdout.out), "\n")
	if r, c := m.Dims(); r != 2500 || c != 2 || len(rows) != 2501 || rows[0] != "x,y" {
		t.Fatalf("the array is %d by %d, the CSV has %d lines", r, c, len(rows))
	}
	for i, row := range rows[1:] {
		x, y, _ := strings.Cut(row, ",")
		if a, _ := strconv.ParseFloat(x, 64); a != m.At(i, 0) {
			t.Fatalf("row %d: x is %s and %g", i, x, m.At(i, 0))
		}
		if b, _ := strconv.ParseFloat(y, 64); b != m.At(i, 1) {
			t.Fatalf("row %d: y is %s and %g", i, y, m.At(i, 1))
		}
	}
	if other := runs("sample", model, "-n", n, "--seed", "9"); other.out == stdout.out {
		t.Error("the seed does not matter")
	}
}

func TestSampleDrawsTheMap(t *testing.T) {
	t.Parallel()
	model, dir := trainedModel(t), t.TempDir()
	for _, name := range []string{"map.png", "map.svg"} {
		if r := runs("sample", model, "--map", filepath.Join(dir, name)); r.status != exitOK || r.out != "" {
			t.Fatal(r)
		}
	}
	f, err := os.Open(filepath.Join(dir, "map.png"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if _, err := png.Decode(f); err != nil {
		t.Error(err)
	}
	svg, err := os.ReadFile(filepath.Join(dir, "map.svg"))
	if err != nil || !strings.Contains(string(svg), "</svg>") || !strings.Contains(string(svg), "4 iterations under reverse-kl") {
		t.Errorf("the SVG is not a map of the model (%v)", err)
	}
}

func TestSamplersRefuseWhatTheyCannotDo(t *testing.T) {
	model, dir := trainedModel(t), t.TempDir()
	whole, err := os.ReadFile(model)
	if err != nil {
		t.Fatal(err)
	}
	half, newer := filepath.Join(dir, "half.json"), filepath.Join(dir, "newer.json")
	if err := os.WriteFile(half, whole[:len(whole)/2], 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(newer, bytes.Replace(whole, []byte(`"version":1`), []byte(`"version":2`), 1), 0o644); err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(dir, "out.npy")
	for _, c := range []struct {
		want string
		args []string
	}{
		{"expected one: the file of a model", []string{"sample"}},
		{"none.json cannot be read", []string{"sample", filepath.Join(dir, "none.json")}},
		{"half.json cannot be used: it ends after", []string{"sample", half, "--out", out}},
		{"has version 2, expected 1", []string{"sample", newer, "--out", out}},
		{"--number is 0", []string{"sample", model, "-n", "0"}},
		{".png or .svg", []string{"sample", model, "--map", filepath.Join(dir, "map.gif")}},
		{"expected one of them", []string{"sample", model, "--map", filepath.Join(dir, "map.png"), "--out", out}},
		{".npy or .csv", []string{"sample", model, "--out", filepath.Join(dir, "out.txt")}},
		{"is a directory", []string{"sample", model, "--out", dir + ".csv/../" + filepath.Base(dir)}},
		{"--out is missing", []string{"train"}},
		{"--samples is 1, expected at least 2", []string{"train", "--out", "x", "--samples", "1"}},
		{"--route is \"ferry\"", quick(out, "--route", "ferry")},
		{"unknown activation", quick(out, "--activation", "rely")},
		{"layer of width", quick(out, "--hidden", "0")},
		{"--iterations is -3", quick(out, "--iterations", "-3")},
		{"expected plugin for a flow", quick(out, "--route", "flow", "--velocity", "blob")},
		{"cannot be written", quick(filepath.Join(dir, "no", "where.json"))},
		{"unknown scenario", quick(out, "--scenario", "nowhere")},
	} {
		r := runs(c.args...)
		if r.status != exitUsage || strings.Count(r.err, "\n") != 1 || r.out != "" {
			t.Errorf("%v: %v", c.args, r)
		}
		if c.want != "is a directory" && !strings.Contains(r.err, c.want) {
			t.Errorf("expected %q: %v", c.want, r)
		}
	}
	if left := entries(t, dir); len(left) != 2 {
		t.Errorf("after refusals there is %v", left)
	}
}

// An interrupt keeps the model trained so far.
func TestAnInterruptedTrainingKeepsItsModel(t *testing.T) {
	model := filepath.Join(t.TempDir(), "model.json")
	cmd := exec.Command(program(t), quick(model, "--iterations", "10000000")...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	// The file is opened when the training begins.
	for deadline := time.Now().Add(20 * time.Second); len(entries(t, filepath.Dir(model))) == 0; time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("the training never opened its file")
		}
	}
	if err := cmd.Process.Signal(syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
	err := cmd.Wait()
	if cmd.ProcessState.ExitCode() != exitFailure || !strings.Contains(stderr.String(), "has the model trained so far") {
		t.Fatalf("%v: %s", err, stderr.String())
	}
	if r := runs("sample", model, "-n", "3"); r.status != exitOK || strings.Count(r.out, "\n") != 4 {
		t.Error(r)
	}
}

// A model that was trained on the screen is one of the same format, in a new file.
func TestAModelOfTheScreenIsSavedToANewFile(t *testing.T) {
	m, err := loadModel(trainedModel(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	for _, want := range []string{"three-modes-generator.json", "three-modes-generator-2.json"} {
		if name, err := saveModel(m, ""); err != nil || name != want {
			t.Errorf("saved as %q (%v), expected %s", name, err, want)
		}
	}
	if _, err := saveModel(m, "mine.json"); err != nil {
		t.Error(err)
	}
	before, _ := os.ReadFile("mine.json")
	if _, err := saveModel(m, "mine.json"); err == nil || !strings.Contains(err.Error(), "mine.json already exists") {
		t.Errorf("a file that exists gives %v", err)
	}
	if after, _ := os.ReadFile("mine.json"); !bytes.Equal(before, after) || len(before) == 0 {
		t.Error("a file that exists is changed")
	}
	if r := runs("sample", "three-modes-generator-2.json", "-n", "3"); r.status != exitOK || strings.Count(r.out, "\n") != 4 {
		t.Errorf("sample gives %v", r)
	}
}
