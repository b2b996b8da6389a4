//go:build !race

package yaegi

// raceVariables returns no variables: there is no race detector in this program.
func raceVariables(string) []string { return nil }
