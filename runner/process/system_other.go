//go:build !linux

package process

import "os"

func (c *Child) sweep() { forget(c.Pid()) }

func setLimits(int, Limits) error { return nil }

func inheritedRSS() int64 { return 0 }

func peakOf(*os.ProcessState) int64 { return 0 }

// MachineMemory returns the memory of this machine in bytes; 0 where it is not
// known.
func MachineMemory() int64 { return 0 }
