//go:build unix

package output_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"notebook/cmd/notebook/internal/output"
)

func TestFullDiskKeepsTheOldPage(t *testing.T) {
	t.Chdir(t.TempDir())
	mount(t, "disk", "size=64k")
	page := output.Page{Folder: "disk", Rel: "a.html"}
	if err := render(page, text("old")); err != nil {
		t.Fatal(err)
	}
	err := render(page, text(strings.Repeat("x", 1<<20)))
	if got := errorText(err); got != "disk/a.html: no space left on device" || !errors.Is(err, syscall.ENOSPC) {
		t.Errorf("error %q", got)
	}
	checkText(t, "disk/a.html", "old")
	checkTree(t, "disk", "disk/a.html")
}

func TestOpenFindsAReadOnlyDisk(t *testing.T) {
	t.Chdir(t.TempDir())
	mount(t, "disk", "ro")
	err := render(output.Page{Folder: "disk", Rel: "a.html"}, text("new"))
	if got := errorText(err); got != "disk/a.html: read-only file system" {
		t.Errorf("error %q", got)
	}
}

// mount makes a file system of its own; only root may.
func mount(t *testing.T, dir, options string) {
	t.Helper()
	if err := os.Mkdir(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	var flags uintptr
	if options == "ro" {
		flags, options = syscall.MS_RDONLY, ""
	}
	if err := syscall.Mount("none", dir, "tmpfs", flags, options); err != nil {
		t.Skip("cannot mount a file system:", err)
	}
	path, err := filepath.Abs(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(path, 0); err != nil {
			t.Error(err)
		}
	})
}
