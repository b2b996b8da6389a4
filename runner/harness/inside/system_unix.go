//go:build unix

package inside

import (
	"fmt"
	"syscall"
	"time"
)

// usage returns what the system counts for this process so far.
func usage() resources {
	var own, children syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &own); err != nil {
		return resources{}
	}
	_ = syscall.Getrusage(syscall.RUSAGE_CHILDREN, &children) // fails where the first did
	return resources{
		user: time.Duration(own.Utime.Nano()), sys: time.Duration(own.Stime.Nano()),
		voluntary: int64(own.Nvcsw), involuntary: int64(own.Nivcsw), //nolint:unconvert // of 32 bits on some systems
		children: time.Duration(children.Utime.Nano() + children.Stime.Nano()),
	}
}

// limit bounds this process and those that it starts. There is no core file:
// nobody would find it.
func limit(memory, fileSize uint64) error {
	for resource, value := range map[int]uint64{
		syscall.RLIMIT_DATA: memory, syscall.RLIMIT_FSIZE: fileSize,
	} {
		if value == 0 {
			continue
		}
		if err := lower(resource, value); err != nil {
			return err
		}
	}
	return lower(syscall.RLIMIT_CORE, 0)
}

func lower(resource int, value uint64) error {
	var l syscall.Rlimit
	if err := syscall.Getrlimit(resource, &l); err != nil {
		return fmt.Errorf("get a limit: %w", err)
	}
	l.Cur, l.Max = min(l.Cur, value), min(l.Max, value)
	if err := syscall.Setrlimit(resource, &l); err != nil {
		return fmt.Errorf("set a limit: %w", err)
	}
	return nil
}

// ownDescriptors returns descriptors of our own for the standard streams, and
// keeps them and the parent's from the processes that cells start.
func ownDescriptors() (own [2]int, err error) {
	syscall.ForkLock.RLock()
	defer syscall.ForkLock.RUnlock()
	for i, fd := range []int{1, 2} {
		if own[i], err = syscall.Dup(fd); err != nil {
			return own, fmt.Errorf("copy a descriptor: %w", err)
		}
	}
	for _, fd := range []int{own[0], own[1], FrameFD, RequestFD} {
		syscall.CloseOnExec(fd)
	}
	return own, nil
}

// keepFrames keeps the descriptor of the frames from the processes that a
// program starts.
func keepFrames() { syscall.CloseOnExec(FrameFD) }

func read(fd int, p []byte) (n int, err error) {
	for {
		if n, err = syscall.Read(fd, p); err != syscall.EINTR {
			return n, err
		}
	}
}

func write(fd int, p []byte) (n int, err error) {
	for {
		if n, err = syscall.Write(fd, p); err != syscall.EINTR {
			return n, err
		}
	}
}
