package xray_test

import (
	"bytes"
	"testing"

	"notebook/runner/xray"
)

// FuzzReduce gives Reduce broken and forged traces: with and without a region,
// they give an error or a timeline that is like every timeline.
func FuzzReduce(f *testing.F) {
	for _, data := range stored(f) {
		f.Add(data, true)
		f.Add(data[:len(data)/2], false)
	}
	f.Add([]byte("go 1.26 trace\x00\x00\x00"), true)
	f.Fuzz(func(t *testing.T, data []byte, region bool) {
		o := options
		if !region {
			o.Region = ""
		}
		tl, err := xray.Reduce(bytes.NewReader(data), o)
		if err != nil {
			return
		}
		check(t, tl)
	})
}
