package compiled

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"sync"
	"syscall"
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
	direct    bool // call the compiler and linker, not go build
	toolTime  time.Duration

	mu      sync.Mutex
	scratch string   // folder for what only this build needs; "" when nothing did
	made    []string // all folders made; close removes them

	compiling sync.Mutex     // held while the harness is compiled
	keeping   sync.WaitGroup // files on their way into the store
}

// newBuilder finds the toolchain.
func (e *Engine) newBuilder(ctx context.Context, env runner.Env) (*builder, error) {
	kept := e.store(env.Cache)
	t, err := e.findToolchain(ctx, kept, env)
	if err != nil {
		return nil, err
	}
	h, err := e.harness(harnessKind{languageOf(t.version()), len(env.Traced) > 0})
	if err != nil {
		return nil, err
	}
	return &builder{
		tools: e.tools, toolchain: t, overlay: newOverlay(t.root()), harness: h, kept: kept, env: env,
		direct: t.hasTools() && !e.indirect, toolTime: e.toolTime,
	}, nil
}

// of returns a builder for the same note that uses the toolchain in another
// way.
func (b *builder) of(t *toolchain) *builder {
	return &builder{
		tools: b.tools, toolchain: t, overlay: b.overlay, harness: b.harness, kept: b.kept, env: b.env,
		direct: b.direct, toolTime: b.toolTime,
	}
}

// folder makes a folder for files of this build.
func (b *builder) folder(name string) (string, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.scratch == "" {
		scratch, err := b.kept.scratch(b.env.Temp)
		if err != nil {
			return "", err
		}
		b.scratch, b.made = scratch, append(b.made, scratch)
	}
	dir := filepath.Join(b.scratch, name)
	return dir, os.MkdirAll(dir, 0o755)
}

// hold returns another path of the file for k, with that name, which it has for
// as long as this builder is open, whoever empties the cache meanwhile. It
// returns false when the file is gone already.
func (b *builder) hold(k key, path, name string) (held string, ok bool) {
	dir, err := b.folder(filepath.Join("held", k.String()))
	if err != nil {
		return path, true
	}
	held = filepath.Join(dir, name)
	switch err := os.Link(path, held); {
	case err == nil, errors.Is(err, fs.ErrExist):
		return held, true
	case errors.Is(err, fs.ErrNotExist):
		return "", false
	}
	return path, true // there are file systems without links
}

// leaveCache goes on without the cache after an error that tells that its disk
// is full. It reports whether there is another place to try.
func (b *builder) leaveCache(err error) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if !isDiskFull(err) || strings.HasPrefix(b.scratch, b.env.Temp+string(filepath.Separator)) {
		return false
	}
	b.kept.fail(err)
	b.scratch = ""
	return true
}

// isDiskFull reports whether a write of ours, or of a tool that says so, failed
// for lack of space.
func isDiskFull(err error) bool {
	var refused *compileError
	return errors.Is(err, syscall.ENOSPC) || errors.As(err, &refused) && strings.Contains(refused.Output, syscall.ENOSPC.Error())
}

// close removes the files of this build.
func (b *builder) close() error {
	b.keeping.Wait()
	var errs []error
	for _, dir := range b.made {
		errs = append(errs, os.RemoveAll(dir))
	}
	return errors.Join(errs...)
}

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
	path := b.toolchain.modFile()
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
