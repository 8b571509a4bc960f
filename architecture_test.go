package main_test

import (
	"encoding/json"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"io/fs"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const module = "undercurrent"

// row is what one package of ours may import: others of ours, each with all below it where
// it ends in "/...", and libraries that draw, by themselves or through something else.
type row struct {
	pkg     string
	imports []string
	draws   []string
}

// The libraries that draw, by a part of their path.
const (
	image    = "image"
	bubbles  = "charm.land/bubbles"
	tea      = "charm.land/bubbletea"
	lipgloss = "charm.land/lipgloss"
	ntcharts = "ntcharts"
	plot     = "gonum.org/v1/plot"
)

// rows are the arrows between our packages, from the bottom to the top: a package imports
// only what stands above it here. A package without a row fails the test, and a row without
// a package.
func rows() []row {
	terminal := []string{image, bubbles, tea, lipgloss, ntcharts}
	return []row{
		{pkg: "internal/portable"},
		{pkg: "internal/vectors", imports: []string{"internal/portable"}},
		{pkg: "internal/fuzztest"},
		{pkg: "internal/suggest"},
		{pkg: "internal/streams"},

		{pkg: "divergences", imports: []string{"internal/portable"}},

		{pkg: "scenarios", imports: []string{"internal/portable"}},
		{pkg: "scenarios/internal/scenariotest", imports: []string{"internal/portable", "scenarios"}},
		{pkg: "scenarios/formula", imports: []string{"internal/portable", "scenarios"}},
		{pkg: "scenarios/data", imports: []string{"internal/portable", "scenarios", "scenarios/formula"}},
		// Pictures are read, not drawn: they are targets.
		{pkg: "scenarios/data/arrays/arraytest"},
		{pkg: "scenarios/data/arrays", imports: []string{"scenarios", "scenarios/data"}, draws: []string{image}},
		{pkg: "scenarios/data/draws", imports: []string{"internal/suggest", "scenarios", "scenarios/formula", "scenarios/data", "scenarios/data/arrays"}, draws: []string{image}},
		{pkg: "scenarios/catalogue", imports: []string{"internal/portable", "scenarios", "scenarios/data"}},
		{pkg: "scenarios/file", imports: []string{"scenarios", "scenarios/formula", "scenarios/data", "scenarios/catalogue"}},

		{pkg: "sim/internal/simtest", imports: []string{"internal/portable", "divergences", "scenarios", "scenarios/catalogue"}},
		{pkg: "sim/grid", imports: []string{"internal/portable", "internal/vectors", "scenarios"}},
		{pkg: "sim/target", imports: []string{"internal/portable", "scenarios/...", "sim/grid"}},
		{pkg: "sim/density", imports: []string{"internal/portable", "internal/vectors", "divergences", "scenarios", "sim/grid", "sim/target"}},
		{pkg: "sim/metrics", imports: []string{"divergences", "scenarios", "sim/grid", "sim/target", "sim/density"}},
		{pkg: "sim/movers", imports: []string{"internal/portable", "internal/streams", "scenarios", "sim/grid", "sim/metrics"}},
		{pkg: "sim", imports: []string{"internal/portable", "internal/streams", "divergences", "scenarios", "sim/grid", "sim/target", "sim/density", "sim/metrics", "sim/movers"}},
		{pkg: "sim/network", imports: []string{"internal/portable", "internal/vectors"}},
		{pkg: "sim/chains", imports: []string{"internal/portable"}},
		{pkg: "sim/diagnosis", imports: []string{"internal/suggest", "scenarios", "sim/chains", "sim/movers", "sim/target"}},
		{pkg: "sim/check", imports: []string{"internal/portable", "divergences", "scenarios", "sim", "sim/grid", "sim/target", "sim/density", "sim/metrics", "sim/movers"}},
		{pkg: "sim/sampler", imports: []string{"internal/portable", "divergences", "scenarios", "sim", "sim/grid", "sim/target", "sim/density", "sim/movers", "sim/network"}},
		{pkg: "sim/baseline", imports: []string{"scenarios", "sim/movers"}},
		{pkg: "sim/bench", imports: []string{"divergences", "scenarios", "scenarios/catalogue", "sim", "sim/density", "sim/metrics", "sim/grid", "sim/sampler", "sim/baseline"}},
		{pkg: "sim/stream", imports: []string{"scenarios", "scenarios/data/arrays"}, draws: []string{image}},
		{pkg: "sim/replay", imports: []string{"divergences", "scenarios", "sim", "sim/grid", "sim/target", "sim/density"}},

		{pkg: "ui/output", imports: []string{"scenarios", "sim", "sim/bench", "scenarios/data/arrays"}, draws: []string{image}},
		{pkg: "ui/layout"},
		{pkg: "ui/paint", imports: []string{"internal/portable"}, draws: []string{image, tea, lipgloss, ntcharts}},
		{pkg: "ui/recording", draws: []string{image}},
		{pkg: "ui/session", imports: []string{"internal/portable", "divergences", "scenarios/...", "sim/..."}, draws: []string{image}},
		{pkg: "ui/figure", imports: []string{"internal/portable", "divergences", "scenarios/...", "sim/...", "ui/output", "ui/session"}, draws: []string{image, plot}},
		{pkg: "ui/panel", imports: []string{"internal/portable", "internal/vectors", "divergences", "scenarios/...", "sim/...", "ui/layout", "ui/paint", "ui/session"}, draws: terminal},
		{pkg: "ui/journal", imports: []string{"internal/suggest", "sim/stream", "ui/session"}, draws: []string{image}},
		{pkg: "ui/command", imports: []string{"internal/suggest", "divergences", "scenarios", "scenarios/catalogue", "sim", "ui/session"}, draws: []string{image}},
		{pkg: "ui/lesson", imports: []string{"internal/portable", "internal/suggest", "divergences", "scenarios", "scenarios/catalogue", "scenarios/file", "sim", "sim/diagnosis", "sim/target", "ui/layout", "ui/session", "ui/panel", "ui/command"}, draws: terminal},
		{pkg: "ui/app", imports: []string{"internal/portable", "internal/suggest", "divergences", "scenarios/...", "sim/...", "ui/layout", "ui/paint", "ui/session", "ui/journal", "ui/panel", "ui/command", "ui/lesson"}, draws: terminal},
		{pkg: "ui/cli", imports: []string{"internal/suggest", "divergences", "scenarios/...", "sim/...", "scenarios/data/arrays", "scenarios/data/draws", "ui/output", "ui/paint", "ui/recording", "ui/figure", "ui/session", "ui/journal", "ui/lesson", "ui/app"}, draws: append([]string{plot}, terminal...)},

		{pkg: "", imports: []string{"ui/cli"}, draws: append([]string{plot}, terminal...)},
	}
}

// listed is a package as go list has it.
type listed struct {
	ImportPath    string
	Imports, Deps []string
}

// ours is the path of a package within the module.
func ours(path string) (string, bool) {
	if path == module {
		return "", true
	}
	return strings.CutPrefix(path, module+"/")
}

// look reads the folders of the module, so that a change anywhere runs the tests again: what
// go list reads is not seen by the cache of test results.
func look(t *testing.T) {
	t.Helper()
	if err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.IsDir() && d.Name() == ".git" {
			return filepath.SkipDir
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
}

// packages lists those of the module.
func packages(t *testing.T) (list []listed) {
	t.Helper()
	look(t)
	out, err := exec.Command("go", "list", "-json=ImportPath,Imports,Deps", "./...").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	for d := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p listed
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			return list
		} else if err != nil {
			t.Fatal(err)
		}
		list = append(list, p)
	}
}

