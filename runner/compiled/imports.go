package compiled

import (
	"context"
	"errors"
	"fmt"
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
	ID      string   `json:",omitempty"` // names the content where Export does not
	Imports []string // what it imports itself

	Standard bool `json:",omitempty"` // of the standard library
	Local    bool `json:",omitempty"` // not even of the module cache: its files may change
}

// load finds the packages that cells and the harness import. It asks the go
// command, which builds what is missing, unless an earlier answer still holds.
func (b *builder) load(ctx context.Context, cells []*notebook.Cell) (*packages, error) {
	paths := slices.Concat(lower.Imports(cells), b.harness.imports, b.toolchain.variant.imports())
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
	parts := []any{"imports", b.toolchain.id(), b.overlay.source + b.overlay.added, noDebug, paths}
	for _, file := range b.moduleFiles() {
		data, err := os.ReadFile(file)
		parts = append(parts, filepath.Base(file), string(data), err == nil)
	}
	return keyOf(parts...)
}

// moduleFiles returns the files that say where imports come from.
func (b *builder) moduleFiles() []string {
	var files []string
	if mod := b.toolchain.modFile(); mod != "" {
		files = append(files, mod, strings.TrimSuffix(mod, ".mod")+".sum", filepath.Join(filepath.Dir(mod), "vendor", "modules.txt"))
	}
	if work := b.toolchain.workFile(); work != "" {
		files = append(files, work, work+".sum")
	}
	return files
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

// lasting reports whether an answer holds until a file of its key changes. A
// package of the user's own module changes with any of its files, the modules
// of a workspace choose versions together, and what is missing now may be there
// the next time.
func (b *builder) lasting(p *packages) bool {
	if len(p.Refused) > 0 || p.Plain {
		return false
	}
	for _, pkg := range p.All {
		if pkg.Local || !pkg.Standard && b.toolchain.workFile() != "" {
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
	dir, err := b.folder("plain")
	if err != nil {
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
