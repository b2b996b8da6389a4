//go:build !linux

package inside

// takeWrites does nothing: output reaches the parent by descriptors 1 and 2.
func takeWrites() {}
