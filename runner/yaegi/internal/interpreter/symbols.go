package interpreter

import (
	"path"
	"reflect"
	"slices"
	"strings"
	"sync"

	"github.com/traefik/yaegi/interp"
	"github.com/traefik/yaegi/stdlib"
	"github.com/traefik/yaegi/stdlib/syscall"
	"github.com/traefik/yaegi/stdlib/unrestricted"
	"github.com/traefik/yaegi/stdlib/unsafe"
)

// library returns yaegi's tables of the standard library in the order in which
// they have to be loaded: a later one replaces names of an earlier one.
func library() []interp.Exports {
	return []interp.Exports{stdlib.Symbols, realStreams(), syscall.Symbols, unsafe.Symbols, unrestricted.Symbols, newer()}
}

// libraryFor returns tables of the packages with these import paths, since the
// whole library takes longer to load than all else in a small note. Of the other
// packages there is what makes values of interpreted types implement their
// interfaces: a function of an imported package may ask for any. Generic
// functions are source that yaegi compiles when it loads its table: code that
// may use one gets everything.
func libraryFor(imports []string) []interp.Exports {
	for _, p := range imports {
		if generic[p] != nil {
			return library()
		}
	}
	var tables []interp.Exports
	for _, whole := range []interp.Exports{stdlib.Symbols, syscall.Symbols, unsafe.Symbols, unrestricted.Symbols, newer()} {
		table := interp.Exports{}
		for k, symbols := range whole {
			switch {
			case slices.Contains(imports, path.Dir(k)):
				table[plainKey(k)] = symbols
			case k == "." || strings.HasPrefix(k, "github.com/traefik/yaegi/"): // no package of the library
				table[k] = symbols
			default:
				table[plainKey(k)] = wrappers(symbols)
			}
		}
		tables = append(tables, table)
	}
	return tables
}

// wrappers returns the types that hold methods of interpreted types.
func wrappers(symbols map[string]reflect.Value) map[string]reflect.Value {
	found := map[string]reflect.Value{}
	for name, symbol := range symbols {
		if strings.HasPrefix(name, "_") {
			found[name] = symbol
		}
	}
	return found
}

// plainKey returns another key of the same package: at the key of fmt yaegi
// does to the library what realStreams undoes.
func plainKey(key string) string { return path.Dir(key) + "//" + path.Base(key) }

// realStreams undoes what yaegi does to these packages when it loads its
// table: it makes them use streams and arguments of the interpreter instead of
// the process's.
func realStreams() interp.Exports {
	table := interp.Exports{}
	for _, p := range []string{"flag", "fmt", "log", "os"} {
		// Only the folder of a key counts once the package is known. The key
		// of fmt itself would set off the change again.
		table[p+"/real"] = stdlib.Symbols[key(p)]
	}
	return table
}

// key returns the key of a package in a table of symbols.
func key(importPath string) string { return importPath + "/" + path.Base(importPath) }

// Known reports whether the interpreter has a package of the standard library
// and a name that it exports; with an empty name, whether it has the package.
func Known(importPath, name string) bool {
	tables := known()[importPath]
	if name == "" {
		return len(tables) > 0 || generic[importPath] != nil
	}
	if slices.Contains(generic[importPath], name) {
		return true
	}
	return slices.ContainsFunc(tables, func(symbols map[string]reflect.Value) bool {
		_, ok := symbols[name]
		return ok
	})
}

// generic are the generic names that yaegi has, as source, and that work.
var generic = map[string][]string{
	"cmp":    {"Compare", "Less", "Ordered"},
	"maps":   {"DeleteFunc"},
	"slices": {"CompareFunc", "Contains", "ContainsFunc", "EqualFunc", "Index", "IndexFunc"},
}

// known returns the tables of each package of the standard library.
var known = sync.OnceValue(func() map[string][]map[string]reflect.Value {
	tables := map[string][]map[string]reflect.Value{}
	for _, table := range library() {
		for k, symbols := range table {
			tables[path.Dir(k)] = append(tables[path.Dir(k)], symbols)
		}
	}
	return tables
})
