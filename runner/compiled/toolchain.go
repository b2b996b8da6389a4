package compiled

import (
	"context"
	"encoding/json"
	"fmt"
	"go/version"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"

	"notebook/runner"
)

// minVersion is the oldest Go that counts as a toolchain.
const minVersion = "go1.26"

// A NoToolchainError says that there is no Go toolchain that can build cells.
type NoToolchainError struct {
	Path    string // of the go command that was found; empty when there is none
	Version string // its version, where it told one
	Err     error  // why it could not be asked; may be nil
}

// Error says what was looked for and what was found.
func (e *NoToolchainError) Error() string {
	switch {
	case e.Path == "":
		return "no Go toolchain: go is not in PATH"
	case e.Err != nil:
		return fmt.Sprintf("no Go toolchain: %s does not work: %v", e.Path, e.Err)
	}
	return fmt.Sprintf("no Go toolchain: %s is %s, and cells need %s or newer", e.Path, e.Version, minVersion)
}

// Unwrap returns runner.ErrUnavailable, and why the go command could not be
// asked.
func (e *NoToolchainError) Unwrap() []error {
	if e.Err == nil {
		return []error{runner.ErrUnavailable}
	}
	return []error{runner.ErrUnavailable, e.Err}
}

// A toolchain is a Go installation, as it is to be used in one folder.
type toolchain struct {
	goTool  string            // path of the go command
	vars    map[string]string // what go env says in the folder
	environ []string          // of every tool of the toolchain
	variant variant           // of what it builds
}

func (t *toolchain) version() string { return t.vars["GOVERSION"] }
func (t *toolchain) root() string    { return t.vars["GOROOT"] }

// modFile returns the path of the go.mod that the folder belongs to, or "".
func (t *toolchain) modFile() string {
	if path := t.vars["GOMOD"]; path != os.DevNull {
		return path
	}
	return ""
}

// workFile returns the path of the go.work that is in force, or "".
func (t *toolchain) workFile() string {
	if path := t.vars["GOWORK"]; path != "off" {
		return path
	}
	return ""
}

// tool returns the path of a program like compile.
func (t *toolchain) tool(name string) string {
	if runtime.GOOS == "windows" {
		name += ".exe"
	}
	return filepath.Join(t.vars["GOTOOLDIR"], name)
}

// id names the toolchain in keys: two that build different programs have
// different ones.
func (t *toolchain) id() []any {
	id := []any{runtime.GOOS, runtime.GOARCH, keyEnviron(t.environ), t.vars["GOVERSION"], t.variant}
	for _, name := range []string{"compile", "link"} {
		id = append(id, fileID(t.tool(name)))
	}
	return id
}

// goVariables are the variables that go env is asked for.
func goVariables() []string {
	return []string{
		"GOVERSION", "GOROOT", "GOTOOLDIR", "GOMOD", "GOWORK", "GOMODCACHE",
		"GOFLAGS", "GOEXPERIMENT", "GOENV", "CC", archVariable(),
	}
}

// archVariable returns the name of the variable that selects a level of the
// processor, for example GOAMD64.
func archVariable() string {
	return "GO" + strings.TrimSuffix(strings.ToUpper(runtime.GOARCH), "LE")
}

// findToolchain asks the go command in PATH about the note's folder. The
// answer is kept in the store until anything that go env reads has changed.
func (e *Engine) findToolchain(ctx context.Context, kept *store, env runner.Env) (*toolchain, error) {
	environ := setEnv(toolEnviron(e.config.Environ, env.Cache, e.config.Download), tempVariable(), env.Temp)
	goTool := lookPath(environ, "go")
	if goTool == "" {
		return nil, &NoToolchainError{}
	}
	k := keyOf("go env", goVariables(), fileID(goTool), keyEnviron(environ), nearest(env.Dir, "go.mod"), nearest(env.Dir, "go.work"), goEnvFile(environ))
	vars, ok := keptVars(kept, k)
	if !ok {
		var err error
		if vars, err = e.goEnv(ctx, goTool, env.Dir, environ); err != nil {
			return nil, err
		}
		if isBinaryOf(goTool, vars["GOROOT"]) {
			kept.keepJSON(k, vars)
		}
	}
	if languageOf(vars["GOVERSION"]) == "" || version.Compare(languageOf(vars["GOVERSION"]), minVersion) < 0 {
		return nil, &NoToolchainError{Path: goTool, Version: vars["GOVERSION"]}
	}
	return &toolchain{goTool: goTool, vars: vars, environ: withBuildVariables(environ, vars)}, nil
}

