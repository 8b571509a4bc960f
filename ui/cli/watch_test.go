package cli

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"undercurrent/scenarios"
	"undercurrent/scenarios/catalogue"
	"undercurrent/sim/density"
	"undercurrent/sim/metrics"
)

// runsOn gives args to the command line with a standard input.
func runsOn(in io.Reader, args ...string) result {
	var out, err bytes.Buffer
	status := Main(args, in, &out, &err)
	return result{status, out.String(), err.String()}
}

// clouds are frames of a random walk, the same for equal seeds.
func clouds(frames, n int) (list [][]scenarios.Point) {
	rng := rand.New(rand.NewPCG(5, 5))
	points := make([]scenarios.Point, n)
	for range frames {
		for i := range points {
			points[i].X += rng.NormFloat64()
			points[i].Y += rng.NormFloat64()
		}
		list = append(list, append([]scenarios.Point(nil), points...))
	}
	return list
}

// The texts of clouds in each format.
func csvOf(list [][]scenarios.Point) string {
	var b strings.Builder
	for _, points := range list {
		for _, p := range points {
			fmt.Fprintf(&b, "%v,%v\n", p.X, p.Y)
		}
		b.WriteString("\n")
	}
	return b.String()
}

func jsonlOf(list [][]scenarios.Point) string {
	var b strings.Builder
	for _, points := range list {
		rows := make([][2]float64, len(points))
		for i, p := range points {
			rows[i] = [2]float64{p.X, p.Y}
		}
		text, _ := json.Marshal(map[string]any{"particles": rows})
		b.Write(append(text, '\n'))
	}
	return b.String()
}

func npyOf(list [][]scenarios.Point) string {
	header := fmt.Sprintf("{'descr': '<f8', 'fortran_order': False, 'shape': (%d, %d, 2), }", len(list), len(list[0]))
	header += strings.Repeat(" ", 63-(10+len(header))%64) + "\n"
	var b bytes.Buffer
	b.WriteString("\x93NUMPY\x01\x00")
	_ = binary.Write(&b, binary.LittleEndian, uint16(len(header)))
	b.WriteString(header)
	for _, points := range list {
		_ = binary.Write(&b, binary.LittleEndian, points)
	}
	return b.String()
}

// In every format and both from a file and a pipe, the same frames have the same
// reports, one each.
func TestWatchedFramesAreReportedOneByOne(t *testing.T) {
	list := clouds(5, 60)
	want := runsOn(strings.NewReader(csvOf(list)), "watch", "--scenario", "three-modes", "--json")
	if want.status != exitOK || strings.Count(want.out, "\n") != 5 || want.err != "" {
		t.Fatal(want)
	}
	for name, text := range map[string]string{"a.csv": csvOf(list), "a.jsonl": jsonlOf(list), "a.npy": npyOf(list)} {
		path := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		for what, got := range map[string]result{"a file": runs("watch", path, "--scenario", "three-modes", "--json"),
			"a pipe": runsOn(strings.NewReader(text), "watch", "--scenario", "three-modes", "--json")} {
			if taken := ": the array of shape 5×60×2 is taken for 5 frames of 60 particles, the axes draw,chain,variable (--axes names others)\n"; name == "a.npy" && what == "a file" && strings.HasSuffix(got.err, taken) {
				got.err = ""
			}
			if got != want {
				t.Errorf("%s as %s gives\n%v\nexpected\n%v", name, what, got, want)
			}
		}
	}
}

// The last line of a file that is named needs no end; that of a pipe may be half a point,
// and so may what is not a point in a file.
func TestTheLastFrameOfAFileIsWatched(t *testing.T) {
	path := filepath.Join(t.TempDir(), "f.csv")
	watched := func(text string) result {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return runs("watch", path, "--scenario", "three-modes", "--json")
	}
	for text, frames := range map[string]int{"1,1\n2,2\n3,1": 1, "1,1\n2,2\n\n1,1\n2,2": 2, "\ufeffx;y\r\n1;1\r\n2;2\r\n3;1": 1, "1 1,\n2 2,": 1} {
		if r := watched(text); r.status != exitOK || strings.Count(r.out, "\n") != frames {
			t.Errorf("%q gives %v, expected %d frames", text, r, frames)
		}
	}
	if r := watched("1,1\n2,2\n\n1,1\n2,2\n3,"); r.status != exitUsage || strings.Count(r.out, "\n") != 1 || !strings.Contains(r.err, path+" ends in line 6 without a line end") {
		t.Errorf("half a line gives %v", r)
	}
	if r := runsOn(strings.NewReader("1,1\n2,2\n3,1"), "watch", "--scenario", "three-modes", "--json"); r.status != exitUsage || r.out != "" {
		t.Errorf("a pipe that ends within a line gives %v", r)
	}
}

