package input

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"notebook"
)

// A Found is what [Find] found.
type Found struct {
	Files []File
	// Skipped says which files of a folder look like notes but are none.
	Skipped []*Error
	// Unreadable says which folders below a folder argument could not be read.
	Unreadable []*Error
}

// Find returns the notes that the arguments name, each once, in the order of
// the arguments and sorted within a folder. Output, an absolute path or "", is
// a folder that is not looked into. The first argument that is missing, or
// that is no regular file or folder with notes, is the error, of type *Error;
// what was found before it is returned too.
func Find(args []string, output string) (Found, error) {
	var found Found
	seen := map[string]bool{}
	for _, arg := range args {
		files, err := found.argument(arg, output)
		if err != nil {
			return found, err
		}
		for _, file := range files {
			if !seen[file.Path()] {
				seen[file.Path()] = true
				found.Files = append(found.Files, file)
			}
		}
	}
	return found, nil
}

func (f *Found) argument(arg, output string) ([]File, error) {
	info, err := os.Stat(arg)
	if err != nil {
		e := newError(arg, err)
		if errors.Is(err, fs.ErrNotExist) {
			e.Next = nearest(arg)
		}
		return nil, e
	}
	path, err := filepath.Abs(arg)
	if err != nil {
		return nil, newError(arg, err)
	}
	if info.IsDir() {
		return f.folder(arg, path, output)
	}
	if err := checkRegular(info); err != nil {
		return nil, newError(arg, err)
	}
	return []File{{Arg: arg, Name: arg, Root: filepath.Dir(path), Rel: filepath.Base(path)}}, nil
}

// nearest asks for the note that a name which does not exist may mean; "":
// there is none like it.
func nearest(arg string) string {
	entries, err := os.ReadDir(filepath.Dir(arg))
	if err != nil {
		return ""
	}
	var notes []string
	for _, entry := range entries {
		if name := entry.Name(); IsNote(name) {
			notes = append(notes, filepath.Join(filepath.Dir(arg), name))
		}
	}
	for _, note := range notes {
		if strings.TrimSuffix(note, filepath.Ext(note)) == filepath.Clean(arg) {
			return "did you mean " + note + "?"
		}
	}
	if hint := notebook.DidYouMean(filepath.Clean(arg), notes); strings.HasPrefix(hint, "did you mean") {
		return hint
	}
	return ""
}

func (f *Found) folder(arg, path, output string) ([]File, error) {
	w, err := newWalk(arg, path, output)
	if err != nil {
		return nil, newError(arg, err)
	}
	err = errors.Join(w.run(), w.root.Close())
	if err != nil {
		return nil, newError(arg, err)
	}
	f.Skipped = append(f.Skipped, w.skipped...)
	f.Unreadable = append(f.Unreadable, w.unreadable...)
	if len(w.files) == 0 {
		return nil, &Error{
			Name: arg,
			Err:  errors.New("no notes in this folder"),
			Next: "notes end with .md; names that begin with . or _ and what .gitignore lists are skipped",
		}
	}
	return w.files, nil
}
