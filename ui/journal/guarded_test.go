package journal

import (
	"bytes"
	"sync"
)

// guarded is a buffer for several goroutines.
type guarded struct {
	mu  sync.Mutex
	all bytes.Buffer
}

func (g *guarded) Write(p []byte) (int, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.all.Write(p)
}

func (g *guarded) text() string {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.all.String()
}
