package yaegi

import (
	"context"
	"fmt"
	"os"
	"runtime"

	"notebook"
	"notebook/runner"
	"notebook/runner/lower"
)

// Config says how cells are interpreted. The zero value is ready to use.
type Config struct {
	// Cautious refuses cells that the interpreter is known to run differently
	// from Go, unless their author asks for this engine: those run with a
	// warning. What it cannot run at all is refused in any case.
	Cautious bool
}

// An Engine interprets cells. It may be used for several notes at once.
type Engine struct {
	config Config
}

// New returns an engine.
func New(config Config) *Engine { return &Engine{config: config} }

// ID implements runner.Engine.
func (e *Engine) ID() notebook.EngineName { return notebook.Yaegi }

// Go returns the version of the standard library that the cells get: that of
// this program. The error wraps runner.ErrUnavailable on Windows.
func (e *Engine) Go(context.Context, runner.Env) (string, error) {
	if runtime.GOOS == "windows" {
		return "", fmt.Errorf("yaegi: %w on Windows", runner.ErrUnavailable)
	}
	return runtime.Version(), nil
}

// Lower implements runner.Engine. Cells that the interpreter cannot run, or
// that a cautious engine refuses, are broken in the source.
func (e *Engine) Lower(_ context.Context, note *notebook.Note, cells []*notebook.Cell, _ runner.Env) (*lower.Source, error) {
	t := newTranslator()
	source := lower.Lower(note, cells, t.importer)
	for e.judgeCells(source, t) {
	}
	for _, p := range source.Programs {
		e.judgeProgram(source, p, t)
	}
	return source, nil
}

// judgeCells breaks the first cell of the session that cannot be interpreted
// and returns true. When there is none it adds the warnings of all.
func (e *Engine) judgeCells(source *lower.Source, t translator) bool {
	cells, translations := t.session(source)
	for i, c := range cells {
		if problems := e.refusals(source.Note, c.Cell, translations[i]); len(problems) > 0 {
			source.Break(c.Label, problems...)
			return true
		}
	}
	for i, c := range cells {
		warn(source, c.Cell, translations[i])
	}
	return false
}

// judgeProgram adds to a program's problems, or to the warnings, what is wrong
// with it.
func (e *Engine) judgeProgram(source *lower.Source, p *lower.Program, t translator) {
	if !runnable(p) {
		return
	}
	translation := t.program(p)
	p.Problems = typeErrors(source.Note, p.Cell, translation)
	if len(p.Problems) == 0 {
		p.Problems = e.refusals(source.Note, p.Cell, translation)
	}
	if len(p.Problems) == 0 {
		warn(source, p.Cell, translation)
	}
}

// runnable reports whether a program became source without problems.
func runnable(p *lower.Program) bool { return !p.Broken && len(p.Problems) == 0 }

// Open lets a worker compile the cells. Those that it cannot compile are broken
// in the source.
func (e *Engine) Open(ctx context.Context, source *lower.Source, env runner.Env, _ runner.Sink) (runner.Session, error) {
	executable, err := os.Executable()
	if err != nil {
		return nil, fmt.Errorf("yaegi: find this program: %w", err)
	}
	s := &session{env: env, source: source, executable: executable, programs: map[string]jobCell{}}
	if err := s.compile(ctx); err != nil {
		return nil, fmt.Errorf("yaegi: %w", err)
	}
	return s, nil
}
