package interpreter_test

import (
	"go/token"
	"go/types"
	"strings"
	"testing"

	"notebook/runner/yaegi/internal/interpreter"
	"notebook/runner/yaegi/stdtypes"
)

// The interpreter has every name of the packages that it knows, of the Go
// version that cells are checked against, that reflection can carry.
func TestNewerIsUpToDate(t *testing.T) {
	imp := stdtypes.Importer(token.NewFileSet())
	for _, path := range stdtypes.Packages() {
		// The names of syscall differ between systems, those of debug/... are for
		// nobody's notes.
		if !interpreter.Known(path, "") || path == "unsafe" || path == "syscall" || strings.HasPrefix(path, "debug/") {
			continue
		}
		pkg, err := imp.Import(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range pkg.Scope().Names() {
			object := pkg.Scope().Lookup(name)
			if object.Exported() && !interpreter.Known(path, name) && canBeCarried(object) {
				t.Errorf("%s.%s of %s is missing: run go generate", path, name, stdtypes.GoVersion())
			}
		}
	}
}

// canBeCarried reports whether an object can be in a table of yaegi: a type
// parameter cannot, and an interface would need a wrapper.
func canBeCarried(object types.Object) bool {
	switch o := object.(type) {
	case *types.Func:
		return o.Signature().TypeParams().Len() == 0
	case *types.TypeName:
		named, ok := types.Unalias(o.Type()).(*types.Named)
		return !types.IsInterface(o.Type()) && (!ok || named.TypeParams().Len() == 0)
	}
	return true
}
