package process_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"sync"
	"syscall"

	"golang.org/x/sys/unix"

	"notebook/runner/process"
)

func init() {
	roles["family"] = family
	roles["parent"] = parent
	roles["peak"] = peak
	roles["strays"] = strays
	roles["limits"] = func() {
		var l unix.Rlimit
		_ = unix.Getrlimit(unix.RLIMIT_CORE, &l)
		fmt.Print("core ", l)
	}
	roles["renamed"] = func() {
		_ = os.WriteFile("/proc/self/comm", []byte("a) Z \x1b[31m"), 0)
		fmt.Println("ready")
		live()
	}
}

// family starts a child that keeps the outputs and the lifeline, descriptor 3,
// open. The arguments say how: "group" stays in the group, "session" leaves it,
// "orphan" leaves it by way of a process that ends. "wait" at the end makes this
// process wait too.
func family() {
	how := os.Args[1]
	cmd := exec.Command("/proc/self/exe", "session")
	cmd.Env = environ("wait")
	switch how {
	case "session":
		cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	case "orphan":
		cmd.Env = environ("family")
	}
	cmd.ExtraFiles = []*os.File{os.NewFile(3, "lifeline")}
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		fmt.Println(err)
		return
	}
	line, _ := bufio.NewReader(out).ReadString('\n')
	if how == "orphan" {
		_ = cmd.Wait()
	}
	fmt.Print(line)
	if len(os.Args) > 2 {
		live()
	}
}

// parent starts a child that waits, and waits too. With the argument "kill" it
// kills a child that has one of its own, and ends.
func parent() {
	cmd := process.Command{
		Path: "/proc/self/exe", Env: environ("wait"),
		ExtraFiles: []*os.File{os.NewFile(3, "lifeline")},
	}
	kill := len(os.Args) > 1
	if kill {
		cmd.Args, cmd.Env = []string{"group", "wait"}, environ("family")
	}
	c, err := process.Start(context.Background(), cmd)
	if err != nil {
		fmt.Println(err)
		return
	}
	line, _ := bufio.NewReader(c.Stdout).ReadString('\n')
	fmt.Println(strings.TrimSpace(line))
	if kill {
		process.KillAll()
		return
	}
	live()
}

// strays leaves a process with an odd name, one that has ended, and none that
// was waited for.
func strays() {
	self := func(role string) *exec.Cmd {
		cmd := exec.Command("/proc/self/exe", "0")
		cmd.Env = environ(role)
		return cmd
	}
	waited, ended, renamed := self("exit"), self("exit"), self("renamed")
	out, err := renamed.StdoutPipe()
	if err := errors.Join(err, waited.Run(), ended.Start(), renamed.Start()); err != nil {
		fmt.Print(err)
	}
	_, _ = bufio.NewReader(out).ReadString('\n')
	var info unix.Siginfo
	_ = unix.Waitid(unix.P_PID, ended.Process.Pid, &info, unix.WEXITED|unix.WNOWAIT, nil)
}

// peak tells whether the peak memory of a large child is known here.
func peak() {
	c, err := process.Start(context.Background(), process.Command{
		Path: "/proc/self/exe", Env: environ("hog"), Limits: process.Limits{Memory: 256 << 20},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	var readers sync.WaitGroup
	readers.Go(func() { _, _ = readAll(c.Stdout) })
	readers.Go(func() { _, _ = readAll(c.Stderr) })
	exit, err := c.Wait()
	readers.Wait()
	fmt.Println(exit.MaxRSS > 64<<20 && exit.MaxRSS < 512<<20, err)
}
