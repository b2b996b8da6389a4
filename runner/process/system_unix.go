//go:build unix && !linux

package process

import (
	"os"
	"syscall"
)

func attributes() *syscall.SysProcAttr { return &syscall.SysProcAttr{Setsid: true} }

func adoptOrphans() {}

// reap waits for the end of the child, reaps it, and kills what is left of its
// group: its id stays taken as long as it has members.
func (c *Child) reap() (*os.ProcessState, error) {
	state, err := c.proc.Wait()
	c.mu.Lock()
	defer c.mu.Unlock()
	c.killFamily()
	c.reaped = true
	return state, err
}

func (c *Child) killFamily() { _ = syscall.Kill(-c.Pid(), syscall.SIGKILL) }

// quit also wakes a process that was stopped.
func quit(p *os.Process) {
	_ = p.Signal(syscall.SIGQUIT)
	_ = p.Signal(syscall.SIGCONT)
}

func killAll() {
	for pid := range lineage.children {
		_ = syscall.Kill(-pid, syscall.SIGKILL)
	}
}
