package runner

import (
	"context"
	"errors"

	"notebook"
)

// A Checker is a Session that can build its cells so that their runs find
// verdicts.
type Checker interface {
	// Check returns a session whose runs find verdicts of that kind. It may
	// build a part of its cells only when they are started. Its processes send
	// a Verdict about the last cell that they ran, at the latest when they are
	// closed. Errors of Check and of the session cost the verdict, not the
	// note; they wrap ErrNotChecked where nothing can be found out here.
	Check(ctx context.Context, kind notebook.VerdictKind, sink Sink) (Session, error)
}

// ErrNotChecked is wrapped by errors that say why cells cannot be checked.
var ErrNotChecked = errors.New("not checked")
