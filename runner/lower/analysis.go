package lower

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strconv"

	"notebook"
)

// An analysis is what is known about a session cell after it was checked.
type analysis struct {
	*parsed
	cell *Cell
	pkg  *types.Package // a package of its own, so that a redefinition is no conflict
	info *types.Info

	own     map[string]*def // definitions of this cell
	imports []importUse     // import declarations of the cell itself
	dots    map[string]*def // names of its dot imports
	hidden  []importUse     // imports that a variable of the cell hides from its functions
	inits   map[*ast.FuncDecl]string
	methods map[*ast.FuncDecl]*def // methods of types of earlier cells

	attached bool // those types have some of the methods

	refs []ref         // identifiers that stand for a definition, in the order of the code
	uses map[*def]bool // what the statements use
	sets map[*def]bool // earlier variables that the statements assign to
	last lastExpr
	idle map[token.Pos]bool // variables that are declared and not used

	starts   bool                // the statements start goroutines
	recorded []*def              // what the option record names, and what claims ask for
	watched  map[string][]string // Source.Watched
}

// A ref is an identifier in the cell's code that stands for a definition.
type ref struct {
	start, end int
	def        *def
}

// An importUse is an import that the file of a cell needs.
type importUse struct {
	name, path string
	pos        token.Pos
}

// A session lowers the session cells of a note, one after the other.
type session struct {
	note  *notebook.Note
	imp   types.Importer
	fset  *token.FileSet
	scope *scope
	defs  map[types.Object]*def
	cells map[*types.Package]*Cell
	done  []*analysis
	// broken holds the cells so far that do not compile.
	broken []*Cell
	// declares holds what declarers returns, as soon as it is asked for.
	declares map[string][]*notebook.Cell
	// strayed holds the variables that a cell with a process of its own sets:
	// the others do not see it.
	strayed map[*def]*Cell
}

// ownVars returns the identifiers that the statements of the cell declare at
// its top level.
func (p *parsed) ownVars() []*ast.Ident {
	var idents []*ast.Ident
	for _, stmt := range p.body.List {
		idents = append(idents, definedBy(stmt)...)
	}
	return idents
}

// definedBy returns the identifiers on the left of := or var; for := some may
// have been declared before.
func definedBy(stmt ast.Stmt) []*ast.Ident {
	return slices.Concat(definedTogether(stmt)...)
}

// definedTogether returns the same identifiers in groups: those of one := or of
// one line of a var declaration.
func definedTogether(stmt ast.Stmt) [][]*ast.Ident {
	switch s := unlabel(stmt).(type) {
	case *ast.AssignStmt:
		if s.Tok == token.DEFINE {
			return [][]*ast.Ident{definedIdents(s)}
		}
	case *ast.DeclStmt:
		var groups [][]*ast.Ident
		for _, spec := range s.Decl.(*ast.GenDecl).Specs {
			if v, ok := spec.(*ast.ValueSpec); ok {
				groups = append(groups, specIdents(v))
			}
		}
		return groups
	}
	return nil
}

func definedIdents(s *ast.AssignStmt) []*ast.Ident {
	var idents []*ast.Ident
	for _, lhs := range s.Lhs {
		if id, ok := lhs.(*ast.Ident); ok && id.Name != "_" {
			idents = append(idents, id)
		}
	}
	return idents
}

func specIdents(spec *ast.ValueSpec) []*ast.Ident {
	return slices.DeleteFunc(slices.Clone(spec.Names), func(id *ast.Ident) bool { return id.Name == "_" })
}

func unlabel(stmt ast.Stmt) ast.Stmt {
	for {
		l, ok := stmt.(*ast.LabeledStmt)
		if !ok {
			return stmt
		}
		stmt = l.Stmt
	}
}

// ownDecls returns the identifiers that the declarations of the cell declare
// at its top level.
func (p *parsed) ownDecls() []*ast.Ident {
	var idents []*ast.Ident
	for _, decl := range p.decls.Decls {
		switch d := decl.(type) {
		case *ast.FuncDecl:
			if d.Recv == nil && d.Name.Name != "init" && d.Name.Name != "_" {
				idents = append(idents, d.Name)
			}
		case *ast.GenDecl:
			for _, spec := range d.Specs {
				switch s := spec.(type) {
				case *ast.TypeSpec:
					idents = append(idents, s.Name)
				case *ast.ValueSpec:
					idents = append(idents, specIdents(s)...)
				}
			}
		}
	}
	return idents
}

// ownImports returns the import declarations of the cell.
func (p *parsed) ownImports() []importUse {
	var uses []importUse
	for _, spec := range p.decls.Imports {
		path, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			continue
		}
		u := importUse{path: path, pos: spec.Path.Pos()}
		if spec.Name != nil {
			u.name = spec.Name.Name
		}
		uses = append(uses, u)
	}
	return uses
}

// free returns the names that the files of the cell use and do not resolve
// themselves, with the names selected from each.
func free(files ...*ast.File) map[string][]string {
	free := map[string][]string{}
	unresolved := map[*ast.Ident]bool{}
	for _, file := range files {
		for _, id := range freeIdents(file) {
			if _, ok := free[id.Name]; !ok {
				free[id.Name] = nil
			}
			unresolved[id] = true
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if sel, ok := n.(*ast.SelectorExpr); ok {
				if id, ok := sel.X.(*ast.Ident); ok && unresolved[id] {
					free[id.Name] = append(free[id.Name], sel.Sel.Name)
				}
			}
			return true
		})
	}
	return free
}

// freeIdents returns the identifiers that the parser did not resolve. Keys of
// composite literals are among them, some of which are names of fields: the
// parser cannot tell.
func freeIdents(file *ast.File) []*ast.Ident {
	idents := slices.Clone(file.Unresolved)
	ast.Inspect(file, func(n ast.Node) bool {
		if kv, ok := n.(*ast.KeyValueExpr); ok {
			if id, ok := kv.Key.(*ast.Ident); ok && id.Obj == nil {
				idents = append(idents, id)
			}
		}
		return true
	})
	return idents
}
