//go:build unix

package main

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
	"golang.org/x/sys/unix"

	"notebook/runner/leak"
	"notebook/runner/yaegi"
)

var update = flag.Bool("update", false, "rewrite the golden parts of the scripts")

func TestMain(m *testing.M) {
	if yaegi.IsWorker() { // a worker is this program under a name of its own
		yaegi.RunWorker()
	}
	if signal.Ignored(os.Interrupt) {
		// As in the background job of a shell. A signal that is caught here is
		// as usual in the programs that the scripts start.
		signal.Notify(make(chan os.Signal, 1), os.Interrupt)
	}
	testscript.Main(leak.Tests{M: m}, map[string]func(){"notebook": main})
}

// TestScript runs the real program. All scripts share one cache of builds,
// which is what a user has too.
func TestScript(t *testing.T) {
	shared := t.TempDir()
	t.Setenv("GOTMPDIR", t.TempDir()) // where some scripts are not run, their folder is left
	testscript.Run(t, testscript.Params{
		Dir:                "../../testdata/script",
		UpdateScripts:      *update,
		RequireUniqueNames: true,
		Setup:              func(env *testscript.Env) error { return setup(env, shared) },
		Condition:          condition,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits":     exits,
			"signals":   signals,
			"noprocess": noProcess,
			"notemp":    noTemp,
			"await":     await,
			"makefile":  makeFile,
			"pipe":      pipe,
			"smaller":   smaller,
			"peak":      peak,
			"terminal":  onTerminal,
		},
	})
}

// setup gives a script a home of its own and a mark that the environment of
// all its processes carries.
func setup(env *testscript.Env, shared string) error {
	home := filepath.Join(env.WorkDir, ".home")
	if err := os.Mkdir(home, 0o700); err != nil {
		return err
	}
	env.Setenv("HOME", home)
	env.Setenv("USER", mark(env.WorkDir))
	env.Setenv("XDG_CACHE_HOME", shared)
	env.Setenv("GOPATH", filepath.Join(shared, "gopath"))
	if cache, err := exec.Command("go", "env", "GOCACHE").Output(); err == nil {
		env.Setenv("GOCACHE", strings.TrimSpace(string(cache)))
	}
	return nil
}

func mark(work string) string { return "notebook-script-" + strings.ReplaceAll(work, "/", "-") }

func condition(name string) (bool, error) {
	switch name {
	case "toolchain":
		_, err := exec.LookPath("go")
		return err == nil, nil
	case "soak": // what takes minutes
		return soak, nil
	case "root":
		return os.Getuid() == 0, nil
	case "hangup": // under nohup the signal is ignored, here and in every child
		return !signal.Ignored(syscall.SIGHUP), nil
	}
	return false, fmt.Errorf("unknown condition %q", name)
}

// exits CODE program args... runs a program that has to end with that code.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits code program args...")
	}
	checkCode(ts, ts.Exec(args[1], args[2:]...), args[0])
}

func checkCode(ts *testscript.TestScript, err error, want string) {
	code := 0
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		code = exit.ExitCode()
	} else if err != nil {
		ts.Fatalf("%v", err)
	}
	if strconv.Itoa(code) != want {
		ts.Fatalf("exit code %d, want %s", code, want)
	}
}

// signals CODE SIGNAL,... FILE program args... runs a program, waits until the
// file exists, sends the signals, and expects that exit code; -1 stands for an
// end by a signal. Both its outputs are the standard output.
func signals(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 4 {
		ts.Fatalf("usage: signals code signals file program args...")
	}
	program, err := exec.LookPath(args[3])
	ts.Check(err)
	cmd := exec.Command(program, args[4:]...)
	cmd.Dir, cmd.Env = ts.MkAbs("."), environ(ts)
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	cmd.WaitDelay = 10 * time.Second
	ts.Check(cmd.Start())
	await(ts, false, args[2:3])
	for name := range strings.SplitSeq(args[1], ",") {
		ts.Check(cmd.Process.Signal(unix.SignalNum("SIG" + name)))
	}
	err = cmd.Wait()
	_, _ = ts.Stdout().Write(out.Bytes())
	checkCode(ts, err, args[0])
}

