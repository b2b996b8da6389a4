package input

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
)

// A walk looks for the notes of one folder argument.
type walk struct {
	arg     string
	path    string   // absolute path of the folder
	output  string   // absolute path of a folder to skip
	root    *os.Root // of path: refuses links that lead out
	ignored *ignored

	files               []File
	skipped, unreadable []*Error
}

func newWalk(arg, path, output string) (*walk, error) {
	root, err := os.OpenRoot(path)
	if err != nil {
		return nil, err
	}
	return &walk{arg: arg, path: path, output: output, root: root, ignored: newIgnored(path)}, nil
}

func (w *walk) run() error {
	return fs.WalkDir(w.root.FS(), ".", func(rel string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil && rel == ".":
			return err
		case err != nil:
			w.unreadable = append(w.unreadable, newError(w.name(rel), err))
			return nil
		case entry.IsDir():
			return w.folder(rel)
		}
		w.file(rel, entry)
		return nil
	})
}

func (w *walk) folder(rel string) error {
	if rel != "." && (w.unwanted(rel, true) || filepath.Join(w.path, filepath.FromSlash(rel)) == w.output) {
		return fs.SkipDir
	}
	w.ignored.enter(rel)
	return nil
}

func (w *walk) file(rel string, entry fs.DirEntry) {
	if !IsNote(rel) || w.unwanted(rel, false) {
		return
	}
	info, err := w.root.Stat(filepath.FromSlash(rel))
	if err == nil {
		err = checkRegular(info)
	}
	if err != nil {
		if entry.Type()&fs.ModeSymlink != 0 {
			err = errors.New("a symbolic link that does not lead to a file of this folder")
		}
		w.skipped = append(w.skipped, newError(w.name(rel), err))
		return
	}
	w.files = append(w.files, File{Arg: w.arg, Name: w.name(rel), Root: w.path, Rel: rel, Folder: true})
}

// unwanted reports whether the last name of rel is one that is not looked at.
func (w *walk) unwanted(rel string, folder bool) bool {
	switch name := path.Base(rel); {
	case name[0] == '.' || name[0] == '_':
		return true
	case folder && (name == "node_modules" || name == "vendor"):
		return true
	}
	return w.ignored.match(rel, folder)
}

func (w *walk) name(rel string) string { return filepath.Join(w.arg, filepath.FromSlash(rel)) }

// IsNote reports whether a file of a folder is a note, by its name.
func IsNote(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".md", ".markdown":
		return true
	}
	return false
}
