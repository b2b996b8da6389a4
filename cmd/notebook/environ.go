package main

import (
	"slices"
	"strings"
)

// cellVariables are the environment variables that a cell sees besides those
// of --env and of its option env. A final * stands for any ending.
var cellVariables = []string{"PATH", "HOME", "USER", "LANG", "LC_*", "TZ", "TERM"}

// cellEnviron returns the variables of environ, "KEY=value", that cells may
// see: the usual ones and those that the user names.
func cellEnviron(environ, named []string) []string {
	var out []string
	for _, kv := range environ {
		name, _, _ := strings.Cut(kv, "=")
		if slices.Contains(named, name) || slices.ContainsFunc(cellVariables, func(pattern string) bool {
			prefix, open := strings.CutSuffix(pattern, "*")
			return name == pattern || open && strings.HasPrefix(name, prefix)
		}) {
			out = append(out, kv)
		}
	}
	return out
}