// environ returns the environment of the script, of the variables that matter.
func environ(ts *testscript.TestScript) []string {
	var out []string
	for _, name := range []string{"PATH", "HOME", "USER", "TMPDIR", "XDG_CACHE_HOME", "GOPATH", "GOCACHE"} {
		out = append(out, name+"="+ts.Getenv(name))
	}
	return out
}

// await FILE... waits until the files exist.
func await(ts *testscript.TestScript, neg bool, args []string) {
	if neg {
		ts.Fatalf("usage: await file...")
	}
	for _, name := range args {
		until(ts, "the file "+name, func() bool {
			_, err := os.Stat(ts.MkAbs(name))
			return err == nil
		})
	}
}

// until polls: what is waited for happens in another process.
func until(ts *testscript.TestScript, what string, holds func() bool) {
	for deadline := time.Now().Add(30 * time.Second); !holds(); {
		if time.Now().After(deadline) {
			ts.Fatalf("waited in vain for %s", what)
		}
		time.Sleep(5 * time.Millisecond)
	}
}

// noprocess expects that no process of the script is left.
func noProcess(ts *testscript.TestScript, neg bool, _ []string) {
	if neg {
		ts.Fatalf("usage: noprocess")
	}
	if _, err := os.Stat("/proc/self/environ"); err != nil {
		ts.Logf("no /proc: not checked")
		return
	}
	until(ts, "the end of all processes", func() bool { return len(processes(mark(ts.Getenv("WORK")))) == 0 })
}

// processes returns the processes whose environment carries the mark.
func processes(mark string) []string {
	files, _ := filepath.Glob("/proc/[0-9]*/environ")
	var found []string
	for _, name := range files {
		if env, err := os.ReadFile(name); err == nil && bytes.Contains(env, []byte(mark)) {
			found = append(found, name)
		}
	}
	return found
}

// notemp expects that no temporary file of notebook is left, neither in the
// script's TMPDIR nor beside a page.
func noTemp(ts *testscript.TestScript, neg bool, _ []string) {
	if neg {
		ts.Fatalf("usage: notemp")
	}
	err := filepath.WalkDir(ts.Getenv("WORK"), func(path string, _ fs.DirEntry, err error) error {
		if name := filepath.Base(path); strings.HasPrefix(name, "notebook-") || strings.HasPrefix(name, ".notebook-") {
			ts.Fatalf("%s is left", path)
		}
		return err
	})
	ts.Check(err)
}

// makefile KIND FILE makes a file that an archive cannot hold.
func makeFile(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: makefile fifo|huge|latin1|nul|program file")
	}
	name := ts.MkAbs(args[1])
	switch args[0] {
	case "fifo":
		ts.Check(syscall.Mkfifo(name, 0o600))
	case "huge":
		ts.Check(os.WriteFile(name, nil, 0o600))
		ts.Check(os.Truncate(name, 17<<20))
	case "latin1":
		ts.Check(os.WriteFile(name, []byte("# Caf\xe9\n\nna\xefve\n"), 0o600))
	case "nul":
		ts.Check(os.WriteFile(name, []byte("# A\x00B\r\rtext \u202e right to left\r"), 0o600))
	case "program":
		program, err := exec.LookPath("notebook")
		ts.Check(err)
		ts.Check(os.Symlink(program, name))
	default:
		ts.Fatalf("unknown kind %s", args[0])
	}
}

// pipe CODE program args... runs a program whose standard output is closed by
// its reader after the first byte.
func pipe(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: pipe code program args...")
	}
	program, err := exec.LookPath(args[1])
	ts.Check(err)
	cmd := exec.Command(program, args[2:]...)
	cmd.Dir, cmd.Env = ts.MkAbs("."), environ(ts)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.StdoutPipe()
	ts.Check(err)
	ts.Check(cmd.Start())
	_, err = out.Read(make([]byte, 1))
	ts.Check(err)
	ts.Check(out.Close())
	err = cmd.Wait()
	ts.Logf("[stderr]\n%s", stderr.String())
	checkCode(ts, err, args[0])
}

// smaller SIZE FILE expects a file of fewer bytes.
func smaller(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: smaller bytes file")
	}
	limit, err := strconv.ParseInt(args[0], 10, 64)
	ts.Check(err)
	info, err := os.Stat(ts.MkAbs(args[1]))
	ts.Check(err)
	if info.Size() >= limit {
		ts.Fatalf("%s has %d bytes", args[1], info.Size())
	}
}
