package lower

import (
	"go/types"
	"slices"
	"sync/atomic"

	"notebook"
)

// A Source is what the cells of a note became: Go source for an engine, and
// what lowering found out about the cells.
type Source struct {
	Note     *notebook.Note
	Cells    []*Cell    // session cells in the order of the note, broken ones too
	Programs []*Program // program cells in the order of the note, broken ones too
	Warnings []notebook.Diagnostic
	// CountsGoroutines is set where a session cell asks how many there are.
	CountsGoroutines bool

	imp      types.Importer
	warned   []notebook.Diagnostic          // by Warn
	at       *atomic.Pointer[notebook.Cell] // the cell that is worked on
	analyses map[*Cell]*analysis
	chance   *chance
	// variables holds what the expressions of the note name.
	variables map[*notebook.Expression]map[string]Variable
	visible   map[*notebook.Expression][]string // names that they could
}

// A Cell is a session cell and what it became.
type Cell struct {
	*notebook.Cell
	Problems []notebook.Problem // not empty: the cell does not compile
	Lost     []string           // labels of the broken cells whose names it uses
	Imports  []string           // import paths of File
	File     []byte             // a Go file of package main; nil where the cell is broken
	Func     string             // the function of File that runs the statements; "" without any
	// Concurrent is set where the statements start goroutines, or call a
	// function of the session that does.
	Concurrent bool

	file   string             // name of the note, for problems
	broken []notebook.Problem // Problems that stay when the session is lowered again
	lost   []string           // the same for Lost
}

// OK reports whether the cell became source.
func (c *Cell) OK() bool { return len(c.Problems) == 0 && len(c.Lost) == 0 && !c.Broken }

// A Program is a program cell and what it became.
type Program struct {
	*notebook.Cell
	Problems []notebook.Problem // not empty: the program does not compile
	Imports  []string           // import paths of File
	File     []byte             // the Go file of package main
	// Concurrent is set where the program starts goroutines.
	Concurrent bool
	// CountsGoroutines is set where it asks how many there are.
	CountsGoroutines bool
}

// Lower lowers the cells that run or are to be compiled. The importer must know
// every path that Imports returns; where it fails, the error is the message of
// a problem at the import, with the next step if it has a method Hint() string.
//
// A cell that takes longer than 5 s or makes this program use more than 1 GiB
// of memory is given up with a problem.
func Lower(note *notebook.Note, cells []*notebook.Cell, imp types.Importer) *Source {
	return lowerWatched(note, cells, imp)
}

// lowerAll lowers the cells, but for those that were given up, and says in at
// which one it is busy with.
func lowerAll(note *notebook.Note, cells []*notebook.Cell, imp types.Importer, given map[*notebook.Cell]notebook.Problem, at *atomic.Pointer[notebook.Cell]) *Source {
	s := &Source{Note: note, imp: imp, at: at}
	for _, c := range cells {
		problem, isGiven := given[c]
		switch {
		case c.Mode == notebook.Show || c.Mode == notebook.Sketch:
		case c.Program && isGiven:
			s.Programs = append(s.Programs, &Program{Cell: c, Problems: []notebook.Problem{problem}})
		case c.Program:
			at.Store(c)
			s.Programs = append(s.Programs, lowerProgram(note, c, imp))
		case isGiven:
			s.Cells = append(s.Cells, &Cell{Cell: c, file: note.Name, broken: []notebook.Problem{problem}})
		default:
			s.Cells = append(s.Cells, &Cell{Cell: c, file: note.Name})
		}
	}
	s.lower()
	return s
}

// Break adds problems that a compiler found in a session cell and lowers the
// session again without it.
func (s *Source) Break(label string, problems ...notebook.Problem) {
	if c := s.Cell(label); c != nil {
		c.broken = append(c.broken, problems...)
		s.lower()
	}
}

// Warn adds a warning of an engine about a cell. It stays among the warnings as
// long as the cell is not broken.
func (s *Source) Warn(w notebook.Diagnostic) {
	s.warned = append(s.warned, w)
	s.Warnings = append(s.Warnings, w)
}

// Cell returns the session cell with that label, or nil.
func (s *Source) Cell(label string) *Cell {
	for _, c := range s.Cells {
		if c.Label == label {
			return c
		}
	}
	return nil
}

// Program returns the program cell with that label, or nil.
func (s *Source) Program(label string) *Program {
	for _, p := range s.Programs {
		if p.Label == label {
			return p
		}
	}
	return nil
}

// lower lowers the session cells from the start.
func (s *Source) lower() {
	session := s.analyze()
	session.shareTogether()
	session.name()
	s.analyses, s.chance = map[*Cell]*analysis{}, s.newChance()
	for _, a := range session.done {
		session.emit(a)
		a.cell.Concurrent = session.concurrent(a)
		s.analyses[a.cell] = a
	}
	s.CountsGoroutines = slices.ContainsFunc(session.done, func(a *analysis) bool { return countsGoroutines(a.info) })
	s.Warnings = append(session.deferWarnings(), session.embedWarnings()...)
	for _, w := range s.warned {
		if c := s.Cell(w.Cell); c == nil || c.OK() {
			s.Warnings = append(s.Warnings, w)
		}
	}
}

// analyze analyzes the session cells from the start. Where a cell turns out to
// be broken that has given methods to types of earlier cells, it begins again
// without that cell.
func (s *Source) analyze() *session {
	session := newSession(s.Note, s.imp)
	observer := session.newObserver()
	for _, c := range s.Cells {
		observer.before(c)
		c.Problems, c.Lost, c.File, c.Imports, c.Func = slices.Clone(c.broken), slices.Clone(c.lost), nil, nil, ""
		s.at.Store(c.Cell)
		if !session.add(c) {
			c.broken, c.lost = c.Problems, c.Lost
			return s.analyze()
		}
	}
	observer.before(nil)
	s.variables, s.visible = observer.found, observer.visible
	return session
}
