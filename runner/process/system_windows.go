package process

import (
	"os"
	"syscall"
)

func attributes() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{CreationFlags: syscall.CREATE_NEW_PROCESS_GROUP}
}

func adoptOrphans() {}

func (c *Child) reap() (*os.ProcessState, error) {
	state, err := c.proc.Wait()
	c.mu.Lock()
	defer c.mu.Unlock()
	c.reaped = true
	return state, err
}

func (c *Child) killFamily() { _ = c.proc.Kill() }

// quit ends the process: there is no signal that asks for a dump.
func quit(p *os.Process) { _ = p.Kill() }

// SignalName returns the text of a signal.
func SignalName(sig syscall.Signal) string { return sig.String() }

func killAll() {
	for pid := range lineage.children {
		if p, err := os.FindProcess(pid); err == nil {
			_ = p.Kill()
		}
	}
}
