//go:build go1.26 && !go1.27 && !notebook_pprof

package inside

import "unsafe"

// This file reads the metrics of the runtime as runtime/metrics does, without
// that package: to link it takes two hundredths of the time of a small program.
// A later version of Go may lay samples out differently; it gets the other file.

// A sample is laid out as metrics.Sample.
type sample struct {
	name  string
	value struct {
		kind    int
		scalar  uint64
		pointer unsafe.Pointer
	}
}

// A histogram is laid out as metrics.Float64Histogram.
type histogram struct {
	Counts  []uint64
	Buckets []float64
}

// Kinds of values, as runtime/metrics counts them.
const (
	kindUint64    = 1
	kindHistogram = 3
)

//go:linkname readMetrics runtime/metrics.runtime_readMetrics
func readMetrics(samples unsafe.Pointer, length, capacity int)

func newSamples(names ...string) []sample {
	samples := make([]sample, len(names))
	for i, name := range names {
		samples[i].name = name
	}
	return samples
}

func readSamples(s []sample) { readMetrics(unsafe.Pointer(unsafe.SliceData(s)), len(s), cap(s)) }

// number returns a counter, or 0 where the runtime does not have it.
func (s *sample) number() uint64 {
	if s.value.kind != kindUint64 {
		return 0
	}
	return s.value.scalar
}

// histogram returns a histogram, or nil where the runtime does not have it.
func (s *sample) histogram() *histogram {
	if s.value.kind != kindHistogram {
		return nil
	}
	return (*histogram)(s.value.pointer)
}
