package lower

import (
	"slices"
	"strings"
)

//go:generate go run ./gen

// A stdPackage is a package of the standard library.
type stdPackage struct {
	path     string
	exported string // exported names, separated by spaces; only where several packages share a name
}

// preferred lists packages that win over others of their name.
var preferred = []string{"math/rand/v2", "text/template"}

// findStd returns the paths of the standard packages with that name that
// export all selected names. More than one means that the choice is the
// author's.
func findStd(name string, selected []string) []string {
	candidates := stdPackages[name]
	if len(candidates) == 1 {
		return []string{candidates[0].path}
	}
	var paths []string
	for _, c := range candidates {
		if c.exportsAll(selected) {
			paths = append(paths, c.path)
		}
	}
	for _, p := range preferred {
		if slices.Contains(paths, p) && !slices.Contains(paths, "crypto/rand") {
			return []string{p}
		}
	}
	return paths
}

func (p stdPackage) exportsAll(names []string) bool {
	exported := strings.Fields(p.exported)
	return !slices.ContainsFunc(names, func(n string) bool { return !slices.Contains(exported, n) })
}
