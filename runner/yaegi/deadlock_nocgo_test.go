//go:build !cgo

package yaegi_test

const (
	deadlockMessage = "  error: dir/note.md:2:1: all goroutines are asleep - deadlock!"
	deadlockOutcome = "  deadlock"
)
