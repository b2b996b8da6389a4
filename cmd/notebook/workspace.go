package main

import (
	"fmt"
	"os"
	"path/filepath"
)

// A workspace holds the folders that a command uses besides those of the user.
type workspace struct {
	temp  string // private to this command, removed at its end
	cache string // for builds, kept
}

// newWorkspace makes the private folder. A user without a home has no place
// for a cache: then it is private too. One in a folder that others know and
// can write to would let them run code here.
func newWorkspace() (*workspace, error) {
	temp, err := os.MkdirTemp("", "notebook-")
	if err != nil {
		return nil, fmt.Errorf("make a temporary folder: %w", err)
	}
	cache, ok := keptBuilds()
	if !ok {
		cache = filepath.Join(temp, "cache")
	}
	return &workspace{temp: temp, cache: cache}, nil
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
func (w *workspace) remove() error { return os.RemoveAll(w.temp) }
