//go:build soak

package yaegi_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// TestOtherBuilds runs tests of workers in binaries that were built in other
// ways: with cgo, Go's runtime finds no deadlock, and with the race detector the
// interpreter races with itself. That detector knows no memory limit and 8,128
// goroutines, so that the notes about limits are not among them.
func TestOtherBuilds(t *testing.T) {
	if _, err := exec.LookPath("gcc"); err != nil {
		t.Skip("no C compiler to build with cgo")
	}
	for _, flag := range []string{"-race=false", "-race"} {
		t.Run(flag, func(t *testing.T) {
			binary := filepath.Join(t.TempDir(), "test")
			build := exec.CommandContext(t.Context(), "go", "test", "-c", flag, "-o", binary, ".")
			build.Env = append(os.Environ(), "CGO_ENABLED=1", "GOFLAGS=")
			if out, err := build.CombinedOutput(); err != nil {
				t.Fatalf("%v\n%s", err, out)
			}
			test := exec.CommandContext(t.Context(), binary, "-test.run=^(TestNotes|TestDeadlock)$/^(blocked|ends|panics|program|session|warned)$")
			if out, err := test.CombinedOutput(); err != nil {
				t.Errorf("%v\n%s", err, out)
			}
		})
	}
}
