//go:build !go1.26 || go1.27 || notebook_pprof

package inside

import "runtime/metrics"

// This file is for versions of Go of which it is not known how they lay samples
// out, and for tests, by the tag notebook_pprof.

type sample struct{ *metrics.Sample }

type histogram = metrics.Float64Histogram

func newSamples(names ...string) []sample {
	all := make([]metrics.Sample, len(names))
	samples := make([]sample, len(names))
	for i, name := range names {
		all[i].Name = name
		samples[i] = sample{&all[i]}
	}
	return samples
}

// readSamples reads samples that newSamples has made together.
func readSamples(s []sample) {
	for _, one := range s {
		all := []metrics.Sample{*one.Sample}
		metrics.Read(all)
		*one.Sample = all[0]
	}
}

// number returns a counter, or 0 where the runtime does not have it.
func (s sample) number() uint64 {
	if s.Value.Kind() != metrics.KindUint64 {
		return 0
	}
	return s.Value.Uint64()
}

// histogram returns a histogram, or nil where the runtime does not have it.
func (s sample) histogram() *histogram {
	if s.Value.Kind() != metrics.KindFloat64Histogram {
		return nil
	}
	return s.Value.Float64Histogram()
}
