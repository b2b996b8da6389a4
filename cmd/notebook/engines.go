package main

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"notebook"
	"notebook/runner"
	"notebook/runner/compiled"
	"notebook/runner/yaegi"
)

func newCompiled(a *app, w *workspace) runner.Engine {
	environ := a.environ
	if w.unkept != nil && !slices.ContainsFunc(environ, func(kv string) bool { return len(kv) > len("GOCACHE=") && strings.HasPrefix(kv, "GOCACHE=") }) {
		// The go command's own place is beside ours.
		environ = append(slices.Clone(environ), "GOCACHE="+filepath.Join(w.cache, "go-build"))
	}
	return compiled.New(compiled.Config{Environ: environ, Download: a.allowNet, Warn: func(err error) {
		a.warn(notebook.Diagnostic{File: "notebook", Message: err.Error()})
	}})
}

// engines returns the engines for a note, the preferred one first. Where cells
// are interpreted only because there is no toolchain, nobody asked for a second
// opinion: what would run differently is refused.
func (a *app) engines(ctx context.Context, j *job, asked notebook.EngineName, env runner.Env) []runner.Engine {
	if asked == "" {
		asked = j.note.Meta.Execute.Engine
	}
	_, err := a.compiled.Go(ctx, env)
	cautious := err != nil && asked != notebook.Yaegi
	if cautious && asked != notebook.Compiled && !a.interprets {
		a.interprets = true
		a.console.Message(fmt.Sprintf("notebook: cells are interpreted: %v", err))
	}
	return []runner.Engine{a.compiled, yaegi.New(yaegi.Config{Cautious: cautious})}
}