// A line has what a flow with particles at those points measures.
func TestAWatchLineIsTheReportOfItsFrame(t *testing.T) {
	list := clouds(3, 200)
	r := runsOn(strings.NewReader(csvOf(list)), "watch", "--scenario", "three-modes", "--json", "--metrics")
	var got []watchLine
	for _, text := range strings.Split(strings.TrimSpace(r.out), "\n") {
		var l watchLine
		if err := json.Unmarshal([]byte(text), &l); err != nil {
			t.Fatalf("%v in %v", err, r)
		}
		got = append(got, l)
	}
	s, _ := catalogue.Named("three-modes")
	e, err := density.New(s, density.Kernel{Bandwidth: got[0].Bandwidth})
	if err != nil {
		t.Fatal(err)
	}
	last := map[int]float64{}
	for k, points := range list {
		e.Set(points)
		want, l := e.Totals(nil, false), got[k]
		if l.Step != k+1 || l.Particles != 200 || l.TV != want.TV || l.UnderCoverage != want.UnderCoverage() || len(l.Objectives) < 11 {
			t.Errorf("frame %d is reported as %+v, expected TV %g", k+1, l, want.TV)
		}
		for i, region := range e.Regions(nil) {
			r := l.Regions[i]
			if r.Count != region.Count || r.SE != region.SE || (r.UnderCoverageChange == nil) != (k == 0) ||
				k > 0 && math.Abs(*r.UnderCoverageChange-(region.UnderCoverage-last[i])) > 1e-12 {
				t.Errorf("region %d of frame %d is %+v, expected %+v", i+1, k+1, r, region)
			}
			last[i] = region.UnderCoverage
		}
		now, _ := l.Metrics.Of(metrics.SlicedW2)
		least, _ := l.Floor.Of(metrics.SlicedW2)
		if now <= 0 || least.Mean <= 0 || now < least.Mean {
			t.Errorf("the metrics of frame %d are %+v, the floor %+v", k+1, l.Metrics, l.Floor)
		}
		moved := 0
		for _, row := range l.Transport {
			for _, n := range row {
				moved += n
			}
		}
		if want := map[bool]int{true: 0, false: 200}[k == 0]; moved != want {
			t.Errorf("transport to frame %d counts %d, expected %d", k+1, moved, want)
		}
	}
}

// watchLines are the lines of watch --json on a text.
func watchLines(t *testing.T, text string, args ...string) (list []watchLine) {
	t.Helper()
	r := runsOn(strings.NewReader(text), append([]string{"watch", "--scenario", "three-modes", "--json"}, args...)...)
	if r.status != exitOK {
		t.Fatal(r)
	}
	return watchLinesOf(t, r.out)
}

// watchLinesOf are the lines of a text.
func watchLinesOf(t *testing.T, text string) (list []watchLine) {
	t.Helper()
	for lines := json.NewDecoder(strings.NewReader(text)); lines.More(); {
		var l watchLine
		if err := lines.Decode(&l); err != nil {
			t.Fatal(err)
		}
		list = append(list, l)
	}
	return list
}

// Pooled frames are measured as the one frame of all their particles would be.
func TestPooledFramesAreMeasuredTogether(t *testing.T) {
	list := clouds(4, 60)
	pooled := watchLines(t, csvOf(list), "--pool", "3")
	together := watchLines(t, csvOf([][]scenarios.Point{slices.Concat(list[1:]...)}))[0]
	last := pooled[3]
	if pooled[0].Particles != 60 || pooled[1].Particles != 120 || last.Particles != 180 || last.Pooled != 3 || pooled[0].Pooled != 1 || last.Transport != nil {
		t.Errorf("pooled frames have %d, %d and %d particles, the last of %d frames", pooled[0].Particles, pooled[1].Particles, last.Particles, last.Pooled)
	}
	if last.TV != together.TV || last.Bandwidth != together.Bandwidth || last.Regions[0].Count != together.Regions[0].Count {
		t.Errorf("pooled frames are measured as %+v, one of all their particles as %+v", last, together)
	}
}

