package dialect

import (
	"go/ast"
	"go/constant"
	"go/types"
	"strings"
)

// printers are the functions that print their arguments with package fmt, with
// the index of the format, or -1.
var printers = map[string]map[string]int{
	"fmt": {
		"Print": -1, "Println": -1, "Sprint": -1, "Sprintln": -1, "Fprint": -1, "Fprintln": -1, "Append": -1, "Appendln": -1,
		"Printf": 0, "Sprintf": 0, "Errorf": 0, "Fprintf": 1, "Appendf": 1,
	},
	"log": {
		"Print": -1, "Println": -1, "Fatal": -1, "Fatalln": -1, "Panic": -1, "Panicln": -1,
		"Printf": 0, "Fatalf": 0, "Panicf": 0,
	},
	harnessPath: {"Show": -1},
}

// formats: what fmt prints shows that the interpreter's types are not those of
// Go: their names are lost, and their String and Error methods are not found
// inside of other values.
func formats(p *pass, n ast.Node, _ []ast.Node) {
	call, ok := n.(*ast.CallExpr)
	if !ok {
		return
	}
	index, ok := p.formatIndex(call)
	if !ok {
		return
	}
	verbs := ""
	if index >= 0 && index < len(call.Args) {
		if v := p.info.Types[call.Args[index]].Value; v != nil && v.Kind() == constant.String {
			verbs = verbsOf(constant.StringVal(v))
		}
	}
	for i, arg := range call.Args[index+1:] {
		p.printedResult(arg)
		verb := byte('v')
		if i < len(verbs) {
			verb = verbs[i]
		}
		p.printed(arg, verb)
	}
}

// formatIndex returns the index of the format of a call of a printer, or -1. It
// returns false for other calls.
func (p *pass) formatIndex(call *ast.CallExpr) (int, bool) {
	f := p.callee(call)
	if f == nil || f.Pkg() == nil || f.Signature().Recv() != nil {
		return 0, false
	}
	index, ok := printers[f.Pkg().Path()][f.Name()]
	return index, ok
}

// prints reports whether a call is one of a printer.
func (p *pass) prints(call *ast.CallExpr) bool {
	_, ok := p.formatIndex(call)
	return ok
}

// verbsOf returns the verbs of a format, one byte each; T and the forms of v
// with a flag are written as T.
func verbsOf(format string) string {
	var verbs strings.Builder
	for i := 0; i < len(format); i++ {
		if format[i] != '%' {
			continue
		}
		start := i + 1
		for i++; i < len(format) && strings.IndexByte("+-# 0123456789.[]*", format[i]) >= 0; i++ {
			if format[i] == '*' {
				verbs.WriteByte('*')
			}
		}
		switch {
		case i >= len(format) || format[i] == '%':
		case format[i] == 'v' && strings.ContainsAny(format[start:i], "+#"):
			verbs.WriteByte('T')
		default:
			verbs.WriteByte(format[i])
		}
	}
	return verbs.String()
}

// printed reports a value that looks different when it is printed with a verb.
func (p *pass) printed(arg ast.Expr, verb byte) {
	t := p.typeOf(arg)
	if p.isConstant(arg) && p.own(t) == nil {
		return
	}
	switch {
	case isInterface(t):
		p.printedInterface(arg, t, verb)
	case verb == 'T' && p.holdsOwn(t, nil, func(*types.Named) bool { return true }):
		p.differs(arg.Pos(), "the type name or field names of a value of type %s, printed", p.typeName(t))
	case verb == 'd' && p.own(t) != nil && hasText(t):
		p.differs(arg.Pos(), "a value of type %s, which has a String method, printed as a number", p.typeName(t))
	case p.own(t) == nil || !hasText(t):
		if p.holdsOwn(t, nil, func(n *types.Named) bool { return hasText(n) || hasText(types.NewPointer(n)) }) {
			p.differs(arg.Pos(), "a String or Error method inside of a printed value of type %s", p.typeName(t))
		} else if b := p.boxedInside(t); b != nil {
			p.differs(arg.Pos(), "a value of type %s inside of a printed value of type %s", p.typeName(b), p.typeName(t))
		}
	}
}

