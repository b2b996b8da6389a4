package notebook

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

// A Size is a number of bytes.
type Size int64

// The binary units of a [Size].
const (
	KiB Size = 1 << 10
	MiB Size = 1 << 20
	GiB Size = 1 << 30
)

// MinMemory is the smallest limit on the memory of a process of cells: a Go
// program does not start with much less.
const MinMemory = 128 * MiB

// sizeUnits are sorted by size.
var sizeUnits = []struct {
	name  string
	bytes Size
}{
	{"B", 1},
	{"kB", 1e3},
	{"KiB", KiB},
	{"MB", 1e6},
	{"MiB", MiB},
	{"GB", 1e9},
	{"GiB", GiB},
}

var errSize = errors.New("no whole number with a unit such as MiB, GiB or MB")

// ParseSize reads a whole number of B, kB, MB, GB, KiB, MiB or GiB, such as
// "256MiB" or "500 MB". A number without a unit is an error, as it is in
// [time.ParseDuration]; upper and lower case are one.
func ParseSize(text string) (Size, error) {
	unit := strings.TrimLeft(text, "0123456789")
	n, err := strconv.ParseInt(strings.TrimSuffix(text, unit), 10, 64)
	if err != nil {
		return 0, fmt.Errorf("size %q: %w", text, errSize)
	}
	for _, u := range sizeUnits {
		if strings.EqualFold(strings.TrimSpace(unit), u.name) && n <= math.MaxInt64/int64(u.bytes) {
			return Size(n) * u.bytes, nil
		}
	}
	return 0, fmt.Errorf("size %q: %w", text, errSize)
}

// String writes the size exactly where that takes few digits, as "256 MiB",
// "500 MB" or "1536 MiB", and else rounded, as "7.7 GiB".
func (s Size) String() string {
	for _, u := range slices.Backward(sizeUnits[1:]) {
		if n := s / u.bytes; s%u.bytes == 0 && n > 0 && n < 10_000 {
			return fmt.Sprintf("%d %s", n, u.name)
		}
	}
	for _, u := range slices.Backward(sizeUnits[1:]) {
		if n := float64(s) / float64(u.bytes); n >= 1 {
			return fmt.Sprintf("%.1f %s", n, u.name)
		}
	}
	return fmt.Sprintf("%d bytes", int64(s))
}
