package input

import (
	"os"
	"path"
	"path/filepath"
	"strings"

	"notebook/cmd/notebook/internal/ignore"
)

// An ignored knows the .gitignore files that speak of a folder: its own, those
// below it, and those above it up to the top of the repository.
type ignored struct {
	top    string // absolute path of the topmost folder
	prefix string // path of the walked folder below top, with slashes
	rules  map[string]ignore.Rules
}

func newIgnored(folder string) *ignored {
	g := &ignored{top: repository(folder), prefix: ".", rules: map[string]ignore.Rules{}}
	if rel, err := filepath.Rel(g.top, folder); err == nil {
		g.prefix = filepath.ToSlash(rel)
	}
	for dir := g.prefix; dir != "."; {
		dir = path.Dir(dir)
		g.read(dir)
	}
	return g
}

// repository returns the nearest folder at or above folder that holds .git,
// else folder itself.
func repository(folder string) string {
	for dir := folder; ; dir = filepath.Dir(dir) {
		if _, err := os.Lstat(filepath.Join(dir, ".git")); err == nil {
			return dir
		}
		if dir == filepath.Dir(dir) {
			return folder
		}
	}
}

// enter reads the .gitignore file of a folder of the walk, if there is one.
func (g *ignored) enter(rel string) { g.read(path.Join(g.prefix, rel)) }

// read leaves a file out that cannot be read, as git does with a warning.
func (g *ignored) read(dir string) {
	text, err := readRegular(filepath.Join(g.top, filepath.FromSlash(dir), ".gitignore"))
	if err == nil {
		g.rules[dir] = ignore.Parse(string(text))
	}
}

// match asks the deepest file first: it may take back what one above it says.
func (g *ignored) match(rel string, folder bool) bool {
	name := path.Join(g.prefix, rel)
	for dir := path.Dir(name); ; dir = path.Dir(dir) {
		below := name
		if dir != "." {
			below = strings.TrimPrefix(name, dir+"/")
		}
		if ignored, decided := g.rules[dir].Match(below, folder); decided {
			return ignored
		}
		if dir == "." {
			return false
		}
	}
}
