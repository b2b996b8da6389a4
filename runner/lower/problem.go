package lower

import (
	"cmp"
	"errors"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"maps"
	"regexp"
	"slices"
	"strings"

	"notebook"
)

// ShowInstead is the way out that every compile error offers: a part of its hint.
const ShowInstead = "to show the code without running it, write ```go ignore"

// problem adds an error at an offset of the cell's code.
func (c *Cell) problem(off int, message, hint string) {
	if len(c.Problems) == 0 && !c.Inline { // once a cell is enough
		hint = strings.TrimPrefix(hint+"; "+ShowInstead, "; ")
	}
	c.mistake(off, message, hint)
}

// mistake adds an error of which nobody would want to show the code instead.
func (c *Cell) mistake(off int, message, hint string) {
	line, col := place(c.Code, min(off, len(strings.TrimRight(c.Code, "\n"))))
	pos := c.NotePosition(line, col)
	c.Problems = append(c.Problems, notebook.Problem{
		File: c.file, Line: pos.Line, Col: pos.Col, Severity: notebook.Error,
		Message: message, Hint: hint,
	})
}

// place returns the line and column of an offset, both from 1.
func place(code string, off int) (line, col int) {
	before := code[:min(off, len(code))]
	return strings.Count(before, "\n") + 1, len(before) - strings.LastIndexByte(before, '\n')
}

// hintOf returns the next step that an importer's error names.
func hintOf(err error) string {
	var h interface{ Hint() string }
	if errors.As(err, &h) {
		return h.Hint()
	}
	return ""
}

func ambiguous(name string, paths []string) string {
	return fmt.Sprintf("%s could be %s", name, strings.Join(paths, " or "))
}

// report turns the errors of a check into problems, or into the labels of the
// broken cells whose names are missing.
func (s *session) report(a *analysis, errs []types.Error) {
	for _, e := range errs {
		if !s.excused(a, e) {
			s.reportOne(a, e)
		}
	}
	if len(a.cell.Lost) > 0 {
		// What else is wrong may follow from what is missing.
		a.cell.Problems = nil
	}
}

func (s *session) reportOne(a *analysis, e types.Error) {
	msg, off := Readable(e.Msg), a.offset(e.Pos)
	name, undefined := strings.CutPrefix(msg, "undefined: ")
	if label := s.scope.lost[cmp.Or(missingMethod(msg), name)]; label != "" {
		if !slices.Contains(a.cell.Lost, label) {
			a.cell.Lost = append(a.cell.Lost, label)
		}
		return
	}
	if !undefined {
		a.cell.mistake(off, msg, "") // code of which all names are known is no sketch
		return
	}
	hint := s.whereIs(a, name, off)
	if near := s.nearest(a, name); hint == "" && near != "" {
		a.cell.mistake(off, msg, "did you mean "+near+"?")
		return
	}
	a.cell.problem(off, msg, hint)
}

// whereIs gives the next step for a name that is not defined at an offset of
// the cell's code.
func (s *session) whereIs(a *analysis, name string, off int) string {
	later := func(id *ast.Ident) bool { return id.Name == name && a.offset(id.Pos()) > off }
	if slices.ContainsFunc(a.ownVars(), later) {
		return fmt.Sprintf("this cell declares %s only later: declare it before, with var", name)
	}
	if s.scope.defs[name] != nil {
		return ""
	}
	return s.declarer(name, a.cell.Cell, "a cell sees only the cells before it")
}

// declarer says which other cell declares a name, and why it is not seen; "":
// none does.
func (s *session) declarer(name string, except *notebook.Cell, why string) string {
	for _, c := range s.declarers()[name] {
		if c == except {
			continue
		}
		if c.Mode != notebook.Run && c.Mode != notebook.CompileOnly {
			return fmt.Sprintf("%s declares %s, but it is only shown", notebook.CellName(c.Label), name)
		}
		return fmt.Sprintf("%s declares %s: %s", notebook.CellName(c.Label), name, why)
	}
	return ""
}

