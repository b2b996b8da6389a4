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
	tests := []struct {
		end  notebook.End
		want string
	}{
		{notebook.End{}, "no cells to run"},
		{notebook.End{Cells: 1, Wall: 1234567}, "1 cell as expected in 1ms"},
		{notebook.End{Cells: 14, Wall: 2345 * time.Millisecond}, "14 cells as expected in 2.3s"},
		{notebook.End{Cells: 3, Failed: 1, Wall: 83400 * time.Millisecond}, "1 of 3 cells not as expected in 1m23s"},
	}
	for _, test := range tests {
		if got := summary(&test.end); got != test.want {
			t.Errorf("%+v: got %q, want %q", test.end, got, test.want)
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
