package dialect

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"
)

// quick are packages whose functions do not wait for anything.
var quick = map[string]bool{
	"bytes": true, "cmp": true, "context": true, "errors": true, "fmt": true, "maps": true, "math": true,
	"math/bits": true, "math/cmplx": true, "math/rand": true, "math/rand/v2": true, "reflect": true, "regexp": true,
	"runtime": true, "runtime/pprof": true, "slices": true, "sort": true, "strconv": true, "strings": true,
	"sync/atomic": true, "unicode": true, "unicode/utf8": true, harnessPath: true,
}

// mayWait reports whether a function is an imported one in which a goroutine
// may wait.
func (p *pass) mayWait(f *types.Func) bool {
	if !p.imported(f) {
		return false
	}
	name := f.Name()
	switch path := f.Pkg().Path(); path {
	case "sync":
		return name == "Do" || name == "Lock" || name == "RLock" || name == "Wait"
	case "time":
		return name == "Sleep"
	case "fmt":
		return strings.Contains(strings.ToLower(name), "scan")
	default:
		return !quick[path]
	}
}

// waits reports whether a goroutine may wait in a node itself.
func (p *pass) waits(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.UnaryExpr:
		return n.Op == token.ARROW
	case *ast.SendStmt, *ast.SelectStmt:
		return true
	case *ast.RangeStmt:
		_, isChan := p.typeOf(n.X).Underlying().(*types.Chan)
		return isChan
	case *ast.CallExpr:
		return p.mayWait(p.callee(n))
	}
	return false
}

// stays reports whether a goroutine may stay in a node itself: it waits there,
// or loops without end.
func (p *pass) stays(n ast.Node) bool {
	loop, ok := n.(*ast.ForStmt)
	return ok && loop.Cond == nil || p.waits(n)
}

// works reports whether a node runs other code, or code that can end the
// process: a call, or the use of a map.
func (p *pass) works(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.CallExpr:
		return !p.info.Types[n.Fun].IsType() && (p.builtin(n) == "" || p.builtin(n) == "delete")
	case *ast.IndexExpr:
		_, isMap := p.typeOf(n.X).Underlying().(*types.Map)
		return isMap
	}
	return false
}

// find returns the first node within others that passes a test, or nil.
// Function literals are functions of their own.
func find(test func(ast.Node) bool, within ...ast.Node) ast.Node {
	var found ast.Node
	for _, n := range within {
		ast.Inspect(n, func(n ast.Node) bool {
			if _, isLit := n.(*ast.FuncLit); isLit || found != nil || n == nil {
				return false
			}
			if test(n) {
				found = n
			}
			return found == nil
		})
	}
	return found
}
