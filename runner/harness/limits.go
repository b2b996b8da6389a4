package harness

import (
	"notebook"
	"notebook/runner/process"
)

// DefaultMaxOutput is how many bytes of a cell's output are kept where no limit
// is written, of both streams together. What exceeds the limit is read, counted
// and dropped.
const DefaultMaxOutput = 64 * notebook.MiB

// Limits of a cell's process that are not written anywhere.
const (
	maxMemory   = 4 << 30 // or half of the machine's, whichever is less
	maxFileSize = 1 << 30
)

// cellLimits fills in the defaults.
func cellLimits(l process.Limits) process.Limits {
	if l.Memory == 0 {
		l.Memory = maxMemory
		if total := process.MachineMemory(); total > 0 {
			l.Memory = min(l.Memory, total/2)
		}
	}
	if l.FileSize == 0 {
		l.FileSize = maxFileSize
	}
	return l
}

// raceMemory is the least memory that a process gets under the race detector.
const raceMemory = 4 * notebook.GiB

// RaceMemory returns the memory limit of a process under the race detector,
// which takes several times the memory of the program. 0 means the default.
func RaceMemory(limit notebook.Size) notebook.Size {
	plain := cellLimits(process.Limits{Memory: int64(limit)}).Memory
	return max(4*notebook.Size(plain), raceMemory)
}

// outputLimit fills in the default.
func outputLimit(maxOutput notebook.Size) notebook.Size {
	if maxOutput == 0 {
		return DefaultMaxOutput
	}
	return maxOutput
}
