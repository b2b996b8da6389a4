package dialect

import (
	"go/ast"
	"go/types"
)

// prints: the built-in functions print and println write numbers and other
// values in another form.
func prints(p *pass, n ast.Node, _ []ast.Node) {
	call, ok := n.(*ast.CallExpr)
	if !ok || (p.builtin(call) != "println" && p.builtin(call) != "print") {
		return
	}
	for _, arg := range call.Args {
		basic, ok := types.Default(p.typeOf(arg)).Underlying().(*types.Basic)
		if !ok || basic.Info()&(types.IsInteger|types.IsString|types.IsBoolean) == 0 {
			p.differs(arg.Pos(), "the built-in function %s for a value of type %s", p.builtin(call), p.typeName(p.typeOf(arg)))
		}
	}
}

// appends: one more element that is a slice is taken for a slice of more
// elements, where it could be both.
func appends(p *pass, n ast.Node, _ []ast.Node) {
	call, ok := n.(*ast.CallExpr)
	if !ok || p.builtin(call) != "append" || len(call.Args) != 2 || call.Ellipsis.IsValid() {
		return
	}
	to, ok := p.typeOf(call.Args[0]).Underlying().(*types.Slice)
	if !ok {
		return
	}
	element, ok := p.typeOf(call.Args[1]).Underlying().(*types.Slice)
	if !ok || !types.Identical(to.Elem(), element.Elem()) {
		return
	}
	if text, ok := p.typeText(to.Elem(), call.Pos()); ok && isEmptyInterface(to.Elem()) {
		p.wrap(call.Args[1], "("+text+")(", ")")
		return
	}
	p.differs(call.Args[1].Pos(), "append of an element of type %s, a slice of its own type", p.typeName(p.typeOf(call.Args[1])))
}

// natives are the forms of min and max in the native package, by type.
var natives = map[types.BasicKind]string{types.Int: "Int", types.Int64: "Int64", types.Float64: "Float64", types.String: "String"}

// orderedBuiltins: yaegi is older than min, max and clear.
func orderedBuiltins(p *pass, n ast.Node, path []ast.Node) {
	call, ok := n.(*ast.CallExpr)
	if !ok {
		return
	}
	name := p.builtin(call)
	switch name {
	case "clear":
		if m, ok := p.typeOf(call.Args[0]).Underlying().(*types.Map); ok && p.own(m.Key()) == nil {
			p.callNative(call, "Clear")
			return
		}
		p.missing(call.Pos(), "the built-in function clear for this type")
	case "min", "max":
		if p.info.Types[call].Value != nil {
			p.replace(call.Pos(), call.End(), p.constant(call))
			return
		}
		basic, _ := types.Unalias(p.typeOf(call)).(*types.Basic)
		if basic == nil || natives[basic.Kind()] == "" || call.Ellipsis.IsValid() {
			p.missing(call.Pos(), "the built-in function %s for this type", name)
			return
		}
		p.callNative(call, map[string]string{"min": "Min", "max": "Max"}[name]+natives[basic.Kind()])
	}
}

// callNative makes a call of a built-in function one of the native package.
func (p *pass) callNative(call *ast.CallExpr, name string) {
	p.native = true
	p.replace(call.Fun.Pos(), call.Fun.End(), nativeName+"."+name)
}

// constant writes the value of a constant expression, with its type.
func (p *pass) constant(e ast.Expr) string {
	tv := p.info.Types[e]
	text := tv.Value.ExactString()
	if basic, ok := tv.Type.(*types.Basic); ok && basic.Info()&types.IsUntyped != 0 {
		return text
	}
	return p.typeName(tv.Type) + "(" + text + ")"
}

// typeName returns the name of a type as the author would write it.
func (p *pass) typeName(t types.Type) string {
	return types.TypeString(t, func(pkg *types.Package) string {
		if pkg == p.pkg {
			return ""
		}
		return pkg.Name()
	})
}
