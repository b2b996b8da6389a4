package xray_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"notebook"
	"notebook/runner/xray"
	"notebook/runner/xray/internal/samples"
)

// array is an array without other arrays and objects in it.
var array = regexp.MustCompile(`\[[^][{}]*\]`)

var update = flag.Bool("update", false, "write the golden files")

// options are those of the samples.
var options = xray.Options{Region: samples.Region, Note: samples.Note, Code: code}

// code returns a line of the samples.
func code(line int) string {
	lines := strings.Split(samples.Source, "\n")
	if line < 1 || line > len(lines) {
		return ""
	}
	return lines[line-1]
}

// stored returns the traces in testdata by name.
func stored(t testing.TB) map[string][]byte {
	t.Helper()
	files, err := filepath.Glob("testdata/*.trace")
	if err != nil || len(files) != len(samples.All()) {
		t.Fatalf("%d traces of %d samples: %v", len(files), len(samples.All()), err)
	}
	traces := map[string][]byte{}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		traces[strings.TrimSuffix(filepath.Base(file), ".trace")] = data
	}
	return traces
}

func reduce(t testing.TB, data []byte, o xray.Options) *notebook.Timeline {
	t.Helper()
	tl, err := xray.Reduce(bytes.NewReader(data), o)
	if err != nil {
		t.Fatal(err)
	}
	return tl
}

func TestGolden(t *testing.T) {
	for name, data := range stored(t) {
		o := options
		if name == "cut" {
			o.Wall = 5_000_000
		}
		got, err := json.MarshalIndent(reduce(t, data, o), "", " ")
		if err != nil {
			t.Fatal(err)
		}
		got = append(onLines(got), '\n')
		file := filepath.Join("testdata", name+".json")
		if *update {
			if err := os.WriteFile(file, got, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), string(got)); diff != "" {
			t.Errorf("%s: wanted -, got +:\n%s", name, diff)
		}
	}
}

// onLines puts arrays of numbers and short texts on one line each.
func onLines(data []byte) []byte {
	return array.ReplaceAllFunc(data, func(b []byte) []byte {
		var line bytes.Buffer
		if err := json.Compact(&line, b); err != nil {
			return b
		}
		return line.Bytes()
	})
}
