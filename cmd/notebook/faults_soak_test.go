//go:build soak && linux

package main

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// faultyNotes are notes whose cells end in many ways.
var faultyNotes = []string{
	"fmt.Println(\"fine\")",
	"panic(\"boom\")",
	"go func() { panic(\"boom\") }()\nselect {}",
	"os.Exit(3)",
	"select {}",
	"//| timeout: 100ms\nfor {\n}",
	"//| timeout: 100ms\ntime.Sleep(time.Hour)",
	"os.Stdout.Write(bytes.Repeat([]byte(\"flood\\n\"), 1<<20))",
	"exec.Command(\"sleep\", \"1\").Start()",
	"undefined()",
	"go func() { for { fmt.Println(\"late\") } }()",
	"p, _ := os.FindProcess(os.Getpid())\np.Kill()",
}

// A fault disturbs a render that has been started.
type fault struct {
	name string
	env  func(r *faultyRender) []string // of the render; nil: the usual one
	act  func(r *faultyRender, p *os.Process)
}

var faults = []fault{
	{name: "none"},
	{name: "INT", act: sends(syscall.SIGINT)},
	{name: "TERM", act: sends(syscall.SIGTERM)},
	{name: "HUP", act: sends(syscall.SIGHUP)},
	{name: "INT twice", act: sends(syscall.SIGINT, syscall.SIGINT)},
	{name: "KILL", act: sends(syscall.SIGKILL)},
	{name: "small files", act: func(_ *faultyRender, p *os.Process) {
		limit := unix.Rlimit{Cur: 4 << 10, Max: 4 << 10}
		_ = unix.Prlimit(p.Pid, unix.RLIMIT_FSIZE, &limit, nil)
	}},
	{name: "no temporary folder", env: func(r *faultyRender) []string { return r.environ("TMPDIR=" + filepath.Join(r.dir, "none")) }},
	{name: "no cache", env: func(r *faultyRender) []string { return r.environ("XDG_CACHE_HOME=/dev/null") }},
	{name: "no toolchain", env: func(r *faultyRender) []string { return r.environ("PATH=/usr/bin:/bin") }},
}

// signals reports whether the fault is a signal.
func (f fault) signals() bool { return f.act != nil && f.name != "small files" }

func sends(signals ...os.Signal) func(r *faultyRender, p *os.Process) {
	return func(r *faultyRender, p *os.Process) {
		for _, s := range signals {
			time.Sleep(time.Duration(r.random.IntN(400)) * time.Millisecond) // at a random moment
			_ = p.Signal(s)
		}
	}
}

// A faultyRender renders notes in one folder, again and again.
type faultyRender struct {
	t      *testing.T
	dir    string
	cache  string
	random *rand.Rand
}

func (r *faultyRender) environ(more ...string) []string {
	return append([]string{
		"PATH=" + os.Getenv("PATH"), "HOME=" + r.dir, "USER=" + mark(r.dir),
		"TMPDIR=" + filepath.Join(r.dir, "tmp"), "XDG_CACHE_HOME=" + r.cache, "GOCACHE=" + os.Getenv("GOCACHE"),
	}, more...)
}

// render renders one note under one fault and checks what is left.
func (r *faultyRender) render(program, code string, f fault) {
	text := fmt.Sprintf("# Note %d\n\n```go\n%s\n```\n\n```go\nfmt.Println(\"next\")\n```\n", r.random.IntN(5), code)
	if err := os.WriteFile(filepath.Join(r.dir, "note.md"), []byte(text), 0o600); err != nil {
		r.t.Error(err)
		return
	}
	cmd := exec.Command(program, "render", "note.md")
	cmd.Dir, cmd.Env, cmd.WaitDelay = r.dir, r.environ(), 30*time.Second
	if f.env != nil {
		cmd.Env = f.env(r)
	}
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Start(); err != nil {
		r.t.Error(err)
		return
	}
	if f.act != nil {
		f.act(r, cmd.Process)
	}
	err := cmd.Wait()
	killed := exitCode(err) == -1 // also by a signal that came before it could be caught
	if killed && !f.signals() || !slices.Contains([]int{-1, 0, 1, 2, 130}, exitCode(err)) || strings.Contains(out.String(), "runtime error") {
		r.t.Errorf("%s, %q: %v\n%s", f.name, code, err, out.String())
	}
	r.checkPage(f.name, code)
	if !killed {
		r.checkNothingLeft(f.name, code)
	}
}

func exitCode(err error) int {
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		return exit.ExitCode()
	}
	return 0
}

// checkPage fails when the page is torn.
func (r *faultyRender) checkPage(name, code string) {
	page, err := os.ReadFile(filepath.Join(r.dir, "note.html"))
	if errors.Is(err, os.ErrNotExist) {
		return
	}
	if err != nil || !bytes.HasPrefix(page, []byte("<!doctype html>")) || !bytes.HasSuffix(page, []byte("</html>\n")) {
		r.t.Errorf("%s, %q: a torn page of %d bytes, %v", name, code, len(page), err)
	}
}

// checkNothingLeft fails when a process or a temporary file is left, also by an
// earlier render that was killed.
func (r *faultyRender) checkNothingLeft(name, code string) {
	for deadline := time.Now().Add(30 * time.Second); len(processes(mark(r.dir))) > 0; time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			r.t.Errorf("%s, %q: processes are left: %v", name, code, processes(mark(r.dir)))
			return
		}
	}
	if name == "no temporary folder" {
		return // it ends before it looks for what others left
	}
	for _, pattern := range []string{"tmp/notebook-*", ".notebook-*"} {
		if left, _ := filepath.Glob(filepath.Join(r.dir, pattern)); len(left) > 0 {
			r.t.Errorf("%s, %q: left %v", name, code, left)
		}
	}
}

// A thousand renders of cells that end in all ways, at random moments of which
// something happens to the render, leave no torn page, no process and no
// temporary file.
func TestFaultsSoak(t *testing.T) {
	const workers, renders = 4, 250
	program, err := exec.LookPath("notebook")
	if err != nil {
		t.Fatal(err)
	}
	if os.Getenv("GOCACHE") == "" {
		out, err := exec.Command("go", "env", "GOCACHE").Output()
		if err != nil {
			t.Skip("no Go toolchain:", err)
		}
		t.Setenv("GOCACHE", strings.TrimSpace(string(out)))
	}
	seed, cache := rand.Uint64(), t.TempDir()
	t.Logf("seed %d", seed)
	var group sync.WaitGroup
	for worker := range workers {
		dir := t.TempDir()
		if err := os.Mkdir(filepath.Join(dir, "tmp"), 0o700); err != nil {
			t.Fatal(err)
		}
		r := &faultyRender{t: t, dir: dir, cache: cache, random: rand.New(rand.NewPCG(seed, uint64(worker)))}
		group.Go(func() {
			for range renders {
				r.render(program, faultyNotes[r.random.IntN(len(faultyNotes))], faults[r.random.IntN(len(faults))])
				if t.Failed() {
					return
				}
			}
			r.render(program, faultyNotes[0], faults[0])
		})
	}
	group.Wait()
}
