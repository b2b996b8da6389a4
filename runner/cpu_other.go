//go:build !linux

package runner

// cpuModel returns the name of the processor, or "" where it is not known.
func cpuModel() string { return "" }
