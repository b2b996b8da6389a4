package harness

import (
	"testing"

	"notebook"
	"notebook/runner/process"
)

const faultInCollector = `SIGSEGV: segmentation violation
PC=0x42e59d m=3 sigcode=1 addr=0x0

goroutine 0 gp=0x3c609cecd2c0 m=3 mp=0x3c609cefd008 [idle]:
runtime.(*spanQueue).tryDrain(0x3c6000000400?, 0x436d25?, 0x5845a8?)
	/go/src/runtime/mgcmark_greenteagc.go:520 +0x5d fp=0x3c609cf1bea0 sp=0x3c609cf1be80 pc=0x42e59d

goroutine 19 gp=0x3c609cf80780 m=nil [runnable]:
main.main()
	note.md:4 +0x8
`

// A runtime that has no memory left for its own tables dies in several ways.
func TestStarvedRuntime(t *testing.T) {
	limited := process.Limits{Memory: 256 << 20}
	const broken = "fatal error: runtime: cannot allocate memory\n\nruntime stack:\nruntime.throw({0x4e"
	tests := []struct {
		name, text string
		limits     process.Limits
		before     string
		outcome    notebook.Outcome
		message    string
	}{
		{"fault in the collector", "out\n" + faultInCollector, limited, "out\n", notebook.Limit, "out of memory: the memory limit is 256 MiB"},
		{"without a limit", "out\n" + faultInCollector, process.Limits{}, "out\n", notebook.Killed, "killed by SIGSEGV"},
		{"a report that breaks off", "out\n" + broken, limited, "out\n", notebook.Limit, "out of memory: the memory limit is 256 MiB"},
		{"a fault in a report", broken + "\n" + faultInCollector, limited, "", notebook.Limit, "out of memory: the memory limit is 256 MiB"},
		{
			"no thread", "out\nruntime/cgo: pthread_create failed: Resource temporarily unavailable\nSIGABRT: abort\nPC=0x7f m=3 sigcode=18\n\n" +
				"goroutine 0 gp=0x3 m=3 mp=0x3 [idle]:\n",
			limited, "out\n", notebook.Limit, "out of memory: the memory limit is 256 MiB",
		},
		{
			"a signal that was sent", "SIGSEGV: segmentation violation\nPC=0x40 m=0 sigcode=0 addr=0x0\n\n" +
				"goroutine 0 gp=0x58 m=0 mp=0x59 [idle]:\nruntime.futex(0x5)\n\t/go/src/runtime/sys.s:5 +0x1\n",
			limited, "", notebook.Killed, "killed by SIGSEGV",
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			before, r := readReport([]byte(test.text), test.limits)
			f, p := death{report: r, limits: test.limits}.judge()
			if string(before) != test.before || f.Outcome != test.outcome || p.Message != test.message {
				t.Errorf("%q, then %s: %s", before, f.Outcome, p.Message)
			}
		})
	}
}
