package main

import (
	"notebook"
	"notebook/runner"
	"notebook/runner/compiled"
	"notebook/runner/yaegi"
)

// newEngines returns the engines, the preferred one first.
func newEngines(a *app) []runner.Engine {
	return []runner.Engine{
		compiled.New(compiled.Config{Environ: a.environ, Warn: func(err error) {
			a.warn(notebook.Diagnostic{File: "notebook", Message: err.Error()})
		}}),
		yaegi.New(yaegi.Config{}),
	}
}
