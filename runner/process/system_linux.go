package process

import (
	"bytes"
	"fmt"
	"os"
	"strconv"
	"syscall"

	"golang.org/x/sys/unix"
)

func attributes() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
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
	killTree(c.proc)
	state, err := c.proc.Wait()
	c.reaped = true
	return state, err
}

// killTree kills the group of a child that is not reaped, and its descendants
// that left the group.
func killTree(p *os.Process) {
	strays := descendants(p.Pid, nil)
	_ = unix.Kill(-p.Pid, unix.SIGKILL)
	for _, pid := range strays {
		_ = unix.Kill(pid, unix.SIGKILL)
	}
}

// setLimits limits a process that runs already.
func setLimits(pid int, l Limits) error {
	for resource, value := range map[int]int64{unix.RLIMIT_DATA: l.Memory, unix.RLIMIT_FSIZE: l.FileSize} {
		if value <= 0 {
			continue
		}
		limit := unix.Rlimit{Cur: uint64(value), Max: uint64(value)}
		if err := unix.Prlimit(pid, resource, &limit, nil); err != nil && err != unix.ESRCH {
			return fmt.Errorf("set a limit: %w", err)
		}
	}
	return nil
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
