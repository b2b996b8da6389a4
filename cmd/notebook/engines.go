package main

import (
	"context"
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
	cautious := a.unasked(ctx, j, asked, env) != nil
	return []runner.Engine{a.compiled, yaegi.New(yaegi.Config{Cautious: cautious})}
}

// unasked returns why the session of a note is interpreted though nobody asked
// for that; nil where it is compiled, or where somebody asked.
func (a *app) unasked(ctx context.Context, j *job, asked notebook.EngineName, env runner.Env) error {
	if asked == "" {
		asked = j.note.Meta.Execute.Engine
	}
	if asked != "" && asked != notebook.Auto {
		return nil
	}
	_, err := a.compiled.Go(ctx, env)
	return err
}