// allows reports whether a row allows an import of ours.
func (r row) allows(pkg string) bool {
	return slices.ContainsFunc(r.imports, func(allowed string) bool {
		if tree, ok := strings.CutSuffix(allowed, "/..."); ok {
			return pkg == tree || strings.HasPrefix(pkg, tree+"/")
		}
		return pkg == allowed
	})
}

func TestEveryArrowBetweenOurPackagesIsListed(t *testing.T) {
	rows := rows()
	place := func(pkg string) int { return slices.IndexFunc(rows, func(r row) bool { return r.pkg == pkg }) }
	list := packages(t)
	for _, r := range rows {
		if !slices.ContainsFunc(list, func(p listed) bool { pkg, _ := ours(p.ImportPath); return pkg == r.pkg }) {
			t.Errorf("%q has a row and is no package", r.pkg)
		}
	}
	for _, p := range list {
		pkg, _ := ours(p.ImportPath)
		k := place(pkg)
		if k < 0 {
			t.Errorf("%s has no row, expected one that says what it may import", p.ImportPath)
			continue
		}
		for _, path := range p.Imports {
			imported, ok := ours(path)
			if !ok {
				continue
			}
			if !rows[k].allows(imported) {
				t.Errorf("%s imports %s, expected only %s", p.ImportPath, path, strings.Join(rows[k].imports, ", "))
			}
			if place(imported) >= k {
				t.Errorf("%s imports %s, which stands below it in the rows", p.ImportPath, path)
			}
		}
	}
}

