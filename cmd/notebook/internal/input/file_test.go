//go:build unix

package input_test

import (
	"os"
	"syscall"
	"testing"

	"notebook"
	"notebook/cmd/notebook/internal/input"
)

func TestReadReturnsTheBytes(t *testing.T) {
	const text = "\xef\xbb\xbf# a\r\n\xff"
	makeTree(t, map[string]string{"a.md": text, "link.md -> a.md": ""})
	for _, name := range []string{"a.md", "link.md"} {
		found, err := input.Find([]string{name}, "")
		if err != nil {
			t.Fatal(err)
		}
		if got, err := found.Files[0].Read(); err != nil || string(got) != text {
			t.Errorf("%s: got %q, %v", name, got, err)
		}
	}
}

func TestReadRefuses(t *testing.T) {
	tests := []struct {
		name string
		make func(path string) error
		want string
	}{
		{"gone", func(string) error { return nil }, "a.md: no such file or directory"},
		{"folder", func(path string) error { return os.Mkdir(path, 0o700) }, "a.md: is a folder"},
		{"pipe", func(path string) error { return syscall.Mkfifo(path, 0o600) }, "a.md: not a regular file"},
		{"device", func(path string) error { return os.Symlink(os.DevNull, path) }, "a.md: not a regular file"},
		{"16 MB", func(path string) error { return makeSparse(path, notebook.MaxSize) }, ""},
		{"more than 16 MB", func(path string) error { return makeSparse(path, notebook.MaxSize+1) }, "a.md: larger than 16 MB, the limit of a note"},
		{"loop", func(path string) error { return os.Symlink(path, path) }, "a.md: too many levels of symbolic links"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			if err := test.make("a.md"); err != nil {
				t.Fatal(err)
			}
			_, err := input.File{Name: "a.md", Root: ".", Rel: "a.md"}.Read()
			if got := errorText(err); got != test.want {
				t.Errorf("error %q, want %q", got, test.want)
			}
		})
	}
}

func TestReadSaysWhatMayNotBeRead(t *testing.T) {
	if os.Getuid() == 0 {
		t.Skip("root may read every file")
	}
	makeTree(t, map[string]string{"a.md": "# a"})
	if err := os.Chmod("a.md", 0); err != nil {
		t.Fatal(err)
	}
	_, err := input.File{Name: "a.md", Root: ".", Rel: "a.md"}.Read()
	if got := errorText(err); got != "a.md: permission denied" {
		t.Errorf("error %q", got)
	}
}

// makeSparse makes a file of that size without writing it.
func makeSparse(path string, size int64) error {
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		return err
	}
	return os.Truncate(path, size)
}
