package dialect

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
)

// ranges: yaegi is older than ranges over integers and functions, fails at run
// time when the values of a range are channels, and counts with the variable of
// the index itself. In a range over a channel it waits as in a select statement.
func ranges(p *pass, n ast.Node, path []ast.Node) {
	loop, ok := n.(*ast.RangeStmt)
	if !ok {
		return
	}
	t := p.typeOf(loop.X)
	if p.rangeSets(loop, t) {
		return
	}
	switch u := t.Underlying().(type) {
	case *types.Basic:
		if u.Info()&types.IsInteger != 0 {
			p.rangeInteger(loop, t)
		} else if key, ok := loop.Key.(*ast.Ident); ok && key.Name != "_" && p.invalidText {
			p.differs(loop.Pos(), "a range with the index of a string where there is text that is not UTF-8")
		}
	case *types.Signature:
		p.missing(loop.Pos(), "range over a function")
	case *types.Slice:
		p.rangeIndex(loop)
		p.rangeChannels(loop, u.Elem(), true)
	case *types.Array:
		p.rangeIndex(loop)
		p.rangeChannels(loop, u.Elem(), true)
	case *types.Map:
		p.rangeChannels(loop, u.Elem(), false)
	case *types.Chan:
		p.rangeChannel(loop, p.functionName(path))
	case *types.Pointer:
		if a, ok := u.Elem().Underlying().(*types.Array); ok {
			if isBlank(loop.Value) {
				p.differs(loop.Pos(), "a range over a pointer, which may be nil, without its values")
			}
			p.rangeChannels(loop, a.Elem(), true)
		}
	case *types.TypeParam, *types.Interface:
		p.missing(loop.Pos(), "range over a type parameter")
	}
}

// rangeSets reports a range that sets variables which are declared before. One
// over a channel becomes another loop anyway.
func (p *pass) rangeSets(loop *ast.RangeStmt, t types.Type) bool {
	if _, isChan := t.Underlying().(*types.Chan); isChan || loop.Tok != token.ASSIGN {
		return false
	}
	for _, e := range []ast.Expr{loop.Key, loop.Value} {
		if !isBlank(e) {
			p.differs(loop.Pos(), "a range that sets %s, which is declared before", p.text(e))
			return true
		}
	}
	return false
}

// isBlank reports whether a variable of a range is not there, or _.
func isBlank(e ast.Expr) bool {
	id, ok := e.(*ast.Ident)
	return e == nil || ok && id.Name == "_"
}

// rangeIndex reports an index variable that the loop shares with code that can
// tell.
func (p *pass) rangeIndex(loop *ast.RangeStmt) {
	key, ok := loop.Key.(*ast.Ident)
	if !ok || key.Name == "_" {
		return
	}
	if v := p.info.Defs[key]; v != nil && p.assigned(v, loop.Body) && !p.addressed(v, loop.Body) {
		p.differs(loop.Pos(), "a range whose body changes the index %s", key.Name)
	}
}

// rangeInteger turns the loop into one that counts.
func (p *pass) rangeInteger(loop *ast.RangeStmt, t types.Type) {
	zero := "0"
	if basic, ok := types.Unalias(t).(*types.Basic); ok && basic.Info()&types.IsUntyped == 0 {
		zero = basic.Name() + "(0)"
	} else if !ok || loop.Tok == token.ASSIGN {
		p.missing(loop.Pos(), "range over an integer of this kind")
		return
	}
	i, end := p.unique("i"), p.unique("end")
	head := fmt.Sprintf("for %s, %s := %s, ", i, end, zero)
	p.replace(loop.For, loop.X.Pos(), head)
	p.insert(loop.X.End(), fmt.Sprintf("; %s < %s; %s++", i, end, i))
	if key, ok := loop.Key.(*ast.Ident); ok && key.Name != "_" {
		p.declared[key] = true
		p.insert(loop.Body.Lbrace+1, fmt.Sprintf(" %s := %s;", key.Name, i))
	}
}

// rangeChannel turns the loop into one that receives and notes where it waits.
func (p *pass) rangeChannel(loop *ast.RangeStmt, function string) {
	c, value, ok := p.unique("c"), p.unique("v"), p.unique("ok")
	set := ""
	if id, isIdent := loop.Key.(*ast.Ident); isIdent && id.Name != "_" && loop.Tok == token.DEFINE {
		value = id.Name
	} else if loop.Key != nil && !isIdent || isIdent && id.Name != "_" {
		set = " " + p.text(loop.Key) + " = " + value + ";"
	}
	p.replace(loop.For, loop.X.Pos(), "for "+c+" := ")
	p.insert(loop.X.End(), "; true;")
	p.insert(loop.Body.Lbrace+1, fmt.Sprintf(" %s; %s, %s := <-%s; if !%s { break };%s", p.at(function, loop.For), value, ok, c, ok, set))
}

// rangeChannels turns a loop over the channels of a slice or an array into one
// that counts.
func (p *pass) rangeChannels(loop *ast.RangeStmt, elem types.Type, counts bool) {
	value, ok := loop.Value.(*ast.Ident)
	if _, isChan := elem.Underlying().(*types.Chan); !isChan || !ok || value.Name == "_" {
		return
	}
	if !counts || loop.Tok != token.DEFINE {
		p.differs(loop.Pos(), "a range whose values are channels")
		return
	}
	i, x := p.unique("i"), p.unique("x")
	p.replace(loop.For, loop.X.Pos(), "for "+i+", "+x+" := 0, (")
	p.close(loop.X.End(), fmt.Sprintf("); %s < len(%s); %s++", i, x, i))
	body := fmt.Sprintf(" %s := %s[%s];", value.Name, x, i)
	p.declared[value] = true
	if key, isIdent := loop.Key.(*ast.Ident); isIdent && key.Name != "_" {
		body = " " + key.Name + " := " + i + ";" + body
		p.declared[key] = true
	}
	p.insert(loop.Body.Lbrace+1, body)
}
