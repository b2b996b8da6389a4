package lower

import (
	"fmt"
	"go/types"
	"maps"
	"strings"
)

// mark separates a name from the number that makes it unique in the generated
// source. It is a letter that no note uses, so that it is easy to remove from
// what a reader sees.
const mark = 'ǃ'

// A defKind says what a definition defines.
type defKind int

const (
	varDef defKind = iota
	declDef
	importDef // the name of a package
	dotDef    // a name of a package under a dot import
)

// A def is one definition of a name at the top level of a cell. A name that is
// defined again in a later cell gets a second def.
type def struct {
	kind defKind
	name string
	cell *Cell
	typ  types.Type   // of a varDef
	obj  types.Object // what later cells see; nil for an importDef
	path string       // of an importDef

	shared  bool          // a varDef that must be a variable of the package
	repeats bool          // a varDef whose declaration runs again, by goto
	emitted string        // its name in the generated source
	uses    map[*def]bool // what the declaration itself uses
	methods []*def        // of a type: what later cells declare for it

	starts   bool // its code starts goroutines
	embedded bool // a type that a struct of the session embeds
}

// unique returns a name for d that no other definition has.
func (d *def) unique() string {
	return fmt.Sprintf("%s%c%d", d.name, mark, d.cell.Index)
}

// A scope is what the top level of a cell sees of the cells before it.
type scope struct {
	defs map[string]*def
	lost map[string]string // name, or Type.Method -> label of the broken cell that was to define it
}

func newScope() *scope {
	return &scope{defs: map[string]*def{}, lost: map[string]string{}}
}

func (s *scope) define(d *def) {
	s.defs[d.name] = d
	maps.DeleteFunc(s.lost, func(name, _ string) bool { return name == d.name || strings.HasPrefix(name, d.name+".") })
}

// lose records that a broken cell was to define names and methods.
func (s *scope) lose(label, code string) {
	for _, name := range append(declaredNames(code), declaredMethods(code)...) {
		if name != "_" {
			s.lost[name] = label
			delete(s.defs, name)
		}
	}
}
