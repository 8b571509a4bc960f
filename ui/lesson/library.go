package lesson

import (
	"embed"
	"fmt"
	"io/fs"
	"slices"
	"sync"

	"undercurrent/internal/suggest"
)

//go:embed lessons/*.yaml
var files embed.FS

// All are the lessons of the program, in the order of the names of their files.
func All() []*Lesson { return slices.Clone(embedded()) }

// embedded are read when they are first asked for: that takes as long as a frame.
var embedded = sync.OnceValue(read)

func read() []*Lesson {
	names, err := fs.Glob(files, "lessons/*.yaml")
	if err != nil {
		panic(err)
	}
	var list []*Lesson
	for _, name := range names {
		text, err := files.ReadFile(name)
		if err != nil {
			panic(err)
		}
		l, err := Decode(text)
		if err != nil {
			panic(fmt.Sprintf("%s: %v", name, err))
		}
		list = append(list, l)
	}
	return list
}

// IDs are the names of the lessons of the program.
func IDs() (ids []string) {
	for _, l := range All() {
		ids = append(ids, l.ID)
	}
	return ids
}

// Named is the lesson with a name.
func Named(id string) (*Lesson, error) {
	list := All()
	k := slices.IndexFunc(list, func(l *Lesson) bool { return l.ID == id })
	if k < 0 {
		return nil, fmt.Errorf("unknown lesson %q, expected %s", id, suggest.Nearest(id, IDs()))
	}
	return list[k], nil
}
