package compiled_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"iter"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"notebook/runner/yaegi/stdtypes"
)

// A unit is a piece of a program that stands in one cell: a declaration, or a
// statement of main.
type unit struct {
	text   string
	node   ast.Node
	stmt   bool
	names  map[string]bool // every identifier in it
	locals []string        // names that a statement declares in main
	needs  map[*unit]bool  // units that must come before
	stays  bool            // what follows must stand in the same cell
}

// A splitProgram is a program taken to pieces.
type splitProgram struct {
	name, source string
	fset         *token.FileSet
	file         *ast.File
	info         *types.Info
	units        []*unit
	owners       map[types.Object]*unit   // by what they declare
	methods      map[types.Object][]*unit // by their type
	receivers    map[*unit]types.Object   // the types of methods
}

// readPrograms reads the programs of the test data and takes them to pieces.
func readPrograms(t testing.TB) []*splitProgram {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join("..", "..", "testdata", "session", "programs", "*.go"))
	if err != nil || len(paths) == 0 {
		t.Fatal("no programs", err)
	}
	var programs []*splitProgram
	for _, path := range paths {
		source, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		p := &splitProgram{
			name: strings.TrimSuffix(filepath.Base(path), ".go"), source: string(source), fset: token.NewFileSet(),
			owners: map[types.Object]*unit{}, methods: map[types.Object][]*unit{}, receivers: map[*unit]types.Object{},
		}
		if err := p.check(); err != nil {
			t.Fatal(err)
		}
		p.takeToPieces()
		programs = append(programs, p)
	}
	return programs
}

func (p *splitProgram) check() (err error) {
	if p.file, err = parser.ParseFile(p.fset, p.name+".go", p.source, parser.SkipObjectResolution); err != nil {
		return err
	}
	p.info = &types.Info{
		Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{}, Types: map[ast.Expr]types.TypeAndValue{},
	}
	conf := types.Config{Importer: stdtypes.Importer(p.fset)}
	_, err = conf.Check("main", p.fset, []*ast.File{p.file}, p.info)
	return err
}

// takeToPieces makes the units and finds out what each needs.
func (p *splitProgram) takeToPieces() {
	var vars, inits, stmts []*unit
	for _, decl := range p.file.Decls {
		switch d := decl.(type) {
		case *ast.GenDecl:
			for _, u := range p.genUnits(d) {
				if d.Tok == token.VAR {
					vars = append(vars, u)
				}
			}
		case *ast.FuncDecl:
			switch {
			case d.Recv == nil && d.Name.Name == "main":
				stmts = p.stmtUnits(d.Body)
			case d.Recv == nil && d.Name.Name == "init":
				inits = append(inits, p.add(d, "", d.Pos()))
			default:
				p.funcUnit(d)
			}
		}
	}
	for _, u := range p.units {
		p.findNeeds(u)
	}
	p.order(p.initialized(vars), inits, stmts)
	p.keepNames(stmts)
}

// add adds a unit whose text begins at a position.
func (p *splitProgram) add(node ast.Node, before string, from token.Pos) *unit {
	text := p.source[p.fset.Position(from).Offset:p.fset.Position(node.End()).Offset]
	u := &unit{node: node, text: before + strings.Trim(text, "\n"), names: map[string]bool{}, needs: map[*unit]bool{}}
	ast.Inspect(node, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			u.names[id.Name] = true
		}
		return true
	})
	p.units = append(p.units, u)
	return u
}

// genUnits makes a unit of each type and variable, but one of a group of
// constants, since iota counts there.
func (p *splitProgram) genUnits(d *ast.GenDecl) (units []*unit) {
	switch d.Tok {
	case token.IMPORT, token.CONST:
		u := p.add(d, "", d.Pos())
		u.stays = d.Tok == token.IMPORT // so that it comes first
		p.own(u, d.Specs...)
		return nil
	}
	for _, spec := range d.Specs {
		u := p.add(spec, d.Tok.String()+" ", spec.Pos())
		p.own(u, spec)
		units = append(units, u)
	}
	return units
}

// own records what specs declare.
func (p *splitProgram) own(u *unit, specs ...ast.Spec) {
	for _, spec := range specs {
		switch s := spec.(type) {
		case *ast.TypeSpec:
			p.owners[p.info.Defs[s.Name]] = u
		case *ast.ValueSpec:
			for _, id := range s.Names {
				p.owners[p.info.Defs[id]] = u
			}
		}
	}
}

func (p *splitProgram) funcUnit(d *ast.FuncDecl) {
	from := d.Pos()
	if d.Doc != nil {
		from = d.Doc.Pos()
	}
	u := p.add(d, "", from)
	fn := p.info.Defs[d.Name].(*types.Func)
	p.owners[fn] = u
	if recv := fn.Signature().Recv(); recv != nil {
		t := recv.Type()
		if ptr, ok := t.(*types.Pointer); ok {
			t = ptr.Elem()
		}
		obj := t.(*types.Named).Origin().Obj()
		p.methods[obj] = append(p.methods[obj], u)
		p.receivers[u] = obj
	}
}

