//go:build unix

package main

import (
	"errors"
	"os/exec"
	"runtime"
	"strconv"
	"syscall"

	"github.com/rogpeppe/go-internal/testscript"
)

// peak MB CODE program args... runs a program that has to end with that code,
// and expects that neither it nor a process that it waited for ever had more
// memory than that.
func peak(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 3 {
		ts.Fatalf("usage: peak megabytes code program args...")
	}
	limit, err := strconv.ParseInt(args[0], 10, 64)
	ts.Check(err)
	program, err := exec.LookPath(args[2])
	ts.Check(err)
	cmd := exec.Command(program, args[3:]...)
	cmd.Dir, cmd.Env = ts.MkAbs("."), environ(ts)
	out, err := cmd.CombinedOutput()
	ts.Logf("[output]\n%s", out)
	if exit := (*exec.ExitError)(nil); err != nil && !errors.As(err, &exit) {
		ts.Fatalf("%v", err)
	}
	checkCode(ts, err, args[1])
	used, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage)
	if !ok || runtime.GOOS != "linux" {
		ts.Logf("the memory is not known here: not checked")
		return
	}
	if mb := int64(used.Maxrss) << 10 / 1e6; mb > limit { //nolint:unconvert // fewer bits on some machines
		ts.Fatalf("a process had %d MB, more than %d", mb, limit)
	}
}
