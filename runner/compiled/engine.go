package compiled

import (
	"context"
	"errors"
	"os"
	"sync"
	"time"

	"notebook"
	"notebook/runner"
	"notebook/runner/lower"
)

// Config says how cells are built. The zero value is ready to use.
type Config struct {
	// Environ is the environment that the Go tools are found in; they see what
	// they need of it. nil means the environment of this process.
	Environ []string
	// Download allows the go command to download the modules that a go.mod
	// requires.
	Download bool
	// CacheSize bounds what is kept in the cache folder, in bytes; 0 means
	// DefaultCacheSize.
	CacheSize int64
	// Warn is told, once for a cache folder, that it cannot be used and why.
	// It may be nil.
	Warn func(error)
}

// DefaultCacheSize bounds what is kept in the cache folder, in bytes.
const DefaultCacheSize = 1 << 30

// An Engine builds cells with the Go toolchain and runs what it built. It may
// be used for several notes at once.
type Engine struct {
	config   Config
	tools    tools
	indirect bool          // always use go build
	toolTime time.Duration // how long a compiler or linker may take

	mu        sync.Mutex
	stores    map[string]*store // by folder
	harnesses map[harnessKind]harnessSource
}

var _ runner.Engine = (*Engine)(nil)

// New returns an engine. It finds the toolchain when it is first needed.
func New(config Config) *Engine {
	if config.Environ == nil {
		config.Environ = os.Environ()
	}
	if config.CacheSize == 0 {
		config.CacheSize = DefaultCacheSize
	}
	return &Engine{
		config: config, tools: processTools{}, toolTime: toolTime,
		stores: map[string]*store{}, harnesses: map[harnessKind]harnessSource{},
	}
}

// ID implements runner.Engine.
func (e *Engine) ID() notebook.EngineName { return notebook.Compiled }

// Go returns the version of the toolchain. Where there is none that can build
// cells, the error is a *NoToolchainError.
func (e *Engine) Go(ctx context.Context, env runner.Env) (string, error) {
	t, err := e.findToolchain(ctx, e.store(env.Cache), env)
	if err != nil {
		return "", err
	}
	return t.version(), nil
}

// Lower implements runner.Engine. The first time that a toolchain is used this
// builds the part of the standard library that the cells import.
func (e *Engine) Lower(ctx context.Context, note *notebook.Note, cells []*notebook.Cell, env runner.Env) (*lower.Source, error) {
	b, err := e.newBuilder(ctx, env)
	if err != nil {
		return nil, err
	}
	found, err := b.load(ctx, cells)
	if err := errors.Join(err, b.close()); err != nil {
		return nil, err
	}
	return lower.Lower(note, cells, newImporter(found)), nil
}

// store returns the store in a cache folder.
func (e *Engine) store(cache string) *store {
	e.mu.Lock()
	defer e.mu.Unlock()
	s := e.stores[cache]
	if s == nil {
		s = openStore(cache, e.config.CacheSize, e.config.Warn)
		e.stores[cache] = s
	}
	return s
}

// A harnessKind names a harness: by the version of the language, and by whether
// it can record traces.
type harnessKind struct {
	lang      string
	recording bool
}

// harness returns the source of a harness.
func (e *Engine) harness(kind harnessKind) (harnessSource, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	h, ok := e.harnesses[kind]
	if !ok {
		var err error
		if h, err = readHarness(kind.lang, kind.recording); err != nil {
			return h, err
		}
		e.harnesses[kind] = h
	}
	return h, nil
}
