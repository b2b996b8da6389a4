package lower

import (
	"fmt"
	"go/types"
	"maps"
	"runtime/metrics"
	"sync"
	"sync/atomic"
	"time"

	"notebook"
)

// Limits of lowering one note. The type checker takes exponential time and
// memory for a few types that contain each other, or for a constant that is
// doubled again and again, and nothing can stop it.
var (
	maxTime   = 5 * time.Second
	maxMemory = uint64(1 << 30) // bytes of the heap of this program
)

// maxRunaways is how many cells of a note are given up one by one.
const maxRunaways = 3

// watchTime is how often the memory is looked at.
const watchTime = 100 * time.Millisecond

// lowerWatched lowers a note and gives cells up that take too much. What works
// on such a cell goes on in vain until it is done or the program ends.
func lowerWatched(note *notebook.Note, cells []*notebook.Cell, imp types.Importer) *Source {
	imp = &sharedImporter{imp: imp}
	runaways := map[*notebook.Cell]notebook.Problem{}
	for {
		var at atomic.Pointer[notebook.Cell]
		done := make(chan *Source, 1)
		given := maps.Clone(runaways)
		go func() { done <- lowerAll(note, cells, imp, given, &at) }()
		source, why := await(done)
		if source != nil {
			return source
		}
		for _, c := range cells {
			if c == at.Load() || len(runaways) >= maxRunaways {
				runaways[c] = notebook.Problem{
					File: note.Name, Line: c.Fence.Line, Col: c.Fence.Col, Severity: notebook.Error, Message: why,
					Hint: "take types that contain each other, or large constants, out of the cell",
				}
			}
		}
	}
}

// await waits for a source, or returns what it takes too much of.
func await(done <-chan *Source) (s *Source, why string) {
	tick := time.NewTicker(watchTime)
	defer tick.Stop()
	late := time.After(maxTime)
	for {
		select {
		case s := <-done:
			return s, ""
		case <-late:
			return nil, fmt.Sprintf("given up: checking the types takes longer than %v", maxTime)
		case <-tick.C:
			if heap() > maxMemory {
				return nil, fmt.Sprintf("given up: checking the types takes more than %d MB of memory", maxMemory>>20)
			}
		}
	}
}

// heap returns the bytes of live and not yet collected objects.
func heap() uint64 {
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}

// A sharedImporter lets several goroutines use an importer.
type sharedImporter struct {
	mu  sync.Mutex
	imp types.Importer
}

// Import implements types.Importer.
func (s *sharedImporter) Import(path string) (*types.Package, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.imp.Import(path)
}
