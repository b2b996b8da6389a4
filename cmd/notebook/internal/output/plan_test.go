//go:build unix

package output_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"notebook/cmd/notebook/internal/input"
	"notebook/cmd/notebook/internal/output"
)

func file(path string) input.File {
	dir, base, found := strings.Cut(path, "/")
	if !found {
		dir, base = ".", path
	}
	return input.File{Arg: path, Name: path, Root: "/top/" + dir, Rel: base}
}

func inFolder(arg, rel string) input.File {
	return input.File{Arg: arg, Name: arg + "/" + rel, Root: "/top/" + arg, Rel: rel, Folder: true}
}

func TestPlan(t *testing.T) {
	tests := []struct {
		name   string
		files  []input.File
		target string
		want   []string
		err    string
	}{
		{name: "beside the note", files: []input.File{file("a.md"), file("n/b.md")}, want: []string{"a.html", "n/b.html"}},
		{name: "a site", files: []input.File{inFolder("n", "a.md"), inFolder("n", "sub/b.md")}, want: []string{"n/_site/a.html", "n/_site/sub/b.html"}},
		{name: "a named page", files: []input.File{file("n/a.md")}, target: "out/x.html", want: []string{"out/x.html"}},
		{name: "a named page here", files: []input.File{file("n/a.md")}, target: "x.HTML", want: []string{"x.HTML"}},
		{name: "a folder for files", files: []input.File{file("n/a.md"), file("b.txt")}, target: "out", want: []string{"out/a.html", "out/b.html"}},
		{name: "a folder for folders", files: []input.File{inFolder("n", "sub/a.md"), file("b")}, target: "out/", want: []string{"out/sub/a.html", "out/b.html"}},
		{name: "odd names", files: []input.File{file("-x.md"), file("a b#?%.md"), file("x.tar.md")}, want: []string{"-x.html", "a b#?%.html", "x.tar.html"}},
		{
			name: "one page for two notes", files: []input.File{file("a.md"), file("b.md")}, target: "x.html",
			err: "-o x.html names one page, but there are more notes than one file: name a folder",
		},
		{
			name: "one page for a folder", files: []input.File{inFolder("n", "a.md")}, target: "x.html",
			err: "-o x.html names one page, but there are more notes than one file: name a folder",
		},
		{name: "the same page twice", files: []input.File{file("a.md"), file("a.markdown")}, err: "a.md and a.markdown would both become a.html"},
		{name: "the same page in a folder", files: []input.File{file("m/a.md"), file("n/a.md")}, target: "out", err: "m/a.md and n/a.md would both become out/a.html"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			pages, err := output.Plan(test.files, test.target)
			if got := errorText(err); got != test.err {
				t.Fatalf("error %q, want %q", got, test.err)
			}
			var got []string
			for _, page := range pages {
				got = append(got, page.Path())
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("pages (-want +got):\n%s", diff)
			}
		})
	}
}

func TestPlanSparesNotes(t *testing.T) {
	t.Chdir(t.TempDir())
	found := mustFind(t, "x.html", "# a note with an odd name")
	if _, err := output.Plan(found, ""); errorText(err) != "x.html: the page would replace a note: choose another place with -o" {
		t.Errorf("error %q", errorText(err))
	}
}

func errorText(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}
