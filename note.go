package notebook

import (
	"iter"
	"time"

	"github.com/yuin/goldmark/ast"
)

// A Note is one parsed Markdown file.
type Note struct {
	Name   string   // as given to Parse; messages carry it
	Source []byte   // the normalized text: UTF-8, LF line ends, no byte order mark
	Tree   ast.Node // the document; cells appear in it as *CellNode
	Meta   Meta     // the front matter
	Cells  []*Cell  // in the order of the note
	Claims []*Claim
	Values []*InlineValue
	// Broken is set when the front matter could not be understood: then no
	// cell runs.
	Broken bool

	lines []int // offsets in Source at which its lines begin
	cuts  []cut // what was removed from the author's text, in order
}

// Cell returns the cell with that label, or nil. It knows the code of inline
// values too.
func (n *Note) Cell(label string) *Cell {
	for c := range n.Code() {
		if c.Label == label {
			return c
		}
	}
	return nil
}

// Code returns the cells of the note and then the code of its inline values.
func (n *Note) Code() iter.Seq[*Cell] {
	return func(yield func(*Cell) bool) {
		for _, c := range n.Cells {
			if !yield(c) {
				return
			}
		}
		for _, v := range n.Values {
			if v.Code != nil && !yield(v.Code) {
				return
			}
		}
	}
}

// Title returns the title of the front matter, else the text of the first
// heading of level 1, else "".
func (n *Note) Title() string {
	if n.Meta.Title != "" {
		return n.Meta.Title
	}
	return n.firstHeading()
}

// Meta is the front matter of a note. The zero value is a note without one.
type Meta struct {
	Title, Description, Lang string
	Author                   []string
	Date                     string // as written
	Tags, Aliases            []string
	Execute                  Execute
}

// Execute holds the defaults that a note's front matter sets for its cells.
type Execute struct {
	Eval      *bool
	Timeout   time.Duration // 0: not written
	Memory    Size          // of a process of cells; 0: not written
	MaxOutput Size          // of a cell, to be kept; 0: not written
	Engine    EngineName    // "": not written
	Fences    Fences
	Trace     Switch // of the cells that say nothing about it
	Race      bool   // run the cells under the race detector too
	Leaks     Leaks  // of the cells that say nothing about them
}

// Fences says which fenced blocks are cells.
type Fences string

// The values of execute.fences.
const (
	FencesAll    Fences = ""       // ```go and ```{go}
	FencesBraces Fences = "braces" // only ```{go}
	FencesNone   Fences = "none"   // nothing runs
)

// An EngineName names what runs cells.
type EngineName string

// The engines. Auto is compiled where a Go toolchain is found, else yaegi.
const (
	Auto     EngineName = "auto"
	Compiled EngineName = "compiled"
	Yaegi    EngineName = "yaegi"
)
