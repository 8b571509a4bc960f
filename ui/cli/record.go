package cli

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"undercurrent/internal/suggest"
	"undercurrent/ui/app"
	"undercurrent/ui/output"
	"undercurrent/ui/paint"
	"undercurrent/ui/recording"
)

// record is the command that records the screen without a terminal.
type record struct {
	show    show
	out     string
	keys    string
	log     string
	lesson  string
	size    string
	seconds float64
	fps     int
	look    paint.Look
}

func newRecord() *record { return &record{} }

// Bounds of a recording: beyond them a GIF is of no use, and what is kept of it before it is written is large.
const (
	maxSeconds     = 300
	maxRecordedFPS = 50 // viewers take more for a mistake
	maxColumns     = 300
	maxRows        = 100
)

// endings are those of the files that can be recorded.
func endings() []string { return []string{castEnding, ".gif"} }

func (r *record) command() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "record",
		Short: "Record the screen into an asciicast or a GIF, without a terminal",
		Long: "Record what the screen shows while keys are pressed, into an asciicast (.cast) or an animated GIF. Time is simulated: the same command makes the same file on a slow machine, " +
			"except that a sampler in training (key g) learns as fast as the machine is. The configuration file and the environment are not read.\n" +
			"--log records a session from its log, and --lesson a lesson, which is read and answered at a calm pace; both to their end, or as long as --seconds says.\n" +
			"--keys is a list of items separated by semicolons: wait SECONDS; a key, which is a character or one of space, semicolon, less, enter, esc, tab, backspace, delete, up, down, left, right, home, end, pgup, pgdown, " +
			"with shift+, ctrl+ or alt+ before it where needed; :COMMAND<enter>; type TEXT. A text is typed at ten keys a second, and a name in angle brackets in it is that key. The key q ends the recording.",
		Example: "undercurrent record --out demo.gif --keys 'wait 5; d; wait 5; d; wait 5; space'\n" +
			"undercurrent record --scenario gmm40 --compare reverse-kl,forward-kl --seconds 10 --out compare.gif\n" +
			"undercurrent record --lesson one-field --out lesson.gif\n" +
			"undercurrent record --out demo.cast --keys 'wait 3; :z 10<enter>; wait 3; t; type grid<enter>'",
		Args: noArguments,
	}
	r.show.bindFlow(cmd)
	set := cmd.Flags()
	set.StringVar(&r.out, "out", "", "file for the recording, .cast or .gif")
	set.StringVar(&r.keys, "keys", "", "what is pressed, and when: 'wait 3; d; wait 2; :z 10<enter>'")
	set.StringVar(&r.log, logFlag, "", "record the session of a log (.jsonl)")
	set.StringVar(&r.lesson, "lesson", "", "record a lesson: its name, or a file (.yaml)")
	set.Float64Var(&r.seconds, "seconds", 20, fmt.Sprintf("length of the recording, at most %d", maxSeconds))
	set.IntVar(&r.fps, "fps", 12, fmt.Sprintf("frames per second of the recording, 1 to %d; the screen itself has %d", maxRecordedFPS, defaultFPS))
	outputFlags.take(set)
	set.StringVar(&r.size, "size", "120x40", "size of the screen in columns and rows")
	set.StringVar(&r.look.Theme, "theme", paint.DarkTheme, "theme: "+strings.Join(paint.Themes(), ", "))
	set.StringVar(&r.look.Palette, "palette", paint.Palettes()[0], "colours of densities: "+strings.Join(paint.Palettes(), ", "))
	displayFlags.take(set)
	complete(cmd, "theme", paint.Themes())
	complete(cmd, "palette", paint.Palettes())
	completeFiles(cmd, "out", endings())
	completeFiles(cmd, logFlag, []string{logEnding})
	completeLessons(cmd, "lesson")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error { return r.execute(cmd) }
	return cmd
}

func (r *record) execute(cmd *cobra.Command) error {
	film, err := r.resolve()
	if err != nil {
		return err
	}
	program, err := r.program(cmd, &film)
	if err != nil {
		return err
	}
	defer program.Close()
	file, err := output.Create(r.out)
	if err != nil {
		return usagef("--out %w", err)
	}
	defer file.Abandon()
	if err := film.shoot(cmd.Context(), program, file, cmd.ErrOrStderr()); err != nil {
		return err
	}
	if again, ok := program.(*replayed); ok {
		if err := again.failure(); err != nil {
			return err
		}
	}
	return file.Keep()
}

// film is a recording as the flags ask for it.
type film struct {
	width, height int
	fps, frames   int
	script        app.Script // of the keys
	gif           bool
}

