package lower

import "go/types"

// knowable says what a cell can assign to a variable that claims know, where
// they do not know the values of the type of another one.
func knowable(name string, t types.Type) string {
	if t == nil {
		return "assign one to a variable of a cell"
	}
	if types.Implements(t, types.Universe.Lookup("error").Type().Underlying().(*types.Interface)) {
		return "write failed := " + name + " != nil in a cell"
	}
	switch t := t.Underlying().(type) {
	case *types.Map, *types.Chan, *types.Slice, *types.Array:
		return "write n := len(" + name + ") in a cell"
	case *types.Pointer:
		if valueKind(t.Elem()) != "" {
			return "write value := *" + name + " in a cell"
		}
	case *types.Struct:
		for field := range t.Fields() {
			if valueKind(field.Type()) != "" {
				return "write field := " + name + "." + field.Name() + " in a cell"
			}
		}
	}
	return "assign one to a variable of a cell"
}
