package process

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"strconv"
	"syscall"

	"golang.org/x/sys/unix"
)

// attributes make the child the leader of a session, and so of a group. A new
// session has no terminal: the child cannot write to the user's, and is not
// stopped when it reads from it.
func attributes() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Setsid: true, Pdeathsig: syscall.SIGKILL}
}

// reap waits for the end of the child, kills what is left of its group while
// the process id still belongs to it, and reaps it.
func (c *Child) reap() (*os.ProcessState, error) {
	var info unix.Siginfo
	for {
		err := unix.Waitid(unix.P_PID, c.Pid(), &info, unix.WEXITED|unix.WNOWAIT, nil)
		if err != unix.EINTR {
			break // an error shows again in Wait below
		}
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.killFamily()
	state, err := c.proc.Wait()
	c.reaped = true
	return state, err
}

// setLimits limits a process that runs already. There is no core file: nobody
// would find it.
func setLimits(pid int, l Limits) error {
	limits := map[int]int64{unix.RLIMIT_CORE: 0}
	if l.Memory > 0 {
		limits[unix.RLIMIT_DATA] = l.Memory
	}
	if l.FileSize > 0 {
		limits[unix.RLIMIT_FSIZE] = l.FileSize
	}
	for resource, value := range limits {
		if err := lower(pid, resource, uint64(value)); err != nil && !errors.Is(err, unix.ESRCH) {
			return fmt.Errorf("set a limit: %w", err)
		}
	}
	return nil
}

// lower lowers a limit. Only root may raise one.
func lower(pid, resource int, value uint64) error {
	var l unix.Rlimit
	if err := unix.Prlimit(pid, resource, nil, &l); err != nil {
		return err
	}
	l.Cur, l.Max = min(l.Cur, value), min(l.Max, value)
	return unix.Prlimit(pid, resource, &l, nil)
}

// inheritedRSS returns the peak memory of this program, with which a child
// starts its own count.
func inheritedRSS() int64 {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 1 << 62 // then no peak of a child can be told from ours
	}
	_, rest, _ := bytes.Cut(status, []byte("\nVmHWM:"))
	number, _, _ := bytes.Cut(bytes.TrimSpace(rest), []byte(" "))
	kib, err := strconv.ParseInt(string(number), 10, 64)
	if err != nil {
		return 1 << 62
	}
	return kib << 10
}

func peakOf(s *os.ProcessState) int64 {
	if u, ok := s.SysUsage().(*syscall.Rusage); ok {
		return int64(u.Maxrss) << 10 //nolint:unconvert // fewer bits on some machines
	}
	return 0
}

// MachineMemory returns the memory of this machine in bytes; 0 where it is not
// known.
func MachineMemory() int64 {
	var info unix.Sysinfo_t
	if err := unix.Sysinfo(&info); err != nil {
		return 0
	}
	return int64(info.Totalram) * int64(info.Unit)
}