// resolve reads the flags of the recording. Every error is a usageError.
func (r *record) resolve() (f film, err error) {
	switch ending := filepath.Ext(r.out); {
	case r.out == "":
		return f, usagef("--out is not given, expected a file that ends in %s", strings.Join(endings(), " or "))
	case !strings.EqualFold(ending, castEnding) && !strings.EqualFold(ending, ".gif"):
		return f, usagef("--out %s does not end in %s, expected one of them", r.out, strings.Join(endings(), " or "))
	default:
		f.gif = strings.EqualFold(ending, ".gif")
	}
	if err := r.checkLook(); err != nil {
		return f, err
	}
	if f.width, f.height, err = r.resolveSize(); err != nil {
		return f, err
	}
	if r.fps < 1 || r.fps > maxRecordedFPS {
		return f, usagef("--fps is %d, expected a whole number from 1 to %d", r.fps, maxRecordedFPS)
	}
	if !(r.seconds > 0 && r.seconds <= maxSeconds) {
		return f, usagef("--seconds is %g, expected a number above 0 and up to %d", r.seconds, maxSeconds)
	}
	if f.script, err = app.ParseScript(r.keys); err != nil {
		return f, usagef("--keys, %w", err)
	}
	seconds := r.seconds
	if set := r.show.flow.set; (r.log != "" || r.lesson != "") && !set.Changed("seconds") {
		seconds = maxSeconds // or to its end
	}
	length := time.Duration(seconds * float64(time.Second))
	if f.script.Length > length {
		return f, usagef("--keys take %g s, expected at most the %g s of --seconds", f.script.Length.Seconds(), seconds)
	}
	f.fps, f.frames = r.fps, max(int(seconds*float64(r.fps)+0.5), 1)
	return f, nil
}

// checkLook refuses a theme or a palette that there is not.
func (r *record) checkLook() error {
	if themes := paint.Themes(); !slices.Contains(themes, r.look.Theme) {
		return usagef("--theme is %q, expected %s", r.look.Theme, suggest.Nearest(r.look.Theme, themes))
	}
	if palettes := paint.Palettes(); !slices.Contains(palettes, r.look.Palette) {
		return usagef("--palette is %q, expected %s", r.look.Palette, suggest.Nearest(r.look.Palette, palettes))
	}
	return nil
}

// resolveSize is --size.
func (r *record) resolveSize() (width, height int, err error) {
	minColumns, minRows := app.SmallestScreen()
	columns, rows, _ := strings.Cut(r.size, "x")
	width, wrong := strconv.Atoi(columns)
	height, wrongToo := strconv.Atoi(rows)
	if wrong != nil || wrongToo != nil || width < minColumns || width > maxColumns || height < minRows || height > maxRows {
		return 0, 0, usagef("--size is %q, expected COLUMNSxROWS from %dx%d to %dx%d", r.size, minColumns, minRows, maxColumns, maxRows)
	}
	return width, height, nil
}

// recorder takes the frames of a recording.
type recorder interface {
	Add(recording.Frame) error
	End(at time.Duration) error
}

// shoot writes what is seen of a program.
func (f film) shoot(ctx context.Context, program filmed, out io.Writer, stderr io.Writer) error {
	to, err := f.recorder(program, out, stderr)
	if err != nil {
		return err
	}
	bar := newProgress(stderr, f.frames, "frame")
	defer bar.clear()
	k := 0
	for ; k < f.frames && !program.Ended(); k++ {
		if ctx.Err() != nil {
			return fmt.Errorf("interrupted at frame %d of %d", k, f.frames)
		}
		at := f.time(k)
		program.AdvanceTo(at)
		if err := to.Add(recording.Frame{At: at, Screen: program.Screen(), Ground: groundOf(program)}); err != nil {
			return err
		}
		bar.show(k + 1)
	}
	bar.clear()
	return to.End(f.time(k))
}

// time is that of a frame.
func (f film) time(k int) time.Duration { return time.Duration(k) * time.Second / time.Duration(f.fps) }

// recorder is that of the file.
func (f film) recorder(program filmed, out io.Writer, stderr io.Writer) (recorder, error) {
	if !f.gif {
		return recording.NewCast(out, programName, f.width, f.height, groundOf(program))
	}
	g, err := recording.NewGIF(out, f.width, f.height)
	if err != nil {
		return nil, err
	}
	var bar *progressBar
	g.Progress = func(done, all int) {
		if bar == nil {
			bar = newProgress(stderr, all, "picture")
		}
		if bar.show(done); done == all {
			bar.clear()
		}
	}
	return g, nil
}

// groundOf are the colours of a program's terminal.
func groundOf(program filmed) recording.Ground {
	return groundIn(program.Ground())
}