// Without --bandwidth it is that of the scenario, or wider where there are few particles.
func TestWatchSaysWhereItsBandwidthIsFrom(t *testing.T) {
	s, _ := catalogue.Named("three-modes")
	for _, c := range []struct {
		n     int
		args  []string
		from  string
		wider bool
	}{
		{100, nil, "particles", true},
		{9000, nil, "scenario", false},
		{100, []string{"--pool", "90"}, "scenario", false},
		{100, []string{"--smoothing", "sharp"}, "scenario", false},
		{100, []string{"--bandwidth", number(s.Bandwidth)}, "given", false},
		{100, []string{"--divergence", "reverse-kl@" + number(s.Bandwidth)}, "given", false},
	} {
		l := watchLines(t, csvOf(clouds(1, c.n)), c.args...)[0]
		if l.BandwidthFrom != c.from || (l.Bandwidth > s.Bandwidth) != c.wider {
			t.Errorf("%d particles %v have a bandwidth of %g from %s, expected %s", c.n, c.args, l.Bandwidth, l.BandwidthFrom, c.from)
		}
	}
}

// The samples of the target are those of the seed.
func TestTheSeedDrawsTheSamplesOfWatch(t *testing.T) {
	t.Parallel()
	floor := func(args ...string) metrics.Floor {
		r := runsOn(strings.NewReader(csvOf(clouds(1, 100))), append([]string{"watch", "--scenario", "three-modes", "--json", "--metrics"}, args...)...)
		var l watchLine
		if err := json.Unmarshal([]byte(r.out), &l); err != nil {
			t.Fatalf("%v in %v", err, r)
		}
		return l.Floor
	}
	if a, b := floor(), floor("--seed", "1"); !slices.Equal(a, b) {
		t.Errorf("the floor is %+v, by seed 1 %+v", a, b)
	}
	if a, b := floor(), floor("--seed", "2"); a[0] == b[0] {
		t.Errorf("two seeds have the floor %+v", a)
	}
}

// Single points are a sliding window; frames may differ in size; particles far away are
// counted, and so are those that are no numbers.
func TestWhatIsWatchedMayBeUneven(t *testing.T) {
	var b strings.Builder
	for _, p := range clouds(1, 100)[0] {
		fmt.Fprintf(&b, "%v %v\n", p.X, p.Y)
	}
	r := runsOn(strings.NewReader(b.String()), "watch", "--scenario", "uneven-ring", "--last", "40", "--every", "20", "--json")
	if r.status != exitOK || strings.Count(r.out, "\n") != 5 || !strings.Contains(r.out, `"particles":40`) || strings.Contains(r.out, `"transport":[`) {
		t.Errorf("a window of 40 by 20 points gives %v", r)
	}
	r = runsOn(strings.NewReader("0,0\n1,1\n\n0,0\n1,1\n1e9,-1e9\nnan,0\n"), "watch", "--scenario", "uneven-ring", "--json")
	if r.status != exitOK || strings.Count(r.out, "\n") != 2 || !strings.Contains(r.out, `"held":1,"not_finite":1`) {
		t.Errorf("uneven frames give %v", r)
	}
}

