//go:build unix

package input_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"notebook/cmd/notebook/internal/input"
)

// makeTree makes files in a new folder and the working directory of the test.
// "a -> b" is a symbolic link, a name that ends with a slash a folder.
func makeTree(t *testing.T, files map[string]string) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "top")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	t.Chdir(dir)
	for name, text := range files {
		if err := makeFile(name, text); err != nil {
			t.Fatal(err)
		}
	}
}

func makeFile(name, text string) error {
	link, target, isLink := strings.Cut(name, " -> ")
	if err := os.MkdirAll(filepath.Dir(link), 0o700); err != nil {
		return err
	}
	switch {
	case isLink:
		return os.Symlink(target, link)
	case strings.HasSuffix(name, "/"):
		return os.MkdirAll(name, 0o700)
	}
	return os.WriteFile(name, []byte(text), 0o600)
}

func TestFind(t *testing.T) {
	tree := map[string]string{
		".git/":                   "",
		".gitignore":              "*.txt.md\n/notes/drafts/\n",
		"notes/a.md":              "",
		"notes/B.MD":              "",
		"notes/-x.md":             "",
		"notes/a b#?%.md":         "",
		"notes/c.markdown":        "",
		"notes/readme.txt":        "",
		"notes/x.txt.md":          "",
		"notes/.hidden.md":        "",
		"notes/_draft.md":         "",
		"notes/_site/a.md":        "",
		"notes/vendor/a.md":       "",
		"notes/node_modules/a.md": "",
		"notes/drafts/a.md":       "",
		"notes/public/a.md":       "",
		"notes/sub/a.md":          "",
		"notes/sub/skip.md":       "",
		"notes/sub/.gitignore":    "skip.md\n!keep.txt.md\n",
		"notes/sub/keep.txt.md":   "",
		"notes/link.md -> a.md":   "",
		"notes/out.md -> ../o.md": "",
		"notes/gone.md -> no.md":  "",
		"notes/loop -> .":         "",
		"notes/folder.md/":        "",
		"o.md":                    "",
		"ignored.txt.md":          "",
		"plain.txt":               "",
		"empty/":                  "",
	}
	inNotes := []string{
		"notes/-x.md", "notes/B.MD", "notes/a b#?%.md", "notes/a.md", "notes/c.markdown", "notes/link.md",
		"notes/sub/a.md", "notes/sub/keep.txt.md",
	}
	skipped := []string{
		"notes/gone.md: a symbolic link that does not lead to a file of this folder",
		"notes/out.md: a symbolic link that does not lead to a file of this folder",
	}
	noNotes := ": no notes in this folder"
	tests := []struct {
		args    []string
		files   []string
		skipped []string
		err     string
	}{
		{args: []string{"notes"}, files: inNotes, skipped: skipped},
		{args: []string{"./notes/"}, files: inNotes, skipped: skipped},
		{args: []string{"notes/sub"}, files: []string{"notes/sub/a.md", "notes/sub/keep.txt.md"}},
		{args: []string{"o.md", "./o.md", "o.md"}, files: []string{"o.md"}},
		{args: []string{"plain.txt", "ignored.txt.md"}, files: []string{"plain.txt", "ignored.txt.md"}},
		{args: []string{"notes/out.md"}, files: []string{"notes/out.md"}},
		{args: []string{"notes/sub/a.md", "notes/sub"}, files: []string{"notes/sub/a.md", "notes/sub/keep.txt.md"}},
		{args: []string{"missing.md"}, err: "missing.md: no such file or directory"},
		{args: []string{"o.md", "missing.md"}, files: []string{"o.md"}, err: "missing.md: no such file or directory"},
		{args: []string{"empty"}, err: "empty" + noNotes},
		{args: []string{"notes/folder.md"}, err: "notes/folder.md" + noNotes},
		{args: []string{os.DevNull}, err: os.DevNull + ": not a regular file"},
	}
	makeTree(t, tree)
	output, err := filepath.Abs("notes/public")
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range tests {
		t.Run(strings.Join(test.args, " "), func(t *testing.T) {
			found, err := input.Find(test.args, output)
			if got := errorText(err); got != test.err {
				t.Errorf("error %q, want %q", got, test.err)
			}
			if diff := cmp.Diff(test.files, names(found.Files)); diff != "" {
				t.Errorf("files (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(test.skipped, texts(found.Skipped)); diff != "" {
				t.Errorf("skipped (-want +got):\n%s", diff)
			}
		})
	}
}

func names(files []input.File) []string {
	var out []string
	for _, f := range files {
		out = append(out, f.Name)
	}
	return out
}

func texts(errs []*input.Error) []string {
	var out []string
	for _, err := range errs {
		out = append(out, err.Error())
	}
	return out
}

func errorText(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}
