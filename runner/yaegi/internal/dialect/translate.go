package dialect

import (
	"cmp"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"slices"
	"strings"
)

// A File is a Go file of package main under line directives.
type File struct {
	// Name takes the place of the file name in the line directives, since
	// yaegi needs a different one for each file.
	Name   string
	Source []byte
}

// A Translation is what became of a File.
type Translation struct {
	Source      []byte
	Differences []Difference
	Errors      []Error // what the type checker found
}

// An Error is a type error of Go, at the place that the line directives tell.
type Error struct {
	Line, Col int
	Message   string
}

// A Difference is a place where yaegi does not do what Go does.
type Difference struct {
	Line, Col int    // as the line directives count
	Construct string // what it is, as the subject of a sentence
	// Missing is set where yaegi cannot run the code at all; else it may run
	// it differently.
	Missing bool
	// Follows is set where the place itself runs as in Go, but depends on a file
	// that may not.
	Follows bool

	pos token.Pos
}

// Known tells whether yaegi knows a package and a name that it exports; with
// an empty name, whether it knows the package.
type Known func(path, name string) bool

// Translate translates the files of one package. They must be correct Go; the
// importer must know what they import.
func Translate(files []File, imp types.Importer, known Known) []Translation {
	p := &pass{fset: token.NewFileSet(), known: known, ownValues: map[types.Object]bool{}, nils: map[types.Object]bool{}, info: &types.Info{
		Types: map[ast.Expr]types.TypeAndValue{}, Defs: map[*ast.Ident]types.Object{},
		Uses: map[*ast.Ident]types.Object{}, Selections: map[*ast.SelectorExpr]*types.Selection{},
		Instances: map[*ast.Ident]types.Instance{}, Implicits: map[ast.Node]types.Object{},
	}}
	var parsed []*ast.File
	for _, f := range files {
		// A file with an error is translated as far as it can be understood;
		// the interpreter will report the error.
		file, _ := parser.ParseFile(p.fset, f.Name, f.Source, parser.ParseComments|parser.SkipObjectResolution)
		parsed = append(parsed, file)
	}
	found := map[*token.File][]Error{}
	conf := types.Config{Importer: withHarness{imp}, Error: func(err error) {
		if e := (types.Error{}); errors.As(err, &e) && !strings.HasPrefix(e.Msg, "\t") { // not a continuation
			at, in := p.fset.Position(e.Pos), p.fset.File(e.Pos)
			found[in] = append(found[in], Error{Line: at.Line, Col: at.Column, Message: e.Msg})
		}
	}}
	p.pkg, _ = conf.Check("main", p.fset, parsed, p.info) // the errors have been collected
	p.boxList = p.boxesIn(parsed)
	p.inInterfaces = p.typesInInterfaces(parsed)
	for _, file := range parsed {
		walk(file, p.noteNils)
		p.invalidText = p.invalidText || contains(file, isInvalidText)
	}
	p.recovering = slices.ContainsFunc(parsed, p.recoversValue)
	translations := make([]Translation, len(files))
	for i, file := range parsed {
		translations[i] = p.translate(files[i], file)
		translations[i].Errors = found[p.file]
		slices.SortStableFunc(translations[i].Errors, func(a, b Error) int {
			return cmp.Or(a.Line-b.Line, a.Col-b.Col)
		})
	}
	p.follow(files, parsed, translations)
	return translations
}

// translate applies all rules to a file.
func (p *pass) translate(f File, file *ast.File) Translation {
	p.file, p.name, p.source = p.fset.File(file.FileStart), f.Name, f.Source
	p.edits, p.differences, p.native, p.places = nil, nil, false, nil
	p.labels, p.declared, p.here = map[token.Pos]string{}, map[*ast.Ident]bool{}, map[*ast.Ident]bool{}
	walk(file, func(n ast.Node, path []ast.Node) {
		for _, rule := range rules {
			rule(p, n, path)
		}
	})
	p.renameDirectives(file)
	if p.native {
		p.insert(file.Name.End(), "; import "+nativeName+" \""+nativePath+"\"")
	}
	p.declarePlaces(file)
	return Translation{Source: p.apply(), Differences: p.differences}
}

// A rule looks at a node and its ancestors, outermost first.
type rule func(p *pass, n ast.Node, path []ast.Node)

// rules are all rules. Each one says which construct it is about.
var rules = []rule{
	ownPredeclared, parameters, results, notePlaces, noteLast, callsPanic, prints, orderedBuiltins, appends, standardFunctions, missingNames,
	leavesSelect, receivesInto, receives, ranges, loopVariables, switches,
	defers, closures, goStatements,
	generics, variadics, assertions, errorsAs, errorsIs, keys, comparisons, embeddedInterfaces, methodValues, interfaceResults, interfaceValues, typedNils, newInterfaces, reflections,
	formats, callers, assignments, recovers, indexes,
}
