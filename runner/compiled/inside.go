package compiled

import (
	"context"
	"fmt"
	"go/parser"
	"go/token"
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

// readHarness returns the embedded source of the harness for this system.
func readHarness() (h harnessSource, err error) {
	sources, err := harness.SourceFiles(runtime.GOOS, runtime.GOARCH)
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

// addHarness adds the compiled harness to the packages. It is compiled once
// for a toolchain and kept.
func (b *builder) addHarness(ctx context.Context, to *packages) error {
	needed, err := to.closure(b.harness.imports)
	if err != nil {
		return err
	}
	k, err := b.programKey(program{files: b.harness.files, imports: b.harness.imports}, to)
	if err != nil {
		return err
	}
	archive, ok := b.kept.file(k)
	if !ok {
		dir, err := b.folder("harness" + mark)
		if err != nil {
			return err
		}
		config, err := writeImportConfig(dir, needed)
		if err != nil {
			return err
		}
		archive, err = b.compile(ctx, compilation{
			path: harness.ImportPath, dir: dir, config: config, lang: languageOf(b.toolchain.version()), files: b.harness.files,
		})
		if err != nil {
			return fmt.Errorf("the harness: %w", err)
		}
		archive = b.kept.keep(k, archive)
	}
	to.All[harness.ImportPath] = &pkg{Export: archive, Imports: b.harness.imports}
	return nil
}
