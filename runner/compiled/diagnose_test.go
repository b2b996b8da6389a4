package compiled

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"notebook"
)

const diagnoseNote = `# Note

` + "```go\nx := 1\ny := 2\n```" + `

- item

  ` + "```go\n  z := 3\n  //go:linkname z runtime.z\n  ```\n"

func TestDiagnose(t *testing.T) {
	note := parseNote(t, diagnoseNote)
	tests := map[string]struct {
		output string
		want   map[string][]string
	}{
		"two cells": {
			output: "note.md:5:3: first\nnote.md:11:1: second\n\tmore of it\n./note.md:4:1: third\n",
			want:   map[string][]string{"cell-1": {"5:3: first", "4:1: third"}, "cell-2": {"11:3: second"}},
		},
		"generated names": {
			output: "note.md:4:1: undefined: Point" + mark + "5\n",
			want:   map[string][]string{"cell-1": {"4:1: undefined: Point"}},
		},
		"generated file": {output: "cell" + mark + "1.go:4:1: internal\n"},
		"other file":     {output: "other.md:4:1: not ours\n"},
		"no place":       {output: "compile: out of memory\n"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			refused := &compileError{Output: test.output}
			problems, err := diagnose(refused, note, note.Cells)
			if (err != nil) != (test.want == nil) || err != nil && !errors.Is(err, refused) {
				t.Fatalf("error = %v", err)
			}
			var got map[string][]string
			for label, list := range problems {
				if got == nil {
					got = map[string][]string{}
				}
				for _, p := range list {
					at := notebook.Position{Line: p.Line, Col: p.Col}
					got[label] = append(got[label], at.String()+": "+p.Message)
				}
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("problems (-want +got):\n%s", diff)
			}
		})
	}
}

// TestDiagnoseMany tells the first of very many problems.
func TestDiagnoseMany(t *testing.T) {
	note := parseNote(t, diagnoseNote)
	var output string
	for range 3 * maxProblems {
		output += "note.md:4:1: problem\n"
	}
	problems, err := diagnose(&compileError{Output: output}, note, note.Cells)
	if err != nil || len(problems["cell-1"]) != maxProblems {
		t.Errorf("%d problems, %v", len(problems["cell-1"]), err)
	}
}

func TestImportErrors(t *testing.T) {
	tests := []struct{ in, message, hint string }{
		{"package nosuch is not in std (/usr/go/src/nosuch)", "package nosuch is not in std", ""},
		{
			"no required module provides package p; to add it:\n\tgo get p",
			"no required module provides package p", "run in the folder of the note: go get p",
		},
		{
			"missing go.sum entry for module providing package p; to add:\n\tgo mod download m",
			"missing go.sum entry for module providing package p", "run in the folder of the note: go mod download m",
		},
		{
			"m@v1.0.0: module lookup disabled by GOPROXY=off",
			"the module that provides package p is not in the module cache", "with --allow-net it is downloaded",
		},
		{
			"no required module provides package p: go.mod file not found in current directory or any parent directory; see 'go help modules'",
			"no required module provides package p: go.mod file not found in current directory or any parent directory",
			"a note finds modules through a go.mod in its folder or above: go mod init notes && go get p",
		},
		{"# m/p\np/p.go:1:2: wrong\n", "package m/p does not compile: p/p.go:1:2: wrong", ""},
	}
	for _, test := range tests {
		e := newImportError("p", test.in)
		if e.Error() != test.message || e.Hint() != test.hint {
			t.Errorf("%q:\n got %q, %q\nwant %q, %q", test.in, e.Error(), e.Hint(), test.message, test.hint)
		}
	}
}
