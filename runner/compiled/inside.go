package compiled

import (
	"context"
	"fmt"
	"go/parser"
	"go/token"
	"maps"
	"runtime"
	"slices"
	"strconv"

	"notebook/runner/harness"
)

// mark marks names in generated source that no note uses.
const mark = "ǃ"

// A harnessSource is the package that lives in the process of the cells.
type harnessSource struct {
	files   []file
	imports []string
}

// readHarness returns the embedded source of the harness for this system and a
// version of Go, for programs of which traces are recorded or not.
func readHarness(lang string, recording bool) (h harnessSource, err error) {
	sources, err := harness.SourceFiles(runtime.GOOS, runtime.GOARCH, lang, recording)
	if err != nil {
		return h, err
	}
	for _, f := range sources {
		parsed, err := parser.ParseFile(token.NewFileSet(), f.Name, f.Data, parser.ImportsOnly)
		if err != nil {
			return h, fmt.Errorf("the source of the harness: %w", err)
		}
		for _, spec := range parsed.Imports {
			path, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return h, fmt.Errorf("the source of the harness: %w", err)
			}
			h.imports = append(h.imports, path)
		}
		h.files = append(h.files, file{Name: f.Name, Text: f.Data})
	}
	h.imports = slices.Compact(slices.Sorted(slices.Values(h.imports)))
	return h, nil
}

// addHarness adds the harness to the packages. It is not compiled yet.
func (b *builder) addHarness(to *packages) error {
	k, err := b.programKey(program{files: b.harness.files, imports: b.harness.imports}, to)
	if err != nil {
		return err
	}
	to.All[harness.ImportPath] = &pkg{ID: k.String(), Imports: b.harness.imports}
	return nil
}

// ensureHarness compiles the harness if it is among the packages. That is done
// once for a toolchain: the archive is kept.
func (b *builder) ensureHarness(ctx context.Context, needed map[string]*pkg) error {
	h := needed[harness.ImportPath]
	if h == nil {
		return nil
	}
	b.compiling.Lock() // several programs of a note may need it at once
	defer b.compiling.Unlock()
	if h.Export != "" {
		return nil
	}
	k := keyOf("harness", h.ID)
	if archive, ok := b.keptFile(k, "harness.a"); ok {
		h.Export = archive
		return nil
	}
	dir, err := b.folder("harness")
	if err != nil {
		return err
	}
	others := maps.Clone(needed)
	delete(others, harness.ImportPath)
	config, err := writeImportConfig(dir, others)
	if err != nil {
		return err
	}
	archive, err := b.compile(ctx, compilation{
		path: harness.ImportPath, dir: dir, config: config, lang: languageOf(b.toolchain.version()), files: b.harness.files,
	})
	if err != nil {
		return harnessError{err}
	}
	h.Export = b.keep(k, archive, "harness.a")
	return nil
}

// A harnessError is a failure to compile the harness. It hides what it is made
// of: no cell is to blame.
type harnessError struct{ err error }

func (e harnessError) Error() string { return "the harness: " + e.err.Error() }
