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
	"unicode"

	"notebook"
	"notebook/runner/lower"
)

// packages is what the go command says about a set of import paths, seen from
// the folder of a note.
type packages struct {
	// All holds the packages by path, with everything that they need.
	All map[string]*pkg
	// GODEBUG holds the settings that the nearest go.mod asks for.
	GODEBUG string
	// Plain is set when the nearest go.mod cannot be used and only the standard
	// library was looked at.
	Plain bool
	// Refused says why a path cannot be imported.
	Refused map[string]*ImportError `json:",omitempty"`
}

// A pkg is a compiled package.
type pkg struct {
	Export  string   // file with its archive and export data
	Imports []string // what it imports itself
	Local   bool     // neither of the standard library nor of the module cache: its files may change
}

// load finds the packages that cells and the harness import. It asks the go
// command, which builds what is missing, unless an earlier answer still holds.
func (b *builder) load(ctx context.Context, cells []*notebook.Cell) (*packages, error) {
	paths := append(lower.Imports(cells), b.harness.imports...)
	paths = slices.Compact(slices.Sorted(slices.Values(paths)))
	k := b.importsKey(paths)
	var kept packages
	if b.kept.json(k, &kept) && kept.exist() {
		return &kept, nil
	}
	found, err := b.find(ctx, paths)
	if err != nil {
		return nil, err
	}
	if b.lasting(found) {
		b.kept.keepJSON(k, found)
	}
	return found, nil
}

// importsKey names the answer for paths by what it depends on.
func (b *builder) importsKey(paths []string) key {
	parts := []any{"imports", b.toolchain.id(), b.toolchain.environ, b.overlay.source + b.overlay.added, paths}
	for _, name := range []string{"go.mod", "go.work"} {
		path := nearest(b.env.Dir, name)
		if path == "" {
			continue
		}
		sums := strings.TrimSuffix(path, filepath.Ext(path)) + ".sum"
		if name == "go.work" {
			sums = path + ".sum"
		}
		for _, file := range []string{path, sums, filepath.Join(filepath.Dir(path), "vendor", "modules.txt")} {
			data, err := os.ReadFile(file)
			parts = append(parts, name, string(data), err == nil)
		}
	}
	return keyOf(parts...)
}

// exist reports whether the go command still has the archives.
func (p *packages) exist() bool {
	for _, pkg := range p.All {
		if _, err := os.Stat(pkg.Export); err != nil {
			return false
		}
	}
	return len(p.All) > 0
}

// lasting reports whether an answer holds until a file of its key changes.
// A package of the user's own module changes with any of its files, and what
// is missing now may be there the next time.
func (b *builder) lasting(p *packages) bool {
	if len(p.Refused) > 0 || p.Plain {
		return false
	}
	for _, pkg := range p.All {
		if pkg.Local {
			return false
		}
	}
	return true
}

// find asks the go command about paths. Where it gives no answer at all, as
// with a go.mod that it cannot read, the standard library is still found.
func (b *builder) find(ctx context.Context, paths []string) (*packages, error) {
	found, err := b.findIn(ctx, b.env.Dir, paths)
	var failed *toolError
	if err == nil || !errors.As(err, &failed) {
		return found, err
	}
	plain, mkErr := b.plainModule()
	if mkErr != nil {
		return nil, mkErr
	}
	found, plainErr := b.findIn(ctx, plain, paths)
	if plainErr != nil {
		return nil, fmt.Errorf("find the standard library: %w", plainErr)
	}
	found.Plain = true
	for path := range found.Refused {
		if strings.Contains(path, ".") { // as every path outside the standard library
			found.Refused[path] = newImportError(path, "the go command does not work in this folder: "+failed.said())
		}
	}
	return found, nil
}

// plainModule makes a folder with a module that requires nothing.
func (b *builder) plainModule() (string, error) {
	dir := filepath.Join(b.scratch, "plain")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", err
	}
	return dir, os.WriteFile(filepath.Join(dir, "go.mod"), []byte("module plain\n"), 0o644)
}

// findIn asks from one folder. The go command names one import that it
// refuses at a time where the fault lies in the importer, as with a package
// that is internal; then it is asked again without that path.
func (b *builder) findIn(ctx context.Context, dir string, paths []string) (*packages, error) {
	found := &packages{All: map[string]*pkg{}, Refused: map[string]*ImportError{}}
	for _, path := range paths {
		if e := refuse(path); e != nil {
			found.Refused[path] = e
		}
	}
	for {
		wanted := slices.DeleteFunc(slices.Clone(paths), func(path string) bool { return found.Refused[path] != nil })
		listed, err := b.list(ctx, dir, wanted)
		if err != nil {
			return nil, err
		}
		if listed.main.Error == nil {
			listed.collect(wanted, found)
			return found, nil
		}
		path, err := listed.refusedByImporter(wanted)
		if err != nil {
			return nil, err
		}
		found.Refused[path] = newImportError(path, listed.main.Error.Err)
	}
}

// refuse returns why a path cannot be imported whatever the go command says.
func refuse(path string) *ImportError {
	switch {
	case path == "C":
		return &ImportError{Path: path, Message: `import "C" is not possible: cells are built without cgo`}
	case path == "" || strings.ContainsFunc(path, illegalInPath):
		return &ImportError{Path: path, Message: "invalid import path: " + strconv.Quote(path)}
	case path == "cmd" || strings.HasPrefix(path, "cmd/"):
		return &ImportError{Path: path, Message: "package " + path + " is part of the Go tools and cannot be imported"}
	}
	return nil
}

// illegalInPath reports whether the compiler allows a character in an import
// path. The go command stops at the first path with another one.
func illegalInPath(r rune) bool {
	return !unicode.IsGraphic(r) || unicode.IsSpace(r) || strings.ContainsRune("!\"#$%&'()*,:;<=>?[\\]^`{|}\uFFFD", r)
}

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
	program := filepath.Join(b.scratch, mainFile)
	if err := os.WriteFile(program, []byte(importFile(paths)), 0o644); err != nil {
		return nil, err
	}
	overlay, err := b.overlay.write(b.scratch, map[string]string{filepath.Join(dir, mainFile): program})
	if err != nil {
		return nil, err
	}
	defer b.tellWhenSlow("building the standard library for this version of Go, once")()
	out, err := b.tools.run(ctx, tool{
		Path: b.toolchain.goTool,
		Args: []string{
			"list", "-e", "-export", "-deps", "-overlay", overlay,
			"-json=ImportPath,Dir,Export,DefaultGODEBUG,Standard,Imports,Error", mainFile,
		},
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
	reached[path] = &pkg{Export: p.Export, Imports: p.Imports, Local: !p.Standard && !within(p.Dir, l.modules)}
	for _, imported := range p.Imports {
		if e := l.reach(root, imported, reached); e != nil {
			return e
		}
	}
	if p.Export == "" {
		return &ImportError{Path: root, Message: "package " + path + " could not be compiled"}
	}
	return nil
}

func within(path, dir string) bool {
	rel, err := filepath.Rel(dir, path)
	return dir != "" && err == nil && filepath.IsLocal(rel)
}
