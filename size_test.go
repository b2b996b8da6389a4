package notebook_test

import (
	"testing"

	"notebook"
)

func TestParseSize(t *testing.T) {
	for text, want := range map[string]notebook.Size{
		"256MiB": 256 << 20, "1GiB": 1 << 30, "500MB": 500e6, "2 gib": 2 << 30, "64kib": 64 << 10,
		"3kB": 3000, "1GB": 1e9, "7B": 7, "0MB": 0, "8589934591GiB": 8589934591 << 30,
	} {
		if got, err := notebook.ParseSize(text); got != want || err != nil {
			t.Errorf("%q: %d, %v; want %d", text, int64(got), err, int64(want))
		}
	}
	for _, text := range []string{
		"", "1024", "MiB", "1.5GiB", "-1MiB", "+1MiB", "1M", "1 TiB", "1 Mi B", " 1MiB", "0x1MiB", "1e3MB",
		"8589934592GiB", "99999999999999999999B",
	} {
		if got, err := notebook.ParseSize(text); err == nil {
			t.Errorf("%q: %d", text, int64(got))
		}
	}
}

func TestSizeString(t *testing.T) {
	for size, want := range map[notebook.Size]string{
		0: "0 bytes", 999: "999 bytes", 1000: "1 kB", 1 << 10: "1 KiB", 256 << 20: "256 MiB", 500e6: "500 MB",
		4 << 30: "4 GiB", 3<<30 + 1<<29: "3584 MiB", 8249393152: "7.7 GiB", 5 << 40: "5120 GiB", 1<<20 + 1: "1.0 MiB",
	} {
		if got := size.String(); got != want {
			t.Errorf("%d: %q, want %q", int64(size), got, want)
		}
	}
}
