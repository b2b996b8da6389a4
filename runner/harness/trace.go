package harness

import (
	"fmt"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"notebook"
)

// maxTrace bounds the text of a trace in bytes.
const maxTrace = 4 << 10

// A place looks at dumps from the point of view of a cell.
type place struct {
	note   *notebook.Note
	cell   *notebook.Cell // may be nil
	names  names
	starts map[*notebook.Cell][]startCall // as far as they were asked for
}

func newPlace(note *notebook.Note, cell *notebook.Cell, n names) place {
	return place{note: note, cell: cell, names: n, starts: map[*notebook.Cell][]startCall{}}
}

// in reports whether a frame lies in the code of the note: generated files carry
// its base name. The compiler places some instructions, such as the jump of an
// empty loop, outside of all code.
func (p place) in(f frame) bool {
	file := f.file[strings.LastIndexAny(f.file, `/\`)+1:]
	return file == path.Base(p.note.Name) && p.isCode(f) && !wrapper.MatchString(f.function)
}

// isCode reports whether the line of a frame can be where its function is.
func (p place) isCode(f frame) bool {
	for c := range p.note.Code() {
		if m := ownFunction.FindStringSubmatch(f.function); m != nil && m[1] != strconv.Itoa(c.Index) {
			continue
		}
		if firstStatement(c) <= f.line && f.line <= c.EndLine {
			return true
		}
	}
	return false
}

// ownFunction matches the function of a cell's statements and the literals in it.
var ownFunction = regexp.MustCompile(`^main\.cellǃ([0-9]+)\b`)

// firstStatement returns the first line of a cell that a function can be on:
// in a program, one behind the package clause.
func firstStatement(c *notebook.Cell) int {
	if !c.Program {
		return c.Line
	}
	before, _, _ := strings.Cut(c.Code, "package ")
	return c.Line + strings.Count(before, "\n") + 1
}

// through reports whether a goroutine runs through the cell, or was started
// there.
func (p place) through(g goroutine) bool {
	return slices.ContainsFunc(append(g.frames, g.created), func(f frame) bool {
		return p.in(f) && p.cell.Line <= f.line && f.line <= p.cell.EndLine
	})
}

// order returns the goroutines with those that run through the cell first.
func (p place) order(goroutines []goroutine) []goroutine {
	var here, elsewhere []goroutine
	for _, g := range goroutines {
		if p.through(g) {
			here = append(here, g)
		} else {
			elsewhere = append(elsewhere, g)
		}
	}
	return append(here, elsewhere...)
}

// line returns the line of the innermost frame in the note, of the first
// goroutine that has one; 0 when none has.
func (p place) line(goroutines []goroutine) int {
	for _, g := range goroutines {
		for _, f := range append(g.frames, g.created) {
			if p.in(f) {
				return f.line
			}
		}
	}
	return 0
}

// trace returns the goroutines that run through the note, their frames in the
// note only. Equal ones are counted.
func (p place) trace(goroutines []goroutine) string {
	var order []string
	ids := map[string][]int64{}
	for _, g := range goroutines {
		if body := p.body(g); body != "" {
			if ids[body] == nil {
				order = append(order, body)
			}
			ids[body] = append(ids[body], g.id)
		}
	}
	var b strings.Builder
	for i, body := range order {
		same := ids[body]
		text := fmt.Sprintf("goroutine %d", same[0])
		if n := len(same) - 1; n > 0 {
			text += fmt.Sprintf(" and %d more", n)
		}
		text += body
		if b.Len()+len(text) > maxTrace {
			fmt.Fprintf(&b, "… %d more\n", len(order)-i)
			break
		}
		b.WriteString(text)
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// body returns what is shown of a goroutine after its number; "" when it has no
// frame in the note.
func (p place) body(g goroutine) string {
	var lines []string
	times := 0 // how often the last line occurred
	end := func() {
		if times > 1 {
			lines[len(lines)-1] += fmt.Sprintf("  (%d times)", times)
		}
		times = 0
	}
	last := ""
	for _, f := range g.frames {
		switch {
		case f.elided != "":
			end()
			lines, last = append(lines, "… "+f.elided+" frames"), ""
		case !p.in(f):
		case p.text(f) == last:
			times++
		default:
			end()
			last, times = p.text(f), 1
			lines = append(lines, last)
		}
	}
	end()
	if line := p.startLine(g.frames, []frame{g.created}); line > 0 {
		lines = append(lines, "started at "+p.position(line))
	}
	if !slices.ContainsFunc(append(g.frames, g.created), p.in) {
		return ""
	}
	return " [" + g.state + "]:\n  " + strings.Join(lines, "\n  ") + "\n"
}

// text returns a frame without generated names. The function of a cell itself
// has no name for the reader.
func (p place) text(f frame) string {
	name := strings.TrimPrefix(f.function, "main.")
	if cell := cellFunction.FindString(name); cell != "" {
		name = strings.TrimPrefix(name[len(cell):], ".")
	}
	name = rangeBody.ReplaceAllString(p.names.text(name), "")
	if name == "" {
		return p.position(f.line)
	}
	return name + "  " + p.position(f.line)
}

func (p place) position(line int) string {
	return fmt.Sprintf("%s:%d", path.Base(p.note.Name), line)
}

var (
	// wrapper matches the functions that the compiler makes for go and defer
	// statements.
	wrapper = regexp.MustCompile(`\.(gowrap|deferwrap)\d+$`)
	// rangeBody matches what the compiler adds for the body of a loop over a
	// function.
	rangeBody = regexp.MustCompile(`-range\d+`)
	// cellFunction matches the function that holds a cell's statements.
	cellFunction = regexp.MustCompile(`^cellǃ\d+`)
)
