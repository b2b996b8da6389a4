package compiled

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"notebook"
)

func TestClean(t *testing.T) {
	s := newTestStore(t, 1<<20)
	k := keyOf("program")
	keepText(t, s, k, "0123456789")
	building, err := s.scratch(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	left, err := s.scratch(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	long := time.Now().Add(-2 * orphaned)
	if err := os.Chtimes(left, long, long); err != nil {
		t.Fatal(err)
	}
	cache := filepath.Dir(s.dir)
	size, err := Clean(cache)
	if err != nil || size <= 10 {
		t.Errorf("Clean = %d, %v", size, err)
	}
	if path, ok := s.file(k); ok {
		t.Error("still kept:", path)
	}
	if _, err := os.Stat(building); err != nil {
		t.Error("the folder of a build in progress:", err)
	}
	if _, err := os.Stat(left); !os.IsNotExist(err) {
		t.Error("the folder that a killed run left:", err)
	}
	if size, err := Clean(cache); size != 0 || err != nil {
		t.Errorf("Clean again = %d, %v", size, err)
	}
	if size, err := Clean(t.TempDir()); size != 0 || err != nil {
		t.Errorf("Clean of nothing = %d, %v", size, err)
	}
}

// TestCleanBeforeStart empties the cache after a note was built, or its build
// was found, and before it runs.
func TestCleanBeforeStart(t *testing.T) {
	env := newWarmEnv(t, nil)
	for _, when := range []string{"built", "found"} {
		open(t, env.engine, env.Env, parseNote(t, mixedNote)) // leaves the builds in the cache
		if when == "built" {
			clean(t, env.Cache)
		}
		o := open(t, env.engine, env.Env, parseNote(t, mixedNote))
		if cached := o.built[0].Body.(notebook.Built).Cached; cached != (when == "found") {
			t.Errorf("%s: cached = %v", when, cached)
		}
		clean(t, env.Cache)
		if got := o.run(t); !strings.Contains(got, `stdout "1\n"`) || !strings.Contains(got, `stderr "2\n"`) {
			t.Errorf("%s: got %s", when, got)
		}
	}
}

// TestCleanDuringBuild empties the cache whenever a tool has run.
func TestCleanDuringBuild(t *testing.T) {
	env := newWarmEnv(t, nil)
	env.engine.config.Warn = func(err error) { t.Error("warned:", err) }
	env.engine.tools = toolsFunc(func(ctx context.Context, call tool) ([]byte, error) {
		clean(t, env.Cache)
		defer clean(t, env.Cache)
		return env.counts.run(ctx, call)
	})
	got := open(t, env.engine, env.Env, parseNote(t, mixedNote)).run(t)
	if !strings.Contains(got, `stdout "1\n"`) || !strings.Contains(got, `stderr "2\n"`) {
		t.Errorf("got %s", got)
	}
}

// TestRendersAndCleans renders a note again and again while others empty the
// cache, as programs that know nothing of each other.
func TestRendersAndCleans(t *testing.T) {
	env := newWarmEnv(t, nil)
	rendered := make(chan struct{})
	var cleaners, renders sync.WaitGroup
	cleaners.Go(func() {
		for {
			select {
			case <-rendered:
				return
			default:
				clean(t, env.Cache)
			}
		}
	})
	for range 2 {
		e := New(Config{Warn: func(err error) { t.Error("warned:", err) }})
		renders.Go(func() {
			for range 2 {
				o := open(t, e, env.Env, parseNote(t, cellsOfSession))
				if got := o.run(t); !strings.Contains(got, `stdout "1\n"`) {
					t.Errorf("got %s", got)
				}
			}
		})
	}
	renders.Wait()
	close(rendered)
	cleaners.Wait()
}

func clean(t *testing.T, cache string) {
	if _, err := Clean(cache); err != nil {
		t.Error(err)
	}
}
