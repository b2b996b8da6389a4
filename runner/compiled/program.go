package compiled

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"notebook"
)

// A program is a package main that cells became.
type program struct {
	label   string // of the program cell; "" for the session
	files   []file
	imports []string
	link    bool // it is to run, not only to compile
}

// A file is a generated Go file.
type file struct {
	Name string
	Text []byte
}

// name names the program within its note; no label looks like the session's.
func (p program) name() string { return cmp.Or(p.label, "session"+mark) }

// A compileError is what the compiler or linker says about a program.
type compileError struct {
	Output string
	Link   bool // the linker says it
}

func (e *compileError) Error() string { return "does not compile: " + e.Output }

// build returns the executable of a program: a kept one, or a new one that is
// then kept. For a program that is not to be linked the path is empty.
func (b *builder) build(ctx context.Context, p program, from *packages) (string, notebook.Built, error) {
	k, err := b.programKey(p, from)
	if err != nil {
		return "", notebook.Built{}, err
	}
	if !p.link {
		if b.kept.json(k, new(bool)) {
			return "", notebook.Built{Cached: true}, nil
		}
	} else if path, ok := b.kept.file(k); ok {
		return path, notebook.Built{Cached: true}, nil
	}
	dir, err := b.folder(p.name())
	if err != nil {
		return "", notebook.Built{}, err
	}
	build := b.goBuild
	if b.direct {
		build = b.compileAndLink
	}
	out, built, err := build(ctx, p, from, dir)
	switch {
	case err != nil:
		return "", built, err
	case !p.link:
		b.kept.keepJSON(k, true)
		return "", built, nil
	}
	return b.kept.keep(k, out), built, nil
}

// programKey names the executable by everything that it depends on.
func (b *builder) programKey(p program, from *packages) (key, error) {
	needed, err := from.closure(p.imports)
	if err != nil {
		return key{}, err
	}
	var archives []string
	for _, path := range slices.Sorted(maps.Keys(needed)) {
		archives = append(archives, path, archiveID(needed[path].Export))
	}
	return keyOf("program", b.toolchain.id(), b.direct, b.lang(from), from.GODEBUG, p.link, p.files, archives), nil
}

// archiveID names the content of an archive. The go command and our store name
// files after their content.
func archiveID(path string) string {
	name := filepath.Base(path)
	if hash := strings.TrimSuffix(name, "-d"); len(hash) == 64 {
		return hash
	}
	return fileID(path)
}

// closure returns the packages with those paths and all that they need.
func (p *packages) closure(paths []string) (map[string]*pkg, error) {
	needed := map[string]*pkg{}
	todo := append(slices.Clone(paths), "runtime")
	for len(todo) > 0 {
		path := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if path == "unsafe" || needed[path] != nil {
			continue
		}
		found := p.All[path]
		if found == nil {
			return nil, fmt.Errorf("package %s was not found", path)
		}
		needed[path] = found
		todo = append(todo, found.Imports...)
	}
	return needed, nil
}

// compileAndLink calls the compiler and the linker. The go command would ask
// again for each package whether it is up to date, which takes as long.
func (b *builder) compileAndLink(ctx context.Context, p program, from *packages, dir string) (string, notebook.Built, error) {
	needed, err := from.closure(p.imports)
	if err != nil {
		return "", notebook.Built{}, err
	}
	config, err := writeImportConfig(dir, needed)
	if err != nil {
		return "", notebook.Built{}, err
	}
	start := time.Now()
	archive, err := b.compile(ctx, compilation{path: "main", dir: dir, config: config, lang: b.lang(from), files: p.files})
	built := notebook.Built{Compile: time.Since(start)}
	if err != nil || !p.link {
		return "", built, err
	}
	start = time.Now()
	out, err := b.linkProgram(ctx, archive, config, from.GODEBUG)
	built.Link = time.Since(start)
	return out, built, err
}

func writeImportConfig(dir string, needed map[string]*pkg) (string, error) {
	var s bytes.Buffer
	for _, path := range slices.Sorted(maps.Keys(needed)) {
		fmt.Fprintf(&s, "packagefile %s=%s\n", path, needed[path].Export)
	}
	path := filepath.Join(dir, "importcfg")
	return path, os.WriteFile(path, s.Bytes(), 0o644)
}

// A compilation is one call of the compiler.
type compilation struct {
	path   string // import path of the package
	dir    string // where the files and the archive go
	config string // the import configuration
	lang   string
	files  []file
}

// compile returns the path of the archive.
func (b *builder) compile(ctx context.Context, c compilation) (string, error) {
	archive := filepath.Join(c.dir, "package.a")
	args := []string{
		"-o", archive, "-p", c.path, "-importcfg", c.config, "-lang", c.lang,
		"-trimpath", c.dir + "=>" + trimmed(c.path), "-complete", "-pack", "-nolocalimports", "-e",
		"-c", strconv.Itoa(compileWorkers),
	}
	for _, f := range c.files {
		path := filepath.Join(c.dir, f.Name)
		if err := os.WriteFile(path, f.Text, 0o644); err != nil {
			return "", err
		}
		args = append(args, path)
	}
	_, err := b.tools.run(ctx, tool{Path: b.toolchain.tool("compile"), Args: args, Dir: c.dir, Env: b.quickEnviron()})
	return archive, toCompileError(err, false)
}

// trimmed returns what takes the place of the scratch folder in positions:
// nothing for the files of a note, as their line directives name the note.
func trimmed(path string) string {
	if path == "main" {
		return ""
	}
	return path
}

// compileWorkers is how many functions the compiler compiles at once.
const compileWorkers = 4

func (b *builder) linkProgram(ctx context.Context, archive, config, godebug string) (string, error) {
	out := filepath.Join(filepath.Dir(archive), "program")
	args := []string{"-o", out, "-importcfg", config, "-s", "-w", "-buildmode=exe"}
	if godebug != "" {
		args = append(args, "-X=runtime.godebugDefault="+godebug)
	}
	_, err := b.tools.run(ctx, tool{
		Path: b.toolchain.tool("link"), Args: append(args, archive), Dir: filepath.Dir(archive), Env: b.quickEnviron(),
	})
	return out, toCompileError(err, true)
}

// quickEnviron is the environment of the compiler and linker: they live so
// short that collecting garbage only costs time.
func (b *builder) quickEnviron() []string {
	return setEnv(slices.Clone(b.toolchain.environ), "GOGC", "off")
}

func toCompileError(err error, link bool) error {
	var failed *toolError
	if errors.As(err, &failed) {
		return &compileError{Output: failed.said(), Link: link}
	}
	return err
}
