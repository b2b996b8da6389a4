package yaegi

import (
	"os"
	"path/filepath"
	"testing"

	"notebook/runner"
)

// TestCheckIsLimited puts a program in the place of the worker that waits for
// its limits and tells them.
func TestCheckIsLimited(t *testing.T) {
	dir := t.TempDir()
	script := "#!/bin/sh\n" +
		"until [ $(ulimit -d) != unlimited ] && [ $(ulimit -f) != unlimited ]; do :; done\n" +
		"printf '{\"Label\":\"a\",\"Message\":\"%s KiB, core %s\"} {}' $(ulimit -d) $(ulimit -c)\n"
	worker := filepath.Join(dir, "worker")
	if err := os.WriteFile(worker, []byte(script), 0o755); err != nil {
		t.Fatal(err)
	}
	s := &session{env: runner.Env{Dir: dir, Temp: dir}, executable: worker}
	got, err := s.check(t.Context(), &job{Kind: checkJob})
	if err != nil || len(got) != 1 || got[0].Message != "1048576 KiB, core 0" {
		t.Errorf("got %+v, %v", got, err)
	}
}
