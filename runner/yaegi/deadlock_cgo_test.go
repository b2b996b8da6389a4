//go:build cgo

package yaegi_test

const (
	deadlockMessage = "  error: dir/note.md:2:1: timed out after 500ms"
	deadlockOutcome = "  timeout"
)
