package process

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strconv"

	"golang.org/x/sys/unix"
)

// quit sends SIGQUIT to the busiest thread of p. The Go runtime shows the stack
// of a running goroutine only if the signal reaches its own thread. A process
// that was stopped is woken, so that it sees the signal.
func quit(p *os.Process) {
	tid := busiestThread(p.Pid)
	if tid == 0 || unix.Tgkill(p.Pid, tid, unix.SIGQUIT) != nil {
		_ = p.Signal(unix.SIGQUIT)
	}
	_ = p.Signal(unix.SIGCONT)
}

// busiestThread returns the running thread that has used most CPU time, or 0
// when none runs.
func busiestThread(pid int) int {
	files, _ := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/stat", pid))
	best, most := 0, int64(-1)
	for _, file := range files {
		stat, err := os.ReadFile(file)
		if err != nil {
			continue // the thread has ended
		}
		tid, err := strconv.Atoi(filepath.Base(filepath.Dir(file)))
		if used, running := cpuTicks(stat); err == nil && running && used > most {
			best, most = tid, used
		}
	}
	return best
}

// cpuTicks reads the CPU time of a line of /proc/PID/stat. Field 3, the state,
// comes after the name in parentheses; 14 and 15 are the times.
func cpuTicks(stat []byte) (ticks int64, running bool) {
	_, rest, _ := bytes.Cut(stat[max(0, bytes.LastIndexByte(stat, ')')):], []byte(" "))
	fields := bytes.Fields(rest)
	if len(fields) < 13 {
		return 0, false
	}
	user, _ := strconv.ParseInt(string(fields[11]), 10, 64)
	sys, _ := strconv.ParseInt(string(fields[12]), 10, 64)
	return user + sys, string(fields[0]) == "R"
}
