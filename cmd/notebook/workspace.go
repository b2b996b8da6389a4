package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"notebook/cmd/notebook/internal/claim"
)

// A workspace holds the folders that a command uses besides those of the user.
type workspace struct {
	mu      sync.Mutex // of temp, claim and removed: kill removes from another goroutine
	removed bool

	temp  string   // private to this command, removed at its end
	claim *os.File // the file in temp that says that it is in use
	cache string   // for builds, kept
	// unkept is why the user's place for builds cannot be used; then cache is
	// private.
	unkept error
}

// The names of a private folder and of the file in it that its user claims.
const (
	tempPrefix = "notebook-"
	claimName  = "in-use"
)

// errRemoved tells that the program is about to end.
var errRemoved = errors.New("it was removed")

// open makes the private folder, and removes those that killed commands left. A
// user without a home has no place for a cache: then it is private too.
// One in a folder that others know and can write to would let them run code
// here.
func (w *workspace) open() error {
	sweepTemp()
	if err := w.makeTemp(); err != nil {
		return fmt.Errorf("make a temporary folder: %w", errors.Join(err, w.remove()))
	}
	cache, ok := keptBuilds()
	if ok {
		w.unkept = tryFolder(cache)
	}
	if !ok || w.unkept != nil {
		cache = filepath.Join(w.temp, "cache")
	}
	w.cache = cache
	return nil
}

func (w *workspace) makeTemp() (err error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.removed {
		return errRemoved
	}
	for {
		if w.temp, err = os.MkdirTemp("", tempPrefix); err != nil {
			return err
		}
		path := filepath.Join(w.temp, claimName)
		if w.claim, err = os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600); err != nil {
			return err
		}
		if err := claim.Take(w.claim); err != nil {
			return err
		}
		if _, err := os.Lstat(path); err == nil {
			return nil
		}
		_ = w.claim.Close() // somebody swept the folder before it was claimed
	}
}

// sweepTemp removes the private folders of commands that were killed. A folder
// that cannot be removed, such as another user's, stays.
func sweepTemp() {
	dir := os.TempDir()
	entries, err := os.ReadDir(dir)
	if err != nil {
		return // making a folder there will tell what is wrong
	}
	for _, entry := range entries {
		if entry.IsDir() && strings.HasPrefix(entry.Name(), tempPrefix) {
			sweepFolder(filepath.Join(dir, entry.Name()))
		}
	}
}

func sweepFolder(dir string) {
	file, err := os.OpenFile(filepath.Join(dir, claimName), os.O_RDWR, 0)
	if err != nil {
		return
	}
	defer func() { _ = file.Close() }()
	if claim.IsFree(file) {
		_ = os.RemoveAll(dir)
	}
}

// tryFolder makes a folder and finds out whether files can be made in it.
func tryFolder(dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	file, err := os.CreateTemp(dir, "try-")
	if err != nil {
		return err
	}
	return errors.Join(file.Close(), os.Remove(file.Name()))
}

// keptBuilds returns the folder for what outlives a command, if the user has a
// place for one.
func keptBuilds() (string, bool) {
	home, err := os.UserCacheDir()
	if err != nil {
		return "", false
	}
	return filepath.Join(home, "notebook"), true
}

// note makes a folder for the cells of one note.
func (w *workspace) note() (string, error) { return os.MkdirTemp(w.temp, "note-") }

// remove removes what is private.
func (w *workspace) remove() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.removed = true
	if w.claim != nil {
		_ = w.claim.Close() // some systems remove no open file
	}
	if w.temp == "" {
		return nil
	}
	return os.RemoveAll(w.temp)
}
