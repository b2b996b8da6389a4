package harness

import "notebook/runner/harness/inside"

// Function returns what to add to the environment of a session program so that
// it runs a function of the session, in place of cells, and then ends. The name
// is the one that the author of the note gave to a top-level function without
// parameters, results and type parameters; where cells define it several times
// it is the last of these. With another name the program writes what is wrong to
// standard error and ends with exit code 2.
func Function(name string) []string { return []string{inside.FunctionVariable + "=" + name} }
