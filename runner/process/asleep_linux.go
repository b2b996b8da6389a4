package process

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/sys/unix"
)

// Operations of futex(2).
const (
	futexOperation  = 0x7f // what is none of the flags
	futexPrivate    = 0x80 // flag: no other process has this futex
	futexWait       = 0
	futexWaitBitset = 9
)

// look looks at the threads of the process.
func (w *SleepWatch) look() bool {
	pid := w.child.Pid()
	cpu, ok := cpuTime(pid)
	if !ok || cpu != w.cpu {
		w.cpu, w.threads, w.still = cpu, nil, 0
		return false
	}
	w.still++
	before := w.threads
	// The children come first: one that ends after this look wakes a thread
	// before the next.
	if w.threads = nil; !hasChildren(pid) {
		w.threads = sleepingThreads(pid)
	}
	return before != nil && maps.Equal(before, w.threads)
}

// cpuTime returns the CPU time of a process, in ticks of the kernel's clock.
func cpuTime(pid int) (ticks int64, ok bool) {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return 0, false
	}
	ticks, _ = cpuTicks(stat)
	return ticks, true
}

// sleepingThreads returns how often each thread of a process was scheduled, by
// its number, or nil when a thread runs or waits for something that can come
// from outside of the process.
func sleepingThreads(pid int) map[string]string {
	dir := fmt.Sprintf("/proc/%d/task", pid)
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil
	}
	threads, timed := map[string]string{}, 0
	for _, entry := range entries {
		thread := filepath.Join(dir, entry.Name())
		call, err := os.ReadFile(filepath.Join(thread, "syscall"))
		if err != nil {
			return nil
		}
		wait, timeout := waitsForThread(string(call))
		if timeout {
			timed++
		}
		status, err := os.ReadFile(filepath.Join(thread, "status"))
		// The monitor of the Go runtime is the one thread that wakes up by itself.
		if err != nil || !wait || timed > 1 || !bytes.Contains(status, []byte("\nState:\tS")) {
			return nil
		}
		_, switches, _ := bytes.Cut(status, []byte("\nvoluntary_ctxt_switches:"))
		threads[entry.Name()] = string(switches)
	}
	return threads
}

// waitsForThread reads a line of /proc/PID/task/TID/syscall: whether the thread
// waits for another thread of its process, and whether that wait ends by itself.
func waitsForThread(line string) (wait, timeout bool) {
	fields := strings.Fields(line) // number, six arguments, stack pointer, program counter
	if len(fields) != 9 || fields[0] != strconv.Itoa(unix.SYS_FUTEX) {
		return false, false
	}
	op, err := strconv.ParseUint(strings.TrimPrefix(fields[2], "0x"), 16, 32)
	if err != nil || op&futexPrivate == 0 {
		return false, false
	}
	op &= futexOperation
	return op == futexWait || op == futexWaitBitset, fields[4] != "0x0"
}

// hasChildren reports whether a process has a child that lives.
func hasChildren(pid int) bool {
	return slices.ContainsFunc(childrenOf(pid), func(child int) bool {
		stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", child))
		return err == nil && !bytes.Contains(stat, []byte(") Z "))
	})
}
