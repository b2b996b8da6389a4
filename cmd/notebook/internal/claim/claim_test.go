package claim_test

import (
	"os"
	"path/filepath"
	"testing"

	"notebook/cmd/notebook/internal/claim"
)

func TestClaim(t *testing.T) {
	path := filepath.Join(t.TempDir(), "file")
	owner := openFile(t, path)
	if err := claim.Take(owner); err != nil {
		t.Fatal(err)
	}
	other := openFile(t, path)
	if claim.IsFree(other) {
		t.Error("a claimed file is free")
	}
	if err := owner.Close(); err != nil {
		t.Fatal(err)
	}
	if !claim.IsFree(other) {
		t.Error("the file is claimed after its owner has closed it")
	}
	if claim.IsFree(openFile(t, path)) {
		t.Error("the file is free although it was found free and is kept")
	}
}

func openFile(t *testing.T, path string) *os.File {
	t.Helper()
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	return f
}
