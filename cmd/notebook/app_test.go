package main

import (
	"runtime/debug"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"notebook"
)

func TestCellEnviron(t *testing.T) {
	environ := []string{
		"PATH=/bin", "HOME=/home/x", "USER=x", "LANG=C", "LC_ALL=C", "LC_TIME=C", "TZ=UTC", "TERM=xterm",
		"SECRET=1", "PATHS=/x", "LCX=1", "GOFLAGS=-x", "SHOWN=a=b", "EMPTY=",
	}
	tests := []struct {
		named []string
		want  []string
	}{
		{nil, environ[:8]},
		{[]string{"SHOWN", "EMPTY", "UNSET"}, append(environ[:8:8], "SHOWN=a=b", "EMPTY=")},
		{[]string{"LC_*", "S*"}, environ[:8]},
	}
	for _, test := range tests {
		if diff := cmp.Diff(test.want, cellEnviron(environ, test.named)); diff != "" {
			t.Errorf("named %q (-want +got):\n%s", test.named, diff)
		}
	}
}

func TestBuildVersion(t *testing.T) {
	setting := func(key, value string) debug.BuildSetting { return debug.BuildSetting{Key: key, Value: value} }
	tests := []struct {
		info *debug.BuildInfo
		want string
	}{
		{nil, "(devel)"},
		{&debug.BuildInfo{}, "(devel)"},
		{&debug.BuildInfo{Main: debug.Module{Version: "v1.2.3"}}, "v1.2.3"},
		{&debug.BuildInfo{
			Main:     debug.Module{Version: "(devel)"},
			Settings: []debug.BuildSetting{setting("vcs.revision", "0123456789abcdef"), setting("vcs.modified", "false")},
		}, "(devel) (0123456789ab)"},
		{&debug.BuildInfo{
			Main:     debug.Module{Version: "v0.1.0"},
			Settings: []debug.BuildSetting{setting("vcs.revision", "0123"), setting("vcs.modified", "true")},
		}, "v0.1.0 (0123, modified)"},
	}
	for _, test := range tests {
		got := buildVersion(func() (*debug.BuildInfo, bool) { return test.info, test.info != nil })
		if got != test.want {
			t.Errorf("%+v: got %q, want %q", test.info, got, test.want)
		}
	}
}

func TestSummary(t *testing.T) {
	broken := job{note: &notebook.Note{Broken: true}, diagnostics: []notebook.Diagnostic{{Severity: notebook.Error}}}
	wrong := job{note: &notebook.Note{}, diagnostics: []notebook.Diagnostic{{Severity: notebook.Error}, {Severity: notebook.Warning}}}
	fine := job{note: &notebook.Note{}, diagnostics: []notebook.Diagnostic{{Severity: notebook.Warning}}}
	tests := []struct {
		job  job
		end  notebook.End
		want string
		good bool
	}{
		{fine, notebook.End{}, "no cells to run", true},
		{fine, notebook.End{Outcome: "ok", Cells: 1, Wall: 1234567}, "1 cell as expected in 1ms", true},
		{fine, notebook.End{Outcome: "ok", Cells: 14, Wall: 2345 * time.Millisecond}, "14 cells as expected in 2.3s", true},
		{fine, notebook.End{Cells: 3, Failed: 1, Wall: 83400 * time.Millisecond}, "2 of 3 cells as expected in 1m23s", false},
		{fine, notebook.End{Outcome: "ok", Cells: 3, NotRun: 1, Wall: time.Second}, "2 of 3 cells as expected, 1 not run in 1.0s", true},
		{wrong, notebook.End{Cells: 2, Wall: time.Second}, "1 error, though 2 cells as expected in 1.0s", false},
		{wrong, notebook.End{Cells: 2, Failed: 2, Wall: time.Second}, "0 of 2 cells as expected in 1.0s", false},
		{broken, notebook.End{Cells: 2}, "not run: 1 error", false},
	}
	for _, test := range tests {
		if got, good := summary(&test.job, &test.end); got != test.want || good != test.good {
			t.Errorf("%+v: got %q, %v; want %q, %v", test.end, got, good, test.want, test.good)
		}
	}
}

func TestStatusRaise(t *testing.T) {
	s := statusOK
	for _, next := range []status{statusFailed, statusUnusable, statusFailed, statusInterrupted, statusOK} {
		s.raise(next)
	}
	if s != statusInterrupted {
		t.Errorf("got %d, want the highest", s)
	}
}
