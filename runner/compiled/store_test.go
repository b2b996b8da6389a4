package compiled

import (
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"
)

func newTestStore(t *testing.T, limit int64) *store {
	t.Helper()
	return openStore(t.TempDir(), limit, func(err error) { t.Error("warned:", err) })
}

// keepText keeps a file with that text, as a build keeps what it made.
func keepText(t *testing.T, s *store, k key, text string) string {
	t.Helper()
	dir, err := s.scratch(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "program")
	if err := os.WriteFile(path, []byte(text), 0o755); err != nil {
		t.Fatal(err)
	}
	return s.keep(k, path)
}

func TestStoreKeeps(t *testing.T) {
	s := newTestStore(t, 1<<20)
	k := keyOf("program", 1)
	if path, ok := s.file(k); ok {
		t.Fatal("an empty store has", path)
	}
	kept := keepText(t, s, k, "text")
	path, ok := s.file(k)
	if !ok || path != kept {
		t.Fatalf("file = %q, %v, kept at %q", path, ok, kept)
	}
	if data, err := os.ReadFile(path); err != nil || string(data) != "text" {
		t.Fatalf("content = %q, %v", data, err)
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm()&0o100 == 0 {
		t.Fatalf("not executable: %v, %v", info.Mode(), err)
	}
	if _, ok := s.file(keyOf("program", 2)); ok {
		t.Error("another key has content too")
	}
}

func TestStoreKeepsJSON(t *testing.T) {
	s := newTestStore(t, 1<<20)
	k := keyOf("json")
	s.keepJSON(k, map[string]int{"a": 1})
	var got map[string]int
	if !s.json(k, &got) || got["a"] != 1 {
		t.Errorf("got %v", got)
	}
}

// TestStoreDamage damages each file of a store, one byte or all of it: that is
// a miss, and what is kept next is found again.
func TestStoreDamage(t *testing.T) {
	for _, folder := range []string{"index", "content"} {
		for name, damage := range map[string]func([]byte) []byte{
			"flip":  func(b []byte) []byte { b[len(b)/2] ^= 1; return b },
			"cut":   func(b []byte) []byte { return b[:len(b)/2] },
			"empty": func([]byte) []byte { return nil },
		} {
			t.Run(folder+"/"+name, func(t *testing.T) {
				s := newTestStore(t, 1<<20)
				k := keyOf("program")
				keepText(t, s, k, "some text that is long enough")
				damageFiles(t, filepath.Join(s.dir, folder), damage)
				if _, ok := s.file(k); ok {
					t.Fatal("damaged content was found")
				}
				keepText(t, s, k, "some text that is long enough")
				if _, ok := s.file(k); !ok {
					t.Fatal("new content was not found")
				}
			})
		}
	}
}

func damageFiles(t *testing.T, dir string, damage func([]byte) []byte) {
	t.Helper()
	files, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if f.IsDir() {
			continue // a scratch folder
		}
		path := filepath.Join(dir, f.Name())
		data, err := os.ReadFile(path)
		if err == nil {
			err = os.WriteFile(path, damage(data), 0o644)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// TestStoreUnusable gives the store a folder that cannot be one: it warns once
// and leaves files where they are.
func TestStoreUnusable(t *testing.T) {
	cache := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(cache, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	warnings := 0
	s := openStore(cache, 1<<20, func(error) { warnings++ })
	path := keepText(t, s, keyOf("program"), "text")
	if data, err := os.ReadFile(path); err != nil || string(data) != "text" {
		t.Errorf("content = %q, %v", data, err)
	}
	s.keepJSON(keyOf("json"), 1)
	if _, ok := s.file(keyOf("program")); ok {
		t.Error("something was kept")
	}
	if warnings != 1 {
		t.Errorf("%d warnings", warnings)
	}
}

// TestStoreShared has many stores keep and find the same and other things in
// one folder at once.
func TestStoreShared(t *testing.T) {
	dir := t.TempDir()
	var wg sync.WaitGroup
	for i := range 10 {
		wg.Go(func() {
			s := openStore(dir, 1<<20, func(err error) { t.Error("warned:", err) })
			for n := range 20 {
				k := keyOf("program", n%5)
				want := fmt.Sprint("text ", n%5)
				path, ok := s.file(k)
				if !ok {
					path = keepText(t, s, k, want)
				}
				if data, err := os.ReadFile(path); err != nil || string(data) != want {
					t.Errorf("store %d: content = %q, %v, want %q", i, data, err, want)
				}
			}
		})
	}
	wg.Wait()
}

func TestStoreTrim(t *testing.T) {
	s := newTestStore(t, 25)
	now := time.Now()
	for i := range 5 { // 10 bytes each; 0 was used last, then 4, 3, 2, 1
		path := keepText(t, s, keyOf(i), fmt.Sprintf("content %02d", i))
		used := now.Add(time.Duration(i-10) * time.Hour)
		if i == 0 {
			used = now
		}
		if err := os.Chtimes(path, used, used); err != nil {
			t.Fatal(err)
		}
	}
	orphan, err := s.scratch(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Chtimes(orphan, now.Add(-2*orphaned), now.Add(-2*orphaned)); err != nil {
		t.Fatal(err)
	}
	s.trim(now)
	for i, want := range []bool{true, false, false, false, true} {
		if _, ok := s.file(keyOf(i)); ok != want {
			t.Errorf("content %d: found = %v", i, ok)
		}
	}
	if files, err := os.ReadDir(s.indexDir()); err != nil || len(files) != 2 {
		t.Errorf("%d index files, %v", len(files), err)
	}
	if _, err := os.Stat(orphan); !os.IsNotExist(err) {
		t.Error("an orphaned scratch folder was left:", err)
	}
}

// TestStoreTrimInUse has content that was used just now survive any limit.
func TestStoreTrimInUse(t *testing.T) {
	s := newTestStore(t, 1)
	for i := range 3 {
		keepText(t, s, keyOf(i), fmt.Sprint("content ", i))
	}
	for i := range 3 {
		if _, ok := s.file(keyOf(i)); !ok {
			t.Errorf("content %d is gone", i)
		}
	}
}
