package draws

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// maxFiles bounds the files that are read as one table.
const maxFiles = 1000

// expanded are the files that names stand for: a file, a pattern, or the root of the files
// root_1.txt, root_2.txt or root.1.txt of a GetDist chain.
func expanded(names []string) (paths []string, err error) {
	for _, name := range names {
		list := []string{name}
		if _, err := os.Stat(name); errors.Is(err, os.ErrNotExist) {
			switch {
			case strings.ContainsAny(name, "*?["):
				if list, err = filepath.Glob(name); err != nil || len(list) == 0 {
					return nil, fmt.Errorf("%s: no file matches the pattern, expected at least one", name)
				}
			default:
				if chain := chainFiles(name); chain != nil {
					list = chain
				}
			}
		}
		slices.SortFunc(list, naturally)
		paths = append(paths, list...)
	}
	switch n := len(paths); {
	case n == 0:
		return nil, errors.New("no file is named, expected at least one file of draws")
	case n > maxFiles:
		return nil, fmt.Errorf("%d files are named, expected at most %d", n, maxFiles)
	}
	return paths, nil
}

// chainFiles are the files of a GetDist chain by its root.
func chainFiles(root string) (paths []string) {
	entries, err := os.ReadDir(filepath.Dir(root))
	if err != nil {
		return nil
	}
	for _, e := range entries {
		if name := e.Name(); filepath.Ext(name) == ".txt" && name != filepath.Base(root)+".txt" && chainRoot(name) == filepath.Base(root) {
			paths = append(paths, filepath.Join(filepath.Dir(root), name))
		}
	}
	return paths
}

// chainRoot is the name of a file of a GetDist chain without its ending and number.
func chainRoot(path string) string {
	root := strings.TrimSuffix(path, filepath.Ext(path))
	if k := strings.LastIndexAny(root, "_."); k > 0 {
		if _, err := strconv.ParseUint(root[k+1:], 10, 32); err == nil {
			return root[:k]
		}
	}
	return root
}

// naturally compares names with the numbers in them as numbers: mcmc_2 comes before mcmc_10.
func naturally(a, b string) int {
	parts := regexp.MustCompile(`\d+|\D+`)
	p, q := parts.FindAllString(a, -1), parts.FindAllString(b, -1)
	for k := range min(len(p), len(q)) {
		m, errM := strconv.ParseUint(p[k], 10, 64)
		n, errN := strconv.ParseUint(q[k], 10, 64)
		if errM == nil && errN == nil && m != n {
			return cmp.Compare(m, n)
		}
		if c := cmp.Compare(p[k], q[k]); c != 0 {
			return c
		}
	}
	return cmp.Compare(len(p), len(q))
}
