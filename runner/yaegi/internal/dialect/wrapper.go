package dialect

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"
)

// A wrapper is a function literal that stands around a call, or around the
// value of a method: what the text in place becomes is its argument, and does
// not change any more.
type wrapper struct {
	*pass
	at      token.Pos
	ok      bool // false: a type cannot be written
	params  []string
	names   []string  // of the parameters
	operand token.Pos // end of the text in place for the function or receiver; not valid for none
	prefix  string    // what that text needs in front of it
}

// add adds a parameter of a type and returns its name.
func (w *wrapper) add(t types.Type) string {
	text, ok := w.typeText(t, w.at)
	w.ok = w.ok && ok
	name := w.unique("arg")
	w.params = append(w.params, name+" "+text)
	w.names = append(w.names, name)
	return name
}

// function adds a parameter for the function that is called, or for its
// receiver, where that may change, and returns what to call.
func (w *wrapper) function(fun ast.Expr) string {
	sel, isSelector := fun.(*ast.SelectorExpr)
	switch {
	case isSelector && w.info.Selections[sel] != nil && w.info.Selections[sel].Kind() == types.MethodVal:
		return w.receiver(sel)
	case w.callee(&ast.CallExpr{Fun: fun}) != nil:
		return w.text(fun) // of a package
	}
	w.operand = fun.End()
	return w.add(w.typeOf(fun))
}

// receiver adds a parameter for the receiver of a method and returns the method
// of it. A method with a pointer receiver gets the address of a variable, one
// with a value receiver a copy of the value.
func (w *wrapper) receiver(sel *ast.SelectorExpr) string {
	t := w.typeOf(sel.X)
	pointer, isPointer := t.Underlying().(*types.Pointer)
	switch {
	case isInterface(t):
	case w.pointerMethod(sel) && !isPointer:
		t, w.prefix = types.NewPointer(t), "&"
	case !w.pointerMethod(sel) && isPointer && len(w.info.Selections[sel].Index()) == 1:
		t, w.prefix = pointer.Elem(), "*"
	}
	w.operand = sel.X.End()
	return w.add(t) + "." + sel.Sel.Name
}

// literal returns a function literal with the parameters and results of a
// signature that calls a function.
func (w *wrapper) literal(sig *types.Signature, function string) string {
	inner := wrapper{pass: w.pass, at: w.at, ok: w.ok}
	var args []string
	for v := range sig.Params().Variables() {
		args = append(args, inner.add(v.Type()))
	}
	if n := len(args) - 1; sig.Variadic() {
		element, ok := w.typeText(sig.Params().At(n).Type().(*types.Slice).Elem(), w.at)
		inner.ok = inner.ok && ok
		inner.params[n] = args[n] + " ..." + element
		args[n] += "..."
	}
	var results []string
	for v := range sig.Results().Variables() {
		text, ok := w.typeText(v.Type(), w.at)
		inner.ok = inner.ok && ok
		results = append(results, text)
	}
	w.ok = inner.ok
	call := function + "(" + strings.Join(args, ", ") + ")"
	if len(results) > 0 {
		call = "return " + call
	}
	return "func(" + strings.Join(inner.params, ", ") + ") (" + strings.Join(results, ", ") + ") { " + call + " }"
}
