package yaegi

// boundMemory does nothing: there are no workers on Windows.
func boundMemory(uint64) (undo func(), err error) { return func() {}, nil }