// printedResult reports results of a call that are printed at once, without
// their methods: several ones, or a pointer whose methods need that.
func (p *pass) printedResult(arg ast.Expr) {
	call, ok := ast.Unparen(arg).(*ast.CallExpr)
	if !ok || p.info.Types[call.Fun].IsType() {
		return
	}
	results := []types.Type{p.typeOf(call)}
	tuple, several := results[0].(*types.Tuple)
	if several {
		results = nil
		for v := range tuple.Variables() {
			results = append(results, v.Type())
		}
	}
	for _, t := range results {
		pointer, isPointer := t.Underlying().(*types.Pointer)
		if (several || isPointer && !hasText(pointer.Elem())) && p.own(t) != nil && !isInterface(t) && hasText(t) {
			p.differs(arg.Pos(), "the result of a call, of type %s with a String or Error method, printed at once", p.typeName(t))
		}
	}
}

// printedInterface is about a printed value of an interface type, which may
// hold one of a type of the note: its own method prints it.
func (p *pass) printedInterface(arg ast.Expr, t types.Type, verb byte) {
	b := p.boxed(t, func(b types.Type) bool { return verb == 'T' || hasText(b) })
	if b == nil && verb == 'T' {
		b = p.nameless(t)
	}
	if b == nil || verb == 'w' || verb == 'p' {
		return
	}
	text := ""
	for _, name := range []string{"Error", "String"} {
		if m := types.NewMethodSet(t).Lookup(nil, name); m != nil && text == "" {
			text = name
		}
	}
	name := p.unique("v")
	typ, ok := p.typeText(t, arg.Pos())
	if text == "" || !ok || strings.IndexByte("vsqx", verb) < 0 {
		p.differs(arg.Pos(), "a printed value of type %s, which may hold one of type %s", p.typeName(t), p.typeName(b))
		return
	}
	p.native = true
	p.wrap(arg, "func("+name+" "+typ+") any { if "+name+" == nil { return nil }; return "+nativeName+".Text("+name+"."+text+"()) }(", ")")
}

// nameless returns a type that values of an interface may have, and whose names
// are not those of Go, or nil.
func (p *pass) nameless(iface types.Type) types.Type {
	for _, t := range p.inInterfaces {
		if types.AssignableTo(t, iface) && p.holdsOwn(t, nil, func(*types.Named) bool { return true }) {
			return t
		}
	}
	return nil
}

// boxedInside returns a type of the note with methods that an interface within
// a type may hold, or nil.
func (p *pass) boxedInside(t types.Type) types.Type {
	var found types.Type
	walkTypes(t, map[types.Type]bool{}, func(t types.Type) {
		if isInterface(t) && found == nil {
			found = p.boxed(t, func(types.Type) bool { return true })
		}
	})
	return found
}

// walkTypes calls f for a type and the types that values of it show when they
// are printed.
func walkTypes(t types.Type, seen map[types.Type]bool, f func(types.Type)) {
	if seen[t] {
		return
	}
	seen[t] = true
	f(t)
	switch u := t.Underlying().(type) {
	case *types.Map:
		walkTypes(u.Key(), seen, f)
		walkTypes(u.Elem(), seen, f)
	case *types.Struct:
		for field := range u.Fields() {
			walkTypes(field.Type(), seen, f)
		}
	case interface{ Elem() types.Type }:
		walkTypes(u.Elem(), seen, f)
	}
}

// hasText reports whether fmt would call a method of t.
func hasText(t types.Type) bool {
	methods := types.NewMethodSet(t)
	for _, name := range []string{"String", "Error", "Format", "GoString"} {
		if methods.Lookup(nil, name) != nil {
			return true
		}
	}
	return false
}

// holdsOwn reports whether t is or contains a type of the note that is what
// the caller asks for.
func (p *pass) holdsOwn(t types.Type, seen map[types.Type]bool, is func(*types.Named) bool) bool {
	if seen[t] {
		return false
	}
	if seen == nil {
		seen = map[types.Type]bool{}
	}
	seen[t] = true
	if n, ok := types.Unalias(t).(*types.Named); ok && n.Obj().Pkg() == p.pkg && is(n) {
		return true
	}
	switch u := t.Underlying().(type) {
	case *types.Pointer:
		return p.holdsOwn(u.Elem(), seen, is)
	case *types.Slice:
		return p.holdsOwn(u.Elem(), seen, is)
	case *types.Array:
		return p.holdsOwn(u.Elem(), seen, is)
	case *types.Map:
		return p.holdsOwn(u.Key(), seen, is) || p.holdsOwn(u.Elem(), seen, is)
	case *types.Struct:
		if _, named := types.Unalias(t).(*types.Named); named && p.own(t) == nil {
			return false // of compiled code
		}
		for f := range u.Fields() {
			if p.holdsOwn(f.Type(), seen, is) {
				return true
			}
		}
	}
	return false
}
