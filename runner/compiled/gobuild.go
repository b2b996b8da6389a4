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
	root, module, err := b.module(from, dir)
	if err != nil {
		return "", notebook.Built{}, err
	}
	noteDir := b.env.Dir
	if root == dir {
		noteDir = dir
	}
	inModule := []byte(strconv.Quote(module + "/" + harnessFolder))
	var names []string
	replace := map[string]string{}
	for _, f := range p.files {
		f.Text = bytes.ReplaceAll(f.Text, []byte(strconv.Quote(harness.ImportPath)), inModule)
		if replace[filepath.Join(noteDir, f.Name)], err = writeTo(filepath.Join(dir, "files"), f); err != nil {
			return "", notebook.Built{}, err
		}
		names = append(names, f.Name)
	}
	for _, f := range b.harness.files {
		if replace[filepath.Join(root, harnessFolder, f.Name)], err = writeTo(filepath.Join(dir, "harness"), f); err != nil {
			return "", notebook.Built{}, err
		}
	}
	overlay, err := b.overlay.write(dir, replace)
	if err != nil {
		return "", notebook.Built{}, err
	}
	out := filepath.Join(dir, "program")
	trim := fmt.Sprintf("%s=>;%s=>", filepath.Join(dir, "files"), noteDir)
	start := time.Now()
	_, err = b.tools.run(ctx, tool{
		Path: b.toolchain.goTool, Dir: noteDir, Env: b.toolchain.environ,
		Args: append([]string{
			"build", "-overlay", overlay, "-o", out, "-ldflags=-s -w",
			"-gcflags=-e -lang=" + b.lang(from) + " '-trimpath=" + trim + "'",
			"-gcflags=" + module + "/" + harnessFolder + "=-lang=" + languageOf(b.toolchain.version()),
		}, names...),
	})
	return out, notebook.Built{Compile: time.Since(start)}, toCompileError(err, false)
}

// module returns the folder and path of the module that the note lies in, or
// of a new one in dir that requires nothing.
func (b *builder) module(from *packages, dir string) (root, module string, err error) {
	file := nearest(b.env.Dir, "go.mod")
	if file == "" || from.Plain {
		text := "module " + harnessFolder + "\n\ngo " + strings.TrimPrefix(languageOf(b.toolchain.version()), "go") + "\n"
		return dir, harnessFolder, os.WriteFile(filepath.Join(dir, "go.mod"), []byte(text), 0o644)
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return "", "", err
	}
	m := moduleLine.FindSubmatch(data)
	if m == nil {
		return "", "", fmt.Errorf("%s names no module", file)
	}
	return filepath.Dir(file), string(m[1]), nil
}

// writeTo writes a file into dir, which is made, and returns its path.
func writeTo(dir string, f file) (string, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", err
	}
	path := filepath.Join(dir, f.Name)
	return path, os.WriteFile(path, f.Text, 0o644)
}
