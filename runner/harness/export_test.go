package harness

// Done returns a channel that is closed when the process has ended.
func Done(p *Process) <-chan struct{} { return p.child.Done() }
