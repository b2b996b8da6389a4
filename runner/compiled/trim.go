package compiled

import (
	"cmp"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

const (
	// inUse is how long content stays after its last use whatever the size:
	// a run that found it may be about to start it.
	inUse = 10 * time.Minute
	// orphaned is the age at which what a build needs must have been left by a
	// run that was killed.
	orphaned = 24 * time.Hour
)

// trim removes the content that was not used for longest until all of it fits
// the limit, then the index files that name nothing.
func (s *store) trim(now time.Time) {
	files, err := os.ReadDir(s.contentDir())
	if err != nil {
		return
	}
	var kept []fs.FileInfo
	var size int64
	for _, f := range files {
		info, err := f.Info()
		switch {
		case err != nil: // another run removed it
		case strings.HasPrefix(f.Name(), scratchPrefix):
			if !inProgress(info, now) {
				_ = os.RemoveAll(filepath.Join(s.contentDir(), f.Name()))
			}
		default:
			kept = append(kept, info)
			size += info.Size()
		}
	}
	if size <= s.limit {
		return
	}
	slices.SortFunc(kept, func(a, b fs.FileInfo) int { return cmp.Compare(a.ModTime().UnixNano(), b.ModTime().UnixNano()) })
	for _, info := range kept {
		if size <= s.limit || now.Sub(info.ModTime()) < inUse {
			break
		}
		if os.Remove(s.content(info.Name())) == nil {
			size -= info.Size()
		}
	}
	s.trimIndex()
}

// trimIndex removes the index files whose content is gone.
func (s *store) trimIndex() {
	files, err := os.ReadDir(s.indexDir())
	if err != nil {
		return
	}
	for _, f := range files {
		path := filepath.Join(s.indexDir(), f.Name())
		e, err := readEntry(path)
		if err != nil {
			continue // unreadable now: the next use of its key replaces it
		}
		if _, err := os.Stat(s.content(e.Sum)); errors.Is(err, fs.ErrNotExist) {
			_ = os.Remove(path)
		}
	}
}
