package cli

import (
	"errors"
	"io"
	"io/fs"
	"os"

	"github.com/spf13/cobra"

	"undercurrent/divergences"
	"undercurrent/scenarios"
	"undercurrent/scenarios/data/arrays"
	"undercurrent/sim"
	"undercurrent/sim/replay"
	"undercurrent/ui/app"
	"undercurrent/ui/journal"
	"undercurrent/ui/lesson"
	"undercurrent/ui/session"
)

// tour is the command that opens the screen with a lesson, or lists them.
type tour struct {
	config configFlags
	asJSON bool
	log    string
}

func newTour() *tour { return &tour{} }

func (c *tour) command() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "lesson [NAME|FILE.yaml]",
		Short: "Open a guided tour, or list them",
		Long: "Open the screen with a lesson: a scene, a question, and the number that answers it. Without an argument the " +
			"lessons are listed. A file is a lesson of your own.",
		Example: "undercurrent lesson\nundercurrent lesson one-field\nundercurrent lesson mine.yaml",
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return lesson.IDs(), cobra.ShellCompDirectiveDefault
		},
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 1 {
				return usagef("lesson was given %s, expected at most one: a name or a file", counted(len(args), "argument"))
			}
			return nil
		},
	}
	c.config.bind(cmd)
	cmd.Flags().BoolVar(&c.asJSON, "json", false, "print the list as a JSON array")
	bindLog(cmd, &c.log)
	outputFlags.take(cmd.Flags())
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if len(args) == 0 {
			return listLessons(cmd.OutOrStdout(), c.asJSON)
		}
		return c.open(cmd, args[0])
	}
	return cmd
}

// lessonEntry is a lesson as the list prints it.
type lessonEntry struct {
	ID       string `json:"id"`
	Title    string `json:"title"`
	Question string `json:"question"`
	Steps    int    `json:"steps"`
}

func listLessons(out io.Writer, asJSON bool) error {
	var entries []lessonEntry
	for _, l := range lesson.All() {
		entries = append(entries, lessonEntry{l.ID, l.Title, l.Question, len(l.Steps)})
	}
	if asJSON {
		return printJSON(out, entries)
	}
	t := newTable("lesson", "title", "question")
	for _, e := range entries {
		t.Row(e.ID, e.Title, e.Question)
	}
	return printTable(out, t)
}

// open opens the screen with a lesson.
func (c *tour) open(cmd *cobra.Command, name string) error {
	l, err := readLesson(name)
	if err != nil {
		return err
	}
	config, err := c.config.resolve(os.Getenv)
	if err != nil {
		return err
	}
	if err := checkLog(c.log); err != nil {
		return err
	}
	if err := needTerminal(cmd.OutOrStdout(), "lesson"); err != nil {
		return err
	}
	defer boundMemory(historyMB(config.History, replay.HistoryFor(0)))()
	keys, err := keyboard(cmd.InOrStdin())
	if err != nil {
		return err
	}
	shown, err := openLesson(l, config)
	if err != nil {
		return usagef("%s: %w", name, err)
	}
	options := config.options()
	options.Lesson = l
	options.CommandLine = reproducing(cmd.Root())
	log, err := beginLog(c.log, config, &options, func() (head journal.Head, err error) {
		if head.Lesson = name; isScenarioFile(name) {
			head.Files, err = inputFiles(scenarios.Scenario{}, name)
		}
		return head, err
	})
	if err != nil {
		return err
	}
	return log.end(app.Run(cmd.Context(), shown, options, keys, cmd.OutOrStdout()))
}

// openLesson is a session at the beginning of a lesson.
func openLesson(l *lesson.Lesson, c config) (*session.Session, error) {
	shown, err := firstScene(l)
	if err != nil {
		return nil, err
	}
	shown.SetHistoryLimit(c.History << 20)
	shown.Clock.Opening(int(c.Opening*float64(c.FPS)+0.5), c.FPS)
	return shown, nil
}

// firstScene is a session that stands where a lesson begins.
func firstScene(l *lesson.Lesson) (*session.Session, error) {
	scene := l.Steps[0].Scene
	functional, err := session.NewFunctional("under-coverage", 1, 1)
	if err != nil {
		return nil, err
	}
	settings := sim.DefaultSettings(scene.Scenario, scene.Motions[0].Drift)
	return session.New(divergences.Standard(), scene.Scenario, settings, functional)
}

// readLesson is a lesson of the program by its name, or that of a file.
func readLesson(name string) (*lesson.Lesson, error) {
	if !isScenarioFile(name) {
		l, err := lesson.Named(name)
		return l, usage(err)
	}
	f, err := os.Open(name)
	if err != nil {
		why := arrays.Plain(err).Error()
		if errors.Is(err, fs.ErrNotExist) {
			why = "no such file"
		}
		return nil, usagef("%s: %s, expected a lesson", name, why)
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, maxRead))
	if err != nil {
		return nil, usagef("%s: %w, expected a lesson", name, arrays.Plain(err))
	}
	l, err := lesson.Decode(text)
	if err != nil {
		return nil, usagef("%s: %w", name, err)
	}
	return l, nil
}
