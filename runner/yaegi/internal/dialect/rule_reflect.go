package dialect

import (
	"go/ast"
	"go/types"
)

// reflecting are functions and methods that look into the types of their
// arguments. They see types without names and methods, in which all fields are
// exported.
var reflecting = map[string]map[string]bool{
	"encoding/json": {"Marshal": true, "MarshalIndent": true, "Encode": true, "Unmarshal": true, "Decode": true},
	"encoding/xml":  {"Marshal": true, "MarshalIndent": true, "Encode": true, "Unmarshal": true, "Decode": true},
	"encoding/gob":  {"Encode": true, "Decode": true, "Register": true},
	"reflect":       {"TypeOf": true, "ValueOf": true, "TypeFor": true},
	"text/template": {"Execute": true, "ExecuteTemplate": true},
	"html/template": {"Execute": true, "ExecuteTemplate": true},
	"log/slog": {
		"Debug": true, "Info": true, "Warn": true, "Error": true, "Log": true, "Any": true, "With": true, "Group": true,
		"DebugContext": true, "InfoContext": true, "WarnContext": true, "ErrorContext": true,
	},
	"expvar": {"Publish": true},
}

// reflections: see reflecting.
func reflections(p *pass, n ast.Node, _ []ast.Node) {
	call, ok := n.(*ast.CallExpr)
	if !ok {
		return
	}
	f := p.callee(call)
	if f == nil || f.Pkg() == nil || !reflecting[f.Pkg().Path()][f.Name()] {
		return
	}
	var list []ast.Expr
	list = append(list, call.Args...)
	if index, ok := ast.Unparen(call.Fun).(*ast.IndexExpr); ok {
		list = append(list, index.Index)
	}
	for _, arg := range list {
		if named := p.showsType(f.Pkg().Path(), p.typeOf(arg)); named != nil {
			p.differs(arg.Pos(), "%s.%s, which looks into type %s", f.Pkg().Name(), f.Name(), p.typeName(named))
		} else if b := p.boxedInside(p.typeOf(arg)); b != nil {
			p.differs(arg.Pos(), "%s.%s, which may look into type %s", f.Pkg().Name(), f.Name(), p.typeName(b))
		}
	}
}

// showsType returns a type of the note within a type of which a package shows
// something else than in Go, or nil. JSON and templates show no names of types.
func (p *pass) showsType(path string, t types.Type) types.Type {
	var found types.Type
	walkTypes(t, map[types.Type]bool{}, func(t types.Type) {
		named, ok := types.Unalias(t).(*types.Named)
		if !ok || named.Obj().Pkg() != p.pkg || found != nil || isInterface(named) {
			return
		}
		methods := types.NewMethodSet(types.NewPointer(named)).Len() > 0
		switch path {
		case "encoding/json":
			if hasUnexported(named) || p.hasMethod(named, "MarshalJSON", "UnmarshalJSON", "MarshalText", "UnmarshalText") {
				found = named
			}
		case "text/template", "html/template":
			if methods {
				found = named
			}
		default:
			found = named
		}
	})
	return found
}

// hasMethod reports whether a type or a pointer to it has one of these methods.
func (p *pass) hasMethod(t types.Type, names ...string) bool {
	methods := types.NewMethodSet(types.NewPointer(t))
	for _, name := range names {
		if methods.Lookup(p.pkg, name) != nil {
			return true
		}
	}
	return false
}

// hasUnexported reports whether a type is a struct with fields that are not
// exported, or embedded.
func hasUnexported(t types.Type) bool {
	s, ok := t.Underlying().(*types.Struct)
	if !ok {
		return false
	}
	for f := range s.Fields() {
		if !f.Exported() || f.Embedded() {
			return true
		}
	}
	return false
}