func TestOnlyTheScreenDraws(t *testing.T) {
	rows := rows()
	for _, p := range packages(t) {
		pkg, _ := ours(p.ImportPath)
		k := slices.IndexFunc(rows, func(r row) bool { return r.pkg == pkg })
		if k < 0 {
			continue // the other test says so
		}
		for _, dep := range p.Deps {
			for _, drawing := range []string{image, bubbles, tea, lipgloss, ntcharts, plot} {
				if strings.Contains(dep, drawing) && !slices.Contains(rows[k].draws, drawing) {
					t.Errorf("%s depends on %s", p.ImportPath, dep)
				}
			}
		}
	}
}

// What they share, the elementary functions, needs nothing else itself.
func TestDivergencesNeedTheStandardLibraryAlone(t *testing.T) {
	const shared = module + "/internal/portable"
	for _, p := range packages(t) {
		if p.ImportPath != module+"/divergences" && p.ImportPath != shared {
			continue
		}
		for _, dep := range p.Deps {
			if first, _, _ := strings.Cut(dep, "/"); strings.Contains(first, ".") || first == module && dep != shared {
				t.Errorf("%s depends on %s", p.ImportPath, dep)
			}
		}
	}
}

// The program opens no connection and starts no other program. What a library starts is named
// in README.md.
func TestNoNetworkAndNoOtherProgram(t *testing.T) {
	for _, p := range packages(t) {
		for _, path := range p.Imports {
			first, _, _ := strings.Cut(path, "/")
			if first == "net" && path != "net/url" || path == "os/exec" || path == "plugin" || path == "C" {
				t.Errorf("%s imports %s, expected neither the network nor other programs nor foreign code", p.ImportPath, path)
			}
		}
	}
}

// Exp of the standard library rounds differently on different processors.
func TestElementaryFunctionsArePortable(t *testing.T) {
	within := []string{"Exp", "Tanh", "Sinh", "Cosh", "Pow", "Erf", "Erfc", "Gamma"}
	if err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") || strings.HasPrefix(path, "internal/portable") {
			return err
		}
		files := token.NewFileSet()
		file, err := parser.ParseFile(files, path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if s, ok := n.(*ast.SelectorExpr); ok && slices.Contains(within, s.Sel.Name) {
				if from, ok := s.X.(*ast.Ident); ok && from.Name == "math" {
					t.Errorf("%s has math.%s, expected that of the package portable", files.Position(s.Pos()), s.Sel.Name)
				}
			}
			return true
		})
		return nil
	}); err != nil {
		t.Fatal(err)
	}
}
