package harness

import (
	"slices"
	"testing"
)

func TestStraysMessage(t *testing.T) {
	tests := []struct {
		names []string
		want  string
	}{
		{[]string{"sleep"}, "a process was left running, and was ended: sleep"},
		{[]string{"sh", "sleep"}, "2 processes were left running, and were ended: sh, sleep"},
		{slices.Repeat([]string{"sleep"}, 200), "200 processes were left running, and were ended: sleep"},
		{[]string{"a", "b", "c", "d", "e"}, "5 processes were left running, and were ended: a, b, c, d, e"},
		{[]string{"a", "b", "c", "d", "e", "f"}, "6 processes were left running, and were ended: a, b, c, d, e, ..."},
	}
	for _, test := range tests {
		if got := straysMessage(test.names); got != test.want {
			t.Errorf("%q: got %q, want %q", test.names, got, test.want)
		}
	}
}
