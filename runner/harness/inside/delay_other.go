//go:build !linux

package inside

// runDelay returns 0: only Linux tells how long threads wait for a core.
func runDelay() uint64 { return 0 }
