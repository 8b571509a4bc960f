package data

import (
	"fmt"
	"runtime"
	"runtime/debug"
	"sync"
)

// inStripes calls task for ranges of nearly equal length that are 0..n−1 together, one for each processor, and waits
// for them. A task writes its own range alone, so that results do not depend on their number.
func inStripes(n int, task func(from, to int)) {
	tasks := make([]func(), min(runtime.GOMAXPROCS(0), runtime.NumCPU(), n))
	for k := range tasks {
		tasks[k] = func() { task(n*k/len(tasks), n*(k+1)/len(tasks)) }
	}
	atOnce(tasks...)
}

// atOnce calls tasks at the same time and waits for them. A panic of one is a panic of the caller, whose recovery it
// would escape otherwise; it has the stack where it happened.
func atOnce(tasks ...func()) {
	var running sync.WaitGroup
	faults := make([]any, len(tasks))
	for k, task := range tasks {
		running.Go(func() {
			defer func() {
				if v := recover(); v != nil {
					faults[k] = fmt.Sprintf("%v\n%s", v, debug.Stack())
				}
			}()
			task()
		})
	}
	running.Wait()
	for _, f := range faults {
		if f != nil {
			panic(f)
		}
	}
}
