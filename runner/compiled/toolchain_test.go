package compiled

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"notebook/runner"
)

// A fakeGo is a GOROOT with a go command that only the test runs.
type fakeGo struct {
	root  string
	vars  map[string]string
	err   error
	calls int
}

func newFakeGo(t *testing.T, version string) *fakeGo {
	t.Helper()
	f := &fakeGo{root: t.TempDir()}
	f.vars = map[string]string{"GOVERSION": version, "GOROOT": f.root, "GOFLAGS": "-mod=mod -tags=a,b -toolexec=/evil"}
	f.write(t, "bin/go")
	return f
}

func (f *fakeGo) write(t *testing.T, name string) {
	t.Helper()
	path := filepath.Join(f.root, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte("go"), 0o755); err != nil {
		t.Fatal(err)
	}
}

func (f *fakeGo) run(context.Context, tool) ([]byte, error) {
	f.calls++
	if f.err != nil {
		return nil, f.err
	}
	return json.Marshal(f.vars)
}

// find finds the toolchain with the go command in the folder bin of f.
func (f *fakeGo) find(t *testing.T, env runner.Env, bin string) (*toolchain, error) {
	t.Helper()
	e := New(Config{Environ: []string{"HOME=/nowhere", "PATH=" + filepath.Join(f.root, bin)}})
	e.tools = f
	return e.findToolchain(t.Context(), e.store(env.Cache), env)
}

func TestNoToolchain(t *testing.T) {
	tests := map[string]struct {
		fake *fakeGo
		bin  string
		want string
	}{
		"none":    {newFakeGo(t, "go1.26.0"), "empty", "no Go toolchain: go is not in PATH"},
		"old":     {newFakeGo(t, "go1.25.9"), "bin", "no Go toolchain: ROOT/bin/go is go1.25.9, and cells need go1.26 or newer"},
		"strange": {newFakeGo(t, "gccgo"), "bin", "no Go toolchain: ROOT/bin/go is gccgo, and cells need go1.26 or newer"},
	}
	broken := newFakeGo(t, "")
	broken.err = errors.New("exit status 1")
	tests["broken"] = struct {
		fake *fakeGo
		bin  string
		want string
	}{broken, "bin", "no Go toolchain: ROOT/bin/go does not work: exit status 1"}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := test.fake.find(t, newEnv(t, nil), test.bin)
			var none *NoToolchainError
			if !errors.As(err, &none) || !errors.Is(err, runner.ErrUnavailable) {
				t.Fatalf("error = %v", err)
			}
			want := filepath.FromSlash(test.want)
			if got := replaceRoot(err.Error(), test.fake.root); got != want {
				t.Errorf("error = %q, want %q", got, want)
			}
		})
	}
}

func TestLanguageOf(t *testing.T) {
	for in, want := range map[string]string{
		"go1.26":                            "go1.26",
		"go1.26.8":                          "go1.26",
		"go1.27rc1":                         "go1.27",
		"go1.26.1 X:jsonv2":                 "go1.26",
		"devel go1.27-f2eea4c1dc Tue Jan 1": "go1.27",
		"go1.27-devel_f2eea4c1dc Tue Jan 1": "go1.27",
		"go2":                               "go2.0",
		"unknown":                           "",
		"":                                  "",
	} {
		if got := languageOf(in); got != want {
			t.Errorf("languageOf(%q) = %q, want %q", in, got, want)
		}
	}
}

// TestToolchainIsKept asks go env again only when its answer may have changed.
func TestToolchainIsKept(t *testing.T) {
	fake, env := newFakeGo(t, "go1.26.3"), newEnv(t, nil)
	find := func(bin string, wantCalls int) {
		t.Helper()
		before := fake.calls
		if _, err := fake.find(t, env, bin); err != nil {
			t.Fatal(err)
		}
		if got := fake.calls - before; got != wantCalls {
			t.Errorf("go env was run %d times, want %d", got, wantCalls)
		}
	}
	find("bin", 1)
	find("bin", 0)
	later := time.Now().Add(time.Hour)
	if err := os.Chtimes(filepath.Join(fake.root, "bin", "go"), later, later); err != nil {
		t.Fatal(err)
	}
	find("bin", 1)
	if err := os.WriteFile(filepath.Join(env.Dir, "go.mod"), []byte("module m\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	find("bin", 1)
	find("bin", 0)
	env.Temp = t.TempDir() // every run has its own
	find("bin", 0)
	fake.write(t, "wrapper/go") // may choose another Go the next time
	find("wrapper", 1)
	find("wrapper", 1)
}

// TestBuildEnviron lets tools see the user's settings that do not run
// programs, reach the network or change files of the user.
func TestBuildEnviron(t *testing.T) {
	fake := newFakeGo(t, "go1.26.3")
	env := newEnv(t, nil)
	tc, err := fake.find(t, env, "bin")
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		"GOFLAGS": "-buildvcs=false -tags=a,b", "CGO_ENABLED": "0", "GOTOOLCHAIN": "local", "GOPROXY": "off", "GOROOT": fake.root,
		tempVariable(): env.Temp,
	} {
		if got := lookupEnv(tc.environ, name); got != want {
			t.Errorf("%s = %q, want %q", name, got, want)
		}
	}
}

func replaceRoot(s, root string) string { return strings.ReplaceAll(s, root, "ROOT") }
