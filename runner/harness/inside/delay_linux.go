package inside

import (
	"bytes"
	"os"
	"strconv"
	"syscall"
)

// runDelay returns how long the threads of this process that live could run and
// waited for a core, in ns: the second number of each file schedstat.
func runDelay() uint64 {
	const tasks = "/proc/self/task/"
	threads, err := os.ReadDir(tasks)
	if err != nil {
		return 0
	}
	var total uint64
	var text [64]byte
	for _, t := range threads {
		fd, err := syscall.Open(tasks+t.Name()+"/schedstat", syscall.O_RDONLY|syscall.O_CLOEXEC, 0)
		if err != nil {
			continue // the thread has ended
		}
		n, _ := read(fd, text[:])
		_ = syscall.Close(fd)
		if fields := bytes.Fields(text[:max(n, 0)]); len(fields) > 1 {
			delay, _ := strconv.ParseUint(string(fields[1]), 10, 64)
			total += delay
		}
	}
	return total
}
