package output

import (
	"bufio"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
)

// A Writer writes pages. It is opened before any cell runs, so that a place
// that cannot be written to costs no time.
type Writer struct {
	folders map[string]*folder // by the name that the user gave
}

// Open makes the folders of the pages and finds out whether each page can be
// written. It removes what killed processes left there. Its errors are of type
// *Error.
func Open(pages []Page) (*Writer, error) {
	w := &Writer{folders: map[string]*folder{}}
	for _, page := range pages {
		if err := w.try(page); err != nil {
			return nil, errors.Join(newError(page.Path(), err), w.Close())
		}
	}
	return w, nil
}

func (w *Writer) try(page Page) error {
	f := w.folders[page.Folder]
	if f == nil {
		var err error
		if f, err = openFolder(page.Folder); err != nil {
			return err
		}
		w.folders[page.Folder] = f
	}
	if err := f.makeParents(page.Rel); err != nil {
		return err
	}
	rel, err := f.resolve(page.Rel)
	if err != nil {
		return err
	}
	if err := f.sweep(rel); err != nil {
		return err
	}
	writing.RLock()
	defer writing.RUnlock()
	file, temp, err := f.createTemp(rel)
	if errors.Is(err, fs.ErrNotExist) { // in folders such as /proc
		return errNoFiles
	}
	if err != nil {
		return err
	}
	return errors.Join(file.Close(), f.remove(temp))
}

// Write writes a page with what fill writes. When it fails, the old page, if
// there is one, is still there. Its errors are of type *Error; an error of fill
// is wrapped.
func (w *Writer) Write(page Page, fill func(io.Writer) error) error {
	f := w.folders[page.Folder]
	rel, err := f.resolve(page.Rel)
	if err != nil {
		return newError(page.Path(), err)
	}
	writing.RLock()
	defer writing.RUnlock()
	file, temp, err := f.createTemp(rel)
	if err != nil {
		return newError(page.Path(), err)
	}
	err = fillFile(file, f.mode(rel), fill)
	if err == nil {
		err = f.root.Rename(filepath.FromSlash(temp), filepath.FromSlash(rel))
	}
	if err != nil {
		return newError(page.Path(), errors.Join(err, f.remove(temp)))
	}
	f.sync(path.Dir(rel))
	return nil
}

// mode returns the permissions of an existing page, else 0.
func (f *folder) mode(rel string) fs.FileMode {
	info, err := f.root.Lstat(filepath.FromSlash(rel))
	if err != nil {
		return 0
	}
	return info.Mode().Perm()
}

func fillFile(file *os.File, mode fs.FileMode, fill func(io.Writer) error) error {
	buffer := bufio.NewWriterSize(file, 64<<10)
	err := fill(buffer)
	if err == nil {
		err = buffer.Flush()
	}
	if err == nil && mode != 0 {
		err = file.Chmod(mode)
	}
	if err == nil {
		err = file.Sync()
	}
	return errors.Join(err, file.Close())
}

// sync makes the new name of a page survive a crash of the machine. Some file
// systems cannot do that for a folder; the page is whole without it.
func (f *folder) sync(dir string) {
	file, err := f.root.Open(filepath.FromSlash(dir))
	if err != nil {
		return
	}
	_ = file.Sync()
	_ = file.Close()
}

// Close closes the folders. Those that were made and got no page are removed.
func (w *Writer) Close() error {
	var errs []error
	for _, f := range w.folders {
		errs = append(errs, f.close())
	}
	return errors.Join(errs...)
}
