package output

import (
	"errors"
	"io/fs"
	"os"
	"syscall"
)

// An Error says which page cannot be written, and why.
type Error struct {
	Path string // of the page or folder, as the user named it
	Err  error  // without the path
}

// Error returns "path: reason".
func (e *Error) Error() string { return e.Path + ": " + e.Err.Error() }

// Unwrap returns the reason.
func (e *Error) Unwrap() error { return e.Err }

var errNoFiles = errors.New("cannot be written: this folder takes no files")

// Hint returns the next step for the user, or "".
func (e *Error) Hint() string {
	switch {
	case errors.Is(e.Err, syscall.ENOSPC):
		return "an older page, if there is one, is unchanged"
	case errors.Is(e.Err, fs.ErrPermission), errors.Is(e.Err, syscall.EROFS), errors.Is(e.Err, errNoFiles):
		return "choose another place with -o"
	}
	return ""
}

// newError drops the operation and the path that errors of package os carry:
// the user knows neither the temporary file nor the path below the folder.
func newError(path string, err error) *Error {
	if e, ok := errors.AsType[*Error](err); ok {
		return e
	}
	if e, ok := errors.AsType[*fs.PathError](err); ok {
		err = e.Err
	}
	if e, ok := errors.AsType[*os.LinkError](err); ok {
		err = e.Err
	}
	return &Error{Path: path, Err: err}
}
