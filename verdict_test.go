package notebook_test

import (
	"testing"

	"notebook"
)

func TestIsSite(t *testing.T) {
	for role, want := range map[string]bool{
		"read, write": true, "chan send": true, "chan send, " + notebook.StartRole: true, notebook.CallRole + ", read": true, "": true,
		notebook.StartRole: false, notebook.CallRole: false, notebook.CallRole + ", " + notebook.StartRole: false,
	} {
		if got := (notebook.VerdictPlace{Role: role}).IsSite(); got != want {
			t.Errorf("%q: %t", role, got)
		}
	}
}
