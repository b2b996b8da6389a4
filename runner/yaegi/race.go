//go:build race

package yaegi

import "path/filepath"

// raceVariables keeps what the race detector finds, which this program was built
// with, out of the output and the exit codes of cells: the interpreter races
// with itself, whatever it interprets.
func raceVariables(dir string) []string {
	return []string{`GORACE=exitcode=0 log_path="` + filepath.Join(dir, "race") + `"`}
}
