package compiled_test

import "testing"

// TestSpec runs the examples that follow the sections of the language
// specification.
func TestSpec(t *testing.T) { checkExamples(t, "session/spec") }
