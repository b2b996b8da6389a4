package runner

import (
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"notebook"
)

// Environment returns the environment of a process: that of all cells, a
// private TMPDIR, and what the cell itself asks for; of several values of
// GOMAXPROCS it gets the first. No cell means the process
// of the session.
func (e Env) Environment(cell *notebook.Cell) []string {
	environ := setVariable(slices.Clone(e.Environ), "TMPDIR", e.Temp)
	if cell == nil {
		return environ
	}
	for _, name := range slices.Sorted(maps.Keys(cell.Options.Env)) {
		environ = setVariable(environ, name, cell.Options.Env[name])
	}
	if procs := cell.Options.Procs; len(procs) > 0 {
		environ = setVariable(environ, "GOMAXPROCS", strconv.Itoa(procs[0]))
	}
	return environ
}

func setVariable(environ []string, name, value string) []string {
	environ = slices.DeleteFunc(environ, func(kv string) bool { return strings.HasPrefix(kv, name+"=") })
	return append(environ, name+"="+value)
}

// Folder returns the folder that a process starts in: the note's, or the one
// that the option dir of its cell names.
func (e Env) Folder(cell *notebook.Cell) string {
	if cell == nil || cell.Options.Dir == "" {
		return e.Dir
	}
	return e.path(cell.Options.Dir)
}

// Input opens what a program cell reads on its standard input, or returns nil
// where it reads nothing. The caller closes it after the program has ended.
func (e Env) Input(cell *notebook.Cell) (io.ReadCloser, error) {
	if name := cell.Options.StdinFile; name != "" {
		file, err := os.Open(e.path(name))
		if err != nil {
			return nil, fmt.Errorf("stdin of %s: %w", notebook.CellName(cell.Label), err)
		}
		return file, nil
	}
	if cell.Options.Stdin == "" {
		return nil, nil
	}
	return io.NopCloser(strings.NewReader(cell.Options.Stdin)), nil
}

// path returns a path that an option names, seen from the note's folder.
func (e Env) path(name string) string {
	if filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(e.Dir, name)
}
