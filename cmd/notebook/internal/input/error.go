package input

import (
	"errors"
	"io/fs"
)

// An Error says which argument or file cannot be used, and why.
type Error struct {
	Name string // of the file, as the user named it
	Err  error  // without the name
	Next string // the next step for the user; may be empty
}

// Error returns "name: reason".
func (e *Error) Error() string { return e.Name + ": " + e.Err.Error() }

// Unwrap returns the reason.
func (e *Error) Unwrap() error { return e.Err }

// Hint returns the next step for the user, or "".
func (e *Error) Hint() string { return e.Next }

// newError drops the operation and the absolute path that errors of package
// os carry: the user knows the file by another name.
func newError(name string, err error) *Error {
	if pathError, ok := errors.AsType[*fs.PathError](err); ok {
		err = pathError.Err
	}
	return &Error{Name: name, Err: err}
}
