package compiled

import (
	"archive/zip"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"notebook/runner/process"
)

const remoteNote = "```go\nimport \"example.com/remote\"\n\nremote.Hello()\n```\n"

// TestDownload downloads a module when that is allowed and only then; the
// note's go.mod and go.sum stay as they are.
func TestDownload(t *testing.T) {
	env := newWarmEnv(t, nil)
	base := []string{
		"PATH=" + os.Getenv("PATH"), "HOME=" + os.Getenv("HOME"), "GOPROXY=file://" + filepath.ToSlash(writeProxy(t)), "GOSUMDB=off",
	}
	requireRemote(t, env, append(base, "GOMODCACHE="+t.TempDir(), "GOFLAGS=-modcacherw"))
	before := readAll(t, env.Dir)
	e, _ := newTestEngine(Config{})
	for _, download := range []bool{false, true} {
		modules := t.TempDir()
		e.config = Config{Environ: append(base, "GOMODCACHE="+modules, "GOFLAGS=-modcacherw"), Download: download, CacheSize: DefaultCacheSize}
		got := open(t, e, env.Env, parseNote(t, remoteNote)).run(t)
		want := "the module that provides package example.com/remote is not in the module cache"
		if download {
			want = `display "\"hello\""`
		}
		if !strings.Contains(got, want) {
			t.Errorf("download %v: got %s", download, got)
		}
		if files, err := os.ReadDir(filepath.Join(modules, "example.com")); (len(files) > 0) != download {
			t.Errorf("download %v: the module cache holds %d modules, %v", download, len(files), err)
		}
	}
	if after := readAll(t, env.Dir); after != before {
		t.Errorf("the note's folder changed:\n%s\nwas:\n%s", after, before)
	}
}

// writeProxy writes a module proxy that serves one module.
func writeProxy(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	versions := filepath.Join(dir, "example.com", "remote", "@v")
	if err := os.MkdirAll(versions, 0o755); err != nil {
		t.Fatal(err)
	}
	const mod = "module example.com/remote\n\ngo 1.21\n"
	for name, text := range map[string]string{
		"list": "v1.0.0\n", "v1.0.0.info": `{"Version":"v1.0.0"}`, "v1.0.0.mod": mod,
	} {
		if err := os.WriteFile(filepath.Join(versions, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	f, err := os.Create(filepath.Join(versions, "v1.0.0.zip"))
	if err != nil {
		t.Fatal(err)
	}
	w := zip.NewWriter(f)
	for name, text := range map[string]string{
		"go.mod":    mod,
		"remote.go": "package remote\n\n// Hello greets.\nfunc Hello() string { return \"hello\" }\n",
	} {
		part, err := w.Create("example.com/remote@v1.0.0/" + name)
		if err == nil {
			_, err = part.Write([]byte(text))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	return dir
}

// requireRemote makes a go.mod that requires the module, with its go.sum.
func requireRemote(t *testing.T, env *warmEnv, environ []string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(env.Dir, "go.mod"), []byte("module notes\n\ngo 1.26\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	goTool := lookPath(environ, "go")
	_, stderr, err := process.Run(t.Context(), process.Command{
		Path: goTool, Args: []string{"get", "example.com/remote@v1.0.0"}, Dir: env.Dir, Env: append(environ, "GOTOOLCHAIN=local"),
	})
	if err != nil {
		t.Fatalf("%v\n%s", err, stderr)
	}
}

func readAll(t *testing.T, dir string) string {
	t.Helper()
	var text strings.Builder
	files, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		data, err := os.ReadFile(filepath.Join(dir, f.Name()))
		if err != nil {
			t.Fatal(err)
		}
		text.WriteString(f.Name() + "\n" + string(data))
	}
	return text.String()
}