// declarers returns the cells of the note that declare names, by name. What is
// declared nowhere may be many names, so the cells are read once.
func (s *session) declarers() map[string][]*notebook.Cell {
	if s.declares == nil {
		s.declares = map[string][]*notebook.Cell{}
		for _, c := range s.note.Cells {
			if c.Program {
				continue
			}
			for _, name := range declaredNames(c.Code) {
				s.declares[name] = append(s.declares[name], c)
			}
		}
	}
	return s.declares
}

// nearest returns the name that one which is not defined most likely stands
// for; "" where there is none. A name of a package begins with that of the package.
func (s *session) nearest(a *analysis, name string) string {
	if pkg, member, ok := strings.Cut(name, "."); ok {
		for _, obj := range a.info.Uses {
			if p, ok := obj.(*types.PkgName); ok && p.Name() == pkg {
				exported := slices.DeleteFunc(p.Imported().Scope().Names(), func(n string) bool { return !ast.IsExported(n) })
				if near := notebook.NearestName(member, exported); near != "" {
					return pkg + "." + near
				}
			}
		}
		return ""
	}
	known := slices.Concat(slices.Collect(maps.Keys(s.scope.defs)), slices.Collect(maps.Keys(a.own)), types.Universe.Names())
	for id, obj := range a.info.Defs {
		if obj != nil {
			known = append(known, id.Name)
		}
	}
	if a.cell.Inline {
		known = append(known, notebook.MeasuringFunctions()...)
	}
	known = slices.DeleteFunc(known, func(n string) bool { return n == name }) // not defined where it is used
	slices.Sort(known)
	return notebook.NearestName(name, known)
}

// excused reports whether an error of the checker is none in a cell: at the
// top level a variable may be unused, and the last expression is displayed.
func (s *session) excused(a *analysis, e types.Error) bool {
	if strings.HasPrefix(e.Msg, "declared and not used: ") {
		a.idle[e.Pos] = slices.ContainsFunc(a.ownVars(), func(id *ast.Ident) bool { return id.Pos() == e.Pos })
		return a.idle[e.Pos]
	}
	if strings.HasSuffix(e.Msg, " is not used") {
		return a.isLastExpr(e.Pos)
	}
	return a.isFieldOfSession(e)
}

// isLastExpr reports whether pos lies in the last statement and that is an
// expression.
func (a *analysis) isLastExpr(pos token.Pos) bool {
	stmt := a.lastStmt()
	return stmt != nil && stmt.Pos() <= pos && pos < stmt.End()
}

var (
	inShow    = regexp.MustCompile(` in argument to (nb` + string(mark) + `\.Show|` + string(mark) + `list)\b`)
	suffixes  = regexp.MustCompile(string(mark) + `\d*`)
	mainNames = regexp.MustCompile(`\bmain\.([\pL_])`)
	quoted    = regexp.MustCompile("\"(\\\\.|[^\"\\\\])*\"|`[^`]*`")
)

// Readable returns a message of a Go tool or of the Go runtime as the author
// is to read it: on one line and without generated names. What the author has
// written in quotes is left as it is.
func Readable(msg string) string {
	msg = inShow.ReplaceAllString(oneLine(msg), "")
	var w strings.Builder
	at := 0
	for _, q := range quoted.FindAllStringIndex(msg, -1) {
		w.WriteString(withoutGenerated(msg[at:q[0]]) + msg[q[0]:q[1]])
		at = q[1]
	}
	return w.String() + withoutGenerated(msg[at:])
}

func withoutGenerated(msg string) string {
	return mainNames.ReplaceAllString(suffixes.ReplaceAllString(msg, ""), "$1")
}

// oneLine returns the first line of a message, and in it the lines that
// continue it: those that begin with a tab.
func oneLine(msg string) string {
	first, rest, _ := strings.Cut(msg, "\n")
	var more []string
	for line := range strings.Lines(rest) {
		if !strings.HasPrefix(line, "\t") {
			break
		}
		more = append(more, strings.TrimSpace(line))
	}
	if len(more) == 0 {
		return first
	}
	return strings.TrimSuffix(first, ":") + ": " + strings.Join(more, ", ")
}
