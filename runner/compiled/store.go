package compiled

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// A key names a result by everything that it depends on.
type key [sha256.Size]byte

// keyOf hashes parts of any JSON type. The first part says what is kept, so
// that results of two kinds never share a key.
func keyOf(parts ...any) key {
	h := sha256.New()
	if err := json.NewEncoder(h).Encode(parts); err != nil {
		panic(err) // a part that has no JSON form is a mistake in this package
	}
	return key(h.Sum(nil))
}

func (k key) String() string { return hex.EncodeToString(k[:]) }

// A store keeps files by key, in the way of the go command's cache: a small
// index file names the content by its hash, the content lies in a file of
// that name. Every file appears by a rename and is the same whoever writes
// it, so any number of stores may share a folder without a lock. What a crash of
// the machine cuts off is found by its hash: no write waits for the disk.
//
// A store whose folder cannot be used finds nothing and keeps nothing.
type store struct {
	dir   string
	limit int64       // bytes of all content
	warn  func(error) // told, once, why the folder cannot be used; may be nil

	once   sync.Once
	broken atomic.Bool
}

// An entry is the content of an index file.
type entry struct {
	Sum  string `json:"sum"`
	Size int64  `json:"size"`
}

func readEntry(path string) (entry, error) {
	var e entry
	data, err := os.ReadFile(path)
	if err != nil {
		return e, err
	}
	err = json.Unmarshal(data, &e)
	if err == nil && (len(e.Sum) != 2*sha256.Size || strings.ContainsRune(e.Sum, filepath.Separator)) {
		err = errors.New("not an index file")
	}
	return e, err
}

// storeName is the folder of the store in the cache folder.
const storeName = "compiled"

// usedAfter is how old the last use of content may be before it is marked
// anew: marking costs a write.
const usedAfter = time.Minute

// openStore returns the store in a cache folder, which is created when it is
// missing. Without a cache folder nothing is kept.
func openStore(cache string, limit int64, warn func(error)) *store {
	s := &store{dir: filepath.Join(cache, storeName), limit: limit, warn: warn}
	if cache == "" {
		s.broken.Store(true)
	}
	s.prepare()
	return s
}

// prepare makes the folders of the store.
func (s *store) prepare() {
	if s.broken.Load() {
		return
	}
	for _, dir := range []string{s.indexDir(), s.contentDir()} {
		if err := os.MkdirAll(dir, 0o755); err != nil {
			s.fail(err)
			return
		}
	}
}

func (s *store) indexDir() string          { return filepath.Join(s.dir, "index") }
func (s *store) contentDir() string        { return filepath.Join(s.dir, "content") }
func (s *store) index(k key) string        { return filepath.Join(s.indexDir(), k.String()) }
func (s *store) content(sum string) string { return filepath.Join(s.contentDir(), sum) }

// fail gives the folder up.
func (s *store) fail(err error) {
	s.broken.Store(true)
	s.once.Do(func() {
		if s.warn != nil {
			s.warn(fmt.Errorf("the cache cannot be used: %w", err))
		}
	})
}

// file returns the path of the content kept for k. Content that is not what
// was kept counts as missing, and so does content that cannot be read.
func (s *store) file(k key) (path string, ok bool) {
	if s.broken.Load() {
		return "", false
	}
	e, err := readEntry(s.index(k))
	if errors.Is(err, fs.ErrPermission) {
		s.fail(err)
	}
	if err != nil {
		return "", false
	}
	path = s.content(e.Sum)
	if sum, size, err := sumFile(path); err != nil || sum != e.Sum || size != e.Size {
		return "", false
	}
	s.touch(path)
	return path, true
}

// json decodes the content kept for k into v and reports whether there is any.
func (s *store) json(k key, v any) bool {
	path, ok := s.file(k)
	if !ok {
		return false
	}
	data, err := os.ReadFile(path)
	return err == nil && json.Unmarshal(data, v) == nil
}

// keep moves the file at path into the store and returns its new path. When
// that fails the file stays where it is and keep returns path: the caller can
// use the result all the same.
func (s *store) keep(k key, path string) string {
	if s.broken.Load() {
		return path
	}
	sum, size, err := sumFile(path)
	if err != nil {
		s.fail(err)
		return path
	}
	kept := s.content(sum)
	if err := os.Rename(path, kept); err != nil {
		s.fail(err)
		return path
	}
	if err := s.point(k, entry{sum, size}); err != nil {
		s.fail(err)
	}
	s.trim(time.Now())
	return kept
}

// keepJSON keeps v, which has a JSON form, for k.
func (s *store) keepJSON(k key, v any) {
	if s.broken.Load() {
		return
	}
	data, err := json.Marshal(v)
	if err != nil {
		panic(err) // as in keyOf
	}
	sum := sha256.Sum256(data)
	e := entry{hex.EncodeToString(sum[:]), int64(len(data))}
	err = writeFile(s.content(e.Sum), data)
	if err == nil {
		err = s.point(k, e)
	}
	if err != nil {
		s.fail(err)
	}
}

// point makes the index of k name e.
func (s *store) point(k key, e entry) error {
	data, err := json.Marshal(e)
	if err != nil {
		return err
	}
	return writeFile(s.index(k), data)
}

// scratch returns a new folder on the file system of the store, so that a
// file made there moves into the store by a rename. The caller removes it.
func (s *store) scratch(fallback string) (string, error) {
	s.prepare() // the cache may have been emptied since
	if !s.broken.Load() {
		dir, err := os.MkdirTemp(s.contentDir(), scratchPrefix)
		if err == nil {
			return dir, nil
		}
		s.fail(err)
	}
	return os.MkdirTemp(fallback, scratchPrefix)
}

const scratchPrefix = "build-"

// touch marks content as used now; trim removes what was not used for longest.
func (s *store) touch(path string) {
	now := time.Now()
	if info, err := os.Stat(path); err == nil && now.Sub(info.ModTime()) > usedAfter {
		_ = os.Chtimes(path, now, now) // at worst it is trimmed too early
	}
}

func sumFile(path string) (sum string, size int64, err error) {
	f, err := os.Open(path)
	if err != nil {
		return "", 0, err
	}
	defer f.Close()
	h := sha256.New()
	size, err = io.Copy(h, f)
	return hex.EncodeToString(h.Sum(nil)), size, err
}

// writeFile writes a file whole or not at all.
func writeFile(path string, data []byte) error {
	f, err := os.CreateTemp(filepath.Dir(path), scratchPrefix)
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	_, err = f.Write(data)
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	if err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}
