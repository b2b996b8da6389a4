package interpreter

import (
	"embed"
	"errors"
	"fmt"
	"go/parser"
	"go/token"
	"io"
	"log"
	"os"
	"reflect"
	"slices"
	"strconv"

	"github.com/traefik/yaegi/interp"
)

// A File is a Go file of package main.
type File struct {
	// Name is different for each file of an interpreter. It has to be the file
	// name in the line directives of Source too: yaegi keeps the imports of a
	// file under that name.
	Name   string
	Source []byte
}

// An Interpreter runs Go files. Use New to make one.
type Interpreter struct {
	yaegi *interp.Interpreter
}

// Symbols are the names that a native package offers to interpreted code.
type Symbols map[string]reflect.Value

// New returns an interpreter for code with these imports. It knows these packages
// of the standard library, the package NativePath and the given native packages
// by import path; their names replace those of the standard library. The places of panics go to trace. Functions
// that print get, in arguments of type any, what implements error or
// fmt.Stringer as such.
func New(trace *Trace, imports []string, packages map[string]Symbols, printers ...any) (*Interpreter, error) {
	yaegi := interp.New(interp.Options{
		// What is left to these two: the built-in function print, and reports of panics.
		Stdout:       os.Stderr,
		Stderr:       reports{trace},
		Unrestricted: true,
		// Nothing is imported as source.
		SourcecodeFilesystem: embed.FS{},
	})
	throw := reflect.ValueOf(trace.panic) // one value: tables are searched for it
	methods := []reflect.Value{throw}
	for _, f := range printers {
		methods = append(methods, reflect.ValueOf(f))
	}
	tables := append(libraryFor(imports), native(throw), places(), keepMethods(methods))
	for importPath, symbols := range packages {
		tables = append(tables, interp.Exports{key(importPath): symbols})
	}
	for _, table := range tables {
		if err := yaegi.Use(table); err != nil {
			return nil, fmt.Errorf("load symbols: %w", err)
		}
	}
	return &Interpreter{yaegi: yaegi}, nil
}

// Load compiles a file without a main function and executes its declarations.
// An error is of type *Error.
func (i *Interpreter) Load(f File) error {
	program, err := i.compile(f)
	if err != nil {
		return err
	}
	if _, err := i.yaegi.Execute(program); err != nil {
		return newError(err)
	}
	return nil
}

// Func returns a function without parameters and results that a loaded file
// declares. Panics come out of it as they do in Go.
func (i *Interpreter) Func(name string) (func(), error) {
	value, err := i.yaegi.Eval(name)
	if err != nil {
		return nil, newError(err)
	}
	call, ok := value.Interface().(func())
	if !ok {
		return nil, fmt.Errorf("%s is not a function of a cell", name)
	}
	return call, nil
}

// Main compiles a file that is a whole program and returns a function that
// runs it: its declarations, its init functions and main. An error is of type
// *Error.
func (i *Interpreter) Main(f File) (func(), error) {
	program, err := i.compile(f)
	if err != nil {
		return nil, err
	}
	return func() {
		_, err := i.yaegi.Execute(program)
		if p := (interp.Panic{}); errors.As(err, &p) {
			panic(p.Value)
		}
		if err != nil {
			panic(err)
		}
	}, nil
}

// Imports returns the paths that files import, each once. A file that cannot be
// parsed has those before its first error.
func Imports(files ...File) []string {
	var paths []string
	for _, f := range files {
		parsed, _ := parser.ParseFile(token.NewFileSet(), f.Name, f.Source, parser.ImportsOnly)
		for _, spec := range parsed.Imports {
			if p, err := strconv.Unquote(spec.Path.Value); err == nil && !slices.Contains(paths, p) {
				paths = append(paths, p)
			}
		}
	}
	return paths
}

// compile compiles a file. yaegi ends with a panic on some code that it does
// not know, and logs it before.
func (i *Interpreter) compile(f File) (program *interp.Program, err error) {
	log.SetOutput(io.Discard)
	defer log.SetOutput(os.Stderr)
	defer func() {
		if v := recover(); v != nil {
			e := parseError(fmt.Sprint(v))
			e.Message = "internal error: " + e.Message
			err = e
		}
	}()
	file, err := parser.ParseFile(i.yaegi.FileSet(), f.Name, f.Source, parser.SkipObjectResolution)
	if err != nil {
		return nil, newError(err)
	}
	program, err = i.yaegi.CompileAST(file)
	if err != nil {
		return nil, newError(err)
	}
	return program, nil
}