func keptVars(kept *store, k key) (vars map[string]string, ok bool) {
	ok = kept.json(k, &vars)
	return vars, ok && vars["GOROOT"] != ""
}

func (e *Engine) goEnv(ctx context.Context, goTool, dir string, environ []string) (map[string]string, error) {
	out, err := e.tools.run(ctx, tool{
		Path: goTool,
		Args: append([]string{"env", "-json"}, goVariables()...),
		Dir:  dir, Env: environ,
	})
	if err != nil {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		return nil, &NoToolchainError{Path: goTool, Err: err}
	}
	var vars map[string]string
	if err := json.Unmarshal(out, &vars); err != nil {
		return nil, &NoToolchainError{Path: goTool, Err: err}
	}
	return vars, nil
}

var releasePattern = regexp.MustCompile(`go\d+(\.\d+)*((rc|beta)\d+)?`)

// languageOf returns the language version of a GOVERSION, of a release or not:
// "go1.26" for "go1.26.8" and for "devel go1.26-f2eea4c1dc". It returns "" for
// what is no version of Go.
func languageOf(goversion string) string {
	return version.Lang(releasePattern.FindString(goversion))
}

// isBinaryOf reports whether the go command is the one of that GOROOT itself.
// A wrapper may choose another Go in another folder or tomorrow.
func isBinaryOf(goTool, goroot string) bool {
	resolved, err := filepath.EvalSymlinks(goTool)
	if err != nil {
		return false
	}
	bin, err := filepath.EvalSymlinks(filepath.Join(goroot, "bin", filepath.Base(goTool)))
	return err == nil && resolved == bin
}

// fileID names a version of a file by what changes when it is replaced.
func fileID(path string) string {
	path, err := filepath.EvalSymlinks(path)
	if err != nil {
		return ""
	}
	info, err := os.Stat(path)
	if err != nil {
		return ""
	}
	return fmt.Sprint(path, " ", info.Size(), " ", info.ModTime().UnixNano())
}

// nearest returns the path of the file with that name in dir or the closest
// folder above it, or "".
func nearest(dir, name string) string {
	for {
		path := filepath.Join(dir, name)
		if info, err := os.Stat(path); err == nil && info.Mode().IsRegular() {
			return path
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return ""
		}
		dir = parent
	}
}

// lookPath returns the absolute path of a program in the PATH of environ, or "".
func lookPath(environ []string, name string) string {
	if runtime.GOOS == "windows" {
		name += ".exe"
	}
	for _, dir := range filepath.SplitList(lookupEnv(environ, "PATH")) {
		path := filepath.Join(dir, name)
		info, err := os.Stat(path)
		if err == nil && filepath.IsAbs(path) && info.Mode().IsRegular() && (runtime.GOOS == "windows" || info.Mode()&0o111 != 0) {
			return path
		}
	}
	return ""
}

// goEnvFile returns the content of the file in which go env -w keeps settings.
func goEnvFile(environ []string) string {
	path := lookupEnv(environ, "GOENV")
	switch {
	case path == "off":
		return ""
	case path == "":
		dir := lookupEnv(environ, "XDG_CONFIG_HOME")
		if dir == "" {
			dir = filepath.Join(lookupEnv(environ, "HOME"), ".config")
		}
		path = filepath.Join(dir, "go", "env")
	}
	data, err := fs.ReadFile(os.DirFS(filepath.Dir(path)), filepath.Base(path))
	if err != nil {
		return ""
	}
	return string(data)
}

// withBuildVariables adds to environ what the go command would tell the
// compiler and linker, and what cells are built with.
func withBuildVariables(environ []string, vars map[string]string) []string {
	set := map[string]string{
		"CGO_ENABLED":  "0",
		"GOEXPERIMENT": vars["GOEXPERIMENT"],
		"GOFLAGS":      buildFlags(vars["GOFLAGS"]),
		"GOROOT":       vars["GOROOT"],
		archVariable(): vars[archVariable()],
	}
	environ = slices.Clone(environ)
	for _, name := range slices.Sorted(maps.Keys(set)) {
		environ = setEnv(environ, name, set[name])
	}
	return environ
}

// buildFlags keeps of GOFLAGS the build tags and the mode of downloaded files.
// Other flags would change the user's go.mod, or run programs that they name.
func buildFlags(goflags string) string {
	flags := []string{"-buildvcs=false"}
	for flag := range strings.FieldsSeq(goflags) {
		name, _, _ := strings.Cut(strings.TrimLeft(flag, "-"), "=")
		if name == "tags" || name == "modcacherw" {
			flags = append(flags, flag)
		}
	}
	return strings.Join(flags, " ")
}