// stmtUnits makes a unit of each statement of main, with the comments before it.
func (p *splitProgram) stmtUnits(body *ast.BlockStmt) (units []*unit) {
	from := body.Lbrace + 1
	for _, stmt := range body.List {
		u := p.add(stmt, "", from)
		from = stmt.End()
		u.stmt, u.stays = true, leaves(stmt)
		switch s := stmt.(type) {
		case *ast.AssignStmt:
			for _, lhs := range s.Lhs {
				if id, ok := lhs.(*ast.Ident); ok && s.Tok == token.DEFINE {
					u.locals = append(u.locals, id.Name)
				}
			}
		case *ast.DeclStmt:
			ast.Inspect(s, func(n ast.Node) bool {
				switch n := n.(type) {
				case *ast.TypeSpec:
					u.locals = append(u.locals, n.Name.Name)
				case *ast.ValueSpec:
					for _, id := range n.Names {
						u.locals = append(u.locals, id.Name)
					}
				}
				return true
			})
		}
		units = append(units, u)
	}
	return units
}

// leaves reports whether a statement acts on the function that it stands in.
func leaves(stmt ast.Stmt) (found bool) {
	ast.Inspect(stmt, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.DeferStmt, *ast.ReturnStmt:
			found = true
		case *ast.BranchStmt:
			found = found || n.Tok == token.GOTO
		}
		return true
	})
	return found
}

// findNeeds finds what a unit names, and the methods of the types that it
// handles: they may be called through an interface.
func (p *splitProgram) findNeeds(u *unit) {
	ast.Inspect(u.node, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			switch obj := p.info.Uses[id].(type) {
			case *types.Func:
				p.need(u, p.owners[obj.Origin()])
			case nil:
			default:
				p.need(u, p.owners[obj])
				p.needType(u, obj.Type(), map[types.Type]bool{})
			}
		}
		if e, ok := n.(ast.Expr); ok {
			p.needType(u, p.info.Types[e].Type, map[types.Type]bool{})
		}
		return true
	})
	if t, ok := p.receivers[u]; ok && isGeneric(t) {
		p.need(p.owners[t], u) // they must stand together
	}
}

func isGeneric(obj types.Object) bool {
	return obj.Type().(*types.Named).TypeParams().Len() > 0
}

func (p *splitProgram) need(u, other *unit) {
	if other != nil && other != u {
		u.needs[other] = true
	}
}

// needType makes a unit need the named types that a type is made of, and their
// methods.
func (p *splitProgram) needType(u *unit, t types.Type, seen map[types.Type]bool) {
	if t == nil || seen[t] {
		return
	}
	seen[t] = true
	switch t := t.(type) {
	case *types.Named:
		obj := t.Origin().Obj()
		p.need(u, p.owners[obj])
		if p.receivers[u] != types.Object(obj) {
			for _, m := range p.methods[obj] {
				p.need(u, m)
			}
		}
		for arg := range t.TypeArgs().Types() {
			p.needType(u, arg, seen)
		}
	case *types.Struct:
		for f := range t.Fields() {
			p.needType(u, f.Type(), seen)
		}
	case interface{ Elem() types.Type }:
		p.needType(u, t.Elem(), seen)
	}
}

// initialized returns the variables in the order in which Go sets them.
func (p *splitProgram) initialized(vars []*unit) []*unit {
	var order []*unit
	for _, i := range p.info.InitOrder {
		for _, v := range i.Lhs {
			if u := p.owners[v]; u != nil && !slices.Contains(order, u) {
				order = append(order, u)
			}
		}
	}
	for _, u := range vars { // those without a value
		if !slices.Contains(order, u) {
			order = append(order, u)
		}
	}
	return order
}

// order makes the units that run keep the order in which they do.
func (p *splitProgram) order(running ...[]*unit) {
	var last *unit
	for u := range flat(running) {
		if last != nil {
			p.need(u, last)
		}
		last = u
	}
	for _, u := range p.units[1:] {
		p.need(u, p.units[0]) // the imports
	}
}

func flat[T any](lists [][]T) iter.Seq[T] {
	return func(yield func(T) bool) {
		for _, list := range lists {
			for _, v := range list {
				if !yield(v) {
					return
				}
			}
		}
	}
}

// keepNames makes a statement that declares a name come after the declarations
// with that name in them: there it means something else.
func (p *splitProgram) keepNames(stmts []*unit) {
	for _, s := range stmts {
		for _, u := range p.units {
			if !u.stmt && s.hides(u) {
				p.need(s, u)
			}
		}
	}
}

// hides reports whether a statement declares a name that a unit contains.
func (u *unit) hides(other *unit) bool {
	return slices.ContainsFunc(u.locals, func(name string) bool { return other.names[name] })
}

// groups returns the units in groups that need each other, each group after
// those that it needs. Tarjan's algorithm finds them in that order.
func groups(units []*unit) (all [][]*unit) {
	index, low, onStack := map[*unit]int{}, map[*unit]int{}, map[*unit]bool{}
	var stack []*unit
	place := map[*unit]int{}
	for i, u := range units {
		place[u] = i
	}
	byPlace := func(a, b *unit) int { return place[a] - place[b] }
	var visit func(u *unit)
	visit = func(u *unit) {
		index[u] = len(index) + 1
		low[u] = index[u]
		stack, onStack[u] = append(stack, u), true
		for _, n := range slices.SortedFunc(maps.Keys(u.needs), byPlace) {
			switch {
			case index[n] == 0:
				visit(n)
				low[u] = min(low[u], low[n])
			case onStack[n]:
				low[u] = min(low[u], index[n])
			}
		}
		if low[u] != index[u] {
			return
		}
		i := slices.Index(stack, u)
		group := slices.Clone(stack[i:])
		stack = stack[:i]
		for _, g := range group {
			onStack[g] = false
		}
		slices.SortFunc(group, byPlace)
		all = append(all, group)
	}
	for _, u := range units {
		if index[u] == 0 {
			visit(u)
		}
	}
	return all
}
