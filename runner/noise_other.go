//go:build !linux

package runner

// machineLoad knows nothing: only Linux tells without another program.
func machineLoad() (load, bool) { return load{}, false }
