package compiled

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"

	"notebook"
	"notebook/runner/harness"
)

// harnessFolder is the folder in the user's module, or in ours, that go build
// believes to hold the harness.
const harnessFolder = "notebook_session_harness"

var moduleLine = regexp.MustCompile(`(?m)^module[ \t]+"?([^\s"]+)`)

// goBuild builds a program by the go command, which knows every layout of a
// toolchain and every system. The files lie in an overlay of the note's folder:
// nothing is written there. The result is the same as that of compileAndLink,
// but it takes longer, all of which counts as compiling.
func (b *builder) goBuild(ctx context.Context, p program, from *packages, dir string) (string, notebook.Built, error) {
	at, err := b.placeIn(from, dir)
	if err != nil {
		return "", notebook.Built{}, err
	}
	overlay, err := b.lay(p, at, dir)
	if err != nil {
		return "", notebook.Built{}, err
	}
	out := filepath.Join(dir, "program")
	trim := fmt.Sprintf("%s=>;%s=>", filepath.Join(dir, "files"), at.folder)
	args := []string{
		"build", "-overlay", overlay, "-o", out, "-ldflags=-s -w",
		"-gcflags=all=" + noDebug,
		"-gcflags=" + noDebug + " -e -lang=" + b.lang(from) + " '-trimpath=" + trim + "'",
		"-gcflags=" + at.harness() + "=" + noDebug + " -lang=" + languageOf(b.toolchain.version()),
	}
	args = append(args, b.toolchain.variant.flags()...)
	for _, f := range p.files {
		args = append(args, f.Name)
	}
	start := time.Now()
	err = b.runCompiler(ctx, tool{Path: b.toolchain.goTool, Dir: at.folder, Env: b.toolchain.environ, Args: args})
	return out, notebook.Built{Compile: time.Since(start)}, err
}

// A buildPlace is where the go command believes the files of a program to be.
type buildPlace struct {
	folder string // of the program
	root   string // of the module
	module string // its path
}

// harness returns the import path of the harness.
func (p buildPlace) harness() string { return p.module + "/" + harnessFolder }

// buildConstraint matches the line that says which builds a file belongs to.
var buildConstraint = regexp.MustCompile(`(?m)\A//go:build .*\n`)

// placeIn returns the note's place in its module, or a new module in dir that
// requires nothing.
func (b *builder) placeIn(from *packages, dir string) (buildPlace, error) {
	mod := b.toolchain.modFile()
	if mod == "" || from.Plain {
		text := "module " + harnessFolder + "\n\ngo " + strings.TrimPrefix(languageOf(b.toolchain.version()), "go") + "\n"
		err := os.WriteFile(filepath.Join(dir, "go.mod"), []byte(text), 0o644)
		return buildPlace{folder: dir, root: dir, module: harnessFolder}, err
	}
	data, err := os.ReadFile(mod)
	if err != nil {
		return buildPlace{}, err
	}
	m := moduleLine.FindSubmatch(data)
	if m == nil {
		return buildPlace{}, fmt.Errorf("%s names no module", mod)
	}
	return buildPlace{folder: b.env.Dir, root: filepath.Dir(mod), module: string(m[1])}, nil
}

// lay writes the files of a program and of the harness into dir, and an
// overlay that shows them at their places. It returns the path of the overlay.
func (b *builder) lay(p program, at buildPlace, dir string) (string, error) {
	all := map[string]string{}
	var err error
	for _, f := range p.files {
		f.Text = bytes.ReplaceAll(f.Text, []byte(strconv.Quote(harness.ImportPath)), []byte(strconv.Quote(at.harness())))
		if all[filepath.Join(at.folder, f.Name)], err = writeTo(filepath.Join(dir, "files"), f); err != nil {
			return "", err
		}
	}
	for _, f := range b.harness.files {
		// They were chosen by tags that the go command does not know.
		f.Text = buildConstraint.ReplaceAll(f.Text, nil)
		if all[filepath.Join(at.root, harnessFolder, f.Name)], err = writeTo(filepath.Join(dir, "harness"), f); err != nil {
			return "", err
		}
	}
	return b.overlay.write(dir, all)
}

// writeTo writes a file into dir, which is made, and returns its path.
func writeTo(dir string, f file) (string, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", err
	}
	path := filepath.Join(dir, f.Name)
	return path, os.WriteFile(path, f.Text, 0o644)
}
