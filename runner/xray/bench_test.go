package xray_test

import (
	"bytes"
	"errors"
	"io"
	"testing"
	"time"

	"golang.org/x/exp/trace"

	"notebook/runner/xray"
	"notebook/runner/xray/internal/samples"
)

// BenchmarkReduce reports the events that are read and reduced in a second, of
// a trace as long as the recording of a chatty cell may become, and how many
// times as long that takes as reading the events alone, in the same run.
func BenchmarkReduce(b *testing.B) {
	data, err := samples.Record(long)
	if err != nil {
		b.Fatal(err)
	}
	events := 0
	var reading, reducing time.Duration
	b.ReportAllocs()
	for b.Loop() {
		start := time.Now()
		readAll(b, data)
		read := time.Now()
		tl, err := xray.Reduce(bytes.NewReader(data), options)
		if err != nil {
			b.Fatal(err)
		}
		reading += read.Sub(start)
		reducing += time.Since(read)
		events += tl.Events
	}
	b.ReportMetric(float64(events)/reducing.Seconds(), "events/s")
	b.ReportMetric(reducing.Seconds()/reading.Seconds(), "x-reading")
	b.ReportMetric(float64(len(data)), "bytes/trace")
}

func readAll(b *testing.B, data []byte) {
	r, err := trace.NewReader(bytes.NewReader(data))
	if err != nil {
		b.Fatal(err)
	}
	for {
		if _, err := r.ReadEvent(); errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			b.Fatal(err)
		}
	}
}
