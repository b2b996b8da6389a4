package compiled

import (
	"context"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"time"

	"notebook/runner"
)

// A builder builds the programs of one note.
type builder struct {
	tools     tools
	toolchain *toolchain
	overlay   overlay
	harness   harnessSource
	kept      *store
	env       runner.Env
	scratch   string // folder for what only this build needs
	direct    bool   // call the compiler and linker, not go build
}

// newBuilder finds the toolchain and makes a scratch folder.
func (e *Engine) newBuilder(ctx context.Context, env runner.Env) (*builder, error) {
	kept := e.store(env.Cache)
	t, err := e.findToolchain(ctx, kept, env)
	if err != nil {
		return nil, err
	}
	h, err := readHarness()
	if err != nil {
		return nil, err
	}
	scratch, err := kept.scratch(env.Temp)
	if err != nil {
		return nil, err
	}
	return &builder{
		tools: e.tools, toolchain: t, overlay: newOverlay(t.root()), harness: h, kept: kept, env: env,
		scratch: scratch, direct: t.hasTools() && !e.indirect,
	}, nil
}

// close removes the scratch folder.
func (b *builder) close() error { return os.RemoveAll(b.scratch) }

// hasTools reports whether the compiler and linker can be called directly. The
// calls are known to be right for Linux; elsewhere executables are signed or
// position independent, which the go command knows about.
func (t *toolchain) hasTools() bool {
	for _, name := range []string{"compile", "link"} {
		info, err := os.Stat(t.tool(name))
		if err != nil || !info.Mode().IsRegular() {
			return false
		}
	}
	return runtime.GOOS == "linux"
}

var goLine = regexp.MustCompile(`(?m)^go[ \t]+(1(?:\.\d+)?)`)

// lang returns the version of the language that the nearest go.mod asks for,
// in the form of the compiler's option -lang. Without a usable go.mod it is the
// toolchain's.
func (b *builder) lang(from *packages) string {
	path := nearest(b.env.Dir, "go.mod")
	if path == "" || from.Plain {
		return languageOf(b.toolchain.version())
	}
	data, err := os.ReadFile(path)
	if m := goLine.FindSubmatch(data); err == nil && m != nil {
		return "go" + string(m[1])
	}
	return "go1.16" // what the go command takes where a go.mod names no version
}

// tellWhenSlow tells the user what is being done if it takes long. The caller
// calls the function that it returns when it is done.
func (b *builder) tellWhenSlow(text string) (done func()) {
	if b.env.Progress == nil {
		return func() {}
	}
	told := make(chan struct{})
	timer := time.AfterFunc(slow, func() {
		defer close(told)
		b.env.Progress(text)
	})
	return func() {
		if !timer.Stop() {
			<-told
		}
	}
}

// slow is how long a tool runs before the user is told what it does.
const slow = time.Second

// folder makes a folder in the scratch folder.
func (b *builder) folder(name string) (string, error) {
	dir := filepath.Join(b.scratch, name)
	return dir, os.MkdirAll(dir, 0o755)
}
