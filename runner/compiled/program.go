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
	debug   bool // it has a go:debug directive, which the go command reads
}

// A file is a generated Go file.
type file struct {
	Name string
	Text []byte
}

// name names the program for the reader, who sees it as the base of os.Args[0].
func (p program) name() string { return cmp.Or(p.label, "session") }

// folder names its folder within those of its note's build.
func (p program) folder() string {
	if p.label == "" {
		return "session"
	}
	return filepath.Join("programs", p.label)
}

// A compileError is what the compiler or linker says about a program.
type compileError struct{ Output string }

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
	} else if path, ok := b.keptFile(k, p.name()); ok {
		return path, notebook.Built{Cached: true}, nil
	}
	refusal := keyOf("refusal", k)
	var refused compileError
	if b.kept.json(refusal, &refused) {
		return "", notebook.Built{}, &refused
	}
	out, built, err := b.buildAnew(ctx, p, from)
	if err != nil && b.leaveCache(err) {
		out, built, err = b.buildAnew(ctx, p, from)
	}
	switch {
	case err != nil:
		if r := new(compileError); errors.As(err, &r) && len(parseMessages(r.Output)) > 0 {
			b.kept.keepJSON(refusal, r) // other failures may be of the moment
		}
		return "", built, err
	case !p.link:
		b.kept.keepJSON(k, true)
		return "", built, nil
	}
	return b.keep(k, out, p.name()), built, nil
}

// keptFile returns a path of the file kept for k that lasts as long as this
// builder, and has that name.
func (b *builder) keptFile(k key, name string) (string, bool) {
	path, ok := b.kept.file(k)
	if !ok {
		return "", false
	}
	return b.hold(k, path, name)
}

// keep keeps a new file for k and returns a path of it that lasts as long as
// this builder, and has that name. The file can be used before it is kept.
func (b *builder) keep(k key, path, name string) string {
	held, _ := b.hold(k, path, name)
	if held == path { // it could not be held
		return b.kept.keep(k, path)
	}
	b.keeping.Go(func() { b.kept.keep(k, path) })
	return held
}

// buildAnew builds a program in one of the two ways, in a folder of its own: an
// earlier program of that name may still be on its way into the store.
func (b *builder) buildAnew(ctx context.Context, p program, from *packages) (string, notebook.Built, error) {
	parent, err := b.folder(p.folder())
	if err != nil {
		return "", notebook.Built{}, err
	}
	dir, err := os.MkdirTemp(parent, "")
	if err != nil {
		return "", notebook.Built{}, err
	}
	if b.direct && !p.debug {
		return b.compileAndLink(ctx, p, from, dir)
	}
	return b.goBuild(ctx, p, from, dir)
}

// programKey names the executable by everything that it depends on.
func (b *builder) programKey(p program, from *packages) (key, error) {
	needed, err := from.closure(p.imports)
	if err != nil {
		return key{}, err
	}
	var archives []string
	for _, path := range slices.Sorted(maps.Keys(needed)) {
		archives = append(archives, path, needed[path].id())
	}
	return keyOf("program", b.toolchain.id(), b.direct, b.lang(from), from.GODEBUG, p.link, p.files, archives), nil
}

// id names the content of the package's archive. The go command names the
// files of its cache after their content.
func (p *pkg) id() string {
	if p.ID != "" {
		return p.ID
	}
	if hash := strings.TrimSuffix(filepath.Base(p.Export), "-d"); len(hash) == 64 {
		return hash
	}
	return fileID(p.Export)
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
	if err := b.ensureHarness(ctx, needed); err != nil {
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
		"-trimpath", c.dir + "=>" + trimmed(c.path), "-complete", "-pack", "-nolocalimports", "-e", noDebug,
		"-c", strconv.Itoa(compileWorkers),
	}
	args = append(args, b.toolchain.variant.flags()...)
	for _, f := range c.files {
		path := filepath.Join(c.dir, f.Name)
		if err := os.WriteFile(path, f.Text, 0o644); err != nil {
			return "", err
		}
		args = append(args, path)
	}
	return archive, b.runCompiler(ctx, tool{Path: b.toolchain.tool("compile"), Args: args, Dir: c.dir, Env: b.quickEnviron()})
}

// trimmed returns what takes the place of the scratch folder in positions:
// nothing for the files of a note, as their line directives name the note.
func trimmed(path string) string {
	if path == "main" {
		return ""
	}
	return path
}

// noDebug makes the compiler write no tables for debuggers. Programs are linked
// without them anyway, and a linker that need not read those of the standard
// library is done a sixth earlier. Traces keep their files and lines.
const noDebug = "-dwarf=false"

// compileWorkers is how many functions the compiler compiles at once.
const compileWorkers = 4

func (b *builder) linkProgram(ctx context.Context, archive, config, godebug string) (string, error) {
	out := filepath.Join(filepath.Dir(archive), "program")
	args := []string{"-o", out, "-importcfg", config, "-s", "-w", "-buildmode=exe"}
	if godebug != "" {
		args = append(args, "-X=runtime.godebugDefault="+godebug)
	}
	args = slices.Concat(args, b.toolchain.variant.flags(), b.toolchain.variant.linkFlags(b.toolchain))
	return out, b.runCompiler(ctx, tool{
		Path: b.toolchain.tool("link"), Args: append(args, archive), Dir: filepath.Dir(archive), Env: b.quickEnviron(),
	})
}

// quickEnviron is the environment of the compiler and linker: they live so
// short that collecting garbage only costs time, unless it gets very much.
func (b *builder) quickEnviron() []string {
	environ := setEnv(slices.Clone(b.toolchain.environ), "GOGC", "off")
	return setEnv(environ, "GOMEMLIMIT", strconv.FormatInt(int64(memoryOfTool()/2), 10))
}

// runCompiler runs a tool that reads the cells. What it refuses, and what it
// does not finish in time, is a *compileError.
func (b *builder) runCompiler(ctx context.Context, t tool) error {
	bounded, cancel := context.WithTimeout(ctx, b.toolTime)
	defer cancel()
	_, err := b.tools.run(bounded, t)
	var failed *toolError
	switch {
	case ctx.Err() == nil && bounded.Err() != nil:
		return &compileError{Output: fmt.Sprintf("%s takes more than %v, the limit of a build", filepath.Base(t.Path), b.toolTime)}
	case errors.As(err, &failed):
		if over := overBudget(failed); over != "" {
			return &compileError{Output: over}
		}
		return &compileError{Output: failed.said()}
	}
	return err
}
