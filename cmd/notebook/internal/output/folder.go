package output

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
)

// A folder is an output folder. Whatever happens in it goes through root,
// which refuses to leave it.
type folder struct {
	path string // as the user named it
	root *os.Root
	made []string // the folders that did not exist before, outermost first
}

// openFolder opens an output folder and makes it, with its parents, where it
// does not exist.
func openFolder(path string) (*folder, error) {
	f := &folder{path: path}
	for dir := path; ; dir = filepath.Dir(dir) {
		if _, err := os.Stat(dir); !errors.Is(err, fs.ErrNotExist) {
			break
		}
		f.made = append(f.made, dir)
	}
	slices.Reverse(f.made)
	if err := os.MkdirAll(path, 0o755); err != nil {
		f.removeEmpty()
		return nil, newError(path, err)
	}
	root, err := os.OpenRoot(path)
	if err != nil {
		f.removeEmpty()
		return nil, newError(path, err)
	}
	f.root = root
	return f, nil
}

// makeParents makes the folders above rel.
func (f *folder) makeParents(rel string) error {
	dir := path.Dir(rel)
	if dir == "." {
		return nil
	}
	if err := f.makeParents(dir); err != nil {
		return err
	}
	err := f.root.Mkdir(filepath.FromSlash(dir), 0o755)
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	if err == nil {
		f.made = append(f.made, filepath.Join(f.path, filepath.FromSlash(dir)))
	}
	return err
}

// resolve follows the symbolic links at the end of rel, inside the folder.
func (f *folder) resolve(rel string) (string, error) {
	for range 10 {
		info, err := f.root.Lstat(filepath.FromSlash(rel))
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return rel, nil
		case err != nil:
			return "", err
		case info.IsDir():
			return "", errors.New("is a folder, so no page can have this name")
		case info.Mode().IsRegular():
			return rel, nil
		case info.Mode()&fs.ModeSymlink == 0:
			return "", errors.New("not a regular file")
		}
		target, err := f.root.Readlink(filepath.FromSlash(rel))
		if err != nil {
			return "", err
		}
		rel = path.Join(path.Dir(rel), filepath.ToSlash(target))
		if filepath.IsAbs(target) || !filepath.IsLocal(filepath.FromSlash(rel)) {
			return "", errors.New("a symbolic link that leads out of the output folder")
		}
	}
	return "", errors.New("too many levels of symbolic links")
}

// removeEmpty removes the folders that openFolder and makeParents made and
// that hold nothing; the others refuse to be removed.
func (f *folder) removeEmpty() {
	for _, dir := range slices.Backward(f.made) {
		_ = os.Remove(dir)
	}
}

func (f *folder) close() error {
	f.removeEmpty()
	return f.root.Close()
}
