package claim

import (
	"os"

	"golang.org/x/sys/windows"
)

func lock(f *os.File, wait bool) error {
	how := uint32(windows.LOCKFILE_EXCLUSIVE_LOCK)
	if !wait {
		how |= windows.LOCKFILE_FAIL_IMMEDIATELY
	}
	const onlyByte = 1
	return windows.LockFileEx(windows.Handle(f.Fd()), how, 0, onlyByte, 0, new(windows.Overlapped))
}
