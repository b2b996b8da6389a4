package process_test

import (
	"os"
	"testing"
	"time"

	"notebook/runner/process"
)

// BenchmarkRun starts a program that ends at once, under supervision and bare,
// in turns.
func BenchmarkRun(b *testing.B) {
	path, err := os.Executable()
	if err != nil {
		b.Fatal(err)
	}
	cmd := process.Command{Path: path, Args: []string{"0"}, Env: environ("exit")}
	cmd.Limits = process.Limits{Memory: 4 << 30, FileSize: 1 << 30}
	var supervised, bare time.Duration
	for b.Loop() {
		start := time.Now()
		if _, _, err := process.Run(b.Context(), cmd); err != nil {
			b.Fatal(err)
		}
		between := time.Now()
		runBare(b, cmd)
		supervised += between.Sub(start)
		bare += time.Since(between)
	}
	milliseconds := func(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 / float64(b.N) }
	b.ReportMetric(milliseconds(bare), "bare-ms")
	b.ReportMetric(milliseconds(supervised-bare), "extra-ms")
	b.ReportMetric(float64(supervised)/float64(bare), "ratio")
}

// runBare starts a program by what the system offers, and waits for its end.
func runBare(b *testing.B, cmd process.Command) {
	proc, err := os.StartProcess(cmd.Path, append([]string{cmd.Path}, cmd.Args...), &os.ProcAttr{Env: cmd.Env})
	if err != nil {
		b.Fatal(err)
	}
	if state, err := proc.Wait(); err != nil || !state.Success() {
		b.Fatal(state, err)
	}
}
