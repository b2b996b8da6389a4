//go:build unix

package yaegi

import (
	"fmt"
	"syscall"
)

// boundMemory bounds the memory of this process until undo is called.
func boundMemory(limit uint64) (undo func(), err error) {
	var before syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_DATA, &before); err != nil {
		return nil, fmt.Errorf("get the limit of memory: %w", err)
	}
	bound := before
	bound.Cur = min(bound.Cur, limit)
	if err := syscall.Setrlimit(syscall.RLIMIT_DATA, &bound); err != nil {
		return nil, fmt.Errorf("set the limit of memory: %w", err)
	}
	return func() {
		// A limit that was in force before can be set again.
		_ = syscall.Setrlimit(syscall.RLIMIT_DATA, &before)
	}, nil
}
