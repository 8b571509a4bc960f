//go:build long && unix

package cli

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/spf13/cobra"
)

// A pipe that nobody writes to is waited for, and the wait is ended by a key.
func TestAPersonLeavesASilentPipe(t *testing.T) {
	t.Parallel()
	binary := program(t)
	for _, c := range []struct {
		line, keys string
		status     int
	}{
		{"mkfifo p && exec " + binary + " watch --scenario three-modes p", "q", exitOK},
		{"mkfifo p && exec " + binary + " watch --scenario three-modes p", "\x03", exitFailure},
		{"mkfifo p && { sleep 100 >p & } && " + binary + " watch --scenario three-modes <p; s=$?; kill $!; exit $s", "q", exitOK},
	} {
		p := enters(t, t.TempDir(), "stty -a >before; ( "+c.line+" ); s=$?; stty -a >after; cmp before after || exit 99; exit $s")
		p.sees("waiting for the first whole frame").presses(c.keys)
		if status := p.leaves(); status != c.status {
			t.Errorf("%s: the status after %q is %d, expected %d; the screen is\n%s", c.line, c.keys, status, c.status, p.shows())
		}
	}
	// The keys are those of the terminal also where standard input is no stream.
	p := enters(t, t.TempDir(), "echo x | "+binary+" --scenario three-modes")
	p.sees("three-modes │").presses(" ").sees("paused").presses("q")
	if status := p.leaves(); status != exitOK {
		t.Errorf("the status is %d", status)
	}
}

// A recording from the screen itself is kept when the key ends it, and when the program ends.
func TestAPersonRecordsTheScreen(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	p := enters(t, dir, program(t)+" --scenario three-modes --particles 300")
	p.sees("three-modes").presses("`").sees("recording to three-modes.cast").presses("d").sees("forward KL").presses("`").sees("recorded as three-modes.cast")
	p.presses("`").sees("recording to three-modes-2.cast").presses("q")
	if status := p.leaves(); status != exitOK {
		t.Errorf("the status is %d", status)
	}
	for name, want := range map[string]string{"three-modes.cast": "forward KL", "three-modes-2.cast": "recording to three-modes-2.cast"} {
		cast, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		if text, _ := lastScreen(t, cast); !strings.Contains(text, want) {
			t.Errorf("%s ends without %q:\n%s", name, want, text)
		}
	}
	if left := entries(t, dir); len(left) != 2 {
		t.Errorf("there are %v", left)
	}
}

