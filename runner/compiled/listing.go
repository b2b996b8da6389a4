package compiled

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// importLine is the line of the first import in an importFile.
const importLine = 2

// importFile returns a program that imports paths, one a line.
func importFile(paths []string) string {
	var s strings.Builder
	s.WriteString("package main\n")
	for _, path := range paths {
		s.WriteString("import _ " + strconv.Quote(path) + "\n")
	}
	s.WriteString("func main() {}\n")
	return s.String()
}

// A listing is the output of go list.
type listing struct {
	main     *listed
	packages map[string]*listed
	modules  string // the module cache
}

// A listed package, as go list prints it.
type listed struct {
	ImportPath, Dir, Export, DefaultGODEBUG string
	Standard                                bool
	Imports                                 []string
	Error                                   *struct{ Pos, Err string }
}

const (
	mainPath = "command-line-arguments" // what go list calls files given to it
	mainFile = "notebook_session.go"
)

// list asks the go command about the packages that a program in dir would be
// built from. The program exists only in the overlay: nothing is written to dir.
func (b *builder) list(ctx context.Context, dir string, paths []string) (*listing, error) {
	folder, err := b.folder("list")
	if err != nil {
		return nil, err
	}
	program := filepath.Join(folder, mainFile)
	if err := os.WriteFile(program, []byte(importFile(paths)), 0o644); err != nil {
		return nil, err
	}
	overlay, err := b.overlay.write(folder, map[string]string{filepath.Join(dir, mainFile): program})
	if err != nil {
		return nil, err
	}
	defer b.tellWhenSlow("building the packages that cells import: the standard library, once for a version of Go")()
	out, err := b.tools.run(ctx, tool{
		Path: b.toolchain.goTool,
		Args: slices.Concat([]string{
			"list", "-e", "-export", "-deps", "-overlay", overlay, "-gcflags=all=" + noDebug,
			"-json=ImportPath,Dir,Export,DefaultGODEBUG,Standard,Imports,Error",
		}, b.toolchain.variant.flags(), []string{mainFile}),
		Dir: dir, Env: b.toolchain.environ,
	})
	if err != nil {
		return nil, err
	}
	return readListing(out, b.toolchain.vars["GOMODCACHE"])
}

func readListing(out []byte, modules string) (*listing, error) {
	l := &listing{packages: map[string]*listed{}, modules: modules}
	for dec := json.NewDecoder(bytes.NewReader(out)); ; {
		var p listed
		switch err := dec.Decode(&p); {
		case err == io.EOF && l.main == nil:
			return nil, errors.New("go list: no answer")
		case err == io.EOF:
			return l, nil
		case err != nil:
			return nil, fmt.Errorf("go list: %w", err)
		}
		if p.ImportPath == mainPath {
			l.main = &p
		} else {
			l.packages[p.ImportPath] = &p
		}
	}
}

// refusedByImporter returns the path that the error of the program is about.
func (l *listing) refusedByImporter(paths []string) (string, error) {
	_, place, _ := strings.Cut(l.main.Error.Pos, mainFile+":")
	line, _, _ := strings.Cut(place, ":")
	n, err := strconv.Atoi(line)
	if i := n - importLine; err == nil && 0 <= i && i < len(paths) {
		return paths[i], nil
	}
	return "", errors.New("go list: " + l.main.Error.Err)
}

// collect adds to found the packages of paths with all that they need, and
// the reason for each path where something of it is missing.
func (l *listing) collect(paths []string, found *packages) {
	found.GODEBUG = l.main.DefaultGODEBUG
	for _, path := range paths {
		reached := map[string]*pkg{}
		if e := l.reach(path, path, reached); e != nil {
			found.Refused[path] = e
			continue
		}
		maps.Copy(found.All, reached)
	}
}

// reach adds the package to reached, with all that it needs.
func (l *listing) reach(root, path string, reached map[string]*pkg) *ImportError {
	if path == "unsafe" || reached[path] != nil {
		return nil
	}
	p := l.packages[path]
	switch {
	case p == nil:
		return &ImportError{Path: root, Message: "package " + path + " was not found"}
	case p.Error != nil:
		return newImportError(root, p.Error.Err)
	}
	reached[path] = &pkg{
		Export: p.Export, Imports: slices.DeleteFunc(slices.Clone(p.Imports), isCgo),
		Standard: p.Standard, Local: !p.Standard && !within(p.Dir, l.modules),
	}
	for _, imported := range reached[path].Imports {
		if e := l.reach(root, imported, reached); e != nil {
			return e
		}
	}
	if p.Export == "" {
		return &ImportError{Path: root, Message: "package " + path + " could not be compiled"}
	}
	return nil
}

// isCgo reports whether an import is no package, but the C code beside it.
func isCgo(path string) bool { return path == "C" }

func within(path, dir string) bool {
	rel, err := filepath.Rel(dir, path)
	return dir != "" && err == nil && filepath.IsLocal(rel)
}
