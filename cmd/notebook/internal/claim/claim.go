package claim

import (
	"fmt"
	"os"
)

// Take claims a file until it is closed or this process ends. It waits for
// whoever finds out at this moment whether the file is free.
func Take(f *os.File) error {
	if err := lock(f, true); err != nil {
		return fmt.Errorf("claim %s: %w", f.Name(), err)
	}
	return nil
}

// IsFree reports whether nobody claims the file; then it is claimed through f
// from now on.
func IsFree(f *os.File) bool { return lock(f, false) == nil }
