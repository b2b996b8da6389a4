package compiled

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// Clean removes everything that engines keep in the cache folder and returns
// how many bytes that were. A folder that does not exist is clean. Runs in
// progress are not disturbed: what they need for a build of theirs, and the
// programs that they are about to start, go when they end.
func Clean(cache string) (int64, error) {
	s := &store{dir: filepath.Join(cache, storeName)}
	var size int64
	for _, dir := range []string{s.indexDir(), s.contentDir()} { // what names content goes before it
		n, err := cleanFolder(dir, time.Now())
		if err != nil {
			return 0, fmt.Errorf("clean the cache: %w", err)
		}
		size += n
	}
	return size, nil
}

// cleanFolder removes what is in a folder of the store and returns the size of
// that. The folder stays: others may be about to write into it.
func cleanFolder(dir string, now time.Time) (int64, error) {
	files, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	var size int64
	for _, f := range files {
		info, err := f.Info()
		if errors.Is(err, fs.ErrNotExist) || err == nil && inProgress(info, now) {
			continue
		}
		path := filepath.Join(dir, f.Name())
		n := sizeOf(path)
		if err := os.RemoveAll(path); err != nil {
			return 0, err
		}
		size += n
	}
	return size, nil
}

// inProgress reports whether a run that may be alive needs a file or folder for
// what it builds.
func inProgress(info fs.FileInfo, now time.Time) bool {
	return strings.HasPrefix(info.Name(), scratchPrefix) && now.Sub(info.ModTime()) <= orphaned
}

// sizeOf returns the size of a file, or of all files in a folder.
func sizeOf(path string) int64 {
	var size int64
	// What cannot be read, or is gone meanwhile, does not count.
	_ = filepath.WalkDir(path, func(_ string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return nil
		}
		if info, err := d.Info(); err == nil {
			size += info.Size()
		}
		return nil
	})
	return size
}
