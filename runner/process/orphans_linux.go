package process

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"golang.org/x/sys/unix"
)

// adoptOrphans makes this program the parent of processes that a child leaves
// behind, also of those that left its group.
func adoptOrphans() {
	// Without it such a process belongs to init and is only reported.
	_ = unix.Prctl(unix.PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
}

// sweepTime bounds how long sweep waits for killed processes to disappear.
const sweepTime = 200 * time.Millisecond

// sweep forgets the reaped child. When no child is left, it kills and reaps the
// processes that this program adopted: while one lives, they may be its own
// and still of use to it.
func (c *Child) sweep() {
	forget(c.Pid())
	for end := time.Now().Add(sweepTime); c.killOrphans() > 0 && time.Now().Before(end); {
		time.Sleep(time.Millisecond)
	}
}

// killOrphans kills and reaps adopted processes and returns how many of them
// are not reaped yet. Processes in the group of this program are left alone:
// nothing that Start started belongs to it.
func (c *Child) killOrphans() int {
	lineage.Lock()
	defer lineage.Unlock()
	if len(lineage.children) > 0 {
		return 0
	}
	own, left := unix.Getpgrp(), 0
	for _, pid := range childrenOf(os.Getpid()) {
		if group, err := unix.Getpgid(pid); err != nil || group == own {
			continue
		}
		c.noteStray(pid)
		_ = unix.Kill(pid, unix.SIGKILL)
		if got, err := unix.Wait4(pid, nil, unix.WNOHANG, nil); got != pid && err == nil {
			left++
		}
	}
	return left
}

// descendants appends the processes below pid.
func descendants(pid int, pids []int) []int {
	for _, child := range childrenOf(pid) {
		pids = descendants(child, append(pids, child))
	}
	return pids
}

// childrenOf returns the children of a process; none where the kernel does not
// tell. It is on the way of every tool that ends: filepath.Glob would list the
// folder of each thread, which takes milliseconds.
func childrenOf(pid int) []int {
	dir := fmt.Sprintf("/proc/%d/task", pid)
	threads, _ := os.ReadDir(dir)
	var pids []int
	for _, thread := range threads {
		list, err := os.ReadFile(filepath.Join(dir, thread.Name(), "children"))
		if err != nil {
			continue // the thread has ended
		}
		for _, field := range bytes.Fields(list) {
			if child, err := strconv.Atoi(string(field)); err == nil {
				pids = append(pids, child)
			}
		}
	}
	return pids
}
