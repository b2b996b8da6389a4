//go:build unix && !linux

package process

import (
	"os"
	"syscall"
)

func attributes() *syscall.SysProcAttr { return &syscall.SysProcAttr{Setpgid: true} }

func adoptOrphans() {}

// reap waits for the end of the child, reaps it, and kills what is left of its
// group: its id stays taken as long as it has members.
func (c *Child) reap() (*os.ProcessState, error) {
	state, err := c.proc.Wait()
	c.mu.Lock()
	defer c.mu.Unlock()
	killTree(c.proc)
	c.reaped = true
	return state, err
}

func killTree(p *os.Process) { _ = syscall.Kill(-p.Pid, syscall.SIGKILL) }

func quit(p *os.Process) { _ = p.Signal(syscall.SIGQUIT) }
