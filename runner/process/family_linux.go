package process

import (
	"bytes"
	"fmt"
	"os"
	"strings"
	"unicode"

	"golang.org/x/sys/unix"
)

// killFamily kills the group of the child, which is not reaped, and the
// processes that come from it and left the group. c.mu is held.
func (c *Child) killFamily() {
	pids := family(c.Pid())
	for _, pid := range pids {
		c.noteStray(pid)
	}
	_ = unix.Kill(-c.Pid(), unix.SIGKILL)
	for _, pid := range pids {
		_ = unix.Kill(pid, unix.SIGKILL)
	}
}

// family returns the processes that come from a child: those below it, and
// those whose parent has ended but that stayed in the child's session.
func family(child int) []int {
	pids := descendants(child, nil)
	for _, orphan := range childrenOf(os.Getpid()) {
		if session, err := unix.Getsid(orphan); err == nil && session == child && orphan != child {
			pids = descendants(orphan, append(pids, orphan))
		}
	}
	return pids
}

// noteStray keeps the name of a process that the child left running. When Kill
// or Quit ended the child, that does not hold for the rest of its group.
func (c *Child) noteStray(pid int) {
	if group, err := unix.Getpgid(pid); err != nil || c.killed && group == c.Pid() {
		return
	}
	if name, runs := nameOf(pid); runs {
		c.strays[pid] = name
	}
}

// nameOf returns the name of a process that runs. A process may choose its
// name: the result is printable.
func nameOf(pid int) (name string, runs bool) {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return "", false
	}
	_, rest, _ := bytes.Cut(stat, []byte("("))
	end := bytes.LastIndex(rest, []byte(") "))
	if end < 0 || bytes.HasPrefix(rest[end:], []byte(") Z")) {
		return "", false
	}
	return strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return unicode.ReplacementChar
		}
		return r
	}, string(rest[:end])), true
}

// killAll kills what Start started and what this program adopted, as
// killOrphans knows it. The lock of lineage is held.
func killAll() {
	own := unix.Getpgrp()
	for _, pid := range childrenOf(os.Getpid()) {
		group, err := unix.Getpgid(pid)
		if err != nil || group == own {
			continue
		}
		pids := descendants(pid, []int{pid})
		if group == pid {
			_ = unix.Kill(-pid, unix.SIGKILL)
		}
		for _, pid := range pids {
			_ = unix.Kill(pid, unix.SIGKILL)
		}
	}
}
