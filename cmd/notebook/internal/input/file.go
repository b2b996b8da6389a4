package input

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"notebook"
)

// A File is a note on disk.
type File struct {
	Arg    string // the argument that it was found through
	Name   string // as messages show it: Arg, or a path below it
	Root   string // absolute path of the folder argument, else of the note's folder
	Rel    string // path below Root, with slashes
	Folder bool   // found in a folder argument
}

// Path returns the absolute path of the file.
func (f File) Path() string { return filepath.Join(f.Root, filepath.FromSlash(f.Rel)) }

// Dir returns the absolute path of the file's folder.
func (f File) Dir() string { return filepath.Dir(f.Path()) }

// Read returns the content of the file. Its errors are of type *Error: not
// there, not readable, no regular file, or larger than [notebook.MaxSize].
func (f File) Read() ([]byte, error) {
	text, err := readRegular(f.Path())
	if err != nil {
		return nil, newError(f.Name, err)
	}
	return text, nil
}

func readRegular(path string) (text []byte, err error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if err := checkRegular(info); err != nil {
		return nil, err
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	text, err = io.ReadAll(io.LimitReader(file, notebook.MaxSize+1))
	if err != nil {
		return nil, err
	}
	if len(text) > notebook.MaxSize {
		return nil, fmt.Errorf("larger than %d MB, the limit of a note", notebook.MaxSize>>20)
	}
	return text, nil
}

func checkRegular(info fs.FileInfo) error {
	switch {
	case info.Mode().IsRegular():
		return nil
	case info.IsDir():
		return errors.New("is a folder")
	}
	return errors.New("not a regular file")
}
