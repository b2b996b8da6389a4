package inside

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
)

// FunctionVariable is the name of the environment variable that names the
// function which a program of a session is to run in place of cells.
const FunctionVariable = "NOTEBOOK_FUNCTION"

// RunFunction runs the function that the environment names and then ends the
// process with exit code 0; the function may end it with another one. A name
// that functions does not have ends it with exit code 2. Where the environment
// names none, RunFunction returns: the program is to run cells.
//
// The function runs as the main function of any program does, with the
// process's own standard streams. Nothing of the session that started the
// process is there: variables have the values of a new process, and no cell has
// run.
func RunFunction(functions map[string]func()) {
	name, ok := os.LookupEnv(FunctionVariable)
	if !ok {
		return
	}
	// Processes that the function starts are not to run it again.
	_ = os.Unsetenv(FunctionVariable)
	run, ok := functions[name]
	if !ok {
		known := strings.Join(slices.Sorted(maps.Keys(functions)), ", ")
		fmt.Fprintf(os.Stderr, "notebook: the session has no function %s without parameters and results; it has: %s\n", name, known)
		os.Exit(2)
	}
	run()
	os.Exit(0)
}