// What a killed program has logged is replayed as far as it goes.
func TestTheLogOfAKilledProgramIsReplayed(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	log := filepath.Join(dir, "s.jsonl")
	p := enters(t, dir, program(t)+" lesson one-field --log s.jsonl")
	p.sees("1 of 5").presses("\r").sees("2 of 5")
	for late := time.Now().Add(terminalTimeout); ; time.Sleep(20 * time.Millisecond) {
		if text, err := os.ReadFile(log); err == nil && strings.Contains(string(text), `"enter"`) {
			break
		} else if time.Now().After(late) {
			t.Fatalf("the log is\n%s", text)
		}
	}
	if err := syscall.Kill(-p.cmd.Process.Pid, syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	p.leaves()
	if r := runs("replay", log); r.status != exitOK || !strings.HasSuffix(r.out, "; the log has no end, as the program was stopped\n") {
		t.Error(r)
	}
}

// A file is played at its rate, and stays when it has ended.
func TestAPersonPlaysAFile(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := os.WriteFile(dir+"/trace.csv", []byte(csvOf(clouds(12, 50))), 0o600); err != nil {
		t.Fatal(err)
	}
	p := enters(t, dir, program(t)+" watch trace.csv --scenario three-modes --rate 40")
	p.sees("■ ended").sees("frame 12").presses(",").sees("frame 11").presses("y").sees("undercurrent watch trace.csv --rate 40").presses(" ").sees("stage").presses("q")
	if status := p.leaves(); status != exitOK {
		t.Errorf("the status is %d", status)
	}
}

// What is saved is opened again without leaving the program, with its divergence.
func TestAPersonOpensWhatTheySaved(t *testing.T) {
	t.Parallel()
	p := enters(t, t.TempDir(), program(t)+" --scenario three-modes --divergence alpha:0.5")
	p.sees("three-modes │ α-divergence").presses("s").sees("saved as three-modes.yaml").presses("d").sees("skew forward KL")
	p.presses(":scenario thr\t.y\t").sees("scenario three-modes.yaml").presses("\r").sees("three modes │ α-divergence")
	p.presses("y").sees("undercurrent --scenario three-modes.yaml --divergence alpha --alpha 0.5").presses("y").sees("stage")
	p.presses(":scenario none.yaml\r").sees("none.yaml: no such file").presses("\x03")
	if status := p.leaves(); status != exitOK {
		t.Errorf("the status is %d", status)
	}
}

// A stream that breaks leaves its last whole frame on the screen; the program says so in
// the end.
func TestAPersonSeesAStreamBreak(t *testing.T) {
	t.Parallel()
	binary := program(t)
	p := enters(t, t.TempDir(), `printf '0,0\n1,1\n\n0,0\n1,2\n\n3,' | `+binary+" watch --scenario three-modes")
	p.sees("■ stopped").sees("frame 2").presses("q")
	if status := p.leaves(); status != exitUsage {
		t.Errorf("the status is %d", status)
	}
	p.sees("standard input ends in line 7")
}

// A person logs what they watch of a file of frames: it is repeated, also where the file has grown, and refused where it
// is another.
func TestAPersonLogsAFileThatIsWatched(t *testing.T) {
	t.Parallel()
	dir, binary := t.TempDir(), program(t)
	trace, log := filepath.Join(dir, "trace.csv"), filepath.Join(dir, "s.jsonl")
	text := csvOf(clouds(12, 50))
	writeFile(t, trace, text)
	p := enters(t, dir, binary+" watch --scenario three-modes --rate 40 --log s.jsonl "+trace)
	p.sees("■ ended").presses("d").sees("drift reverse KL").presses(",,").sees("frame 10").presses("q")
	leavesInOrder(t, p)
	if l := replaysOnce(t, log); l.Step != 10 || l.Flows[0].Scenario != "three-modes" || l.Flows[0].Particles != 50 {
		t.Errorf("the line is %+v", l)
	}
	if r := runs("replay", log, "--check"); r.status != exitOK || !strings.HasPrefix(r.out, log+": the particles are those of the log at frame 10, by ") {
		t.Error(r)
	}
	writeFile(t, trace, text+"1,1\n2,2\n\n")
	replaysOnce(t, log)
	cast := filepath.Join(dir, "s.cast")
	if r := runs("record", "--log", log, "--out", cast, "--fps", "2"); r.status != exitOK {
		t.Error(r)
	}
	for want, changed := range map[string]string{
		`: the SHA-256 of its first \d+ bytes is [0-9a-f]{12}…, expected [0-9a-f]{12}…`: "9" + text[1:] + "1,1\n",
		fmt.Sprintf(`: it has %d bytes, expected at least %d`, len(text)-9, len(text)):  text[:len(text)-9],
	} {
		writeFile(t, trace, changed)
		if r := runs("replay", log); r.status != exitUsage || !regexp.MustCompile(regexp.QuoteMeta(trace+" is not the file of the log")+want+"\n").MatchString(r.err) {
			t.Errorf("expected %s: %v", want, r)
		}
	}
	if err := os.Remove(trace); err != nil {
		t.Fatal(err)
	}
	if r := runs("replay", log); r.status != exitUsage || !strings.Contains(r.err, trace+": no such file, expected the file of the log\n") {
		t.Error(r)
	}
}

// A person logs what they watch of a pipe, from which nothing comes any more: the frames are in the log, on any number of
// processors, and what of them is damaged is refused with its line.
func TestAPersonLogsAStream(t *testing.T) {
	t.Parallel()
	dir, binary := t.TempDir(), program(t)
	log := filepath.Join(dir, "s.jsonl")
	sampler := `awk 'BEGIN { for (;;) print 4*rand()-2 "," 4*rand()-2 }'`
	p := enters(t, dir, sampler+" | "+binary+" watch --scenario three-modes --last 200 --rate 30 --log s.jsonl")
	p.sees("exact samples").presses("]").sees("bandwidth").presses(" ").sees("❚❚ paused").presses(",,,").sees("●").presses(" ").sees("▶ watching").presses("q")
	leavesInOrder(t, p)
	l := replaysOnce(t, log)
	content, err := os.ReadFile(log)
	if err != nil {
		t.Fatal(err)
	}
	text := string(content)
	if n := l.Flows[0].Particles; n != 4*l.Step || !strings.Contains(text, `"points":12,"kept":8`) {
		t.Errorf("frame %d has %d particles", l.Step, n)
	}
	for _, c := range []struct {
		text, want string
		status     int
	}{
		{withIn(text, `"points":"`, `"points":"AAAA`), `, line 2: the points cannot be unpacked \(`, exitUsage},
		{withIn(text, `"points":"`, `"points":"!`), `, line 2: illegal base64 data at input byte 0, expected an input`, exitUsage},
		{withIn(text, `"first"`, `"took"`), `, line 3: no first frame, expected that of the stream before all else\n`, exitUsage},
		{withIn(text, `"kept":8`, `"kept":7`), `, line \d+: frame 3 has 12 points, expected the 11 that it keeps and is given\n`, exitFailure},
		{withIn(text, `"stream":true`, `"stream":false`), `, line 1: frames of no file, expected a file or the frames in the log\n`, exitUsage},
		{withIn(text, `"name":"last"`, `"name":"lost"`), `, line 1: flag "lost", expected one of a session\n`, exitUsage},
		{withIn(text, `"value":"200"`, `"value":"1"`), `, line 1: --last is 1, expected a whole number of at least 2\n`, exitUsage},
		{withIn(text, `{"name":"scenario","value":"three-modes"},`, ``), `, line 1: standard input has no target, expected one`, exitUsage},
	} {
		name := filepath.Join(dir, "damaged.jsonl")
		writeFile(t, name, c.text)
		if r := runs("replay", name, "--check"); r.status != c.status || !regexp.MustCompile("^undercurrent: "+regexp.QuoteMeta(name)+c.want).MatchString(r.err) || strings.Count(r.err, "\n") != 1 || r.out != "" {
			t.Errorf("expected %q: %v", c.want, r)
		}
	}
}

// A person logs a stream of chains, of which more frames come than are shown: what is said of them is that of all frames,
// and the log has them all.
func TestAPersonLogsAStreamOfChains(t *testing.T) {
	t.Parallel()
	dir, binary := t.TempDir(), program(t)
	log := filepath.Join(dir, "s.jsonl")
	sampler := `awk 'BEGIN { for (k = 0; k < 2000; k++) { for (i = 0; i < 3; i++) print 4*rand()-2 "," 4*rand()-2; print "0,1\n" } }'`
	p := enters(t, dir, sampler+" | "+binary+" watch --scenario three-modes --chains --log s.jsonl")
	p.sees("stdin has ended: chain 4 stays at one draw for 100 % of its 1999 transitions").presses("]").sees("bandwidth").presses("q")
	leavesInOrder(t, p)
	if l := replaysOnce(t, log); l.Step != 2000 || l.Flows[0].Particles != 4 {
		t.Errorf("the line is %+v", l)
	}
}

// A log that has no room for a frame ends before it; the session goes on.
func TestALogOfAStreamHasALimit(t *testing.T) {
	t.Parallel()
	dir, binary := t.TempDir(), program(t)
	log := filepath.Join(dir, "s.jsonl")
	sampler := `awk 'BEGIN { for (;;) { for (i = 0; i < 9000; i++) print rand() "," rand(); print "" } }'`
	p := enters(t, dir, sampler+" | "+binary+" watch --scenario three-modes --rate 30 --log-limit 1 --log s.jsonl")
	p.sees("the log ends before frame ").presses(" ").sees("❚❚ paused").presses("q")
	leavesInOrder(t, p)
	p.sees("there is no room for more frames than --log-limit 1 allows, in MB")
	l := replaysOnce(t, log)
	if l.Missing < 3 || l.Step != l.Missing-1 || l.Ended {
		t.Errorf("the line is %+v", l)
	}
	if r := runs("replay", log); r.status != exitOK || !strings.HasSuffix(r.out, fmt.Sprintf("; the log has no room for frame %d, and ends there\n", l.Missing)) {
		t.Error(r)
	}
	if info, err := os.Stat(log); err != nil || info.Size() > 1<<20+1<<16 {
		t.Errorf("the log is %+v (%v)", info, err)
	}
}

// The draws of several files are chains without a target; the log holds them to their files, with those that name their
// columns.
func TestAPersonLogsChains(t *testing.T) {
	t.Parallel()
	dir, binary := t.TempDir(), program(t)
	for c := range 2 {
		var b strings.Builder
		for k, p := range clouds(1, 60)[0] {
			fmt.Fprintf(&b, "1 %d %v %v %v\n", k, p.X+float64(c), p.Y, p.X*p.Y)
		}
		writeFile(t, fmt.Sprintf("%s/chain_%d.txt", dir, c+1), b.String())
	}
	writeFile(t, dir+"/chain.paramnames", "mu\ntau\ntheta\n")
	p := enters(t, dir, binary+" watch "+dir+"/chain_1.txt "+dir+"/chain_2.txt --rate 20 --log s.jsonl")
	p.sees("KDE of all chains").sees("chain 2 of 2").presses(">").sees("x mu, y theta").presses(",").sees("chain 1 of 2").presses("q")
	leavesInOrder(t, p)
	log := dir + "/s.jsonl"
	if l := replaysOnce(t, log); l.Step != 1 || l.Flows[0].Particles != 60 {
		t.Errorf("the line is %+v", l)
	}
	writeFile(t, dir+"/chain.paramnames", "mu\ntau\nother\n")
	want := `chain\.paramnames is not the file of the log: it has 13 bytes with the SHA-256 [0-9a-f]{12}…, expected 13 bytes with [0-9a-f]{12}…` + "\n"
	if r := runs("replay", log); r.status != exitUsage || !regexp.MustCompile(want).MatchString(r.err) {
		t.Error(r)
	}
}

// replaysOnce replays a log without a screen, held to its digests.
func replaysOnce(t *testing.T, log string) replayLine {
	t.Helper()
	r := runs("replay", log, "--json")
	var line replayLine
	if err := json.Unmarshal([]byte(r.out), &line); err != nil || r.status != exitOK || !line.Agrees || line.Digests < 1 {
		t.Fatalf("%v: %v", err, r)
	}
	return line
}

// leavesInOrder waits until a person has left the program without a failure.
func leavesInOrder(t *testing.T, p *person) {
	t.Helper()
	if status := p.leaves(); status != exitOK {
		t.Fatalf("the status is %d", status)
	}
}

// withIn is a text with other words in the place of the first ones.
func withIn(text, old, other string) string { return strings.Replace(text, old, other, 1) }

// The flags of what is watched are logged as they were given, without those of the screen.
func TestFlagsOfWatchAreLoggedAsTheyWereGiven(t *testing.T) {
	args := []string{"--log-density", "-(x^2+y^2)/2", "--window=-3,3,-2.5,1e3", "--columns", "mu,log(tau)", "--weights", "none", "--chain", "walker", "--divergence", "alpha:0.5", "--rate", "2.5", "--since", "first", "--shuffled",
		"--pool", "3", "--theme", "light", "--log", "x", "--log-limit", "7", "--seed", "9"}
	given := newWatch()
	first := given.command()
	if err := first.ParseFlags(args); err != nil {
		t.Fatal(err)
	}
	list := flagsBoundBy(newWatch().bindSession, first.Flags())
	again, second := newWatch(), &cobra.Command{}
	again.bindSession(second)
	if err := setFlags(second, list); err != nil {
		t.Fatal(err)
	}
	for _, f := range list {
		if a, b := first.Flags().Lookup(f.Name).Value.String(), second.Flags().Lookup(f.Name).Value.String(); a != b {
			t.Errorf("--%s is %s, expected %s", f.Name, b, a)
		}
	}
	if len(list) != 11 {
		t.Errorf("there are %d flags: %+v", len(list), list)
	}
}
