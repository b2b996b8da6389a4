package harness

import (
	"runtime"
	"strings"
	"testing"
)

// Text that looks like the beginnings of many reports costs no more than as
// much of other text.
func TestReportCost(t *testing.T) {
	for _, family := range []string{
		"fatal error: flood\n", "panic: flood", "panic: flood\n\tpanic: flood\n", "panic: a\n[signal\n",
		"SIGSEGV: segmentation violation\nPC=0 m=0\n", "runtime: panic: a\n", "goroutine 1 [running]:\nmain.main()\n\t/x.go:1\n",
	} {
		quarter, whole := reportMemory(family, 64<<10), reportMemory(family, 256<<10)
		if whole > 6*quarter {
			t.Errorf("%q: 64 KB take %d KB of memory, 256 KB take %d KB", family, quarter>>10, whole>>10)
		}
	}
}

// reportMemory returns the bytes that are allocated to look for a report in text
// of that size.
func reportMemory(family string, size int) uint64 {
	text := []byte(strings.Repeat(family, size/len(family)))
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	parseReport(text)
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}
