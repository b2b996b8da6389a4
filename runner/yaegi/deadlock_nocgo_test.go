//go:build !cgo

package yaegi_test

const (
	deadlockMessage = "  error: dir/note.md:5:0: all goroutines are asleep - deadlock!"
	deadlockOutcome = "  deadlock"
)
