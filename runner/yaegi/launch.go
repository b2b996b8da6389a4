package yaegi

import (
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"notebook"
	"notebook/runner"
)

// environ returns the environment of a worker: that of all cells, a private
// TMPDIR, and what the cell itself asks for. The cell may be nil.
func environ(env runner.Env, cell *notebook.Cell) []string {
	list := setEnv(slices.Clone(env.Environ), "TMPDIR", env.Temp)
	if cell == nil {
		return list
	}
	for _, name := range slices.Sorted(maps.Keys(cell.Options.Env)) {
		list = setEnv(list, name, cell.Options.Env[name])
	}
	return list
}

// setEnv returns the environment with the variable set, once.
func setEnv(environ []string, name, value string) []string {
	environ = slices.DeleteFunc(environ, func(kv string) bool { return strings.HasPrefix(kv, name+"=") })
	return append(environ, name+"="+value)
}

// openInput returns the input of a program: the file of that name in the note's
// folder where there is one, else the text itself; nil for no text.
func openInput(env runner.Env, text string) (io.Reader, error) {
	if text == "" {
		return nil, nil
	}
	if !strings.Contains(text, "\n") && filepath.IsLocal(text) {
		path := inFolder(env, text)
		if info, err := os.Stat(path); err == nil && info.Mode().IsRegular() {
			return os.Open(path)
		}
	}
	return strings.NewReader(text), nil
}

// inFolder returns a path that an option names, seen from the note's folder.
func inFolder(env runner.Env, name string) string {
	if filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(env.Dir, name)
}
