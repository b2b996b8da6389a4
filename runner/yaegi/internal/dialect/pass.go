package dialect

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
)

// A pass is the translation of the files of one package, one after the other.
type pass struct {
	fset         *token.FileSet
	info         *types.Info
	pkg          *types.Package
	known        Known
	boxList      []box                 // of all files
	inInterfaces []types.Type          // values of these become those of interfaces
	recovering   bool                  // some file looks at what it recovered
	invalidText  bool                  // some string literal is not UTF-8
	nils         map[types.Object]bool // pointers that are nil, and functions that return nil
	// ownValues are the variables that are declared with a value of a type of the note.
	ownValues map[types.Object]bool

	// Of the file that is being translated:
	file        *token.File
	name        string
	source      []byte
	edits       []edit
	differences []Difference
	native      bool // the text needs the native package
	labels      map[token.Pos]string
	declared    map[*ast.Ident]bool // loop variables that an edit declares in the body
	here        map[*ast.Ident]bool // missing names that an edit replaces
	places      []place
	names       int // unique ones made so far
}

// differs reports a construct that yaegi runs differently.
func (p *pass) differs(pos token.Pos, construct string, args ...any) {
	p.report(pos, fmt.Sprintf(construct, args...), Difference{})
}

// missing reports a construct that yaegi does not have.
func (p *pass) missing(pos token.Pos, construct string, args ...any) {
	p.report(pos, fmt.Sprintf(construct, args...), Difference{Missing: true})
}

// report adds a difference with its place and construct, once for each line.
func (p *pass) report(pos token.Pos, construct string, d Difference) {
	at := p.fset.Position(pos)
	for _, other := range p.differences {
		if other.Line == at.Line && other.Construct == construct {
			return
		}
	}
	d.Line, d.Col, d.Construct, d.pos = at.Line, at.Column, construct, pos
	p.differences = append(p.differences, d)
}

// unique returns an identifier that neither the author nor lowering can have
// written.
func (p *pass) unique(prefix string) string {
	p.names++
	return fmt.Sprintf("%sǃ0%d", prefix, p.names)
}

// text returns the source of a node.
func (p *pass) text(n ast.Node) string {
	return string(p.source[p.file.Offset(n.Pos()):p.file.Offset(n.End())])
}

// builtin returns the name of the built-in function that a call calls, or "".
func (p *pass) builtin(call *ast.CallExpr) string {
	if id, ok := ast.Unparen(call.Fun).(*ast.Ident); ok {
		if b, ok := p.info.Uses[id].(*types.Builtin); ok {
			return b.Name()
		}
	}
	return ""
}

// callee returns the function or method that a call calls, or nil where that
// is a value.
func (p *pass) callee(call *ast.CallExpr) *types.Func {
	var id *ast.Ident
	switch fun := ast.Unparen(call.Fun).(type) {
	case *ast.Ident:
		id = fun
	case *ast.SelectorExpr:
		id = fun.Sel
	case *ast.IndexExpr:
		return p.callee(&ast.CallExpr{Fun: fun.X})
	case *ast.IndexListExpr:
		return p.callee(&ast.CallExpr{Fun: fun.X})
	}
	f, _ := p.info.Uses[id].(*types.Func)
	return f
}

// imported reports whether a function is compiled code, not interpreted.
func (p *pass) imported(f *types.Func) bool { return f != nil && f.Pkg() != nil && f.Pkg() != p.pkg }

// isFunc reports whether f is the function of that package and name.
func isFunc(f *types.Func, path, name string) bool {
	return f != nil && f.Pkg() != nil && f.Pkg().Path() == path && f.Name() == name && f.Signature().Recv() == nil
}

// own returns the type that interpreted code declares behind t, a pointer to
// it included, or nil.
func (p *pass) own(t types.Type) *types.Named {
	if t == nil {
		return nil
	}
	if ptr, ok := types.Unalias(t).(*types.Pointer); ok {
		t = ptr.Elem()
	}
	named, ok := types.Unalias(t).(*types.Named)
	if !ok || named.Obj().Pkg() != p.pkg {
		return nil
	}
	return named
}

// typeOf returns the type of an expression; where the code is wrong, an invalid
// one.
func (p *pass) typeOf(e ast.Expr) types.Type {
	if t := p.info.TypeOf(e); t != nil {
		return t
	}
	return types.Typ[types.Invalid]
}

func (p *pass) isConstant(e ast.Expr) bool {
	tv := p.info.Types[e]
	return tv.Value != nil || tv.IsNil()
}

// isInterface reports whether values of a type are those of an interface; those
// of a type parameter are not.
func isInterface(t types.Type) bool {
	_, isParam := types.Unalias(t).(*types.TypeParam)
	return !isParam && types.IsInterface(t)
}
