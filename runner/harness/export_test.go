package harness

import "flag"

// Update is set to rewrite the golden files.
var Update = flag.Bool("update", false, "rewrite the golden files")

// Done returns a channel that is closed when the process has ended.
func Done(p *Process) <-chan struct{} { return p.child.Done() }