func TestInvalidStreamsGiveOneSentence(t *testing.T) {
	whole := "0,0\n1,1\n\n"
	for _, c := range []struct {
		text, args string
		printed    int
		says       []string
	}{
		{"", "", 0, []string{"standard input has no particles", "expected at least one frame"}},
		{whole + "0,0\n1,", "", 1, []string{"line 5", "frame 2"}},
		{whole + "0,0\n1,one\n", "", 1, []string{"standard input", "line 5", "column 3", "one"}},
		{strings.Repeat("0,0\n", 31424) + "text\n", "", 0, []string{"line 31425", "text"}},
		{whole + "0,0\n\n", "", 1, []string{"frame 2", "1 finite"}},
		{"nan,0\ninf,1\n\n", "", 0, []string{"frame 1"}},
		{"\x00\x00\x00\x00", "", 0, []string{"byte 0"}},
		{`{"particles": [[0,0],[1]]}` + "\n", "", 0, []string{"line 1"}},
		{`{"particles": [[0,0],[1,1]]}` + "\n" + `{"particles": [[0,0],`, "", 1, []string{"line 2", "frame 2"}},
		{"\x93NUMPY\x01\x00", "", 0, []string{"header"}},
		{npyOf(clouds(2, 5))[:200], "", 0, []string{"frame 1"}},
		{whole, "--format tsv", 0, []string{"--format", "tsv", "csv, jsonl, points or npy"}},
		{whole, "--format points", 0, []string{"--format points without --last", "--last N"}},
		{whole, "--format csv --last 5", 0, []string{"--last 5 and --format csv given"}},
		{whole, os.TempDir(), 0, []string{os.TempDir() + ": is a directory, expected"}},
		{whole + "0,0\n1,1", "", 1, []string{"standard input ends in line 5", "frame 2"}},
		{whole, "--since dawn", 0, []string{"--since", "dawn", "previous or first"}},
		{whole, "--last 1", 0, []string{"--last is 1"}},
		{whole, "--pool 0", 0, []string{"--pool is 0", "1 to 100000"}},
		{whole, "--pool 2 --last 5", 0, []string{"--pool 2 and --last 5 given"}},
		{whole, "--every 5", 0, []string{"--every 5", "--last"}},
		{whole, "--divergent d", 0, []string{"--divergent d of a stream, expected a file of draws"}},
		{whole, "--rate 0", 0, []string{"--rate is 0"}},
		{whole, "--bandwidth -1", 0, []string{"bandwidth is -1"}},
		{whole, "nowhere.csv", 0, []string{"nowhere.csv", "no such file"}},
		{whole, "a b", 0, []string{"a: no such file"}},
		{whole, "--start-samples x.npy", 0, []string{"--start-samples"}},
	} {
		r := runsOn(strings.NewReader(c.text), strings.Fields("watch --scenario uneven-ring --json "+c.args)...)
		if r.status != exitUsage || strings.Count(r.err, "\n") != 1 || strings.Count(r.out, "\n") != c.printed {
			t.Errorf("%.40q %s gives %v", c.text, c.args, r)
		}
		for _, says := range c.says {
			if !strings.Contains(r.err, says) {
				t.Errorf("%.40q %s says %q, expected %q", c.text, c.args, r.err, says)
			}
		}
	}
	if r := runsOn(strings.NewReader(whole), "watch", "--metrics"); r.status != exitUsage || !strings.Contains(r.err, "--json") {
		t.Errorf("metrics without --json give %v", r)
	}
	if r := runsOn(strings.NewReader(whole), "watch"); r.status != exitUsage || !strings.Contains(r.err, "watch --json works without") {
		t.Errorf("without a terminal there is %v", r)
	}
}

// Zeros without end are refused at once.
func TestZerosAreNotWatched(t *testing.T) {
	zeros, err := os.Open("/dev/zero")
	if err != nil {
		t.Skip("there is no /dev/zero")
	}
	defer zeros.Close()
	if r := runsOn(zeros, "watch", "--scenario", "uneven-ring", "--json"); r.status != exitUsage || !strings.Contains(r.err, "byte 0") {
		t.Error(r)
	}
}

// Every whole frame is printed as it comes, without waiting for more of the stream.
func TestAFrameIsPrintedAsItComes(t *testing.T) {
	in, text := io.Pipe()
	out, printed := io.Pipe()
	ended := make(chan int, 1)
	go func() {
		ended <- Main([]string{"watch", "--scenario", "uneven-ring", "--json"}, in, printed, io.Discard)
		printed.Close()
	}()
	lines := json.NewDecoder(out)
	for n := 1; n <= 3; n++ {
		if _, err := io.WriteString(text, "0,0\n1,1\n\n"); err != nil {
			t.Fatal(err)
		}
		var l watchLine
		if err := lines.Decode(&l); err != nil || l.Step != n {
			t.Fatalf("line %d is %+v, %v", n, l, err)
		}
	}
	text.Close()
	if status := <-ended; status != exitOK {
		t.Errorf("the status is %d", status)
	}
}

func TestAWatchEndsWithItsContext(t *testing.T) {
	in, _ := io.Pipe()
	w := newWatch()
	cmd := w.command()
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	cmd.SetArgs([]string{"--json", "--scenario", "uneven-ring"})
	cmd.SetIn(in)
	cmd.SetOut(io.Discard)
	cmd.SilenceErrors, cmd.SilenceUsage = true, true
	if err := cmd.ExecuteContext(ctx); err == nil || !strings.Contains(err.Error(), "stopped after frame 0") || status(err) != exitFailure {
		t.Errorf("it ends with %v", err)
	}
}

// Named regions keep their names, as in the lines of run.
func TestWatchedRegionsHaveTheirNames(t *testing.T) {
	name := partedFile(t, "  - {name: left well, half_plane: {through: [0, 0], normal: [-1, 0]}}\n  - {name: µ, disc: {centre: [2, 0], radius: 1}}\n")
	r := runsOn(strings.NewReader("-2,0\n2,0.1\n2.2,0\n"), "watch", "--scenario", name, "--json")
	if r.status != 0 || !strings.Contains(r.out, `"id":1,"name":"left well","x":`) || !strings.Contains(r.out, `"id":2,"name":"µ"`) {
		t.Errorf("watch gives %v", r)
	}
}
