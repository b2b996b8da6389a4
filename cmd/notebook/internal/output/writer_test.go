//go:build unix

package output_test

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"notebook/cmd/notebook/internal/claim"
	"notebook/cmd/notebook/internal/input"
	"notebook/cmd/notebook/internal/output"
)

func mustFind(t *testing.T, name, text string) []input.File {
	t.Helper()
	writeFile(t, name, text)
	found, err := input.Find([]string{name}, "")
	if err != nil {
		t.Fatal(err)
	}
	return found.Files
}

func writeFile(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func text(s string) func(io.Writer) error {
	return func(w io.Writer) error {
		_, err := io.WriteString(w, s)
		return err
	}
}

// render opens a writer for one page, writes it and closes.
func render(page output.Page, fill func(io.Writer) error) error {
	w, err := output.Open([]output.Page{page})
	if err != nil {
		return err
	}
	return errors.Join(w.Write(page, fill), w.Close())
}

func tree(t *testing.T) []string {
	t.Helper()
	var names []string
	err := filepath.WalkDir(".", func(path string, _ os.DirEntry, err error) error {
		names = append(names, path)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return slices.Delete(names, 0, 1)
}

func checkTree(t *testing.T, want ...string) {
	t.Helper()
	if diff := cmp.Diff(want, tree(t), cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("files (-want +got):\n%s", diff)
	}
}

func checkText(t *testing.T, name, want string) {
	t.Helper()
	if got, err := os.ReadFile(name); err != nil || string(got) != want {
		t.Errorf("%s: got %q, %v; want %q", name, got, err, want)
	}
}

func checkMode(t *testing.T, name string, want os.FileMode) {
	t.Helper()
	info, err := os.Lstat(name)
	if err != nil {
		t.Fatal(err)
	}
	if info.Mode() != want {
		t.Errorf("%s: mode %v, want %v", name, info.Mode(), want)
	}
}

func TestWrite(t *testing.T) {
	t.Chdir(t.TempDir())
	old := syscall.Umask(0o027)
	defer syscall.Umask(old)
	page := output.Page{Folder: "n/_site", Rel: "sub/a.html"}
	if err := render(page, text("one")); err != nil {
		t.Fatal(err)
	}
	checkText(t, "n/_site/sub/a.html", "one")
	checkMode(t, "n/_site/sub/a.html", 0o640)
	if err := os.Chmod("n/_site/sub/a.html", 0o604); err != nil {
		t.Fatal(err)
	}
	if err := render(page, text("two")); err != nil {
		t.Fatal(err)
	}
	checkText(t, "n/_site/sub/a.html", "two")
	checkMode(t, "n/_site/sub/a.html", 0o604)
	checkTree(t, "n", "n/_site", "n/_site/sub", "n/_site/sub/a.html")
}

func TestFailedWriteKeepsTheOldPage(t *testing.T) {
	t.Chdir(t.TempDir())
	writeFile(t, "a.html", "old")
	failed := errors.New("no luck")
	err := render(output.Page{Folder: ".", Rel: "a.html"}, func(w io.Writer) error {
		return errors.Join(text("new")(w), failed)
	})
	if !errors.Is(err, failed) {
		t.Errorf("error %v", err)
	}
	checkText(t, "a.html", "old")
	checkTree(t, "a.html")
}

func TestNoPageNoFolder(t *testing.T) {
	t.Chdir(t.TempDir())
	w, err := output.Open([]output.Page{{Folder: "n/_site", Rel: "sub/a.html"}, {Folder: "n/_site", Rel: "b.html"}})
	if err != nil {
		t.Fatal(err)
	}
	checkTree(t, "n", "n/_site", "n/_site/sub")
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	checkTree(t)
}

func TestOpenRefuses(t *testing.T) {
	tests := []struct {
		name  string
		files []string // "a -> b" is a symbolic link, a name that ends with a slash a folder
		page  output.Page
		want  string
	}{
		{
			"a folder in the place of the page",
			[]string{"a.html/"},
			output.Page{Folder: ".", Rel: "a.html"},
			"a.html: is a folder, so no page can have this name",
		},
		{"a file in the place of the folder", []string{"out"}, output.Page{Folder: "out", Rel: "a.html"}, "out: not a directory"},
		{"a file above the page", []string{"out/sub"}, output.Page{Folder: "out", Rel: "sub/a.html"}, "out/sub/a.html: not a directory"},
		{
			"a link out",
			[]string{"secret", "out/a.html -> ../secret"},
			output.Page{Folder: "out", Rel: "a.html"},
			"out/a.html: a symbolic link that leads out of the output folder",
		},
		{
			"an absolute link",
			[]string{"out/a.html -> /etc/passwd"},
			output.Page{Folder: "out", Rel: "a.html"},
			"out/a.html: a symbolic link that leads out of the output folder",
		},
		{
			"a folder linked out",
			[]string{"else/", "out/sub -> ../else"},
			output.Page{Folder: "out", Rel: "sub/a.html"},
			"out/sub/a.html: path escapes from parent",
		},
		{
			"a loop of links",
			[]string{"a.html -> b.html", "b.html -> a.html"},
			output.Page{Folder: ".", Rel: "a.html"},
			"a.html: too many levels of symbolic links",
		},
		{"a device", []string{"dev -> /dev"}, output.Page{Folder: "dev", Rel: "null"}, "dev/null: not a regular file"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			for _, name := range test.files {
				makeFile(t, name)
			}
			before := tree(t)
			err := render(test.page, text("new"))
			if got := errorText(err); got != test.want {
				t.Errorf("error %q, want %q", got, test.want)
			}
			checkTree(t, before...)
		})
	}
}

func makeFile(t *testing.T, name string) {
	t.Helper()
	link, target, isLink := strings.Cut(name, " -> ")
	switch {
	case isLink:
		_ = os.Mkdir(filepath.Dir(link), 0o755)
		if err := os.Symlink(target, link); err != nil {
			t.Fatal(err)
		}
	case strings.HasSuffix(name, "/"):
		if err := os.MkdirAll(name, 0o755); err != nil {
			t.Fatal(err)
		}
	default:
		writeFile(t, name, "old")
	}
}

func TestWriteFollowsALinkInsideTheFolder(t *testing.T) {
	t.Chdir(t.TempDir())
	makeFile(t, "out/real/a.html")
	makeFile(t, "out/a.html -> real/a.html")
	if err := render(output.Page{Folder: "out", Rel: "a.html"}, text("new")); err != nil {
		t.Fatal(err)
	}
	checkText(t, "out/real/a.html", "new")
	if target, err := os.Readlink("out/a.html"); err != nil || target != "real/a.html" {
		t.Errorf("the link became %q, %v", target, err)
	}
	checkTree(t, "out", "out/a.html", "out/real", "out/real/a.html")
}

func TestOpenSweepsWhatKilledProcessesLeft(t *testing.T) {
	t.Chdir(t.TempDir())
	const stale, alive = output.Prefix + "stale", output.Prefix + "alive"
	for _, name := range []string{stale, alive, "other"} {
		writeFile(t, name, "")
	}
	used, err := os.Open(alive)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = used.Close() }()
	if err := claim.Take(used); err != nil {
		t.Fatal(err)
	}
	if err := render(output.Page{Folder: ".", Rel: "a.html"}, text("new")); err != nil {
		t.Fatal(err)
	}
	checkTree(t, alive, "a.html", "other")
}
