package runner

import (
	"bytes"
	"os"
	"strconv"
	"time"
)

// userHz is how many units of /proc/stat are a second: proc(5) counts in
// clock ticks, of which Linux shows programs 100 a second.
const userHz = 100

// machineLoad reads the time that the cores of the machine have worked, and
// that others of its host took from it.
func machineLoad() (load, bool) {
	data, err := os.ReadFile("/proc/stat")
	if err != nil {
		return load{}, false
	}
	line, _, _ := bytes.Cut(data, []byte("\n"))
	fields := bytes.Fields(line)
	if len(fields) < 9 || string(fields[0]) != "cpu" {
		return load{}, false
	}
	l := load{units: userHz, at: time.Now()}
	for i, field := range fields[1:9] { // user nice system idle iowait irq softirq steal
		n, err := strconv.ParseFloat(string(field), 64)
		if err != nil {
			return load{}, false
		}
		l.all += n
		if i != 3 && i != 4 {
			l.busy += n
		}
	}
	return l, true
}
